/*
 * An origin's place: what it waits for.  Each origin is in at most one place.
 * Every call that may change its place ends with place_update(), which derives
 * the place from the origin's state:
 *
 *   sched_add()                                         sched_next()
 *       |                                                     ^
 *       v   named           resolved         its turn         |
 *    LOOKUP ----> (looking) --------> RING ----------> a slot? ----> BLOCKED
 *       ^                             |  ^                |  one is     |
 *       |   at its turn the addresses |  |   it has more  |  free       |
 *       +----- are too old -----------+  +----------------+-------------+
 *
 * An origin is in the ring if only the total limits could keep it from
 * starting a job: it has jobs, is resolved, and is below its own limits.  An
 * origin whose engines have no free connection, while others have, is blocked
 * until one is free.  Origins that wait for anything else are in no list that
 * sched_next() reads, and cost nothing.
 */
#include "sched/state.h"

#include <assert.h>

#include "base/map.h"

void
place_leave(struct sched *s, struct origin *h)
{
    if (origin_is_fresh(h))
        s->nfresh--;
    s->nring -= h->place == PLACE_RING;
    if (h->place == PLACE_BLOCKED)
        slots_unblock(&s->slots, h);
    list_remove(&h->waiting);
    heap_remove(h->place == PLACE_REMEMBERED ? &s->remembered : &s->paused,
                &h->until);
    h->place = PLACE_NONE;
}

/* The connections that it stays on are free: it goes before all others. */
static void
enter_ring(struct sched *s, struct origin *h, bool has_hop)
{
    s->nring++;
    if (h->nkept_conns > 0)
        list_push_head(&s->ring.first, &h->waiting);
    else if (h->lost_turn || has_hop)
        list_push_tail(&s->ring.first, &h->waiting);
    else if (h->ninflight == 0)
        list_push_tail(&s->unserved, &h->waiting);
    else
        list_push_tail(&s->ring.rest, &h->waiting);
}

void
place_enter(struct sched *s, struct origin *h, enum origin_place place)
{
    bool has_hop = origin_has_hop(h);

    assert(h->place == PLACE_NONE);
    h->place = place;
    if (place != PLACE_RING)
        turn_forget(s, h);
    switch (place) {
    case PLACE_NONE:
        break;
    case PLACE_REMEMBERED:
        heap_put(&s->remembered, &h->until, pacing_keeps_until_us(h));
        break;
    case PLACE_PAUSED:
        heap_put(&s->paused, &h->until, pacing_opens_at_us(h));
        break;
    case PLACE_DOWN:
        list_push_tail(&s->down, &h->waiting);
        break;
    case PLACE_THROTTLED:
        list_push_tail(&s->throttled, &h->waiting);
        break;
    case PLACE_LOOKUP:
        list_push_tail(has_hop ? &s->lookups.first : &s->lookups.rest,
                       &h->waiting);
        break;
    case PLACE_RING:
        enter_ring(s, h, has_hop);
        break;
    case PLACE_BLOCKED:
        slots_block(&s->slots, h);
        break;
    }
    if (origin_is_fresh(h))
        s->nfresh++;
}

static enum origin_place
place_of(const struct sched *s, const struct origin *h, int64_t now_us)
{
    if (h->nqueued == 0)
        return pacing_keeps_until_us(h) > now_us ? PLACE_REMEMBERED
                                                 : PLACE_NONE;
    if (pacing_is_down(h, now_us))
        return PLACE_DOWN;
    if (origin_room(h, &s->config) == 0)
        return PLACE_NONE;
    if (pacing_opens_at_us(h) > now_us)
        return PLACE_PAUSED;
    if (pacing_is_throttled(s, h))
        return PLACE_THROTTLED;
    if (h->place == PLACE_RING || h->place == PLACE_BLOCKED)
        return h->place;
    if (origin_is_resolved(h, &s->config, now_us))
        return PLACE_RING;
    return h->is_looking ? PLACE_NONE : PLACE_LOOKUP;
}

static bool
is_worth_keeping(const struct origin *h)
{
    return h->nqueued > 0 || h->ninflight > 0 || h->is_looking ||
           h->place == PLACE_REMEMBERED || list_first(&h->turned_away);
}

void
place_forget(struct sched *s, struct origin *h)
{
    assert(h->place == PLACE_NONE && !heap_has(&h->expiring));
    list_remove(&h->all);
    list_remove(&h->aging);
    heap_remove(&s->overdue, &h->overdue);
    map_remove(s->origins, h->key, h->key_len);
    origin_free(h);
}

void
place_update(struct sched *s, struct origin *h, int64_t now_us)
{
    enum origin_place place = place_of(s, h, now_us);

    if (place == PLACE_BLOCKED) {
        if (!slots_needs_conn(h))
            place = PLACE_RING;
        else
            slots_block(&s->slots, h); /* possibly with other engines */
    }
    /* The time at which it may start may have changed. */
    if (place != h->place || place == PLACE_PAUSED ||
        place == PLACE_REMEMBERED) {
        place_leave(s, h);
        place_enter(s, h, place);
    } else if (place != PLACE_RING) {
        turn_forget(s, h);
    }
    if (!is_worth_keeping(h))
        place_forget(s, h);
}
