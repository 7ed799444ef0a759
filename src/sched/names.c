/*
 * Names that must be looked up before an origin's jobs can start.
 *
 * New origins are looked up in order of arrival, shortly before their first
 * turn.  Later an origin is looked up in two cases: its addresses have expired
 * when its turn comes (it then goes first once the answer is there); or its
 * addresses are in use and most of their time is over, so that a busy origin
 * never has to wait.  Unused addresses just expire, so there is at most one
 * look-up for each job handed out.
 */
#include "sched/state.h"

#include <assert.h>

/*
 * Origins looked up before their first turn: at least this many, or twice what
 * may be in flight.  The addresses of more would expire before they are used.
 */
#define PREFETCH_MIN 64

/*
 * Addresses in use are looked up again after this part of their time to live.
 */
#define REFRESH_PERCENT 80

/* With a shorter time to live nothing is refreshed: it would never end. */
#define REFRESH_MIN_TTL_US US_PER_S

bool
names_is_waiting(const struct sched *s, const struct origin *h, int64_t now_us)
{
    return h->is_looking && !origin_is_resolved(h, &s->config, now_us);
}

void
names_note_use(struct sched *s, struct origin *h, int64_t now_us)
{
    h->is_unused = false;
    /* It was unused when it was due for a refresh. */
    if (h->needs_lookup && h->nqueued > 0 && !h->is_looking &&
        h->refresh_at_us <= now_us && !list_is_linked(&h->aging))
        list_push_head(&s->aging, &h->aging);
}

static struct origin *
start_lookup(struct sched *s, struct origin *h, int64_t now_us)
{
    assert(!h->is_looking);
    h->is_looking = true;
    s->nlooking += h->nqueued;
    h->looking_since_us = now_us;
    list_remove(&h->aging);
    queue_timeout_watch(s, h, now_us);
    lookup_timeout_watch(s, h);
    place_update(s, h, now_us);
    return h;
}

static bool
is_worth_refreshing(const struct origin *h)
{
    if (h->nqueued == 0 || h->is_unused)
        return false;
    if (h->place == PLACE_LOOKUP || h->place == PLACE_DOWN)
        return false;
    /* If it cannot start before its addresses expire, it will need new ones
     * then. */
    return h->place != PLACE_PAUSED || h->until.at_us <= h->resolved_until_us;
}

/* An origin whose addresses are in use and about to expire. */
static struct origin *
next_refresh(struct sched *s, int64_t now_us)
{
    struct list_node *node;

    while ((node = list_first(&s->aging))) {
        struct origin *h = LIST_OWNER(node, struct origin, aging);

        if (h->refresh_at_us > now_us)
            break;
        list_remove(node);
        if (is_worth_refreshing(h))
            return h;
    }
    return NULL;
}

static struct origin *
next_unresolved(struct sched *s)
{
    uint32_t most = s->config.concurrency;
    size_t prefetch = most > PREFETCH_MIN / 2 ? 2 * (size_t)most : PREFETCH_MIN;
    struct list_node *node = list_first(&s->lookups.first);

    if (!node && s->nfresh < prefetch)
        node = list_first(&s->lookups.rest);
    return node ? LIST_OWNER(node, struct origin, waiting) : NULL;
}

struct origin *
sched_next_lookup(struct sched *s, int64_t now_us)
{
    struct origin *h = next_refresh(s, now_us);

    if (!h)
        h = next_unresolved(s);
    return h ? start_lookup(s, h, now_us) : NULL;
}

const char *
sched_origin_name(const struct origin *h)
{
    return h->name;
}

uint16_t
sched_origin_port(const struct origin *h)
{
    return h->port;
}

const char *
sched_origin_proxy(const struct origin *h, uint16_t *port)
{
    *port = h->proxy_port;
    return h->proxy_name;
}

void
sched_proxy_resolved(struct origin *h, struct addr_list addrs)
{
    assert(h->is_looking && h->proxy_name);
    addresses_set(&h->proxy_addrs, addrs);
}

static void
end_lookup(struct sched *s, struct origin *h, int64_t now_us)
{
    h->is_looking = false;
    s->nlooking -= h->nqueued;
    queue_timeout_watch(s, h, now_us);
    lookup_timeout_watch(s, h);
    place_update(s, h, now_us);
}

void
sched_resolved(struct sched *s, struct origin *h, struct addr_list addrs,
               int64_t age_us, int64_t now_us)
{
    int64_t ttl_us = s->config.dns_ttl_us;
    int64_t left_us = ttl_us > age_us ? ttl_us - age_us : 0;
    enum origin_place place = h->place;

    assert(h->is_looking);
    if (names_is_waiting(s, h, now_us)) {
        uint32_t room = origin_room(h, &s->config);

        if (room > s->config.concurrency)
            room = s->config.concurrency;
        origin_charge_lookup(h, room, now_us);
    }
    addresses_set(&h->addrs, addrs);
    h->resolved_until_us =
        add_us(now_us, left_us < US_PER_MS ? US_PER_MS : left_us);
    h->refresh_at_us = INT64_MAX;
    if (left_us >= REFRESH_MIN_TTL_US && left_us < INT64_MAX - now_us) {
        h->refresh_at_us = now_us + left_us / 100 * REFRESH_PERCENT;
        list_push_tail(&s->aging, &h->aging);
    }
    if (place == PLACE_RING && !h->is_unused)
        s->nfresh++;
    h->is_unused = true;
    end_lookup(s, h, now_us);
}

struct job *
sched_take_failed(struct sched *s, struct origin *h, int64_t now_us)
{
    assert(h->is_looking);
    if (h->nqueued == 0 || origin_is_resolved(h, &s->config, now_us)) {
        /* After a failed refresh, wait until the old addresses expire: a
         * failing server is best left alone. */
        h->refresh_at_us = INT64_MAX;
        end_lookup(s, h, now_us);
        return NULL;
    }
    return sched_withdraw_next(s, h, now_us);
}
