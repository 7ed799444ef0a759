/*
 * heap.h - what waits for a moment, earliest first.
 *
 * A binary heap of pointers to nodes that lie inside the waiting structs, so
 * that one can be moved or taken out from the middle.  Where moments are the
 * same, the one that was put first comes first.
 */
#ifndef HEAP_H
#define HEAP_H

#include "base/base.h"

/* All zero: in no heap. */
struct heap_node {
    int64_t at_us; /* the moment */
    uint64_t seq;  /* order of arrival */
    size_t place;  /* 1-based place in the array, 0: in no heap */
};

/* All zero: empty.  Nodes are borrowed. */
struct heap {
    struct heap_node **nodes;
    size_t n;     /* nodes in use */
    size_t cap;   /* nodes allocated */
    uint64_t seq; /* the last one given */
};

/* Free the array.  Nodes that are still in it may not be used with heaps. */
void heap_fini(struct heap *h);

/* Put a node in, or move it to another moment (behind others of that). */
void heap_put(struct heap *h, struct heap_node *node, int64_t at_us);

/* Take a node out; not being in is fine. */
void heap_remove(struct heap *h, struct heap_node *node);

/* The earliest node, NULL where the heap is empty. */
static inline struct heap_node *
heap_first(const struct heap *h)
{
    return h->n == 0 ? NULL : h->nodes[0];
}

static inline bool
heap_has(const struct heap_node *node)
{
    return node->place != 0;
}

#endif /* HEAP_H */
