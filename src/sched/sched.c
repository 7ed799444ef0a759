/*
 * Jobs in and out: which job starts next.  Where an origin waits meanwhile is
 * the subject of place.c.
 *
 * sched_next() never searches: it takes the origin at the head of the ring, and
 * puts it at the tail if it has more jobs and its turn (turn.c) is over.
 * Addresses expire without a call, so their age is checked when an origin's
 * turn comes.
 */
#include "sched/state.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"
#include "job/http.h"

struct sched *
sched_new(const struct sched_config *config)
{
    struct sched *s = xcalloc(1, sizeof(*s));

    assert(config->nengines >= 1 && config->nengines <= SCHED_MAX_ENGINES);
    assert(config->limit >= config->nengines && config->concurrency >= 1);
    s->config = *config;
    s->origins = map_new();
    list_init(&s->all);
    list_init(&s->ring.first);
    list_init(&s->ring.rest);
    list_init(&s->unserved);
    list_init(&s->lookups.first);
    list_init(&s->lookups.rest);
    list_init(&s->down);
    list_init(&s->throttled);
    list_init(&s->aging);
    rate_init(&s->rate, config->rate);
    slots_init(&s->slots, &s->config);
    limits_init(s);
    return s;
}

struct origin *
sched_origin_of(struct sched *s, const struct job *j)
{
    const char *key = j->target.key;
    struct origin *h = map_get(s->origins, key, strlen(key));

    if (!h) {
        h = origin_new(j, &s->config);
        map_put(s->origins, h->key, h->key_len, h);
        list_push_tail(&s->all, &h->all);
    }
    return h;
}

/* ---- jobs in ----------------------------------------------------------- */

void
sched_queue(struct sched *s, struct job *j, enum origin_queue to,
            int64_t since_us, int64_t now_us)
{
    struct origin *h = sched_origin_of(s, j);

    s->reserve = RESERVE_MOST;
    j->host = h;
    j->queued_at_us = since_us;
    j->dns_us = -1;
    origin_push(h, j, to);
    s->nlooking += h->is_looking;
    if (h->nqueued == 1) {
        list_remove(&h->all);
        list_push_head(&s->all, &h->all);
    }
    if (!heap_has(&h->expiring))
        queue_timeout_watch(s, h, now_us);
    lookup_timeout_add(s, h, j);
    if (to == QUEUE_HOPS && h->place != PLACE_BLOCKED)
        place_leave(s, h); /* it returns at the front */
    place_update(s, h, now_us);
}

void
sched_add(struct sched *s, struct job *j, int64_t now_us)
{
    s->nqueued++;
    sched_queue(s, j, QUEUE_NEW, now_us, now_us);
}

void
sched_add_hop(struct sched *s, struct job *j, int64_t now_us)
{
    s->nqueued++;
    sched_queue(s, j, QUEUE_HOPS, now_us, now_us);
}

/* ---- jobs out ---------------------------------------------------------- */

/* Take a job out of a queue of the origin, by the link that points to it, and
 * add up its wait.  Call place_update() then. */
static struct job *
unqueue(struct sched *s, struct origin *h, enum origin_queue from,
        struct job **at, int64_t now_us)
{
    struct job *j = origin_take(h, from, at);

    if (names_is_waiting(s, h, now_us)) {
        if (j->dns_us < 0)
            j->dns_us = 0;
        j->dns_us += origin_lookup_wait_us(h, j, now_us);
    }
    j->queue_us += now_us - origin_waiting_since_us(j);
    s->nqueued--;
    s->nlooking -= h->is_looking;
    if (h->nqueued == 0) {
        h->lookup_limit_us = INT64_MAX;
        list_remove(&h->all);
        list_push_tail(&s->all, &h->all);
    }
    /* The next job may have started to wait before one whose look-up time was
     * deducted, and the origin's queue time-out must not come too late. */
    if (h->nqueued == 0 || j->dns_us > 0)
        queue_timeout_watch(s, h, now_us);
    return j;
}

struct job *
sched_withdraw(struct sched *s, struct origin *h, enum origin_queue from,
               struct job **at, int64_t now_us)
{
    struct job *j = unqueue(s, h, from, at, now_us);

    j->host = NULL;
    place_update(s, h, now_us);
    return j;
}

struct job *
sched_withdraw_next(struct sched *s, struct origin *h, int64_t now_us)
{
    enum origin_queue q = origin_next_queue(h);

    return sched_withdraw(s, h, q, &h->queues[q].head, now_us);
}

/* ---- jobs that start --------------------------------------------------- */

/* Is the origin's next job a retry that has waited for too long, for example
 * because of a pause or a rate? */
static bool
is_too_late(const struct sched *s, const struct origin *h, int64_t now_us)
{
    enum origin_queue q = origin_next_queue(h);
    const struct job *j = h->queues[q].head;

    return s->config.retry_max_time_us > 0 && q == QUEUE_RETRIES &&
           j->next == JOB_RETRY &&
           now_us - j->started_us > s->config.retry_max_time_us;
}

