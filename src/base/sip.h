/*
 * sip.h - SipHash-2-4 with 128 bits: a keyed hash for keys that strangers
 * choose.
 *
 * Who doesn't know the key can't make two texts collide, and by chance it
 * happens with one of a billion texts in 10^20 runs: the hash can stand for
 * the text.
 */
#ifndef SIP_H
#define SIP_H

#include "base/base.h"

struct sip_key {
    uint64_t word[2];
};

struct sip_hash {
    uint64_t word[2];
};

/* A random key, of this run alone. */
struct sip_key sip_key_new(void);

struct sip_hash sip_hash(const struct sip_key *key, const void *data,
                         size_t len);

#endif /* SIP_H */
