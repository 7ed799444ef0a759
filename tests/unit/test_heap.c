#include "base/heap.h"

#include "base/base.h"

#include <criterion/criterion.h>

#include <stdlib.h>

#define NNODES 500

static unsigned
next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(*state >> 33);
}

/* Each node is where it says, and no child is before its parent. */
static void
check(const struct heap *h)
{
    for (size_t i = 0; i < h->n; i++) {
        cr_assert_eq(h->nodes[i]->place, i + 1);
        if (i > 0)
            cr_assert_leq(h->nodes[(i - 1) / 2]->at_us, h->nodes[i]->at_us);
    }
}

Test(heap, an_empty_heap_has_no_first)
{
    struct heap h = {0};

    cr_assert_null(heap_first(&h));
    heap_fini(&h);
}

Test(heap, the_earliest_comes_first)
{
    const int64_t at_us[] = {50, 20, 90, -5, 70, INT64_MAX, 0, 21};
    const size_t order[] = {3, 6, 1, 7, 0, 4, 2, 5};
    struct heap_node nodes[ARRAY_LEN(at_us)] = {{0}};
    struct heap h = {0};

    for (size_t i = 0; i < ARRAY_LEN(at_us); i++)
        heap_put(&h, &nodes[i], at_us[i]);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        cr_assert_eq(heap_first(&h), &nodes[order[i]]);
        heap_remove(&h, heap_first(&h));
    }
    cr_assert_null(heap_first(&h));
    heap_fini(&h);
}

Test(heap, equal_times_come_in_order_of_arrival)
{
    struct heap_node nodes[100] = {{0}};
    struct heap h = {0};

    for (size_t i = 0; i < ARRAY_LEN(nodes); i++)
        heap_put(&h, &nodes[i], 7);
    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        cr_assert_eq(heap_first(&h), &nodes[i]);
        heap_remove(&h, &nodes[i]);
    }
    heap_fini(&h);
}

Test(heap, a_node_that_is_put_again_moves)
{
    struct heap_node a = {0}, b = {0};
    struct heap h = {0};

    heap_put(&h, &a, 1);
    heap_put(&h, &b, 2);
    heap_put(&h, &a, 3);
    cr_assert_eq(h.n, 2);
    cr_assert_eq(heap_first(&h), &b);
    heap_put(&h, &a, 0);
    cr_assert_eq(heap_first(&h), &a);
    heap_put(&h, &a, 2);
    cr_assert_eq(heap_first(&h), &b, "it is behind those that were there");
    heap_fini(&h);
}

Test(heap, removing_what_is_not_in_changes_nothing)
{
    struct heap_node a = {0}, b = {0};
    struct heap h = {0};

    heap_put(&h, &a, 1);
    heap_remove(&h, &b);
    heap_remove(&h, &a);
    heap_remove(&h, &a);
    cr_assert_not(heap_has(&a));
    cr_assert_eq(h.n, 0);
    heap_fini(&h);
}

Test(heap, the_order_holds_under_random_use)
{
    static struct heap_node nodes[NNODES];
    struct heap h = {0};
    uint64_t seed = 1;

    for (int step = 0; step < 20000; step++) {
        struct heap_node *node = &nodes[next_random(&seed) % NNODES];

        if (next_random(&seed) % 3 == 0)
            heap_remove(&h, node);
        else
            heap_put(&h, node, next_random(&seed) % 1000);
        if (step % 100 == 0)
            check(&h);
    }
    for (int64_t last = 0; heap_first(&h);) {
        struct heap_node *node = heap_first(&h);

        cr_assert_geq(node->at_us, last);
        last = node->at_us;
        heap_remove(&h, node);
        check(&h);
    }
    heap_fini(&h);
}
