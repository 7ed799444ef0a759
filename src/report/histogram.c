/*
 * The buckets, for 8 significant bits, of which the first is always 1:
 *
 *     value    0 .. 255   256 .. 511   512 .. 1023   1024 .. 2047  ...
 *     width    1          2            4             8
 *     bucket   0 .. 255   256 .. 383   384 .. 511    512 .. 639    ...
 *
 * The bucket's number is the value's seven bits behind the first, behind them
 * the number of bits that were dropped: no table and no logarithm.  A small
 * histogram has four bits in place of the seven.
 */
#include "report/histogram.h"

#include <math.h>

#define SUB_BITS       7 /* 128 buckets for each power of two */
#define SMALL_SUB_BITS 4

static size_t
bucket_of(int64_t value, unsigned sub_bits)
{
    uint64_t v = (uint64_t)value;
    unsigned shift = 0;

    if (v >= UINT64_C(2) << sub_bits)
        shift = 63 - (unsigned)__builtin_clzll(v) - sub_bits;
    return ((size_t)shift << sub_bits) + (size_t)(v >> shift);
}

/* The middle of a bucket. */
static int64_t
value_of(size_t bucket, unsigned sub_bits)
{
    unsigned shift = 0;
    uint64_t top = bucket;

    if (bucket >= (size_t)2 << sub_bits) {
        shift = (unsigned)(bucket >> sub_bits) - 1;
        top = bucket - ((size_t)shift << sub_bits);
    }
    return (int64_t)((top << shift) + ((UINT64_C(1) << shift) >> 1));
}

static int64_t
clamp(int64_t value, int64_t min, int64_t max)
{
    if (value < min)
        return min;
    return value < max ? value : max;
}

/* Count a value and widen the range to it.  Returns the value; a negative one
 * counts as 0. */
static int64_t
extend(uint64_t *n, int64_t *min, int64_t *max, int64_t value)
{
    if (value < 0)
        value = 0;
    if (*n == 0 || value < *min)
        *min = value;
    if (*n == 0 || value > *max)
        *max = value;
    ++*n;
    return value;
}

void
histogram_add(struct histogram *h, int64_t value)
{
    value = extend(&h->n, &h->min, &h->max, value);
    h->counts[bucket_of(value, SUB_BITS)]++;
}

/* Which of n values in their order a percentile is, from 1 on. */
static uint64_t
rank_of(uint64_t n, double percent)
{
    return (uint64_t)ceil((double)n * percent / 100);
}

int64_t
histogram_percentile(const struct histogram *h, double percent)
{
    uint64_t rank = rank_of(h->n, percent), seen = 0;
    size_t i = 0;

    if (h->n == 0)
        return -1;
    if (rank <= 1)
        return h->min;
    if (rank >= h->n)
        return h->max;
    while ((seen += h->counts[i]) < rank)
        i++;
    return clamp(value_of(i, SUB_BITS), h->min, h->max);
}

uint64_t
histogram_count(const struct histogram *h, int64_t from, int64_t to)
{
    uint64_t n = 0;

    for (size_t i = bucket_of(from, SUB_BITS); i < HISTOGRAM_NBUCKETS; i++) {
        int64_t value = value_of(i, SUB_BITS);

        if (value >= to)
            break;
        if (value >= from)
            n += h->counts[i];
    }
    return n;
}

/* ---- small ones ---- */

/* Add to a count as far as there is room for it. */
static void
add_count(uint32_t *count, uint32_t more)
{
    *count = more > UINT32_MAX - *count ? UINT32_MAX : *count + more;
}

void
histogram_small_add(struct histogram_small *h, int64_t value)
{
    size_t bucket;

    value = extend(&h->n, &h->min, &h->max, value);
    bucket = bucket_of(value, SMALL_SUB_BITS);
    if (bucket >= HISTOGRAM_SMALL_NBUCKETS)
        bucket = HISTOGRAM_SMALL_NBUCKETS - 1;
    add_count(&h->counts[bucket], 1);
}

int64_t
histogram_small_percentile(const struct histogram_small *h, double percent)
{
    uint64_t rank = rank_of(h->n, percent), seen = 0;
    size_t i = 0;

    if (h->n == 0)
        return -1;
    if (rank <= 1)
        return h->min;
    if (rank >= h->n)
        return h->max;
    while ((seen += h->counts[i]) < rank && i + 1 < HISTOGRAM_SMALL_NBUCKETS)
        i++;
    return clamp(value_of(i, SMALL_SUB_BITS), h->min, h->max);
}

void
histogram_small_merge(struct histogram_small *h,
                      const struct histogram_small *more)
{
    if (more->n == 0)
        return;
    if (h->n == 0 || more->min < h->min)
        h->min = more->min;
    if (h->n == 0 || more->max > h->max)
        h->max = more->max;
    h->n += more->n;
    for (size_t i = 0; i < HISTOGRAM_SMALL_NBUCKETS; i++)
        add_count(&h->counts[i], more->counts[i]);
}
