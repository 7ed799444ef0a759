/*
 * select.h - selects the records that this run fetches (--shard, --unique).
 */
#ifndef SELECT_H
#define SELECT_H

#include "base/base.h"

struct job;
struct select;

/*
 * Does a record belong to shard k of n (1 <= k <= n)?
 *
 * text  the host in lower case, without port; the record's text if it has no
 *       usable URL
 *
 * The answer is the same in every run, on every machine and in every version.
 */
bool select_is_mine(uint32_t k, uint32_t n, const char *text, size_t len);

/* Remembers the requests so far, in 30 to 35 bytes each (base/seen.h). */
NODISCARD struct select *select_new(void);
void select_free(struct select *p); /* NULL is fine */

/*
 * Was the same request seen before (method, URL, headers, body and its kind),
 * with the same demands of the record's own (accept, expect, expect_sha256) and
 * the same name for the body?  If so, *first is set to the index of the first
 * one; if not, it is remembered from now on.  Call after next_first(), when the
 * options have been applied.
 */
NODISCARD bool select_is_repeat(struct select *p, const struct job *j,
                                uint64_t *first);

#endif /* SELECT_H */
