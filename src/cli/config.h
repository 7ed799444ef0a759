/*
 * config.h - options from a file, one a line, as curl has them.
 *
 * "name value", "name = value" or "name: value", with or without dashes, or
 * "-x value"; a value with blanks stands in quotes, where \", \\, \t, \n and
 * \r are escapes.  "#" begins a comment.  "url" adds an operand.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/base.h"

struct arena;
struct uses;

/*
 * Append what a file says.  Values are copied to mem.
 *
 * returns  -1: it can't be read, or a line makes no sense; reported
 */
NODISCARD int config_read(const char *path, struct arena *mem,
                          struct uses *uses);

#endif /* CONFIG_H */
