/*
 * rate.h - limits a rate, with evenly spaced events.
 *
 * Not a token bucket: idle time is not saved up as a burst.  Only if a caller
 * waited and its timer was late, up to RATE_SLACK_US are made up, so that a
 * high rate is reached with a coarse timer.  Pure: the time is passed in.
 */
#ifndef RATE_H
#define RATE_H

#include "base/base.h"

#define RATE_SLACK_US (5 * US_PER_MS)

/* All zero: no limit. */
struct rate {
    int64_t interval_ns; /* 0: no limit */
    int64_t next_ns;     /* time of the next event */
    bool is_awaited;     /* a caller waits for it */
};

/* per_s 0: no limit. */
void rate_init(struct rate *r, double per_s);

/* The earliest time of the next event. */
int64_t rate_opens_at_us(const struct rate *r);

/* An event takes place now. */
void rate_take(struct rate *r, int64_t now_us);

/* One that was taken takes place only now: if that is more than RATE_SLACK_US
 * late, the next one is put off. */
void rate_put_off(struct rate *r, int64_t now_us);

/* Are n events within RATE_SLACK_US? */
bool rate_has_slack(const struct rate *r, uint32_t n);

#endif /* RATE_H */
