#include "base/siphash.h"

#include <string.h>
#include <sys/random.h>

#include "base/clock.h"

struct state {
    uint64_t a, b, c, d;
};

struct siphash_key
siphash_key_new(void)
{
    struct siphash_key key;

    if (getrandom(&key, sizeof(key), GRND_NONBLOCK) != (ssize_t)sizeof(key)) {
        /* This fails only in early boot or in a strict sandbox; the clocks are
         * harder to guess than zeros. */
        key.word[0] = (uint64_t)clock_now_us();
        key.word[1] = (uint64_t)clock_wall_us() ^ (uint64_t)(uintptr_t)&key;
    }
    return key;
}

static uint64_t
rotate(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static inline void
mix(struct state *s, int nrounds)
{
    for (int i = 0; i < nrounds; i++) {
        s->a += s->b;
        s->c += s->d;
        s->b = rotate(s->b, 13) ^ s->a;
        s->d = rotate(s->d, 16) ^ s->c;
        s->a = rotate(s->a, 32) + s->d;
        s->c += s->b;
        s->d = rotate(s->d, 21) ^ s->a;
        s->b = rotate(s->b, 17) ^ s->c;
        s->c = rotate(s->c, 32);
    }
}

static uint64_t
fold(const struct state *s)
{
    return s->a ^ s->b ^ s->c ^ s->d;
}

/* Little-endian, whatever the machine. */
static uint64_t
load(const unsigned char *p, size_t n)
{
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)p[i] << (8 * i);
    return word;
}

/* The state after all of data, with nrounds for each word. */
static struct state
absorb(const struct siphash_key *key, const void *data, size_t len,
       uint64_t variant, int nrounds)
{
    const unsigned char *p = data;
    struct state s = {
        .a = key->word[0] ^ UINT64_C(0x736f6d6570736575),
        .b = key->word[1] ^ UINT64_C(0x646f72616e646f6d) ^ variant,
        .c = key->word[0] ^ UINT64_C(0x6c7967656e657261),
        .d = key->word[1] ^ UINT64_C(0x7465646279746573),
    };
    uint64_t word;

    for (size_t left = len;; left -= 8, p += 8) {
        word = left >= 8 ? load(p, 8) : (uint64_t)len << 56 | load(p, left);
        s.d ^= word;
        mix(&s, nrounds);
        s.a ^= word;
        if (left < 8)
            return s;
    }
}

struct siphash_hash
siphash_hash(const struct siphash_key *key, const void *data, size_t len)
{
    struct state s = absorb(key, data, len, 0xee, 2);
    struct siphash_hash hash;

    s.c ^= 0xee;
    mix(&s, 4);
    hash.word[0] = fold(&s);
    s.b ^= 0xdd;
    mix(&s, 4);
    hash.word[1] = fold(&s);
    return hash;
}

uint64_t
siphash_short(const struct siphash_key *key, const void *data, size_t len)
{
    struct state s = absorb(key, data, len, 0, 1);

    s.c ^= 0xff;
    mix(&s, 3);
    return fold(&s);
}
