/*
 * rate.h - so many per second, evenly spaced.
 *
 * No bucket that fills while nobody asks: after idle time the next two are
 * as far apart as any.  Only where someone waited for the moment and the
 * timer came late is that made good, by at most RATE_SLACK_US, so that a high
 * rate is reached with a coarse timer.  Pure: the time is passed in.
 */
#ifndef RATE_H
#define RATE_H

#include "base/base.h"

#define RATE_SLACK_US (5 * US_PER_MS)

/* All zero: no limit. */
struct rate {
    int64_t interval_ns; /* 0: no limit */
    int64_t next_ns;     /* moment of the next one */
    bool is_awaited;     /* someone waits for it */
};

/* per_s 0: no limit. */
void rate_init(struct rate *r, double per_s);

/* From when on the next one may go. */
int64_t rate_opens_at_us(const struct rate *r);

/* One goes now. */
void rate_take(struct rate *r, int64_t now_us);

#endif /* RATE_H */
