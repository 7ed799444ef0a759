#include "output/tally.h"

void
tally_add(struct tally *t, const struct result *r)
{
    if (r->error.class == ERR_NONE) {
        t->nok++;
    } else {
        t->nfailed++;
        t->by_class[r->error.class]++;
    }
    t->size_download += (uint64_t)r->size_download;
    t->size_body += (uint64_t)r->size_body;
}

/* Does a come before b?  Where counts are equal, in the order of the enum. */
static bool
is_before(const struct tally *t, int a, int b)
{
    if (t->by_class[a] != t->by_class[b])
        return t->by_class[a] > t->by_class[b];
    return a < b;
}

enum error_class
tally_next_class(const struct tally *t, enum error_class previous)
{
    int best = ERR_NONE;

    for (int i = ERR_NONE + 1; i < TALLY_NCLASSES; i++) {
        if (t->by_class[i] == 0)
            continue;
        if (previous != ERR_NONE && !is_before(t, (int)previous, i))
            continue;
        if (best == ERR_NONE || is_before(t, i, best))
            best = i;
    }
    return (enum error_class)best;
}
