/*
 * retry_after.h - for how long a server asks to be left alone.
 */
#ifndef RETRY_AFTER_H
#define RETRY_AFTER_H

#include "base/base.h"

/*
 * The value of a Retry-After header (RFC 9110, 10.2.3) in microseconds from
 * now on: seconds, of which what follows the digits is ignored, or a date; 0
 * for one that is past, -1 for what is neither.  No more than 100 years.
 *
 * wall_us  now, by the wall clock
 */
int64_t retry_after_us(const char *value, int64_t wall_us);

#endif /* RETRY_AFTER_H */
