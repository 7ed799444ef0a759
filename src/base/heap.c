#include "base/heap.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"

static bool
is_before(const struct heap_node *a, const struct heap_node *b)
{
    return a->at_us != b->at_us ? a->at_us < b->at_us : a->seq < b->seq;
}

static void
set(struct heap *h, size_t i, struct heap_node *node)
{
    h->nodes[i] = node;
    node->place = i + 1;
}

/* Move the node at i towards the root until its parent is earlier. */
static void
sift_up(struct heap *h, size_t i)
{
    struct heap_node *node = h->nodes[i];

    while (i > 0) {
        size_t parent = (i - 1) / 2;

        if (!is_before(node, h->nodes[parent]))
            break;
        set(h, i, h->nodes[parent]);
        i = parent;
    }
    set(h, i, node);
}

/* Move the node at i away from the root until its children are later. */
static void
sift_down(struct heap *h, size_t i)
{
    struct heap_node *node = h->nodes[i];

    for (;;) {
        size_t child = 2 * i + 1;

        if (child >= h->n)
            break;
        if (child + 1 < h->n && is_before(h->nodes[child + 1], h->nodes[child]))
            child++;
        if (!is_before(h->nodes[child], node))
            break;
        set(h, i, h->nodes[child]);
        i = child;
    }
    set(h, i, node);
}

/* The node at i may have become earlier or later. */
static void
sift(struct heap *h, size_t i)
{
    if (i > 0 && is_before(h->nodes[i], h->nodes[(i - 1) / 2]))
        sift_up(h, i);
    else
        sift_down(h, i);
}

void
heap_fini(struct heap *h)
{
    free(h->nodes);
    *h = (struct heap){0};
}

void
heap_put(struct heap *h, struct heap_node *node, int64_t at_us)
{
    node->at_us = at_us;
    node->seq = ++h->seq;
    if (!heap_has(node)) {
        if (h->n == h->cap) {
            h->cap = h->cap == 0 ? 64 : 2 * h->cap;
            h->nodes = xrealloc(h->nodes, h->cap * sizeof(struct heap_node *));
        }
        set(h, h->n++, node);
    }
    sift(h, node->place - 1);
}

void
heap_remove(struct heap *h, struct heap_node *node)
{
    size_t i = node->place - 1;

    if (!heap_has(node))
        return;
    assert(i < h->n && h->nodes[i] == node);
    node->place = 0;
    h->n--;
    if (i == h->n)
        return;
    set(h, i, h->nodes[h->n]);
    sift(h, i);
}
