/*
 * seen.h - a growing set of hashes, each with the number of its first
 * occurrence.
 *
 * For many millions of hashes: 24 bytes for each hash with its number, and 5.4
 * to 10.7 for its slot.  Growing copies only the slots.
 */
#ifndef SEEN_H
#define SEEN_H

#include "base/base.h"
#include "base/siphash.h"

struct seen;

NODISCARD struct seen *seen_new(void);
void seen_free(struct seen *s); /* NULL is fine */

/*
 * Add a hash with its number.  Returns false if the hash is already there:
 * nothing is added, and *number is set to the existing number.
 */
NODISCARD bool seen_add(struct seen *s, const struct siphash_hash *hash,
                        uint64_t *number);

#endif /* SEEN_H */
