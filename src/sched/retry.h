/*
 * retry.h - how long to wait before another attempt.
 *
 * Pure: chance is the caller's.
 */
#ifndef RETRY_H
#define RETRY_H

#include "base/base.h"

/* The next of a row of even 64-bit numbers; any seed will do (SplitMix64). */
uint64_t retry_random(uint64_t *state);

/*
 * The wait before attempt nretries + 1 (so nretries >= 1): anything from 0 to
 * base_us, which doubles with each retry up to max_us ("full jitter": those
 * who failed together don't come back together).
 */
int64_t retry_backoff_us(uint32_t nretries, int64_t base_us, int64_t max_us,
                         uint64_t *random);

#endif /* RETRY_H */
