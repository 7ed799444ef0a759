/*
 * totals.h - what a summary is made of, for the files that write one.
 *
 * Private to output/.
 */
#ifndef TOTALS_H
#define TOTALS_H

#include "base/buf.h"
#include "base/hist.h"
#include "output/summary.h"
#include "output/tally.h"
#include "output/top.h"

#define NSTATUSES 1000

struct summary {
    struct tally tally;
    uint64_t by_status[NSTATUSES]; /* results that have one */
    uint64_t attempts, num_redirects;
    uint64_t connections_reused; /* results whose last hop used an open one */
    struct hist time_total;      /* of results that were sent */
    struct hist time_queue;      /* of results that were queued */
    struct top *hosts;
    struct buf name; /* of the current host */
};

/* Results per second; 0 for a run without a duration. */
double summary_rate(const struct summary *s, const struct summary_end *end);

#endif /* TOTALS_H */
