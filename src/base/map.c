/*
 * Open addressing with linear probing.  The table's size is a power of two
 * and at most three quarters of it are in use.  An entry that is taken out
 * leaves no tombstone: those behind it that would be nearer to their home
 * move up, so a map that lives long and forgets much stays as fast as a new
 * one.  It shrinks when an eighth is in use, so that growing and shrinking
 * never take turns.
 */
#include "base/map.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define MIN_SLOTS 16

struct entry {
    uint64_t hash;
    const char *key; /* the caller's */
    size_t len;
    void *value; /* NULL: the slot is free */
};

struct map {
    struct entry *slots;
    size_t nslots; /* a power of two */
    size_t len;    /* slots in use */
    uint64_t seed[2];
};

struct sip {
    uint64_t a, b, c, d;
};

static uint64_t
rotate(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static void
sip_round(struct sip *s)
{
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

static void
sip_add(struct sip *s, uint64_t word)
{
    s->d ^= word;
    sip_round(s);
    s->a ^= word;
}

/* SipHash-1-3: who doesn't know the seed can't make keys that collide. */
static uint64_t
hash_of(const struct map *m, const char *key, size_t len)
{
    struct sip s = {
        .a = m->seed[0] ^ UINT64_C(0x736f6d6570736575),
        .b = m->seed[1] ^ UINT64_C(0x646f72616e646f6d),
        .c = m->seed[0] ^ UINT64_C(0x6c7967656e657261),
        .d = m->seed[1] ^ UINT64_C(0x7465646279746573),
    };
    uint64_t last = (uint64_t)len << 56;
    size_t left = len;

    for (; left >= 8; left -= 8, key += 8) {
        uint64_t word;

        memcpy(&word, key, 8);
        sip_add(&s, word);
    }
    for (size_t i = 0; i < left; i++)
        last |= (uint64_t)(unsigned char)key[i] << (8 * i);
    sip_add(&s, last);

    s.c ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}

struct map *
map_new(void)
{
    struct map *m = xcalloc(1, sizeof(*m));

    if (getrandom(m->seed, sizeof(m->seed), GRND_NONBLOCK) !=
        (ssize_t)sizeof(m->seed)) {
        /* Hardly ever (early boot, a strict sandbox): better than zero. */
        m->seed[0] = (uint64_t)clock_now_us();
        m->seed[1] = (uint64_t)clock_wall_us() ^ (uint64_t)(uintptr_t)m;
    }
    m->nslots = MIN_SLOTS;
    m->slots = xcalloc(m->nslots, sizeof(*m->slots));
    return m;
}

void
map_free(struct map *m)
{
    if (m == NULL)
        return;
    free(m->slots);
    free(m);
}

size_t
map_len(const struct map *m)
{
    return m->len;
}

/* The slot that holds key, or the free one where it would go. */
static struct entry *
find_slot(const struct map *m, uint64_t hash, const char *key, size_t len)
{
    size_t mask = m->nslots - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct entry *e = &m->slots[i];

        if (e->value == NULL)
            return e;
        if (e->hash == hash && e->len == len &&
            (len == 0 || memcmp(e->key, key, len) == 0))
            return e;
    }
}

static void
resize(struct map *m, size_t nslots)
{
    struct entry *old = m->slots;
    size_t nold = m->nslots;
    size_t mask = nslots - 1;

    m->slots = xcalloc(nslots, sizeof(*m->slots));
    m->nslots = nslots;
    for (size_t i = 0; i < nold; i++) {
        size_t to = old[i].hash & mask;

        if (old[i].value == NULL)
            continue;
        while (m->slots[to].value != NULL)
            to = (to + 1) & mask;
        m->slots[to] = old[i];
    }
    free(old);
}

void *
map_get(const struct map *m, const char *key, size_t len)
{
    return find_slot(m, hash_of(m, key, len), key, len)->value;
}

void
map_put(struct map *m, const char *key, size_t len, void *value)
{
    uint64_t hash = hash_of(m, key, len);
    struct entry *e;

    assert(value != NULL);
    if (m->len + 1 > m->nslots / 4 * 3)
        resize(m, m->nslots * 2);
    e = find_slot(m, hash, key, len);
    assert(e->value == NULL);
    *e = (struct entry){hash, key, len, value};
    m->len++;
}

/*
 * Free slot i.  An entry behind it moves up unless its home lies after i,
 * where a search for it would no longer pass.
 */
static void
close_gap(struct map *m, size_t i)
{
    size_t mask = m->nslots - 1;

    for (size_t j = (i + 1) & mask; m->slots[j].value != NULL;
         j = (j + 1) & mask) {
        size_t home = m->slots[j].hash & mask;

        if (((j - home) & mask) >= ((j - i) & mask)) {
            m->slots[i] = m->slots[j];
            i = j;
        }
    }
    m->slots[i] = (struct entry){0};
}

void *
map_remove(struct map *m, const char *key, size_t len)
{
    struct entry *e = find_slot(m, hash_of(m, key, len), key, len);
    void *value = e->value;

    if (value == NULL)
        return NULL;
    close_gap(m, (size_t)(e - m->slots));
    m->len--;
    if (m->nslots > MIN_SLOTS && m->len < m->nslots / 8)
        resize(m, m->nslots / 2);
    return value;
}

uint64_t
map_stable_hash(const char *key, size_t len)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < len; i++) {
        hash ^= (unsigned char)key[i];
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}
