/*
 * config.h - reads options from a file, one per line, in curl's syntax.
 *
 * "name value", "name = value" or "name: value", with or without dashes, or
 * "-x value".  A value with blanks is quoted, with the escapes \", \\, \t, \n
 * and \r. "#" begins a comment. "url" adds an operand.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/base.h"

struct arena;
struct uses;

/*
 * Append the options of a file, or with "-" of standard input.  Values are
 * copied to mem.
 *
 * returns  -1: the file cannot be read or a line is invalid; reported
 */
NODISCARD int config_read(const char *path, struct arena *mem,
                          struct uses *uses);

#endif /* CONFIG_H */
