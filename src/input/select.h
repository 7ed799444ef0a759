/*
 * select.h - which of the records this run fetches: those of its shard, and of
 * those that are alike the first.
 */
#ifndef SELECT_H
#define SELECT_H

#include "base/base.h"

struct job;
struct select;

/*
 * Does a record belong to shard k of n (1 <= k <= n)?
 *
 * text  the host in lower case, without port; where there is no usable URL,
 *       the record's own
 *
 * The same in every run, on every machine and in every version.
 */
bool select_is_mine(uint32_t k, uint32_t n, const char *text, size_t len);

/* Memory for the requests that were met.  seen_bytes() says how much. */
NODISCARD struct select *select_new(void);
void select_free(struct select *p); /* NULL is fine */

/*
 * Was the same request met before: method, URL, headers, body and its kind?
 * The job is past next_first(), so all that the options give is in it.
 *
 * false     it is new and will be known from now on
 * true      *first is the index of the first one
 */
NODISCARD bool select_is_repeat(struct select *p, const struct job *j,
                                uint64_t *first);

#endif /* SELECT_H */
