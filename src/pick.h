/*
 * pick.h - which of the records this run fetches: those of its shard, and of
 * those that are alike the first.
 */
#ifndef PICK_H
#define PICK_H

#include "base/base.h"

struct job;
struct pick;

/*
 * Does a record belong to shard k of n (1 <= k <= n)?
 *
 * text  the host in lower case, without port; where there is no usable URL,
 *       the record's own
 *
 * The same in every run, on every machine and in every version.
 */
bool pick_is_mine(uint32_t k, uint32_t n, const char *text, size_t len);

/* Memory for the requests that were met.  seen_bytes() says how much. */
NODISCARD struct pick *pick_new(void);
void pick_free(struct pick *p); /* NULL is fine */

/*
 * Was the same request met before: method, URL, headers, body and its kind?
 * The job is past step_first(), so all that the options give is in it.
 *
 * false     it is new and will be known from now on
 * true      *first is the index of the first one
 */
NODISCARD bool pick_is_repeat(struct pick *p, const struct job *j,
                              uint64_t *first);

#endif /* PICK_H */
