/*
 * summary.h - sums up a run: counts, sizes, times, hosts.
 *
 * Gets each job with a final result, in the control thread.  Uses constant
 * memory: histograms for times, and a bounded list of hosts.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "base/base.h"

struct buf;
struct job;
struct summary;

/* What became of --limit. */
struct summary_limit {
    uint32_t limit;     /* at the end */
    bool is_auto;       /* it varied by itself */
    const char *reason; /* why it was not larger; NULL: unknown */
    double held_up; /* share of requests that ended while others waited for a
                       connection: 0 to 1 */
};

/* Facts known at the end of the run. */
struct summary_end {
    int64_t started_wall_us, ended_wall_us;
    int64_t elapsed_us;          /* between them, by the monotonic clock */
    uint64_t connections_opened; /* over all engines */
    uint64_t nskipped;           /* records that already had a result */
    bool tells_change;           /* --since */
    bool was_stopped;            /* by a signal, a deadline or a lost reader */
    struct summary_limit limit;
};

NODISCARD struct summary *summary_new(void);
void summary_free(struct summary *s); /* NULL is fine */

/* Keep histograms of the times of each host, for a page.  Call it
 * before the first job. */
void summary_keep_host_times(struct summary *s);

/* Hosts that the JSON object tells in each order. */
#define SUMMARY_HOSTS 10

/* Count a job whose result is final. */
void summary_add(struct summary *s, const struct job *j);

/* One JSON object on one line. */
void summary_write_json(const struct summary *s, const struct summary_end *end,
                        struct buf *out);

/*
 * Write the summary for people: printable bytes (and escape sequences with
 * has_colors), in lines no longer than width, but at least 40 and at most 100
 * columns. From 80 columns on it fits a screen of 24 lines.
 */
void summary_write_text(const struct summary *s, const struct summary_end *end,
                        size_t width, bool has_colors, struct buf *out);

/* The JSON Schema of the summary.  It uses the definitions count, seconds,
 * moment and error_class of output/schema. */
extern const char summary_schema[];

#endif /* SUMMARY_H */
