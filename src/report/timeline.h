/*
 * timeline.h - what a run came to in each stretch of its time.
 *
 * Memory is constant: there are TIMELINE_NBUCKETS buckets of one width.  When
 * a run outlasts them, neighbours are put together and the width doubles, so
 * at least half of them are in use however long the run is.
 */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "base/base.h"
#include "job/result.h"
#include "report/histogram.h"

#define TIMELINE_NBUCKETS 120

/* The kinds of outcomes that are told apart. */
enum timeline_kind {
    TIMELINE_OK,
    TIMELINE_CONTENT, /* a response that was not accepted */
    TIMELINE_TIMEOUT,
    TIMELINE_NETWORK, /* no whole response, for another reason */
    TIMELINE_OURS,    /* not sent, not written, stopped */
};
#define TIMELINE_NKINDS 5

struct timeline_bucket {
    uint64_t by_kind[TIMELINE_NKINDS]; /* results */
    uint64_t size_download;            /* bytes of their bodies on the wire */
    struct histogram_small times;      /* of those that were sent */
};

struct timeline;

NODISCARD struct timeline *timeline_new(void);
void timeline_free(struct timeline *t); /* NULL is fine */

/*
 * Count a result.
 *
 * at_us    when it stood, since the run began; below 0 counts as 0
 * time_us  its time, -1: it was not sent
 */
void timeline_add(struct timeline *t, int64_t at_us, const struct result *r,
                  int64_t time_us);

/* The run lasted so long: the buckets reach as far. */
void timeline_reach(struct timeline *t, int64_t end_us);

/* The width of a bucket, and how many there are up to the last one that has a
 * result or that timeline_reach() was told. */
int64_t timeline_width_us(const struct timeline *t);
size_t timeline_nbuckets(const struct timeline *t);

/* The bucket of the time from i widths on, i < TIMELINE_NBUCKETS. */
const struct timeline_bucket *timeline_bucket(const struct timeline *t,
                                              size_t i);

/* Results of all kinds in it. */
uint64_t timeline_total(const struct timeline_bucket *b);

/* The kind that counts results of an error class; ERR_NONE: TIMELINE_OK. */
enum timeline_kind timeline_kind_of(enum error_class class);

#endif /* TIMELINE_H */
