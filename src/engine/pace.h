/*
 * pace.h - bytes a second (--limit-rate, --limit-rate-per-host): one sum for
 * the run and one for each host, over all transfers and engines.
 *
 * No token bucket: idle time is not saved up.  What was read is paid for by the
 * time in which nothing may be read, so that a sum never exceeds its rate for
 * longer than PACE_STEP_US and PACE_SLACK_US.  Any thread; the time is passed
 * in.
 */
#ifndef PACE_H
#define PACE_H

#include "base/base.h"

struct pace;

/* At once, as many bytes may be read as come in this time. */
#define PACE_STEP_US (20 * US_PER_MS)

/* So late may somebody come without a loss. */
#define PACE_SLACK_US (60 * US_PER_MS)

/* Bytes a second, 0: no limit.  NULL: there is none at all. */
NODISCARD struct pace *pace_new(int64_t run_bps, int64_t host_bps);
void pace_free(struct pace *p); /* NULL is fine */

/*
 * How many bytes may be read from a host now.  0: none, and *wait_us is how
 * long to wait before it is asked again, at least 1.
 *
 * host  any number that stands for it; 0: nobody
 */
NODISCARD size_t pace_allow(struct pace *p, uint64_t host, int64_t now_us,
                            int64_t *wait_us);

/* They were read.  More than were allowed: the debt is paid later. */
void pace_note(struct pace *p, uint64_t host, size_t n, int64_t now_us);

/* Is there a sum for the run? */
bool pace_has_sum(const struct pace *p);

/* The size of a socket's receive buffer; 0: the system's. */
int pace_buffer_bytes(const struct pace *p);

#endif /* PACE_H */
