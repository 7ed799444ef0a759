/*
 * seen.h - what came before, and as which number: a growing set of hashes.
 *
 * Made for many millions: 24 bytes for each hash and its number, and 5.4 to
 * 10.7 for its place in the table; nothing is copied as it grows but the
 * places.
 */
#ifndef SEEN_H
#define SEEN_H

#include "base/base.h"
#include "base/siphash.h"

struct seen;

NODISCARD struct seen *seen_new(void);
void seen_free(struct seen *s); /* NULL is fine */

/*
 * Add a hash with its number.  false: it was there before, nothing is added,
 * and *number becomes the one that it has.
 */
NODISCARD bool seen_add(struct seen *s, const struct siphash_hash *hash,
                        uint64_t *number);

size_t seen_len(const struct seen *s);
size_t seen_bytes(const struct seen *s); /* memory in use */

#endif /* SEEN_H */
