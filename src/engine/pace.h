/*
 * pace.h - limits the bytes read a second (--limit-rate and
 * --limit-rate-per-host): one limit for the run and one for each host, over all
 * transfers and engines.
 *
 * Not a token bucket: idle time is not saved up as a burst.  After bytes were
 * read, nothing may be read for as long as these take at the rate.  So a limit
 * is never exceeded for longer than PACE_STEP_US and PACE_SLACK_US.  May be
 * used from any thread; the caller passes the time in.
 */
#ifndef PACE_H
#define PACE_H

#include "base/base.h"

struct pace;

/* As many bytes may be read at once as the rate gives in this time. */
#define PACE_STEP_US (20 * US_PER_MS)

/* A reader that comes up to this much too late may make up for it. */
#define PACE_SLACK_US (60 * US_PER_MS)

/* Rates are in bytes a second, 0: no limit.  Returns NULL without any limit. */
NODISCARD struct pace *pace_new(int64_t run_bps, int64_t host_bps);
void pace_free(struct pace *p); /* NULL is fine */

/*
 * How many bytes may be read from a host now.  0: none, and *wait_us is set to
 * the time until some may, at least 1.
 *
 * host  any number that stands for the host; 0: only the run's limit counts
 */
NODISCARD size_t pace_allow(struct pace *p, uint64_t host, int64_t now_us,
                            int64_t *wait_us);

/* Bytes were read.  If more than were allowed, later ones wait longer. */
void pace_note(struct pace *p, uint64_t host, size_t n, int64_t now_us);

/* Is there a limit for the run? */
bool pace_has_sum(const struct pace *p);

/* The size of a socket's receive buffer; 0: the system's. */
int pace_buffer_bytes(const struct pace *p);

#endif /* PACE_H */
