/*
 * top_hosts.h - sums for each host, in bounded memory.
 *
 * All hosts and exact sums are kept up to the capacity.  Beyond it a new host
 * replaces the one with the fewest results ("space saving", Metwally and
 * others, 2005): a host with more than one in CAPACITY of all results is
 * certainly listed, and each entry says how many results of its host it may
 * have missed.
 */
#ifndef TOP_HOSTS_H
#define TOP_HOSTS_H

#include "base/base.h"

struct histogram_small;
struct result;
struct top_hosts;

struct top_hosts_entry {
    const char *name;              /* of the host */
    uint64_t count;                /* results of the host, as far as counted */
    uint64_t missed;               /* at most this many more came before */
    uint64_t nfailed;              /* of count: not ok */
    uint64_t ntimed;               /* of count: have a time */
    int64_t sum_us, max_us;        /* of these times */
    uint64_t size_download;        /* bytes on the wire */
    struct histogram_small *times; /* NULL: none are kept */
};

enum top_hosts_order {
    TOP_HOSTS_USED,    /* most results first */
    TOP_HOSTS_FAILING, /* most failures first; only hosts with failures */
    TOP_HOSTS_SLOWEST, /* longest mean time first; only hosts with times */
};

/* capacity >= 1 */
NODISCARD struct top_hosts *top_hosts_new(size_t capacity);
void top_hosts_free(struct top_hosts *t); /* NULL is fine */

/* Keep a histogram of times for each host, too.  Call before the first result.
 * */
void top_hosts_keep_times(struct top_hosts *t);

/* A result of this host, and its time, -1: it has none. */
void top_hosts_add(struct top_hosts *t, const char *name, size_t len,
                   const struct result *r, int64_t time_us);

/*
 * The first n hosts in that order; equal ones are ordered by name.  Returns
 * their number; the entries are valid until the next top_hosts_add().
 */
size_t top_hosts_list(const struct top_hosts *t, enum top_hosts_order order,
                      const struct top_hosts_entry **list, size_t n);

/* Has the number of hosts never exceeded the capacity? */
bool top_hosts_is_exact(const struct top_hosts *t);

/* The mean of an entry's times; ntimed must not be 0. */
int64_t top_hosts_mean_us(const struct top_hosts_entry *e);

#endif /* TOP_HOSTS_H */
