/*
 * Hoare's quicksort.  The rows begin with keyed hashes, so nobody can choose a
 * bad order for them, and equal rows go to both sides.
 *
 * Each function is compiled twice, for rows of two and of three words.
 */
#include "base/word_sort.h"

/* Fewer than this are sorted by insertion. */
#define FEW 16

#define INLINE static inline __attribute__((always_inline))

INLINE bool
is_less(const uint64_t *a, const uint64_t *b, size_t width)
{
    for (size_t i = 0; i < width - 1; i++)
        if (a[i] != b[i])
            return a[i] < b[i];
    return a[width - 1] < b[width - 1];
}

INLINE void
swap(uint64_t *a, uint64_t *b, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        uint64_t other = a[i];

        a[i] = b[i];
        b[i] = other;
    }
}

INLINE void
insertion_sort(uint64_t *rows, size_t n, size_t width)
{
    for (size_t i = 1; i < n; i++)
        for (uint64_t *at = rows + i * width;
             at > rows && is_less(at, at - width, width); at -= width)
            swap(at, at - width, width);
}

/* Move the rows that are less than a pivot before those that are greater.
 * Returns the number of rows in the first part. */
INLINE size_t
partition(uint64_t *rows, size_t n, size_t width)
{
    uint64_t pivot[3];
    size_t low = 0, high = n - 1;

    for (size_t i = 0; i < width; i++)
        pivot[i] = rows[n / 2 * width + i];
    for (;;) {
        while (is_less(rows + low * width, pivot, width))
            low++;
        while (is_less(pivot, rows + high * width, width))
            high--;
        if (low >= high)
            return low;
        swap(rows + low++ * width, rows + high-- * width, width);
    }
}

INLINE void
quicksort(uint64_t *rows, size_t n, size_t width,
          void (*again)(uint64_t *, size_t))
{
    while (n > FEW) {
        size_t low = partition(rows, n, width);

        /* Sort the smaller side first, so that the stack stays small. */
        if (low < n - low) {
            again(rows, low);
            rows += low * width;
            n -= low;
        } else {
            again(rows + low * width, n - low);
            n = low;
        }
    }
    insertion_sort(rows, n, width);
}

void
word_sort_pairs(uint64_t *rows, size_t n)
{
    quicksort(rows, n, 2, word_sort_pairs);
}

void
word_sort_triples(uint64_t *rows, size_t n)
{
    quicksort(rows, n, 3, word_sort_triples);
}
