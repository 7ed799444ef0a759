/*
 * judge.h - does a response meet what the user expects of it: --expect, --slow
 * and the record's own `expect` and `expect_sha256`?
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "base/base.h"

struct buf;
struct job;
struct opts;

/* Is the start of the body needed for it, expect_size bytes? */
bool judge_needs_head(const struct opts *opts, const struct job *j);

/*
 * Judge a result that is final.  Where it has no error and does not meet an
 * expectation, that becomes its error, of the class `expect`.  A response
 * without a body has an empty one.
 *
 * head  the body, or expect_size bytes of it; NULL: the earlier one, which
 *       was judged then, still holds (--since)
 * hash  of the whole body, in hex; NULL: there is none
 */
void judge_expectations(const struct opts *opts, struct job *j,
                        const struct buf *head, const char *hash);

/* Was the body found to be another one than expected?  It gets no file then,
 * as its name would stand for what it is not. */
bool judge_refused_body(const struct job *j);

#endif /* JUDGE_H */
