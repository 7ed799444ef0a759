/*
 * tally.h - counts of the results so far.
 */
#ifndef TALLY_H
#define TALLY_H

#include "base/base.h"
#include "job/result.h"

#define TALLY_NCLASSES (ERR_ABORTED + 1)

/* All zero is an empty one. */
struct tally {
    uint64_t nok, nfailed; /* results that are ok, and the others */
    uint64_t nunsent; /* those of nfailed that were aborted before being sent */
    uint64_t by_class[TALLY_NCLASSES]; /* of the failed ones */
    uint64_t size_download;            /* bytes of bodies on the wire */
    uint64_t size_body;                /* the same, decoded */
};

void tally_add(struct tally *t, const struct result *r);

/*
 * The index after previous (0: the first) in the order of n counts, largest
 * first; 0: no other count is above 0. counts[0] is ignored.
 */
size_t tally_next(const uint64_t *counts, size_t n, size_t previous);

/* Was it stopped before anything was sent? */
static inline bool
tally_is_unsent(const struct result *r)
{
    return r->error.class == ERR_ABORTED && r->attempts == 0;
}

/* The counts by class, without those that were never sent. */
static inline void
tally_classes(const struct tally *t, uint64_t by_class[TALLY_NCLASSES])
{
    for (size_t i = 0; i < TALLY_NCLASSES; i++)
        by_class[i] = t->by_class[i];
    by_class[ERR_ABORTED] -= t->nunsent;
}

static inline uint64_t
tally_total(const struct tally *t)
{
    return t->nok + t->nfailed;
}

#endif /* TALLY_H */
