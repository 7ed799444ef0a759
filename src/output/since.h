/*
 * since.h - uses an earlier run's results to tell what has changed (--since).
 */
#ifndef SINCE_H
#define SINCE_H

#include "base/base.h"

struct job;
struct opts;
struct since_index;

/* Set j->earlier to what is known about its request, or NULL.  Call after
 * next_first(). */
void since_find(const struct since_index *s, const struct opts *opts,
                struct job *j);

/*
 * The result is final except for --since: set res.change and, if there is no
 * new answer, carry on the earlier one.  Safe from any thread.
 */
void since_judge(const struct opts *opts, struct job *j);

#endif /* SINCE_H */
