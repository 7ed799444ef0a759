/*
 * A walk over the whole state that asserts what must hold between two calls,
 * for tests to make after each step.
 */
#include "sched/state.h"

#include "base/map.h"

#include <assert.h>

struct counts {
    size_t nhosts, nqueued, nfresh, nring, nlookups;
    uint32_t nflying;
    uint32_t nconns[SLOTS_MAX_ENGINES];
    size_t nparked[SLOTS_MAX_ENGINES];
};

static size_t
count_jobs(const struct job_list *l, const struct host *h)
{
    size_t n = 0;

    for (const struct job *j = l->head; j != NULL; j = j->link, n++) {
        assert(j->host == h);
        assert(j->link == NULL || j->link->queued_at_us >= j->queued_at_us);
    }
    return n;
}

static size_t
count_nodes(const struct list *l)
{
    size_t n = 0;

    for (const struct list_node *i = list_first(l); i; i = list_next(l, i))
        n++;
    return n;
}

static void
check_place(const struct sched *s, const struct host *h)
{
    bool in_line = h->place == PLACE_RING || h->place == PLACE_LOOKUP;

    assert(list_is_linked(&h->waiting) == in_line);
    if (h->place == PLACE_NONE)
        assert(h->nqueued == 0 || h->is_looking ||
               host_room(h, &s->config) == 0);
    else
        assert(h->nqueued > 0 && host_room(h, &s->config) > 0);
    if (h->place == PLACE_PARKED)
        assert(slots_needs_conn(h));
    if (h->place == PLACE_LOOKUP)
        assert(h->needs_lookup && !h->is_looking);
    if (h->is_looking)
        assert(!list_is_linked(&h->aging));
    assert(h->nqueued > 0 || h->nflying > 0 || h->is_looking);
    assert(h->nqueued > 0 || !heap_has(&h->expiring));
}

/* Its share of each engine, and that it is parked where it should be. */
static void
check_engines(const struct sched *s, const struct host *h, struct counts *c)
{
    uint32_t nflying = 0;
    bool is_parked = false;

    for (unsigned e = 0; e < s->config.nengines; e++) {
        uint32_t n = h->on[e].nflying;
        uint32_t nconns = host_nconns(h, e, n);

        nflying += n;
        assert(nconns <= host_share(h, &s->config, e));
        c->nconns[e] += nconns;
        if (list_is_linked(&h->on[e].parked)) {
            assert(nconns < host_share(h, &s->config, e));
            is_parked = true;
            c->nparked[e]++;
        }
    }
    assert(nflying == h->nflying);
    assert(is_parked == (h->place == PLACE_PARKED));
    if (s->config.concurrency_per_host != 0)
        assert(nflying <= s->config.concurrency_per_host);
    c->nflying += nflying;
}

static void
check_host(const struct sched *s, const struct host *h, struct counts *c)
{
    assert(map_get(s->hosts, h->key, h->key_len) == h);
    assert(h->nqueued == count_jobs(&h->hops, h) + count_jobs(&h->jobs, h));
    check_place(s, h);
    check_engines(s, h, c);
    c->nhosts++;
    c->nqueued += h->nqueued;
    c->nfresh += host_is_fresh(h);
    c->nring += h->place == PLACE_RING;
    c->nlookups += h->place == PLACE_LOOKUP;
}

void
sched_check(const struct sched *s)
{
    struct counts c = {0};
    bool was_empty = false;

    for (const struct list_node *i = list_first(&s->all); i;
         i = list_next(&s->all, i)) {
        const struct host *h = LIST_OWNER(i, struct host, all);

        check_host(s, h, &c);
        assert(!was_empty || h->nqueued == 0);
        was_empty = h->nqueued == 0;
    }
    assert(c.nhosts == map_len(s->hosts));
    assert(c.nqueued == s->nqueued);
    assert(c.nfresh == s->nfresh);
    assert(c.nflying == s->ninflight);
    assert(s->ninflight <= s->config.concurrency);
    assert(c.nring == count_nodes(&s->ring.first) + count_nodes(&s->ring.rest));
    assert(c.nlookups ==
           count_nodes(&s->lookups.first) + count_nodes(&s->lookups.rest));
    for (unsigned e = 0; e < s->config.nengines; e++) {
        assert(c.nconns[e] == s->slots.engines[e].nconns);
        assert(c.nparked[e] == count_nodes(&s->slots.engines[e].parked));
    }
    slots_check(&s->slots);
}
