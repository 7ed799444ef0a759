/*
 * units.h - durations, sizes and rates as people write them.
 */
#ifndef UNITS_H
#define UNITS_H

#include "base/base.h"

/*
 * Convert "300ms", "10", "10s", "1.5", "5m" or "1h" to microseconds, rounded
 * down but for a positive one, which is at least 1; a bare number is seconds.
 * No sign, white space or exponent.  Returns -1 if s is not a duration or
 * exceeds INT64_MAX microseconds (292,000 years).
 */
NODISCARD int units_duration(const char *s, int64_t *us);

/*
 * Convert "64k", "10M", "1G" or "512" to bytes (powers of 1024, either case).
 * Returns -1 if s is not a size.
 */
NODISCARD int units_size(const char *s, int64_t *bytes);

/* Convert a whole number without sign.  Returns -1 if s is none or exceeds
 * UINT32_MAX. */
NODISCARD int units_count(const char *s, uint32_t *n);

/* Convert "20", "20/s", "0.5/m" or "100/h" to requests per second.  Returns -1
 * if s is not a rate, or 0. */
NODISCARD int units_rate(const char *s, double *per_s);

#endif /* UNITS_H */
