/*
 * Equal hashes stand side by side in the list, and are taken from the left,
 * so that the first one left is found by bisection among a million, too.
 */
#include "base/multiset.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Fewer than this are sorted by insertion. */
#define FEW 16

void
multiset_fini(struct multiset *m)
{
    free(m->list);
    free(m->taken);
    *m = (struct multiset)MULTISET_INIT;
}

/* What realloc() gives beyond len is not touched, and so takes no memory. */
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

static void
swap(struct siphash_hash *a, struct siphash_hash *b)
{
    struct siphash_hash other = *a;

    *a = *b;
    *b = other;
}

static void
insertion_sort(struct siphash_hash *list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && is_less(&list[k], &list[k - 1]); k--)
            swap(&list[k], &list[k - 1]);
}

/*
 * Hoare's quicksort: qsort(3) takes as much memory again.  The hashes are
 * keyed, so nobody can make them come in a bad order, and equal ones are
 * dealt out to both sides.
 */
static void
quicksort(struct siphash_hash *list, size_t n)
{
    while (n > FEW) {
        struct siphash_hash pivot = list[n / 2];
        size_t low = 0, high = n - 1;

        for (;;) {
            while (is_less(&list[low], &pivot))
                low++;
            while (is_less(&pivot, &list[high]))
                high--;
            if (low >= high)
                break;
            swap(&list[low++], &list[high--]);
        }
        /* The smaller side first, so that the stack stays small. */
        if (low < n - low) {
            quicksort(list, low);
            list += low;
            n -= low;
        } else {
            quicksort(list + low, n - low);
            n = low;
        }
    }
    insertion_sort(list, n);
}

void
multiset_sort(struct multiset *m)
{
    quicksort(m->list, m->len);
    m->taken = xcalloc(m->len / 8 + 1, 1);
}

/* The first one that is not less, or (is_after) that is greater. */
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
