/*
 * What keeps an origin from starting jobs for some time: a pause that its
 * server asked for, its rate, the circuit breaker; and jobs that wait for
 * another attempt.
 *
 * While an origin may not start jobs before some time, place_update() puts it
 * into the heap `paused`.  If it has no jobs, it must still be remembered, or
 * its next job would start too early: it is then in the heap `remembered`.
 *
 * A rate counts requests as they are handed out.  Those that wait for a new
 * connection leave later, all together if it is one of HTTP/2; a request over a
 * kept connection would leave among them, at once.  So an origin with a rate
 * that uses kept connections hands out no more until they have left
 * (sched_sent()), or for LEAVING_MOST_US.
 *
 * A job that was turned away by a pause is due some time after the pause, so
 * that not all return at once.  If the origin has room for a new job before
 * that, the job that was turned away starts instead: the server has already
 * told it to wait, and its attempts are limited.
 *
 * A connection to a silent origin cannot be taken away before its time-out, so
 * dead origins could gradually occupy all connections.  An origin that has not
 * answered yet is therefore limited to a quarter of what the others leave, or
 * to one connection if that is more.  enum reserve tells when that is eased.
 *
 * An origin that fails to connect too often in a row is down for DOWN_FIRST_US:
 * its jobs are taken by sched_take().  Then one job is sent as a probe.  If the
 * probe fails, the origin is down for twice as long.  An origin without jobs is
 * forgotten after the same time again.
 */
#include "sched/state.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"

#define DOWN_FIRST_US (10 * US_PER_S)
#define DOWN_MOST_US  (600 * US_PER_S)

/* How long failures are remembered for an origin without jobs: its URLs may be
 * far apart in the list. */
#define FAILURES_US (10 * US_PER_S)

/* How long requests that have not left keep others from being handed out. */
#define LEAVING_MOST_US (5 * US_PER_S)

/* A job between two attempts. */
struct retry {
    struct heap_node due;
    struct list_node turned_away; /* in its host's list */
    struct job *job;
};

/* ---- moments ------------------------------------------------------------ */

/* Is the next request likely to leave over a connection that is there? */
static bool
leaves_at_once(const struct origin *h)
{
    return h->reuses || h->is_shared;
}

/* Until when requests that have not left keep others from being handed out. A
 * few that a high rate permits in a moment do not: word of them takes as long.
 */
static int64_t
leaving_until_us(const struct origin *h)
{
    return leaves_at_once(h) && !rate_has_slack(&h->rate, h->nleaving)
               ? h->handed_us + LEAVING_MOST_US
               : 0;
}

int64_t
pacing_opens_at_us(const struct origin *h)
{
    int64_t rate_us = rate_opens_at_us(&h->rate);
    int64_t leaving_us = leaving_until_us(h);
    int64_t at_us = rate_us > leaving_us ? rate_us : leaving_us;

    return at_us > h->paused_until_us ? at_us : h->paused_until_us;
}

bool
pacing_is_down(const struct origin *h, int64_t now_us)
{
    return h->down_until_us > now_us;
}

int64_t
pacing_keeps_until_us(const struct origin *h)
{
    int64_t at_us = pacing_opens_at_us(h);
    int64_t down_us = h->down_until_us == 0
                          ? h->failures_until_us
                          : add_us(h->down_until_us, h->down_for_us);

    return down_us > at_us ? down_us : at_us;
}

int64_t
pacing_next_us(const struct sched *s)
{
    const struct heap_node *next = heap_first(&s->paused);
    const struct heap_node *retry = heap_first(&s->retries);
    int64_t at_us = next ? next->at_us : INT64_MAX;

    return retry && retry->at_us < at_us ? retry->at_us : at_us;
}

/* The first entry of a heap if it is due, or NULL. */
static struct heap_node *
first_due(const struct heap *heap, int64_t now_us)
{
    struct heap_node *node = heap_first(heap);

    return node && node->at_us <= now_us ? node : NULL;
}

/* A silent origin may use one part of what other origins leave free
 * (RESERVE_MOST), or all parts but one (RESERVE_SOME). */
#define RESERVE_PARTS 4

bool
pacing_is_throttled(const struct sched *s, const struct origin *h)
{
    uint32_t most = s->config.limit < s->config.concurrency
                        ? s->config.limit
                        : s->config.concurrency;
    uint32_t others = s->ninflight - h->ninflight;
    uint64_t left = others < most ? most - others : 0;
    uint64_t parts = s->reserve == RESERVE_MOST ? 1 : RESERVE_PARTS - 1;

    return s->config.reserve_conns && s->reserve != RESERVE_NOTHING &&
           !h->is_answering && h->ninflight > 0 &&
           h->ninflight >= left * parts / RESERVE_PARTS;
}

