/*
 * The buckets, for 8 significant bits, of which the first is always 1:
 *
 *     value    0 .. 255   256 .. 511   512 .. 1023   1024 .. 2047  ...
 *     width    1          2            4             8
 *     bucket   0 .. 255   256 .. 383   384 .. 511    512 .. 639    ...
 *
 * The bucket's number is the value's seven bits behind the first, behind them
 * the number of bits that were dropped: no table and no logarithm.
 */
#include "report/histogram.h"

#include <math.h>

#define SUB_BITS 7
#define NSUB     (1 << SUB_BITS) /* buckets for each power of two */

static size_t
bucket_of(int64_t value)
{
    uint64_t v = (uint64_t)value;
    unsigned shift = 0;

    if (v >= 2 * NSUB)
        shift = 63 - (unsigned)__builtin_clzll(v) - SUB_BITS;
    return (size_t)shift * NSUB + (size_t)(v >> shift);
}

/* The middle of a bucket. */
static int64_t
value_of(size_t bucket)
{
    unsigned shift = 0;
    uint64_t top = bucket;

    if (bucket >= 2 * NSUB) {
        shift = (unsigned)(bucket / NSUB) - 1;
        top = bucket - (size_t)shift * NSUB;
    }
    return (int64_t)((top << shift) + ((UINT64_C(1) << shift) >> 1));
}

void
histogram_add(struct histogram *h, int64_t value)
{
    if (value < 0)
        value = 0;
    if (h->n == 0 || value < h->min)
        h->min = value;
    if (h->n == 0 || value > h->max)
        h->max = value;
    h->n++;
    h->counts[bucket_of(value)]++;
}

int64_t
histogram_percentile(const struct histogram *h, double percent)
{
    uint64_t rank = (uint64_t)ceil((double)h->n * percent / 100);
    uint64_t seen = 0;
    int64_t value;
    size_t i = 0;

    if (h->n == 0)
        return -1;
    if (rank <= 1)
        return h->min;
    if (rank >= h->n)
        return h->max;
    while ((seen += h->counts[i]) < rank)
        i++;
    value = value_of(i);
    if (value < h->min)
        return h->min;
    return value < h->max ? value : h->max;
}

uint64_t
histogram_count(const struct histogram *h, int64_t from, int64_t to)
{
    uint64_t n = 0;

    for (size_t i = bucket_of(from); i < HISTOGRAM_NBUCKETS; i++) {
        int64_t value = value_of(i);

        if (value >= to)
            break;
        if (value >= from)
            n += h->counts[i];
    }
    return n;
}
