#include "report/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* The first width: a minute is a whole number of what it doubles to, from
 * half a second on. */
#define FIRST_WIDTH_US (US_PER_S / 8)

struct timeline {
    int64_t width_us;
    size_t n; /* buckets up to the last one with a result */
    struct timeline_bucket buckets[TIMELINE_NBUCKETS];
};

struct timeline *
timeline_new(void)
{
    struct timeline *t = xcalloc(1, sizeof(*t));

    t->width_us = FIRST_WIDTH_US;
    return t;
}

void
timeline_free(struct timeline *t)
{
    free(t);
}

static void
merge(struct timeline_bucket *into, const struct timeline_bucket *from)
{
    for (size_t i = 0; i < TIMELINE_NKINDS; i++)
        into->by_kind[i] += from->by_kind[i];
    into->size_download += from->size_download;
    histogram_small_merge(&into->times, &from->times);
}

/* Put each bucket together with its neighbour. */
static void
double_width(struct timeline *t)
{
    struct timeline_bucket *b = t->buckets;

    for (size_t i = 0; 2 * i < t->n; i++) {
        if (i > 0)
            b[i] = b[2 * i];
        if (2 * i + 1 < t->n)
            merge(&b[i], &b[2 * i + 1]);
    }
    t->n = (t->n + 1) / 2;
    memset(b + t->n, 0, (TIMELINE_NBUCKETS - t->n) * sizeof(*b));
    t->width_us *= 2;
}

enum timeline_kind timeline_kind_of(enum error_class class)
{
    switch (class) {
    case ERR_NONE:
        return TIMELINE_OK;
    case ERR_HTTP:
    case ERR_EXPECT:
    case ERR_REDIRECT:
    case ERR_TOO_LARGE:
        return TIMELINE_CONTENT;
    case ERR_TIMEOUT:
        return TIMELINE_TIMEOUT;
    case ERR_DNS:
    case ERR_CONNECT:
    case ERR_TLS:
    case ERR_PROXY:
    case ERR_PROTOCOL:
    case ERR_HOST_DOWN:
        return TIMELINE_NETWORK;
    case ERR_INPUT:
    case ERR_BLOCKED:
    case ERR_WRITE:
    case ERR_ABORTED:
        break;
    }
    return TIMELINE_OURS;
}

void
timeline_add(struct timeline *t, int64_t at_us, const struct result *r,
             int64_t time_us)
{
    struct timeline_bucket *b;
    size_t i;

    if (at_us < 0)
        at_us = 0;
    while (at_us / t->width_us >= TIMELINE_NBUCKETS)
        double_width(t);
    i = (size_t)(at_us / t->width_us);
    if (i >= t->n)
        t->n = i + 1;
    b = &t->buckets[i];
    b->by_kind[timeline_kind_of(r->error.class)]++;
    b->size_download += (uint64_t)r->size_download;
    if (time_us >= 0)
        histogram_small_add(&b->times, time_us);
}

void
timeline_reach(struct timeline *t, int64_t end_us)
{
    size_t n;

    while ((end_us - 1) / t->width_us >= TIMELINE_NBUCKETS)
        double_width(t);
    n = end_us > 0 ? (size_t)((end_us - 1) / t->width_us) + 1 : 0;
    if (n > t->n)
        t->n = n;
}

int64_t
timeline_width_us(const struct timeline *t)
{
    return t->width_us;
}

size_t
timeline_nbuckets(const struct timeline *t)
{
    return t->n;
}

const struct timeline_bucket *
timeline_bucket(const struct timeline *t, size_t i)
{
    return &t->buckets[i];
}

uint64_t
timeline_total(const struct timeline_bucket *b)
{
    uint64_t n = 0;

    for (size_t i = 0; i < TIMELINE_NKINDS; i++)
        n += b->by_kind[i];
    return n;
}
