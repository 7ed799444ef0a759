/*
 * format.h - a result as the line that --format asks for: JSON, text for
 * people, or a template's.
 *
 * No byte of a list or a server leaves raw: text is escaped as messages are,
 * a template's values as the result line has them.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "base/base.h"

struct job;
struct opts;
struct span;

/* Write j's line, newline included, to j->line, as result_line_write() does.
 * Runs in any thread, on a job of its own. */
void format_line(struct job *j, const struct opts *opts);

/* Is a template right?  -1: *wrong is its first flaw, from a brace on. */
NODISCARD int format_check(const char *template, struct span *wrong);

#endif /* FORMAT_H */
