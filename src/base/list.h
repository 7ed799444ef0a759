/*
 * list.h - doubly linked lists through a node inside the listed struct.
 */
#ifndef LIST_H
#define LIST_H

#include "base/base.h"

/* The struct that a node lies in. */
#define LIST_OWNER(node, type, member)                                         \
    ((type *)(void *)((char *)(node)-offsetof(type, member)))

/* All zero: in no list. */
struct list_node {
    struct list_node *prev;
    struct list_node *next;
};

/* A ring of nodes with this one between the last and the first. */
struct list {
    struct list_node ends;
};

static inline void
list_init(struct list *l)
{
    l->ends.prev = l->ends.next = &l->ends;
}

/* The first node, NULL where the list is empty. */
static inline struct list_node *
list_first(const struct list *l)
{
    return l->ends.next == &l->ends ? NULL : l->ends.next;
}

/* The node behind n, NULL where n is the last. */
static inline struct list_node *
list_next(const struct list *l, const struct list_node *n)
{
    return n->next == &l->ends ? NULL : n->next;
}

static inline bool
list_is_linked(const struct list_node *n)
{
    return n->next != NULL;
}

static inline void
list_insert_before(struct list_node *at, struct list_node *n)
{
    n->prev = at->prev;
    n->next = at;
    at->prev->next = n;
    at->prev = n;
}

static inline void
list_push_head(struct list *l, struct list_node *n)
{
    list_insert_before(l->ends.next, n);
}

static inline void
list_push_tail(struct list *l, struct list_node *n)
{
    list_insert_before(&l->ends, n);
}

/* Remove a node from its list.  Does nothing if it is in no list. */
static inline void
list_remove(struct list_node *n)
{
    if (!list_is_linked(n))
        return;
    n->prev->next = n->next;
    n->next->prev = n->prev;
    n->prev = n->next = NULL;
}

#endif /* LIST_H */
