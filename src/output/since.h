/*
 * since.h - uses an earlier run's results to tell what has changed (--since).
 *
 * The file is read once, and the position of each result is kept: 24 bytes for
 * a request, identified by what it asks (resume_line.h), except for the id.  A
 * result is read again when its request comes.  The last result of a request
 * that knows an answer counts: one that is ok, or a failed one under --since,
 * which has carried on what was known.
 */
#ifndef SINCE_H
#define SINCE_H

#include "base/base.h"

struct job;
struct opts;
struct since;

/* Read a file.  Returns NULL if it cannot be read or holds something other
 * than results, which was reported. */
NODISCARD struct since *since_load(const char *path);
void since_free(struct since *s); /* NULL is fine */

/* Set j->earlier to what is known about its request, or NULL.  Call after
 * next_first(). */
void since_find(const struct since *s, const struct opts *opts, struct job *j);

/*
 * The result is final except for --since: set res.change and, if there is no
 * new answer, carry on the earlier one.  Safe from any thread.
 */
void since_judge(const struct opts *opts, struct job *j);

#endif /* SINCE_H */
