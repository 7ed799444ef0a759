/*
 * Open addressing with linear probing.  The table's size is a power of two,
 * and at most three quarters of it are used.  Removing an entry leaves no
 * tombstone: entries behind it move up towards their home slots, so a
 * long-lived map with many removals stays as fast as a new one.  The table
 * shrinks when an eighth is used, so that it does not grow and shrink in
 * turns.
 */
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/siphash.h"

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
    struct siphash_key key;
};

static uint64_t
hash_of(const struct map *m, const char *key, size_t len)
{
    return siphash_short(&m->key, key, len);
}

struct map *
map_new(void)
{
    struct map *m = xcalloc(1, sizeof(*m));

    m->key = siphash_key_new();
    m->nslots = MIN_SLOTS;
    m->slots = xcalloc(m->nslots, sizeof(*m->slots));
    return m;
}

void
map_free(struct map *m)
{
    if (!m)
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

        if (!e->value)
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

        if (!old[i].value)
            continue;
        while (m->slots[to].value)
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

    assert(value);
    if (m->len + 1 > m->nslots / 4 * 3)
        resize(m, m->nslots * 2);
    e = find_slot(m, hash, key, len);
    assert(!e->value);
    *e = (struct entry){hash, key, len, value};
    m->len++;
}

/*
 * Free slot i.  An entry behind it moves up unless its home lies after i: a
 * search for it would then no longer find it.
 */
static void
close_gap(struct map *m, size_t i)
{
    size_t mask = m->nslots - 1;

    for (size_t j = (i + 1) & mask; m->slots[j].value; j = (j + 1) & mask) {
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

    if (!value)
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
