#include "sched/addresses.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"

/* The most addresses used of one name.  A hostile answer would otherwise cost
 * 64 KiB of text for each job. */
#define MAX_ADDRS 32

/* How long an address that did not answer is tried last. */
#define TRIED_LAST_US (300 * US_PER_S)

void
addresses_fini(struct addresses *a)
{
    free(a->v);
}

/* Returns NULL if addr is not among the n. */
static struct address *
find(struct address *v, size_t n, const struct addr *addr)
{
    for (size_t i = 0; i < n; i++)
        if (addr_equals(&v[i].addr, addr))
            return &v[i];
    return NULL;
}

void
addresses_set(struct addresses *a, struct addr_list addrs)
{
    size_t n = addrs.n > MAX_ADDRS ? MAX_ADDRS : addrs.n, filled = 0;
    size_t nold = a->n[0] + a->n[1];
    int preferred = addr_family(&addrs.v[0]);
    struct address *old = a->v;

    assert(n > 0);
    a->v = xmalloc(n * sizeof(*a->v));
    for (int family = 0; family < 2; family++) {
        size_t start = filled;

        for (size_t i = 0; i < n; i++) {
            const struct address *known;

            if ((addr_family(&addrs.v[i]) == preferred) != (family == 0))
                continue;
            known = find(old, nold, &addrs.v[i]);
            a->v[filled++] =
                (struct address){addrs.v[i], known ? known->last_until_us : 0};
        }
        a->n[family] = filled - start;
    }
    free(old);
}

static bool
is_tried_last(const struct address *a, int64_t now_us)
{
    return a->last_until_us > now_us;
}

/* Write those of the n addresses that are tried last, or those that are not,
 * beginning with the one whose turn it is.  Returns how many these are. */
static size_t
write_from_turn(struct addr *to, const struct address *v, size_t n,
                bool tried_last, size_t turn, int64_t now_us)
{
    size_t count = 0, nth = 0;

    for (size_t i = 0; i < n; i++)
        count += is_tried_last(&v[i], now_us) == tried_last;
    for (size_t i = 0; i < n; i++) {
        if (is_tried_last(&v[i], now_us) != tried_last)
            continue;
        to[(nth + count - turn % count) % count] = v[i].addr;
        nth++;
    }
    return count;
}

struct addr_list
addresses_list(const struct addresses *a, size_t turn, int64_t now_us,
               struct arena *mem)
{
    size_t n = a->n[0] + a->n[1];
    const struct address *from = a->v;
    struct addr *list, *to;

    if (!from)
        return (struct addr_list){NULL, 0};
    list = to = arena_alloc(mem, n * sizeof(*list));
    for (int family = 0; family < 2; family++) {
        to += write_from_turn(to, from, a->n[family], false, turn, now_us);
        to += write_from_turn(to, from, a->n[family], true, turn, now_us);
        from += a->n[family];
    }
    return (struct addr_list){list, n};
}

void
addresses_note_peer(struct addresses *a, struct addr_list tried,
                    const struct addr *peer, int64_t now_us)
{
    size_t n = a->n[0] + a->n[1];
    struct address *known = find(a->v, n, peer);

    if (!known)
        return;
    known->last_until_us = 0;
    for (size_t i = 0; i < tried.n; i++) {
        if (addr_equals(&tried.v[i], peer))
            return;
        if (addr_family(&tried.v[i]) != addr_family(peer))
            continue;
        known = find(a->v, n, &tried.v[i]);
        if (known)
            known->last_until_us = now_us + TRIED_LAST_US;
    }
}
