/*
 * Equal hashes are neighbours in the list and are taken from the left, so that
 * bisection finds the first one left even among a million.
 */
#include "base/multiset.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/word_sort.h"

void
multiset_fini(struct multiset *m)
{
    free(m->list);
    free(m->taken);
    *m = (struct multiset)MULTISET_INIT;
}

/* realloc()'s memory beyond len is not touched, so it takes no real memory. */
void
multiset_add(struct multiset *m, const struct siphash_hash *hash)
{
    if (m->len == m->cap) {
        m->cap = m->cap ? m->cap * 2 : 1024;
        m->list = xrealloc(m->list, m->cap * sizeof(*m->list));
    }
    m->list[m->len++] = *hash;
}

static bool
is_less(const struct siphash_hash *a, const struct siphash_hash *b)
{
    return a->word[0] != b->word[0] ? a->word[0] < b->word[0]
                                    : a->word[1] < b->word[1];
}

void
multiset_sort(struct multiset *m)
{
    word_sort_pairs(m->list ? m->list->word : NULL, m->len);
    m->taken = xcalloc(m->len / 8 + 1, 1);
}

/*
 * The first hash that is not less, or with is_after the first that is greater.
 */
static size_t
find(const struct multiset *m, const struct siphash_hash *hash, bool is_after)
{
    size_t low = 0, high = m->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct siphash_hash *at = &m->list[middle];

        if (is_after ? !is_less(hash, at) : is_less(at, hash))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
is_taken(const struct multiset *m, size_t i)
{
    return m->taken[i / 8] >> (i % 8) & 1;
}

bool
multiset_has(const struct multiset *m, const struct siphash_hash *hash)
{
    return find(m, hash, false) < find(m, hash, true);
}

bool
multiset_take(struct multiset *m, const struct siphash_hash *hash)
{
    size_t low = find(m, hash, false), end = find(m, hash, true), high = end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (is_taken(m, middle))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == end)
        return false;
    m->taken[low / 8] |= (unsigned char)(1 << (low % 8));
    m->ntaken++;
    return true;
}
