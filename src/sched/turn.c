/*
 * Turns: how long an origin keeps a connection that other origins wait for.
 *
 * If all connections are in use, a job of another origin needs a new one, for
 * which an open one is closed.  So an origin keeps a connection that has just
 * become free for its next job (it "stays").  A connection over which a proxy
 * gets the requests themselves is never closed for that, since the jobs of any
 * origin that asks this proxy can take it.
 *
 * Which origin may stay depends on those that wait:
 *
 * - One of them has nothing in flight.  Then an origin stays only if it has
 *   nothing else in flight, for a turn of up to SCHED_TURN_MOST jobs, and its
 *   last job closes the connection.  The turn of a slow origin ends earlier,
 *   with the first job that starts after TURN_LAST_US.
 * - All of them have something in flight.  Then an origin stays if it has no
 *   more in flight than the next one; if it has as much, for a turn only, so
 *   that all get the same in the long run.
 */
#include "sched/state.h"

/* While an origin has no connection, the first job of a turn that starts later
 * than this is its last one. */
#define TURN_LAST_US (500 * US_PER_MS)

/* How long a turn may last while all origins have something in flight. */
#define TURN_MOST_US (5 * US_PER_S)

/* Does an origin with nothing in flight wait for a connection in engine e? */
static bool
has_unserved(const struct sched *s, unsigned e)
{
    const struct origin *blocked = slots_first_blocked(&s->slots, e);

    return s->is_full &&
           (list_first(&s->unserved) || (blocked && blocked->ninflight == 0));
}

void
turn_forget(const struct sched *s, struct origin *h)
{
    for (unsigned e = 0; h->nkept_conns > 0 && e < s->config.nengines; e++) {
        h->nkept_conns -= h->on[e].nkept_conns;
        h->on[e].nkept_conns = 0;
    }
}

static void
begin_turn(struct origin *h, int64_t now_us)
{
    h->nturn_jobs = 0;
    h->turn_since_us = now_us;
}

bool
turn_advance(const struct sched *s, struct origin *h, unsigned e,
             int64_t now_us)
{
    if (h->on[e].nkept_conns > 0) {
        h->on[e].nkept_conns--;
        h->nkept_conns--;
    } else if (h->ninflight == 0) {
        begin_turn(h, now_us);
    }
    h->nturn_jobs++;
    return has_unserved(s, e) && (h->ninflight > 0 || h->nqueued == 0 ||
                                  h->nturn_jobs >= SCHED_TURN_MOST ||
                                  now_us - h->turn_since_us > TURN_LAST_US);
}

/* How many jobs the origin has in flight that would get a free connection in
 * engine e if h did not keep it; UINT32_MAX: no other origin wants one. */
static uint32_t
next_in_flight(const struct sched *s, const struct origin *h, unsigned e)
{
    const struct origin *blocked = slots_first_blocked(&s->slots, e);
    const struct list_node *node = list_first(&s->ring.rest);

    if (blocked)
        return blocked->ninflight;
    if (node == &h->waiting)
        node = list_next(&s->ring.rest, node);
    return node ? LIST_OWNER(node, struct origin, waiting)->ninflight
                : UINT32_MAX;
}

/* Is the turn over among origins that have as many jobs in flight? */
static bool
is_turn_over(const struct origin *h, int64_t now_us)
{
    return h->nturn_jobs >= SCHED_TURN_MOST * (h->ninflight + 1) ||
           now_us - h->turn_since_us > TURN_MOST_US;
}

/* Let h keep the connection in engine e that has just become free, for its next
 * job, if it may.  Returns whether it does. */
static bool
keep_connection(const struct sched *s, struct origin *h, unsigned e,
                int64_t now_us)
{
    bool unserved = has_unserved(s, e);
    uint32_t others = unserved ? 0 : next_in_flight(s, h, e);

    if (!s->is_full || !slots_have_room(&s->slots, e) || h->is_shared ||
        h->nqueued <= h->nkept_conns || h->ninflight > others)
        return false;
    if (!unserved && h->ninflight == others && is_turn_over(h, now_us)) {
        begin_turn(h, now_us);
        return false;
    }
    h->on[e].nkept_conns++;
    h->nkept_conns++;
    return true;
}

void
turn_continue(struct sched *s, struct origin *h, const struct job *j,
              int64_t now_us)
{
    bool stays = j->keep_conn && !j->ends_turn && j->res.http_version &&
                 keep_connection(s, h, j->engine, now_us);

    if (!stays && (!s->is_full || h->nkept_conns > 0))
        return;
    if (h->place == PLACE_RING || (stays && h->place == PLACE_BLOCKED))
        place_leave(s, h); /* it returns to the front or the end */
}
