/*
 * multiset.h - how often each of many hashes is there, and how often it was
 * taken.
 *
 * 16 bytes and a bit for each: a sorted array, and a bit for each that is
 * taken.  Filled first, then sorted once, then asked.
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

/* Take one of these that is not taken yet; false: there is none. */
bool multiset_take(struct multiset *m, const struct siphash_hash *hash);

#endif /* MULTISET_H */
