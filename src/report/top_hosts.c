/*
 * The entries are a binary heap with the lowest rank, the one to be replaced,
 * at the root.  A rank never decreases, so sifting down is sufficient.
 */
#include "report/top_hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"
#include "job/result.h"
#include "report/histogram.h"

struct node {
    struct top_hosts_entry entry; /* owns its name */
    size_t name_len;
    size_t at; /* in the heap */
};

struct top_hosts {
    struct node **heap; /* n of them, by rank */
    size_t n, capacity;
    struct map *by_name;
    bool is_exact; /* none was replaced yet */
    bool keeps_times;
};

struct top_hosts *
top_hosts_new(size_t capacity)
{
    struct top_hosts *t = xcalloc(1, sizeof(*t));

    t->heap = xcalloc(capacity, sizeof(struct node *));
    t->capacity = capacity;
    t->by_name = map_new();
    t->is_exact = true;
    return t;
}

static void
free_node(struct node *node)
{
    free((char *)node->entry.name);
    free(node->entry.times);
    free(node);
}

void
top_hosts_free(struct top_hosts *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n; i++)
        free_node(t->heap[i]);
    map_free(t->by_name);
    free(t->heap);
    free(t);
}

void
top_hosts_keep_times(struct top_hosts *t)
{
    t->keeps_times = true;
}

/* How many results its host may have had. */
static uint64_t
rank(const struct node *node)
{
    return node->entry.count + node->entry.missed;
}

static void
place(struct top_hosts *t, size_t at, struct node *node)
{
    t->heap[at] = node;
    node->at = at;
}

/* Move a node whose rank has grown to its position. */
static void
sift_down(struct top_hosts *t, struct node *node)
{
    size_t at = node->at;

    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < t->n && rank(t->heap[child + 1]) < rank(t->heap[child]))
            child++;
        if (child >= t->n || rank(t->heap[child]) >= rank(node))
            break;
        place(t, at, t->heap[child]);
        at = child;
    }
    place(t, at, node);
}

/* Move a new node up to its place: its rank is the lowest possible. */
static void
sift_up(struct top_hosts *t, struct node *node)
{
    size_t at = node->at;

    while (at > 0 && rank(t->heap[(at - 1) / 2]) > rank(node)) {
        place(t, at, t->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(t, at, node);
}

static struct node *
add_node(struct top_hosts *t, const char *name, size_t len)
{
    struct node *node = xcalloc(1, sizeof(*node));

    node->entry.name = xstrndup(name, len);
    node->name_len = len;
    if (t->keeps_times)
        node->entry.times = xcalloc(1, sizeof(*node->entry.times));
    if (t->n < t->capacity) {
        place(t, t->n++, node);
        sift_up(t, node);
    } else {
        struct node *old = t->heap[0];

        node->entry.missed = rank(old);
        t->is_exact = false;
        map_remove(t->by_name, old->entry.name, old->name_len);
        free_node(old);
        place(t, 0, node);
    }
    map_put(t->by_name, node->entry.name, len, node);
    return node;
}

void
top_hosts_add(struct top_hosts *t, const char *name, size_t len,
              const struct result *r, int64_t time_us)
{
    struct node *node = map_get(t->by_name, name, len);
    struct top_hosts_entry *e;

    if (!node)
        node = add_node(t, name, len);
    e = &node->entry;
    e->count++;
    if (r->error.class != ERR_NONE)
        e->nfailed++;
    if (time_us >= 0) {
        e->ntimed++;
        e->sum_us += time_us;
        if (time_us > e->max_us)
            e->max_us = time_us;
        if (e->times)
            histogram_small_add(e->times, time_us);
    }
    e->size_download += (uint64_t)r->size_download;
    sift_down(t, node);
}

bool
top_hosts_is_exact(const struct top_hosts *t)
{
    return t->is_exact;
}

int64_t
top_hosts_mean_us(const struct top_hosts_entry *e)
{
    return e->sum_us / (int64_t)e->ntimed;
}

/* The value that an order compares; 0: not listed. */
static int64_t
weight(const struct top_hosts_entry *e, enum top_hosts_order order)
{
    switch (order) {
    case TOP_HOSTS_USED:
        return (int64_t)e->count;
    case TOP_HOSTS_FAILING:
        return (int64_t)e->nfailed;
    case TOP_HOSTS_SLOWEST:
        return e->ntimed > 0 ? top_hosts_mean_us(e) + 1 : 0;
    }
    return 0;
}

static bool
is_before(const struct top_hosts_entry *a, const struct top_hosts_entry *b,
          enum top_hosts_order order)
{
    int64_t wa = weight(a, order), wb = weight(b, order);

    return wa != wb ? wa > wb : strcmp(a->name, b->name) < 0;
}

size_t
top_hosts_list(const struct top_hosts *t, enum top_hosts_order order,
               const struct top_hosts_entry **list, size_t n)
{
    size_t len = 0;

    for (size_t i = 0; i < t->n; i++) {
        const struct top_hosts_entry *e = &t->heap[i]->entry;
        size_t at = len;

        if (weight(e, order) == 0)
            continue;
        while (at > 0 && is_before(e, list[at - 1], order))
            at--;
        if (at == n)
            continue;
        if (len < n)
            len++;
        memmove(list + at + 1, list + at, (len - at - 1) * sizeof(*list));
        list[at] = e;
    }
    return len;
}
