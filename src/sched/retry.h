/*
 * retry.h - how long to wait before another attempt.
 *
 * Pure: the caller supplies the random state.
 */
#ifndef RETRY_H
#define RETRY_H

#include "base/base.h"

/* The next number of a uniform 64-bit sequence (SplitMix64); any seed works. */
uint64_t retry_random(uint64_t *state);

/*
 * The wait before attempt nretries + 1 (nretries >= 1): a random time from 0
 * to base_us, which doubles with each retry up to max_us ("full jitter"), so
 * that jobs that failed together do not retry together.
 */
int64_t retry_backoff_us(uint32_t nretries, int64_t base_us, int64_t max_us,
                         uint64_t *random);

#endif /* RETRY_H */
