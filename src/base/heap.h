/*
 * heap.h - a priority queue of times, earliest first.
 *
 * A binary heap of pointers to nodes inside the waiting structs, so that any
 * of them can be moved or removed.  Among equal times, the node that was put
 * in first comes first.
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

/* Free the array.  Nodes still in it must not be used with a heap again. */
void heap_fini(struct heap *h);

/* Add a node, or move it to another time, behind other nodes of that time. */
void heap_put(struct heap *h, struct heap_node *node, int64_t at_us);

/* Remove a node.  Does nothing if it is in no heap. */
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