/* May another job of the origin follow, beside those in flight? */
static bool
may_follow(const struct sched *s, const struct origin *h)
{
    return h->nqueued > 0 || s->retries.n > 0 ||
           !(s->has_input_ended || s->is_window_full);
}

/* Start the origin's next job in engine e. */
static struct job *
start_next(struct sched *s, struct origin *h, unsigned e, int64_t now_us)
{
    enum origin_queue q;
    struct job *j;

    if (h->place == PLACE_BLOCKED)
        slots_serve_blocked(&s->slots, h, e);
    place_leave(s, h);
    pacing_recall(s, h, now_us);
    q = origin_next_queue(h);
    j = unqueue(s, h, q, &h->queues[q].head, now_us);
    j->engine = e;
    j->ends_turn = turn_advance(s, h, e, now_us);
    if (h->nqueued == 0)
        turn_forget(s, h);
    origin_give_addrs(h, j, now_us);
    j->multiplex = h->is_shared;
    j->post_needs_fresh_conn = !j->multiplex && history_has_lost_post(s, h) &&
                               !http_is_idempotent(j->req.method);
    j->is_protocol_probe =
        (h->protocol == PROTOCOL_UNKNOWN && !h->is_connected) ||
        (h->is_shared && !origin_shares(h, e));
    /* If other jobs share the connection, only the last one may close it:
     * libcurl 8.14 accepts no new stream once one of them wants it closed. */
    j->keep_conn = (h->is_shared && h->ninflight > 0) ||
                   (h->asks_proxy ? s->nqueued > 0 || !s->has_input_ended
                                  : !j->ends_turn && may_follow(s, h));
    h->lost_turn = false;
    names_note_use(s, h, now_us);
    pacing_note_start(s, h, j, now_us);
    slots_take(&s->slots, h, e);
    s->ninflight++;
    assert(s->ninflight <= s->config.concurrency);
    place_update(s, h, now_us);
    return j;
}

/*
 * The origin whose turn it is, or NULL; *e is the engine for its job, or -1 if
 * none has a free connection.  Blocked origins go first, since they have had
 * their turn.
 */
static struct origin *
next_origin(struct sched *s, int *e)
{
    unsigned blocked_at;
    struct list_node *node = list_first(&s->ring.first);
    struct origin *h = NULL;

    if (!node || LIST_OWNER(node, struct origin, waiting)->nkept_conns == 0)
        h = slots_next_blocked(&s->slots, &blocked_at);
    if (h) {
        *e = (int)blocked_at;
        return h;
    }
    if (!node)
        node = list_first(&s->unserved);
    if (!node)
        node = list_first(&s->ring.rest);
    if (!node)
        return NULL;
    h = LIST_OWNER(node, struct origin, waiting);
    *e = slots_pick(&s->slots, h);
    return h;
}

/* The origin whose turn it is; if there is none, throttled ones are released
 * first. */
static struct origin *
next_origin_or_throttled(struct sched *s, int *e, int64_t now_us)
{
    struct origin *h = next_origin(s, e);

    if (!h && pacing_release(s, now_us))
        h = next_origin(s, e);
    return h;
}

/* How long until there is work even if nothing happens. */
static int64_t
wait_us_from(struct sched *s, int64_t now_us)
{
    int64_t at_us = queue_timeout_next_us(s, now_us);

    /* A retry that has become due may belong to an origin that is down. */
    if (list_first(&s->down))
        return 0;
    if (lookup_timeout_next_us(s) < at_us)
        at_us = lookup_timeout_next_us(s);
    if (s->ninflight < s->config.concurrency) {
        if (pacing_next_us(s) < at_us)
            at_us = pacing_next_us(s);
        if (s->rate.is_awaited && rate_opens_at_us(&s->rate) < at_us)
            at_us = rate_opens_at_us(&s->rate);
    }
    if (at_us == INT64_MAX)
        return -1;
    return at_us > now_us ? at_us - now_us : 0;
}

struct job *
sched_next(struct sched *s, int64_t now_us, int64_t *wait_us)
{
    bool is_awaited = false;
    struct origin *h;
    int e;

    pacing_open(s, now_us);
    /* An origin that cannot start leaves the ring, so each step is paid for by
     * the call that put it there. */
    while (s->ninflight < s->config.concurrency &&
           (h = next_origin_or_throttled(s, &e, now_us))) {
        if (is_too_late(s, h, now_us))
            return sched_withdraw_next(s, h, now_us);
        if (!origin_is_resolved(h, &s->config, now_us)) {
            h->lost_turn = true;
            place_leave(s, h);
            place_update(s, h, now_us);
        } else if (e < 0) {
            place_leave(s, h);
            place_enter(s, h, PLACE_BLOCKED);
        } else if (rate_opens_at_us(&s->rate) > now_us) {
            is_awaited = true;
            break;
        } else {
            return start_next(s, h, (unsigned)e, now_us);
        }
    }
    s->rate.is_awaited = is_awaited;
    s->is_full = !is_awaited && (s->nring > 0 || s->slots.wanted != 0);
    *wait_us = wait_us_from(s, now_us);
    return NULL;
}

