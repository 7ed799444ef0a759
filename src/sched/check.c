/*
 * Checks with assert() what must hold between two calls, for tests.
 */
#include "sched/state.h"

#include <assert.h>

#include "base/map.h"

struct counts {
    size_t norigins, nbusy, nqueued, nlooking, nfresh, nring, nlookups, ndown,
        nthrottled, npaused, nremembered;
    uint32_t ninflight;
    uint32_t nconns[SCHED_MAX_ENGINES];
    size_t nblocked[SCHED_MAX_ENGINES];
};

static size_t
count_jobs(const struct job_list *l, const struct origin *h)
{
    size_t n = 0;

    for (const struct job *j = l->head; j; j = j->link, n++) {
        assert(j->host == h);
        assert(!j->link || j->link->queued_at_us >= j->queued_at_us);
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
check_place(const struct sched *s, const struct origin *h)
{
    bool in_line = h->place == PLACE_RING || h->place == PLACE_LOOKUP ||
                   h->place == PLACE_DOWN || h->place == PLACE_THROTTLED;
    bool in_heap = h->place == PLACE_PAUSED || h->place == PLACE_REMEMBERED;

    assert(list_is_linked(&h->waiting) == in_line);
    assert(heap_has(&h->until) == in_heap);
    if (h->place == PLACE_NONE)
        assert(h->nqueued == 0 || h->is_looking ||
               origin_room(h, &s->config) == 0);
    else if (h->place != PLACE_DOWN && h->place != PLACE_REMEMBERED)
        assert(h->nqueued > 0 && origin_room(h, &s->config) > 0);
    if (h->place == PLACE_REMEMBERED)
        assert(h->nqueued == 0 && h->until.at_us == pacing_keeps_until_us(h));
    if (h->place == PLACE_PAUSED)
        assert(h->until.at_us == pacing_opens_at_us(h));
    if (h->place == PLACE_DOWN)
        assert(h->nqueued > 0 && h->down_until_us != 0);
    if (h->place == PLACE_THROTTLED)
        assert(h->ninflight > 0); /* it gets a place when a job is done */
    if (h->place == PLACE_BLOCKED)
        assert(slots_needs_conn(h));
    if (h->nkept_conns > 0)
        assert(h->place == PLACE_RING);
    if (h->place == PLACE_LOOKUP)
        assert(h->needs_lookup && !h->is_looking);
    if (h->is_looking)
        assert(!list_is_linked(&h->aging));
    assert(h->nqueued > 0 || h->ninflight > 0 || h->is_looking ||
           h->place == PLACE_REMEMBERED || list_first(&h->turned_away));
    assert(h->nqueued > 0 || !heap_has(&h->expiring));
    assert(h->is_looking || !heap_has(&h->overdue));
}

/* Check its share of each engine, and that it is blocked where it should be. */
static void
check_engines(const struct sched *s, const struct origin *h, struct counts *c)
{
    uint32_t ninflight = 0, nkept_conns = 0;
    bool is_blocked = false;

    for (unsigned e = 0; e < s->config.nengines; e++) {
        uint32_t n = h->on[e].ninflight;
        uint32_t nconns = origin_nconns(h, e, n);

        ninflight += n;
        nkept_conns += h->on[e].nkept_conns;
        assert(nconns <= origin_share(h, &s->config, e));
        c->nconns[e] += nconns;
        if (list_is_linked(&h->on[e].blocked)) {
            assert(nconns < origin_share(h, &s->config, e));
            is_blocked = true;
            c->nblocked[e]++;
        }
    }
    assert(ninflight == h->ninflight && nkept_conns == h->nkept_conns);
    assert(h->nleaving <= ninflight);
    assert(is_blocked == (h->place == PLACE_BLOCKED));
    if (s->config.concurrency_per_host != 0)
        assert(ninflight <= s->config.concurrency_per_host);
    c->ninflight += ninflight;
}

static void
check_origin(const struct sched *s, const struct origin *h, struct counts *c)
{
    size_t nqueued = 0;

    assert(map_get(s->origins, h->key, h->key_len) == h);
    for (int q = 0; q < NQUEUES; q++)
        nqueued += count_jobs(&h->queues[q], h);
    assert(h->nqueued == nqueued);
    check_place(s, h);
    check_engines(s, h, c);
    c->norigins++;
    c->nbusy += h->ninflight > 0;
    c->nqueued += h->nqueued;
    c->nlooking += h->is_looking ? h->nqueued : 0;
    c->nfresh += origin_is_fresh(h);
    c->nring += h->place == PLACE_RING;
    c->nlookups += h->place == PLACE_LOOKUP;
    c->ndown += h->place == PLACE_DOWN;
    c->nthrottled += h->place == PLACE_THROTTLED;
    c->npaused += h->place == PLACE_PAUSED;
    c->nremembered += h->place == PLACE_REMEMBERED;
}

size_t
sched_check(const struct sched *s)
{
    struct counts c = {0};
    bool was_empty = false;

    for (const struct list_node *i = list_first(&s->all); i;
         i = list_next(&s->all, i)) {
        const struct origin *h = LIST_OWNER(i, struct origin, all);

        check_origin(s, h, &c);
        assert(!was_empty || h->nqueued == 0);
        was_empty = h->nqueued == 0;
    }
    assert(c.norigins == map_len(s->origins));
    assert(c.nqueued + s->retries.n == s->nqueued);
    assert(c.nlooking == s->nlooking);
    assert(c.npaused == s->paused.n && c.nremembered == s->remembered.n);
    assert(c.ndown == count_nodes(&s->down));
    assert(c.nthrottled == count_nodes(&s->throttled));
    assert(c.nfresh == s->nfresh);
    assert(c.ninflight == s->ninflight && c.nbusy == s->slots.nbusy);
    assert(s->config.auto_limit > 0 || s->ninflight <= s->config.concurrency);
    assert(c.nring == s->nring && c.nring == count_nodes(&s->ring.first) +
                                                 count_nodes(&s->ring.rest) +
                                                 count_nodes(&s->unserved));
    assert(c.nlookups ==
           count_nodes(&s->lookups.first) + count_nodes(&s->lookups.rest));
    for (unsigned e = 0; e < s->config.nengines; e++) {
        assert(c.nconns[e] == s->slots.engines[e].nconns);
        assert(c.nblocked[e] == count_nodes(&s->slots.engines[e].blocked));
    }
    slots_check(&s->slots);
    return c.norigins;
}
