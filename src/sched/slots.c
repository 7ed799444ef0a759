#include "sched/slots.h"

#include <assert.h>

#include "sched/origin.h"

_Static_assert(SCHED_MAX_ENGINES == 64, "a bit of a uint64_t for each");

static uint64_t
bit(unsigned e)
{
    return UINT64_C(1) << e;
}

static void
note_room(struct slots *sl, unsigned e)
{
    if (sl->engines[e].nconns < sl->engines[e].limit)
        sl->roomy |= bit(e);
    else
        sl->roomy &= ~bit(e);
}

void
slots_init(struct slots *sl, const struct sched_config *config)
{
    *sl = (struct slots){.config = config};
    for (unsigned e = 0; e < config->nengines; e++) {
        sl->engines[e].limit = sched_engine_limit(config, e);
        assert(sl->engines[e].limit > 0);
        sl->roomy |= bit(e);
        list_init(&sl->engines[e].blocked);
    }
}

void
slots_set_limit(struct slots *sl)
{
    for (unsigned e = 0; e < sl->config->nengines; e++) {
        sl->engines[e].limit = sched_engine_limit(sl->config, e);
        note_room(sl, e);
    }
}

/* The engines in which the origin's own share allows its next job. */
static uint64_t
usable_engines(const struct slots *sl, const struct origin *h)
{
    uint64_t mask = 0;

    for (unsigned e = 0; e < sl->config->nengines; e++) {
        uint32_t share = origin_share(h, sl->config, e);

        if (h->is_shared && !origin_shares(h, e) &&
            !origin_may_spread(h, sl->config, e))
            continue;
        if (origin_nconns(h, e, h->on[e].ninflight + 1) <= share)
            mask |= bit(e);
    }
    return mask;
}

/* The engine with the fewest streams among those that take one more without
 * another connection; -1: none. */
static int
pick_stream(const struct origin *h)
{
    uint32_t fewest = UINT32_MAX;
    uint64_t mask = h->is_shared ? h->shared : 0;
    int best = -1;

    for (; mask != 0; mask &= mask - 1) {
        unsigned e = (unsigned)__builtin_ctzll(mask);
        uint32_t n = h->on[e].ninflight;

        if (origin_nconns(h, e, n + 1) == origin_nconns(h, e, n) &&
            n < fewest) {
            fewest = n;
            best = (int)e;
        }
    }
    return best;
}

bool
slots_needs_conn(const struct origin *h)
{
    return pick_stream(h) < 0;
}

bool
slots_have_room(const struct slots *sl, unsigned e)
{
    return (sl->roomy & bit(e)) != 0;
}

/* An engine in which the origin has nothing in flight, if it has many streams
 * elsewhere; -1: none.  It has had a connection there, or one job finds out. */
static int
pick_spread(const struct slots *sl, const struct origin *h)
{
    const struct sched_config *c = sl->config;

    for (unsigned i = 0; i < c->spread; i++) {
        unsigned e = (h->home + i) % c->nengines;
        bool may = origin_shares(h, e)
                       ? h->on[e].ninflight == 0 && origin_share(h, c, e) > 0
                       : origin_may_spread(h, c, e);

        if (may && (sl->roomy & bit(e)) != 0)
            return (int)e;
    }
    return -1;
}

/* An engine of the mask with a connection that the origin stays on; -1: none.
 */
static int
pick_stay(const struct origin *h, uint64_t mask)
{
    for (; mask != 0; mask &= mask - 1) {
        unsigned e = (unsigned)__builtin_ctzll(mask);

        if (h->on[e].nkept_conns > 0)
            return (int)e;
    }
    return -1;
}

int
slots_pick(const struct slots *sl, const struct origin *h)
{
    uint64_t mask = usable_engines(sl, h) & sl->roomy;
    int stay = h->nkept_conns > 0 ? pick_stay(h, mask) : -1;
    uint32_t most = 0;
    int best = pick_stream(h);

    if (best >= 0) {
        int other = h->on[best].ninflight >= ORIGIN_STREAMS_PER_ENGINE
                        ? pick_spread(sl, h)
                        : -1;

        return other >= 0 ? other : best;
    }
    if (stay >= 0)
        return stay;
    if ((mask & bit(h->home)) != 0)
        return (int)h->home;
    for (unsigned e = 0; e < sl->config->nengines; e++) {
        uint32_t room = sl->engines[e].limit - sl->engines[e].nconns;

        if ((mask & bit(e)) != 0 && room > most) {
            most = room;
            best = (int)e;
        }
    }
    return best;
}

/* The origin's connections in engine e were before, and are after now. */
static void
recount(struct slots *sl, unsigned e, uint32_t before, uint32_t after)
{
    sl->engines[e].nconns += after - before;
    assert(after <= before || sl->engines[e].nconns <= sl->engines[e].limit);
    note_room(sl, e);
}

