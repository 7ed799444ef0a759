/*
 * The entries are kept in chunks, in order of arrival, and never move.  Each
 * used slot of the table holds the 32-bit number of an entry, found by open
 * addressing with linear probing.  When three quarters of the slots are used,
 * the table is rebuilt at twice the size.
 *
 *     table   [ 2 | - | 0 | 1 ]       4 bytes a slot
 *               |       |   '----.
 *     chunks  [ hash 0, hash 1, hash 2 ... ] [ ... ]
 */
#include "base/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define MIN_SLOTS 64

/* Large chunks are cheap: a page that is never used costs nothing. */
#define CHUNK_ENTRIES (64 * 1024)

/* A slot holds 0 if free, else the entry's number plus one. */
#define MAX_ENTRIES (UINT32_MAX - 1)

struct entry {
    struct siphash_hash hash;
    uint64_t number;
};

struct seen {
    struct entry **chunks;
    size_t nchunks;
    size_t len; /* entries */
    uint32_t *slots;
    size_t nslots; /* a power of two */
};

struct seen *
seen_new(void)
{
    struct seen *s = xcalloc(1, sizeof(*s));

    s->nslots = MIN_SLOTS;
    s->slots = xcalloc(s->nslots, sizeof(*s->slots));
    return s;
}

void
seen_free(struct seen *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->nchunks; i++)
        free(s->chunks[i]);
    free(s->chunks);
    free(s->slots);
    free(s);
}

static struct entry *
entry_at(const struct seen *s, size_t i)
{
    return &s->chunks[i / CHUNK_ENTRIES][i % CHUNK_ENTRIES];
}

/* The slot that has the hash, or the free one where it would go. */
static size_t
find_slot(const struct seen *s, const struct siphash_hash *hash)
{
    size_t mask = s->nslots - 1;

    for (size_t i = hash->word[0] & mask;; i = (i + 1) & mask) {
        const struct entry *e;

        if (s->slots[i] == 0)
            return i;
        e = entry_at(s, s->slots[i] - 1);
        if (e->hash.word[0] == hash->word[0] &&
            e->hash.word[1] == hash->word[1])
            return i;
    }
}

static void
grow(struct seen *s)
{
    size_t mask;

    free(s->slots); /* freed first: it can be rebuilt from the entries */
    s->nslots *= 2;
    s->slots = xcalloc(s->nslots, sizeof(*s->slots));
    mask = s->nslots - 1;
    for (size_t n = 0; n < s->len; n++) {
        size_t i = entry_at(s, n)->hash.word[0] & mask;

        while (s->slots[i] != 0)
            i = (i + 1) & mask;
        s->slots[i] = (uint32_t)n + 1;
    }
}

static struct entry *
append(struct seen *s)
{
    if (s->len == MAX_ENTRIES)
        alloc_failed();
    if (s->len == s->nchunks * CHUNK_ENTRIES) {
        s->chunks = xrealloc(s->chunks, (s->nchunks + 1) * sizeof(*s->chunks));
        s->chunks[s->nchunks++] = xmalloc(CHUNK_ENTRIES * sizeof(struct entry));
    }
    return entry_at(s, s->len++);
}

bool
seen_add(struct seen *s, const struct siphash_hash *hash, uint64_t *number)
{
    size_t i = find_slot(s, hash);

    if (s->slots[i] != 0) {
        *number = entry_at(s, s->slots[i] - 1)->number;
        return false;
    }
    if (s->len + 1 > s->nslots / 4 * 3) {
        grow(s);
        i = find_slot(s, hash);
    }
    *append(s) = (struct entry){*hash, *number};
    s->slots[i] = (uint32_t)s->len;
    return true;
}
