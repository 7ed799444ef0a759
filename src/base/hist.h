/*
 * hist.h - a histogram of times (or sizes) for percentiles, in constant
 * memory.
 *
 * Values below 256 are kept exactly, larger ones in buckets whose width is
 * at most 1/128 of the value: 128 buckets for each power of two.  A bucket is
 * told by its middle, so what comes out is at most 0.4 % off.  Least and
 * greatest value are exact.
 */
#ifndef HIST_H
#define HIST_H

#include "base/base.h"

#define HIST_NBUCKETS (57 * 128)

/* All zero is an empty one. */
struct hist {
    uint64_t n;                     /* values added */
    int64_t min, max;               /* void while n is 0 */
    uint64_t counts[HIST_NBUCKETS]; /* values by bucket */
};

/* Add a value; one below 0 counts as 0. */
void hist_add(struct hist *h, int64_t value);

/*
 * The value that percent of all values don't exceed, from 0 (the least) to
 * 100 (the greatest).  -1: the histogram is empty.
 */
int64_t hist_percentile(const struct hist *h, double percent);

/* How many values are from from to below to, to the bucket's precision. */
uint64_t hist_count(const struct hist *h, int64_t from, int64_t to);

#endif /* HIST_H */
