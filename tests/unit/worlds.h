/*
 * worlds.h - a simulator of networks, servers and hosts in invented time, to
 * try a limit on connections against.
 */
#ifndef WORLDS_H
#define WORLDS_H

#include "base/base.h"

struct sim;

/* Which requests a world holds, and what becomes of each. */
struct world {
    const char *name;
    uint32_t nhosts;
    uint32_t nurls;     /* the same number for each host */
    int64_t timeout_us; /* of one request */
    double dead;        /* share of hosts that never answer */
    int64_t rtt_us;     /* median over hosts, lognormal */
    double rtt_sigma;
    int64_t serve_us;   /* what a server takes beside that */
    double url_cost_us; /* at the one place that all share: a link or the
                           client's processor; 0: none */
    double lookup_us;   /* at a resolver that all share, for each host */
    uint32_t nports;    /* connections that a NAT lets through, 0: all */
    uint32_t collapses; /* above so many in flight all servers slow down
                           and some requests are refused, 0: never */
    uint32_t per_host;  /* that a host serves at once; others wait there */
    uint32_t nslow;     /* hosts that take slow_us instead of serve_us */
    int64_t slow_us;
    int64_t burst_every_us, burst_us; /* so often all say 503 for so long */
    bool is_cpu;                      /* url_cost_us is our own processor's */
};

extern const struct world worlds[];
extern const size_t nworlds;

struct verdict {
    double seconds;    /* until the last result */
    double failed;     /* share of the URLs, 0 to 1 */
    uint32_t last;     /* the limit at the end */
    uint32_t greatest; /* the limit's greatest value */
};

/* Run all URLs through with that limit, or with autolimit where it is 0. */
struct verdict world_run(const struct world *w, uint32_t limit);

#endif /* WORLDS_H */
