/*
 * clock.h - two clocks: monotonic for durations, wall clock for dates.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include "base/base.h"

/* Monotonic time in microseconds; unrelated to the calendar. */
int64_t clock_now_us(void);

/* Wall clock, microseconds since 1970-01-01 UTC. */
int64_t clock_wall_us(void);

/* Processor time of this process so far, all threads, in microseconds. */
int64_t clock_cpu_us(void);

/* Processors that this process may run on, at least 1. */
unsigned clock_ncpus(void);

/* Length of clock_format()'s text with its NUL. */
#define CLOCK_TEXT 25

/*
 * Write "2026-11-22T23:10:04.112Z" (RFC 3339, UTC, truncated to milliseconds).
 */
void clock_format(int64_t wall_us, char text[CLOCK_TEXT]);

#endif /* CLOCK_H */
