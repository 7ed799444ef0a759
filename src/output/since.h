/*
 * since.h - an earlier run's results, to tell what has changed (--since).
 *
 * The file is read once, and each result's place in it is kept: 24 bytes for a
 * request, by what it asks (resume_line.h; the id is no part of that).  A
 * result is read again when its request comes.  The last one of a request
 * counts that knows something of an answer: one that is ok, or one under
 * --since, which has carried on what was known.
 */
#ifndef SINCE_H
#define SINCE_H

#include "base/base.h"

struct job;
struct opts;
struct since;

/* Read a file.  NULL: it can't be read, or holds something else than results;
 * it was reported. */
NODISCARD struct since *since_load(const char *path);
void since_free(struct since *s); /* NULL is fine */

size_t since_len(const struct since *s);   /* requests */
size_t since_bytes(const struct since *s); /* memory for them */

/* Set j->earlier to what is known of its request, NULL: nothing.  Of a job
 * that next_first() has set up. */
void since_find(const struct since *s, const struct opts *opts, struct job *j);

/*
 * The result is final but for what --since adds: set res.change and, where
 * there is no answer of its own, what is carried on from the earlier one.
 * From any thread.
 */
void since_judge(const struct opts *opts, struct job *j);

#endif /* SINCE_H */
