/*
 * summary.h - what a run came to: counts, sizes, times, hosts.
 *
 * Fed with each job that is final, in the control thread.  Memory is
 * constant: times are kept in histograms, sums for hosts in a bounded list.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "base/base.h"

struct buf;
struct job;
struct summary;

/* What is known once the run is over. */
/* What became of --limit. */
struct summary_limit {
    uint32_t limit;     /* at the end */
    bool is_auto;       /* it changed by itself */
    const char *reason; /* why it was no greater, NULL: not known */
    double held_up;     /* share of requests that ended while others waited
                           for one of its connections: 0 to 1 */
};

struct summary_end {
    int64_t started_wall_us, ended_wall_us;
    int64_t elapsed_us;          /* between them, by the monotonic clock */
    uint64_t connections_opened; /* over all engines */
    uint64_t nskipped;           /* records that had a result before */
    bool tells_change;           /* --since */
    bool was_stopped;            /* by a signal, a deadline or a lost reader */
    struct summary_limit limit;
};

NODISCARD struct summary *summary_new(void);
void summary_free(struct summary *s); /* NULL is fine */

/* Keep histograms of the times of each host, for a page.  Before the first
 * job. */
void summary_keep_host_times(struct summary *s);

/* Hosts that the JSON object tells in each order. */
#define SUMMARY_HOSTS 10

/* Count a job whose result stands. */
void summary_add(struct summary *s, const struct job *j);

/* One JSON object on one line. */
void summary_write_json(const struct summary *s, const struct summary_end *end,
                        struct buf *out);

/*
 * A picture for people, of printable bytes alone (and escape sequences with
 * has_colors), in lines no longer than width, which is taken for 40 where it
 * is less and for 100 where more.  From 80 on it fits a screen of 24 lines.
 */
void summary_write_text(const struct summary *s, const struct summary_end *end,
                        size_t width, bool has_colors, struct buf *out);

/* The JSON Schema of the JSON object.  It uses the definitions count,
 * seconds, moment and error_class of output/schema. */
extern const char summary_schema[];

#endif /* SUMMARY_H */
