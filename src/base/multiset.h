/*
 * multiset.h - counts how often each of many hashes occurs, and how often it
 * was taken.
 *
 * A sorted array with 16 bytes for each hash, and a bit that says whether it
 * was taken.  Fill it first, sort it once, then query it.
 */
#ifndef MULTISET_H
#define MULTISET_H

#include "base/base.h"
#include "base/siphash.h"

struct multiset {
    struct siphash_hash *list;
    unsigned char *taken; /* a bit each, from multiset_sort() on */
    size_t len;
    size_t cap;
    size_t ntaken;
};

#define MULTISET_INIT                                                          \
    {                                                                          \
        NULL, NULL, 0, 0, 0                                                    \
    }

void multiset_fini(struct multiset *m);
void multiset_add(struct multiset *m, const struct siphash_hash *hash);
void multiset_sort(struct multiset *m); /* once, before the rest */

/* Is it there, taken or not? */
bool multiset_has(const struct multiset *m, const struct siphash_hash *hash);

/* Take one of the equal hashes that is not taken yet.  False: there is none. */
bool multiset_take(struct multiset *m, const struct siphash_hash *hash);

#endif /* MULTISET_H */
