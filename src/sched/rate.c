#include "sched/rate.h"

#include <assert.h>

#define NS_PER_US 1000
#define NS_PER_S  1e9

/* A longer interval is practically never, and sums must not overflow. */
#define MAX_INTERVAL_S 1e9

void
rate_init(struct rate *r, double per_s)
{
    *r = (struct rate){0};
    if (per_s <= 0)
        return;
    if (per_s * MAX_INTERVAL_S < 1)
        per_s = 1 / MAX_INTERVAL_S;
    r->interval_ns = (int64_t)(NS_PER_S / per_s);
}

int64_t
rate_opens_at_us(const struct rate *r)
{
    return (r->next_ns + NS_PER_US - 1) / NS_PER_US;
}

void
rate_take(struct rate *r, int64_t now_us)
{
    int64_t from_us = r->is_awaited ? now_us - RATE_SLACK_US : now_us;

    assert(now_us >= rate_opens_at_us(r));
    if (r->interval_ns == 0)
        return;
    if (r->next_ns < from_us * NS_PER_US)
        r->next_ns = from_us * NS_PER_US;
    r->next_ns += r->interval_ns;
}

void
rate_put_off(struct rate *r, int64_t now_us)
{
    int64_t least_ns = (now_us - RATE_SLACK_US) * NS_PER_US + r->interval_ns;

    if (r->interval_ns != 0 && r->next_ns < least_ns)
        r->next_ns = least_ns;
}

bool
rate_has_slack(const struct rate *r, uint32_t n)
{
    return n == 0 || r->interval_ns <= RATE_SLACK_US * NS_PER_US / n;
}
