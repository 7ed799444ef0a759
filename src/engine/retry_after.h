/*
 * retry_after.h - reads the Retry-After header.
 */
#ifndef RETRY_AFTER_H
#define RETRY_AFTER_H

#include "base/base.h"

/*
 * The value of a Retry-After header (RFC 9110, 10.2.3) in microseconds from
 * now: seconds, ignoring what follows the digits, or a date. 0 for a past
 * date, -1 if it is neither.  At most 100 years.
 *
 * wall_us  now, by the wall clock
 */
int64_t retry_after_us(const char *value, int64_t wall_us);

#endif /* RETRY_AFTER_H */
