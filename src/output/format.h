/*
 * format.h - formats a result for --format: JSON, text for people, or a
 * template.
 *
 * Bytes from lists and servers are always escaped: text like messages, values
 * of a template like the result line.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "base/base.h"

struct job;
struct opts;
struct span;

/* Write j's line, newline included, to j->line, like result_line_write().
 * Safe in any thread for a job of its own. */
void format_line(struct job *j, const struct opts *opts);

/* Check a template.  Returns -1 if it is invalid; *wrong is the first error,
 * from its brace on. */
NODISCARD int format_check(const char *template, struct span *wrong);

#endif /* FORMAT_H */