/* Would the origin's streams in engine e fit as connections? */
static bool
fits_unshared(const struct slots *sl, const struct origin *h, unsigned e)
{
    uint32_t n = h->on[e].ninflight;

    return n <= origin_share(h, sl->config, e) &&
           sl->engines[e].nconns <= sl->engines[e].limit &&
           n - origin_nconns(h, e, n) <=
               sl->engines[e].limit - sl->engines[e].nconns;
}

/* Count as connections what was taken for streams, if they fit. */
static void
try_unshare(struct slots *sl, struct origin *h)
{
    for (unsigned e = 0; e < sl->config->nengines; e++)
        if (origin_shares(h, e) && !fits_unshared(sl, h, e))
            return;
    for (unsigned e = 0; e < sl->config->nengines; e++) {
        uint32_t n = h->on[e].ninflight;

        if (origin_shares(h, e))
            recount(sl, e, origin_nconns(h, e, n), n);
    }
    h->is_shared = false;
}

void
slots_take(struct slots *sl, struct origin *h, unsigned e)
{
    uint32_t n = h->on[e].ninflight++;

    sl->nbusy += h->ninflight++ == 0;
    recount(sl, e, origin_nconns(h, e, n), origin_nconns(h, e, n + 1));
    assert(origin_nconns(h, e, n + 1) <= origin_share(h, sl->config, e));
}

void
slots_release(struct slots *sl, struct origin *h, unsigned e)
{
    uint32_t n = h->on[e].ninflight--;

    assert(n > 0);
    sl->nbusy -= --h->ninflight == 0;
    recount(sl, e, origin_nconns(h, e, n), origin_nconns(h, e, n - 1));
    if (h->is_shared && h->protocol == PROTOCOL_SINGLE)
        try_unshare(sl, h);
}

void
slots_learn(struct slots *sl, struct origin *h, bool multiplexes, unsigned e)
{
    h->protocol = multiplexes ? PROTOCOL_MULTIPLEX : PROTOCOL_SINGLE;
    if (multiplexes && !h->is_shared) {
        uint32_t n = h->on[e].ninflight;

        /* The connection is in this engine, so the origin stays here. */
        h->home = e;
        h->is_shared = true;
        h->shared = bit(e);
        recount(sl, e, n, origin_nconns(h, e, n));
    } else if (multiplexes && h->on[e].ninflight <= 1 &&
               origin_is_near(h, sl->config, e)) {
        h->shared |= bit(e);
    } else if (!multiplexes && h->is_shared) {
        try_unshare(sl, h);
    }
}

void
slots_block(struct slots *sl, struct origin *h)
{
    uint64_t mask = usable_engines(sl, h);

    assert(mask != 0);
    for (unsigned e = 0; e < sl->config->nengines; e++) {
        struct list_node *node = &h->on[e].blocked;

        if ((mask & bit(e)) == 0) {
            list_remove(node);
        } else if (!list_is_linked(node)) {
            list_push_tail(&sl->engines[e].blocked, node);
            sl->wanted |= bit(e);
        }
        if (!list_first(&sl->engines[e].blocked))
            sl->wanted &= ~bit(e);
    }
}

void
slots_unblock(struct slots *sl, struct origin *h)
{
    for (unsigned e = 0; e < sl->config->nengines; e++) {
        list_remove(&h->on[e].blocked);
        if (!list_first(&sl->engines[e].blocked))
            sl->wanted &= ~bit(e);
    }
}

void
slots_serve_blocked(struct slots *sl, struct origin *h, unsigned e)
{
    slots_unblock(sl, h);
    sl->turn = (e + 1) % sl->config->nengines;
}

struct origin *
slots_first_blocked(const struct slots *sl, unsigned e)
{
    const struct list_node *node = list_first(&sl->engines[e].blocked);

    return node ? LIST_OWNER(node, struct origin_engine, blocked)->origin
                : NULL;
}

/* Engines take turns.  Otherwise, if a rate allows few starts, an engine with
 * short jobs would get them all. */
struct origin *
slots_next_blocked(const struct slots *sl, unsigned *e)
{
    uint64_t mask = sl->roomy & sl->wanted;
    uint64_t later = mask & ~(bit(sl->turn) - 1);

    if (mask == 0)
        return NULL;
    *e = (unsigned)__builtin_ctzll(later != 0 ? later : mask);
    return slots_first_blocked(sl, *e);
}

void
slots_check(const struct slots *sl)
{
    for (unsigned e = 0; e < SCHED_MAX_ENGINES; e++) {
        bool is_wanted = (sl->wanted & bit(e)) != 0;
        bool is_roomy = (sl->roomy & bit(e)) != 0;

        if (e >= sl->config->nengines) {
            assert(!is_wanted && !is_roomy);
            continue;
        }
        assert(sl->config->auto_limit > 0 ||
               sl->engines[e].nconns <= sl->engines[e].limit);
        assert(is_roomy == (sl->engines[e].nconns < sl->engines[e].limit));
        assert(is_wanted == !!list_first(&sl->engines[e].blocked));
    }
}
