/*
 * judge.h - checks a response against --expect, --slow and the record's own
 * `expect` and `expect_sha256`.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "base/base.h"

struct buf;
struct job;
struct opts;

/* Do the checks need the first expect_size bytes of the body? */
bool judge_needs_head(const struct opts *opts, const struct job *j);

/*
 * Check a final result.  If it has no error and an expectation is not met,
 * that becomes its error, of class `expect`.  A response without a body counts
 * as empty.
 *
 * head  the body, or expect_size bytes of it; NULL: the earlier body, which was
 *       checked then, is still valid (--since)
 * hash  of the whole body, in hex; NULL: there is none
 */
void judge_expectations(const struct opts *opts, struct job *j,
                        const struct buf *head, const char *hash);

/* Was the body refused by an expectation?  It then gets no file, since the
 * file's name would promise other content. */
bool judge_refused_body(const struct job *j);

#endif /* JUDGE_H */
