#include "engine/engine.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <ev.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "body/body.h"
#include "engine/allowance.h"
#include "engine/mailbox.h"
#include "engine/sockets.h"
#include "engine/state.h"
#include "engine/thread.h"
#include "engine/transfer.h"

/* Handles added in one turn of the loop.  Measured: adding thousands at once
 * blocks other transfers for up to 200 ms. */
#define STARTS_PER_TURN 64

/* The most bytes of URLs in a turn: libcurl takes 40 ms for one of 2 MiB. */
#define START_BYTES_PER_TURN ((size_t)256 * 1024)

/* ------------------------------------------------------------- the loop */

static void
on_multi_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct engine *e = w->data;

    (void)loop, (void)revents;
    sockets_act(e->sockets, CURL_SOCKET_TIMEOUT, 0);
}

/* libcurl asks to be called in that many milliseconds.  Called from within
 * libcurl, so only arm the timer here. */
static int
set_multi_timer(CURLM *multi, long ms, void *ctx)
{
    struct engine *e = ctx;

    (void)multi;
    ev_timer_stop(e->loop, &e->multi_timer);
    if (ms >= 0) {
        ev_timer_set(&e->multi_timer, (double)ms / 1000.0, 0);
        ev_timer_start(e->loop, &e->multi_timer);
    }
    return 0;
}

/* Do several streams start? */
static bool
has_streams(const struct engine *e)
{
    int n = 0;

    for (const struct job *j = e->todo.head; j && n < 2; j = j->link)
        n += j->multiplex;
    return n == 2;
}

static void
start_some(struct engine *e)
{
    bool holds = has_streams(e);
    int64_t now_us = 0;
    struct job *j;
    size_t nbytes = 0;
    int n = 0;

    sockets_close_old(e->sockets);
    if (holds)
        sockets_hold_streams(e->sockets);
    while (n < STARTS_PER_TURN && nbytes < START_BYTES_PER_TURN &&
           (j = job_list_pop(&e->todo))) {
        if (n++ == 0)
            now_us = clock_now_us();
        nbytes += strlen(j->target.url);
        hop_begin(e, j, now_us);
    }
    if (e->ahead.head) {
        hop_look_ahead(e);
        n++;
    }
    if (n > 0)
        sockets_act(e->sockets, CURL_SOCKET_TIMEOUT, 0);
    if (holds)
        sockets_release_streams(e->sockets);
}

/* Is there work to do even if no event comes? */
static void
arm_busy(struct engine *e)
{
    if (job_list_is_empty(&e->todo) && job_list_is_empty(&e->ahead) &&
        e->npaused == 0)
        ev_idle_stop(e->loop, &e->busy);
    else
        ev_idle_start(e->loop, &e->busy);
}

static void
send_out(struct engine *e)
{
    if (!job_list_is_empty(&e->done) && mailbox_put(&e->outbox, &e->done))
        e->config.wake(e->config.wake_ctx);
}

/* Apply the engine's current limit on connections. */
static void
apply_limit(struct engine *e)
{
    uint32_t limit = atomic_load_explicit(&e->limit, memory_order_acquire);

    if (limit == sockets_limit(e->sockets))
        return;
    curl_multi_setopt(e->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)limit);
    curl_multi_setopt(e->multi, CURLMOPT_MAXCONNECTS, (long)limit);
    sockets_set_limit(e->sockets, limit);
}

/*
 * End of a turn: collect results, take jobs in, start them, send results out.
 */
static void
on_turn(struct ev_loop *loop, ev_prepare *w, int revents)
{
    struct engine *e = w->data;
    const char *abort_code;

    (void)loop, (void)revents;
    allowance_begin_turn();
    hop_collect(e);
    apply_limit(e);
    mailbox_take_jobs(&e->inbox, &e->todo);
    abort_code = e->abort_code;
    if (abort_code)
        hop_abort_all(e, abort_code);
    start_some(e);
    flight_resume_paused(e);
    hop_collect(e);
    flight_end_stopped(e);
    sockets_shut_over(e->sockets);
    flight_try_next_addresses(e);
    send_out(e);
    arm_busy(e);
    flight_arm(e);
}

