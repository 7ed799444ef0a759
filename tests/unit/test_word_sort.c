#include "base/siphash.h"
#include "base/word_sort.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define MOST 3000

/* Words with many that are equal, and with few. */
static uint64_t
word(uint64_t n, uint64_t range)
{
    struct siphash_key key = {{1, 2}};

    return siphash_hash(&key, &n, sizeof(n)).word[0] % range;
}

static int
compare(const void *a, const void *b, size_t width)
{
    const uint64_t *x = a, *y = b;

    for (size_t i = 0; i < width; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static int
compare_pairs(const void *a, const void *b)
{
    return compare(a, b, 2);
}

static int
compare_triples(const void *a, const void *b)
{
    return compare(a, b, 3);
}

Test(word_sort, rows_come_in_the_order_that_qsort_gives_them)
{
    static uint64_t rows[3 * MOST], want[3 * MOST];
    static const size_t counts[] = {0, 1, 2, 16, 17, 100, MOST};
    static const uint64_t ranges[] = {1, 2, 10, UINT64_MAX};

    for (size_t c = 0; c < ARRAY_LEN(counts); c++)
        for (size_t r = 0; r < ARRAY_LEN(ranges); r++) {
            size_t n = counts[c];

            for (size_t i = 0; i < 3 * n; i++)
                rows[i] = want[i] = word(i, ranges[r]);
            qsort(want, n, 2 * sizeof(*want), compare_pairs);
            word_sort_pairs(rows, n);
            cr_assert_arr_eq(rows, want, 2 * n * sizeof(*rows));
            qsort(want, n, 3 * sizeof(*want), compare_triples);
            word_sort_triples(rows, n);
            cr_assert_arr_eq(rows, want, 3 * n * sizeof(*rows));
        }
}

Test(word_sort, sorted_and_reversed_rows_are_sorted)
{
    static uint64_t rows[2 * MOST];

    for (size_t i = 0; i < MOST; i++)
        rows[2 * i] = MOST - i;
    for (int n = 0; n < 2; n++) {
        word_sort_pairs(rows, MOST);
        for (size_t i = 0; i < MOST; i++)
            cr_assert_eq(rows[2 * i], i + 1);
    }
}
