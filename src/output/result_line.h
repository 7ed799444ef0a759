/*
 * result_line.h - a job's result as one JSON line.
 *
 * The core keys always, in a fixed order, null for what is unknown; others
 * by option.  Runs in any thread, on a job of its own.
 */
#ifndef RESULT_LINE_H
#define RESULT_LINE_H

#include "base/base.h"

struct job;
struct opts;

/*
 * Write j's line, newline included, to j->line.  The result must be final:
 * res.done_us set, res.error set or not.  Neither may be NULL.
 */
void result_line_write(struct job *j, const struct opts *opts);

/* Is it a key of the result line, one that --fields may name? */
bool result_line_is_field(const char *name);

#endif /* RESULT_LINE_H */
