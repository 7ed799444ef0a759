/*
 * histogram.h - a histogram of times or sizes for percentiles, in constant
 * memory.
 *
 * Values below 256 are exact.  Larger ones are in buckets whose width is at
 * most 1/128 of the value: 128 buckets per power of two.  A bucket is reported
 * by its middle, so results are at most 0.4 % off.  Minimum and maximum are
 * exact.
 */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include "base/base.h"

#define HISTOGRAM_NBUCKETS (57 * 128)

/* All zero is an empty one. */
struct histogram {
    uint64_t n;                          /* values added */
    int64_t min, max;                    /* unset while n is 0 */
    uint64_t counts[HISTOGRAM_NBUCKETS]; /* values by bucket */
};

/* Add a value; one below 0 counts as 0. */
void histogram_add(struct histogram *h, int64_t value);

/*
 * The value that percent of all values do not exceed, from 0 (the minimum) to
 * 100 (the maximum).  Returns -1 if the histogram is empty.
 */
int64_t histogram_percentile(const struct histogram *h, double percent);

/* The number of values from from to below to, within the buckets' precision. */
uint64_t histogram_count(const struct histogram *h, int64_t from, int64_t to);

/*
 * A smaller one, 2.4 KB, of which there may be many: 16 buckets for each power
 * of two, so what comes out is at most 3.2 % off.  Values from 2^40 on, as
 * microseconds 13 days, are in the last bucket.  All zero is an empty one.
 */
#define HISTOGRAM_SMALL_NBUCKETS (37 * 16)

struct histogram_small {
    uint64_t n;
    int64_t min, max;
    uint32_t counts[HISTOGRAM_SMALL_NBUCKETS]; /* none goes over its greatest
                                                  value */
};

/* What histogram_add() and histogram_percentile() are for the larger one. */
void histogram_small_add(struct histogram_small *h, int64_t value);
int64_t histogram_small_percentile(const struct histogram_small *h,
                                   double percent);

/* Add all values of another one. */
void histogram_small_merge(struct histogram_small *h,
                           const struct histogram_small *more);

#endif /* HISTOGRAM_H */
