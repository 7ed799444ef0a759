/*
 * siphash.h - SipHash-2-4 with 128 bits: a keyed hash for keys that strangers
 * choose.
 *
 * Who doesn't know the key can't make two texts collide, and by chance it
 * happens with one of a billion texts in 10^20 runs: the hash can stand for
 * the text.
 */
#ifndef SIPHASH_H
#define SIPHASH_H

#include "base/base.h"

struct siphash_key {
    uint64_t word[2];
};

struct siphash_hash {
    uint64_t word[2];
};

/* A random key, of this run alone. */
struct siphash_key siphash_key_new(void);

struct siphash_hash siphash_hash(const struct siphash_key *key,
                                 const void *data, size_t len);

#endif /* SIPHASH_H */