static void
on_wakeup(struct ev_loop *loop, ev_async *w, int revents)
{
    (void)loop, (void)w, (void)revents; /* on_turn() does the work */
}

static void
on_busy(struct ev_loop *loop, ev_idle *w, int revents)
{
    (void)loop, (void)w, (void)revents; /* keeps the loop from sleeping */
}

/* ------------------------------------------------------------ life cycle */

static void
setup_multi(struct engine *e)
{
    const struct engine_config *c = &e->config;

    /*
     * A second check: the scheduler counts requests, these options count
     * sockets, including idle ones, and close the oldest idle ones when full.
     */
    curl_multi_setopt(e->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)c->limit);
    if (!wiring_counts_hosts(c))
        curl_multi_setopt(e->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
                          (long)c->limit_per_host);
    /* Otherwise it is four times the current number of handles, which shrinks
     * at the end. */
    curl_multi_setopt(e->multi, CURLMOPT_MAXCONNECTS, (long)c->limit);
    curl_multi_setopt(e->multi, CURLMOPT_SOCKETFUNCTION, sockets_watch);
    curl_multi_setopt(e->multi, CURLMOPT_SOCKETDATA, e->sockets);
    curl_multi_setopt(e->multi, CURLMOPT_TIMERFUNCTION, set_multi_timer);
    curl_multi_setopt(e->multi, CURLMOPT_TIMERDATA, e);
}

static void
setup_watchers(struct engine *e)
{
    ev_async_init(&e->wakeup, on_wakeup);
    ev_timer_init(&e->multi_timer, on_multi_timer, 0, 0);
    ev_prepare_init(&e->turn, on_turn);
    ev_idle_init(&e->busy, on_busy);
    e->multi_timer.data = e->turn.data = e;
    flight_init(e);
    ev_async_start(e->loop, &e->wakeup);
    ev_prepare_start(e->loop, &e->turn);
}

static void
stop_watchers(struct engine *e)
{
    ev_async_stop(e->loop, &e->wakeup);
    ev_timer_stop(e->loop, &e->multi_timer);
    flight_stop(e);
    ev_prepare_stop(e->loop, &e->turn);
    ev_idle_stop(e->loop, &e->busy);
}

void
engine_free(struct engine *e)
{
    if (!e)
        return;
    assert(!e->inflight_head && job_list_is_empty(&e->todo) &&
           job_list_is_empty(&e->ahead));
    stop_watchers(e);
    hop_free_pool(e);
    if (e->multi)
        curl_multi_cleanup(e->multi);
    wiring_free(e);
    mailbox_fini(&e->inbox);
    mailbox_fini(&e->outbox);
    free(e);
}

struct engine *
engine_new(const struct engine_config *config)
{
    struct engine *e = xcalloc(1, sizeof(*e));

    e->config = *config;
    mailbox_init(&e->inbox);
    mailbox_init(&e->outbox);
    job_list_init(&e->todo);
    job_list_init(&e->ahead);
    job_list_init(&e->done);
    e->limit = config->limit;
    e->loop = thread_loop(config->thread);
    setup_watchers(e);
    e->multi = curl_multi_init();
    if (!e->multi) {
        diag_error("cannot set up libcurl: too few descriptors?");
        engine_free(e);
        return NULL;
    }
    wiring_connect(e);
    setup_multi(e);
    return e;
}

void
engine_set_limit(struct engine *e, uint32_t limit)
{
    if (atomic_exchange_explicit(&e->limit, limit, memory_order_acq_rel) !=
        limit)
        ev_async_send(e->loop, &e->wakeup);
}

void
engine_put(struct engine *e, struct job_list *jobs)
{
    if (job_list_is_empty(jobs))
        return;
    if (mailbox_put(&e->inbox, jobs))
        ev_async_send(e->loop, &e->wakeup);
}

void
engine_take(struct engine *e, struct mail *mail)
{
    mailbox_take(&e->outbox, mail);
}

void
engine_abort(struct engine *e, const char *code)
{
    e->abort_code = code;
    ev_async_send(e->loop, &e->wakeup);
}

void
engine_stats(const struct engine *e, struct engine_stats *stats)
{
    stats->nopened = sockets_nopened(e->sockets);
    stats->nopen = sockets_nopen(e->sockets);
}
