/*
 * units.h - durations, sizes and rates as people write them.
 */
#ifndef UNITS_H
#define UNITS_H

#include "base/base.h"

/*
 * "300ms", "10", "10s", "1.5", "5m", "1h" (bare number: seconds) to
 * microseconds, cut off.  No sign, no white space, no exponent.
 * Returns -1 where s is none or over 292,000 years (INT64_MAX microseconds).
 */
NODISCARD int units_duration(const char *s, int64_t *us);

/*
 * "64k", "10M", "1G", "512" (powers of 1024, either case) to bytes; -1 where
 * none.
 */
NODISCARD int units_size(const char *s, int64_t *bytes);

/* A whole number without sign; -1 where none or over UINT32_MAX. */
NODISCARD int units_count(const char *s, uint32_t *n);

/* "20", "20/s", "0.5/m", "100/h" to requests per second; -1 where none or 0. */
NODISCARD int units_rate(const char *s, double *per_s);

#endif /* UNITS_H */