void
sched_done(struct sched *s, struct job *j, int64_t now_us)
{
    struct origin *h = j->host;

    assert(h && s->ninflight > 0);
    limits_note_done(s, h, j, now_us);
    s->ninflight--;
    slots_release(&s->slots, h, j->engine);
    history_note_done(s, h, j);
    origin_note_peer(h, j, now_us);
    pacing_note_done(s, h, j, now_us);
    turn_continue(s, h, j, now_us);
    j->host = NULL;
    place_update(s, h, now_us);
}

void
sched_connected(struct sched *s, struct job *j, const char *http_version,
                int64_t now_us)
{
    struct origin *h = j->host;

    h->is_connected = true;
    if (http_version)
        history_note_protocol(s, h, http_version, j->engine);
    place_update(s, h, now_us);
}

static struct job *
take_any(struct sched *s, int64_t now_us)
{
    struct list_node *node = list_first(&s->all);
    struct origin *h = node ? LIST_OWNER(node, struct origin, all) : NULL;

    if (!h || h->nqueued == 0)
        return pacing_take_retry(s, now_us);
    return sched_withdraw_next(s, h, now_us);
}

struct job *
sched_take(struct sched *s, enum sched_take why, int64_t now_us)
{
    switch (why) {
    case TAKE_OVERDUE:
        return lookup_timeout_take(s, now_us);
    case TAKE_DOWN:
        return pacing_take_down(s, now_us);
    case TAKE_EXPIRED:
        return queue_timeout_take(s, now_us);
    case TAKE_ANY:
        break;
    }
    return take_any(s, now_us);
}

static bool
begins_attempt(const struct job *j)
{
    return j->next != JOB_HOP && j->next != JOB_REPEAT;
}

/* The link to a job of the origin that begins an attempt, in queue *q. */
static struct job **
find_attempt(struct origin *h, enum origin_queue *q)
{
    for (int i = 0; i < NQUEUES; i++) {
        struct job **at = &h->queues[i].head;

        *q = (enum origin_queue)i;
        while (i != QUEUE_HOPS && *at && !begins_attempt(*at))
            at = &(*at)->link;
        if (i != QUEUE_HOPS && *at)
            return at;
    }
    return NULL;
}

void
sched_take_attempts(struct sched *s, struct job_list *out, int64_t now_us)
{
    struct list_node *node = list_first(&s->all), *next;
    struct job_list stay;
    struct job *j;

    for (; node; node = next) {
        struct origin *h = LIST_OWNER(node, struct origin, all);
        enum origin_queue q;
        struct job **at;

        next = list_next(&s->all, node);
        /* The origin may be freed with its last job. */
        for (uint32_t n = h->nqueued; n > 0; n--) {
            if (!(at = find_attempt(h, &q)))
                break;
            job_list_push(out, sched_withdraw(s, h, q, at, now_us));
        }
    }
    job_list_init(&stay);
    while ((j = pacing_take_retry(s, now_us)))
        job_list_push(begins_attempt(j) ? out : &stay, j);
    while ((j = job_list_pop(&stay)))
        sched_add_retry(s, j, j->due_us, now_us);
}

/* ---- the rest ---------------------------------------------------------- */

void
sched_set_window_full(struct sched *s, bool is_full)
{
    s->is_window_full = is_full;
}

void
sched_set_input_idle(struct sched *s, bool is_idle)
{
    s->is_input_idle = is_idle;
}

void
sched_input_ended(struct sched *s)
{
    s->has_input_ended = true;
}

size_t
sched_nqueued(const struct sched *s)
{
    return s->nqueued;
}

size_t
sched_nlooking(const struct sched *s)
{
    return s->nlooking;
}

size_t
sched_ninflight(const struct sched *s)
{
    return s->ninflight;
}

size_t
sched_nbusy(const struct sched *s)
{
    return s->slots.nbusy;
}

void
sched_free(struct sched *s)
{
    struct list_node *node;

    if (!s)
        return;
    assert(s->nqueued == 0 && s->ninflight == 0);
    while ((node = list_first(&s->all))) {
        struct origin *h = LIST_OWNER(node, struct origin, all);

        h->is_looking = false;
        place_leave(s, h);
        place_forget(s, h);
    }
    heap_fini(&s->expiring);
    heap_fini(&s->overdue);
    heap_fini(&s->paused);
    heap_fini(&s->remembered);
    heap_fini(&s->retries);
    map_free(s->origins);
    free(s);
}