/* Does any origin that is not throttled have jobs? */
static bool
do_others_wait(const struct sched *s)
{
    size_t nqueued = s->nqueued - s->retries.n;

    for (struct list_node *i = list_first(&s->throttled); i;
         i = list_next(&s->throttled, i))
        nqueued -= LIST_OWNER(i, struct origin, waiting)->nqueued;
    return nqueued > 0;
}

static enum reserve
current_reserve(const struct sched *s)
{
    bool may_read = !s->has_input_ended && !s->is_window_full;

    if ((!s->has_input_ended && map_len(s->origins) > 1) ||
        (may_read && !s->is_input_idle) || do_others_wait(s))
        return RESERVE_MOST;
    return may_read ? RESERVE_SOME : RESERVE_NOTHING;
}

bool
pacing_release(struct sched *s, int64_t now_us)
{
    struct list_node *node = list_first(&s->throttled), *next;
    enum reserve reserve;

    if (!node || (reserve = current_reserve(s)) >= s->reserve)
        return false;
    s->reserve = reserve;
    for (; node; node = next) {
        next = list_next(&s->throttled, node);
        place_update(s, LIST_OWNER(node, struct origin, waiting), now_us);
    }
    return true;
}

static struct job *
take_retry(struct sched *s, struct heap_node *node)
{
    struct retry *retry = LIST_OWNER(node, struct retry, due);
    struct job *j = retry->job;

    heap_remove(&s->retries, node);
    list_remove(&retry->turned_away);
    free(retry);
    return j;
}

void
pacing_open(struct sched *s, int64_t now_us)
{
    struct heap_node *node;

    while ((node = first_due(&s->retries, now_us))) {
        int64_t due_us = node->at_us;

        sched_queue(s, take_retry(s, node), QUEUE_RETRIES, due_us, now_us);
    }
    while ((node = first_due(&s->paused, now_us)))
        place_update(s, LIST_OWNER(node, struct origin, until), now_us);
    while ((node = first_due(&s->remembered, now_us)))
        place_update(s, LIST_OWNER(node, struct origin, until), now_us);
}

void
pacing_note_start(struct sched *s, struct origin *h, struct job *j,
                  int64_t now_us)
{
    rate_take(&s->rate, now_us);
    rate_take(&h->rate, now_us);
    h->rate.is_awaited = h->nqueued > 0;
    j->tells_when_sent = j->is_leaving = s->config.rate_per_host > 0;
    h->nleaving += j->is_leaving;
    h->handed_us = now_us;
    if (h->down_until_us != 0)
        h->probe = j;
}

/* The request of a job that is_leaving has left, or never will. */
static void
note_left(struct origin *h, struct job *j)
{
    h->nleaving -= j->is_leaving;
    j->is_leaving = false;
}

void
sched_sent(struct sched *s, struct job *j, bool was_reused, int64_t now_us)
{
    struct origin *h = j->host;

    if (!j->is_leaving)
        return;
    note_left(h, j);
    if (leaves_at_once(h))
        rate_put_off(&h->rate, now_us);
    /* Those that others had to wait for were handed out before. */
    if (was_reused || h->nleaving == 0)
        h->reuses = was_reused;
    place_update(s, h, now_us);
}

/* ---- retries and pauses -------------------------------------------------- */

void
sched_add_retry(struct sched *s, struct job *j, int64_t due_us, int64_t now_us)
{
    struct retry *retry = xcalloc(1, sizeof(*retry));

    retry->job = j;
    j->due_us = due_us > now_us ? due_us : now_us;
    heap_put(&s->retries, &retry->due, j->due_us);
    s->nqueued++;
    if (j->is_turned_away)
        list_push_tail(&sched_origin_of(s, j)->turned_away,
                       &retry->turned_away);
    j->is_turned_away = false;
}

void
pacing_recall(struct sched *s, struct origin *h, int64_t now_us)
{
    struct list_node *node = list_first(&h->turned_away);
    struct job *j;

    if (!node || origin_next_queue(h) != QUEUE_NEW)
        return;
    j = take_retry(s, &LIST_OWNER(node, struct retry, turned_away)->due);
    j->host = h;
    j->waited_us -= j->due_us - now_us;
    j->due_us = j->queued_at_us = now_us;
    j->dns_us = -1;
    origin_push(h, j, QUEUE_RETRIES);
    s->nlooking += h->is_looking;
}

