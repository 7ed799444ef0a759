/*
 * siphash.h - SipHash: keyed hashes for keys that strangers choose.
 *
 * Nobody can make two texts collide without the key.
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

/* A random key for this run only. */
struct siphash_key siphash_key_new(void);

/*
 * SipHash-2-4 with 128 bits.  By chance, two of a billion texts collide in one
 * of 10^20 runs, so the hash can stand for the text.
 */
struct siphash_hash siphash_hash(const struct siphash_key *key,
                                 const void *data, size_t len);

/* SipHash-1-3 with 64 bits: faster, for tables that also compare the keys. */
uint64_t siphash_short(const struct siphash_key *key, const void *data,
                       size_t len);

#endif /* SIPHASH_H */
