#include "report/tally.h"

void
tally_add(struct tally *t, const struct result *r)
{
    if (r->error.class == ERR_NONE) {
        t->nok++;
    } else {
        t->nfailed++;
        t->by_class[r->error.class]++;
        t->nunsent += tally_is_unsent(r);
    }
    t->size_download += (uint64_t)r->size_download;
    t->size_body += (uint64_t)r->size_body;
}

/* Does a come before b?  Equal counts are ordered by index. */
static bool
is_before(const uint64_t *counts, size_t a, size_t b)
{
    return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
}

size_t
tally_next(const uint64_t *counts, size_t n, size_t previous)
{
    size_t best = 0;

    for (size_t i = 1; i < n; i++) {
        if (counts[i] == 0)
            continue;
        if (previous != 0 && !is_before(counts, previous, i))
            continue;
        if (best == 0 || is_before(counts, i, best))
            best = i;
    }
    return best;
}