struct job *
pacing_take_retry(struct sched *s, int64_t now_us)
{
    struct heap_node *node = heap_first(&s->retries);
    struct job *j;
    struct origin *h;

    if (!node)
        return NULL;
    s->nqueued--;
    j = take_retry(s, node);
    h = map_get(s->origins, j->target.key, strlen(j->target.key));
    if (h)
        place_update(s, h,
                     now_us); /* it may have been remembered for this job */
    return j;
}

/* Ignore jobs that were in flight at the last pause: ten of them turned away
 * together would otherwise halve the limit ten times. */
void
sched_pause_host(struct sched *s, struct job *j, int64_t until_us,
                 int64_t now_us)
{
    struct origin *h = j->host;

    assert(h && h->ninflight > 0);
    /* After a redirect, another attempt begins at another origin. */
    j->is_turned_away = until_us > now_us && strcmp(j->target.key, h->key) == 0;
    if (until_us > h->paused_until_us)
        h->paused_until_us = until_us;
    if (h->nbefore_pause == 0) {
        h->allowed = h->ninflight > 1 ? h->ninflight / 2 : 1;
        h->nbefore_pause = h->ninflight;
    }
    place_update(s, h, now_us);
}

/* After a response without a pause, allow one more request in flight. */
static void
raise_allowed(struct origin *h, const struct job *j)
{
    if (h->nbefore_pause > 0) {
        h->nbefore_pause--;
        return;
    }
    if (h->allowed == 0 || j->res.status == 0 || j->res.status == 429 ||
        j->res.status == 503)
        return;
    if (h->allowed < UINT32_MAX)
        h->allowed++;
}

/* ---- hosts that are down ------------------------------------------------- */

/* A connection that was made and then reset shows that the host is up.
 * Running out of descriptors, using a wrong local address or being denied by
 * the proxy says nothing about the host. */
static bool
has_failed_to_connect(const struct result *r)
{
    if (r->error.class == ERR_PROXY)
        return r->error.phase == PHASE_CONNECT && r->error.retryable;
    if (r->error.class == ERR_TIMEOUT)
        return r->error.phase == PHASE_CONNECT || r->error.phase == PHASE_TLS;
    return r->error.class == ERR_CONNECT && r->error.phase <= PHASE_TLS &&
           strcmp(r->error.code, "no_descriptors") != 0 &&
           strcmp(r->error.code, "interface") != 0;
}

static bool
has_connected(const struct result *r)
{
    return r->status != 0 ||
           (r->error.class != ERR_NONE && r->error.phase >= PHASE_TLS);
}

static void
mark_down(struct origin *h, int64_t now_us)
{
    h->down_for_us = h->down_until_us == 0 ? DOWN_FIRST_US : 2 * h->down_for_us;
    if (h->down_for_us > DOWN_MOST_US)
        h->down_for_us = DOWN_MOST_US;
    h->down_until_us = now_us + h->down_for_us;
}

/* While an origin is down, only its probe's failure counts, not those of jobs
 * that were in flight. */
static void
count_failures(const struct sched *s, struct origin *h, const struct job *j,
               int64_t now_us)
{
    bool was_probe = h->probe == j;

    if (was_probe)
        h->probe = NULL;
    if (has_failed_to_connect(&j->res)) {
        if (h->nconnect_failures < s->config.max_host_failures)
            h->nconnect_failures++;
        h->failures_until_us = now_us + FAILURES_US;
        if (h->nconnect_failures == s->config.max_host_failures &&
            (h->down_until_us == 0 || was_probe))
            mark_down(h, now_us);
    } else if (has_connected(&j->res)) {
        h->nconnect_failures = 0;
        h->failures_until_us = h->down_until_us = 0;
    }
}

void
pacing_note_done(struct sched *s, struct origin *h, struct job *j,
                 int64_t now_us)
{
    note_left(h, j);
    raise_allowed(h, j);
    if (j->res.error.class == ERR_TIMEOUT) {
        h->is_answering = false;
    } else if (j->res.http_version && !h->is_answering) {
        /* When all were silent, all were released; now an answering one has
         * priority. */
        h->is_answering = true;
        s->reserve = RESERVE_MOST;
    }
    if (s->config.max_host_failures != 0)
        count_failures(s, h, j, now_us);
}

struct job *
pacing_take_down(struct sched *s, int64_t now_us)
{
    struct list_node *node;

    while ((node = list_first(&s->down))) {
        struct origin *h = LIST_OWNER(node, struct origin, waiting);

        if (pacing_is_down(h, now_us))
            return sched_withdraw_next(s, h, now_us);
        place_update(s, h, now_us);
    }
    return NULL;
}
