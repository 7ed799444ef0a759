/*
 * totals.h - the data of a summary, for the files that write one.
 *
 * Private to report/.
 */
#ifndef TOTALS_H
#define TOTALS_H

#include "base/buf.h"
#include "job/earlier.h"
#include "report/histogram.h"
#include "report/summary.h"
#include "report/tally.h"
#include "report/top_hosts.h"

#define NSTATUSES 1000

struct summary {
    struct tally tally;
    uint64_t by_status[NSTATUSES]; /* results that have one */
    uint64_t attempts, num_redirects;
    uint64_t
        connections_reused; /* results whose last hop used a kept connection */
    uint64_t by_change[CHANGE_UNCHANGED + 1];
    uint64_t bytes_saved;        /* bytes of bodies not sent because of a 304 */
    struct histogram time_total; /* of results that were sent */
    struct histogram time_queue; /* of results that were queued */
    struct top_hosts *hosts;
    struct buf name; /* of the current host */
};

/* Results per second; 0 for a run without a duration. */
double summary_rate(const struct summary *s, const struct summary_end *end);

#endif /* TOTALS_H */
