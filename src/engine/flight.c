#include "engine/state.h"

#include <assert.h>
#include <string.h>

#include "base/budgets.h"
#include "base/clock.h"
#include "base/map.h"
#include "engine/kernel.h"
#include "engine/repeat.h"
#include "engine/sockets.h"
#include "job/options.h"

/* How often to look for transfers past their time-out, and for those that wait
 * for a connection. */
#define WATCH_S 0.25

/* How often to check whether there is room for bodies. */
#define HELD_S 0.02

/* Insert behind those that have been silent for longer. */
void
flight_add(struct engine *e, struct transfer *x)
{
    struct transfer *last = e->inflight_tail;

    while (last && last->active_us > x->active_us)
        last = last->prev;
    x->prev = last;
    x->next = last ? last->next : e->inflight_head;
    *(x->prev ? &x->prev->next : &e->inflight_head) = x;
    *(x->next ? &x->next->prev : &e->inflight_tail) = x;
}

void
flight_remove(struct engine *e, struct transfer *x)
{
    *(x->prev ? &x->prev->next : &e->inflight_head) = x->next;
    *(x->next ? &x->next->prev : &e->inflight_tail) = x->prev;
}

void
flight_note_active(struct engine *e, struct transfer *x, int64_t at_us)
{
    flight_remove(e, x);
    x->active_us = at_us;
    flight_add(e, x);
}

/*
 * End transfers that have been silent for too long.  Silence counts only after
 * the request was sent: not while connecting or uploading.  The
 * time in which the process was stopped, or got no CPU, is no silence: bytes
 * that came then are read in a turn before this timer runs.
 */
static void
on_read_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct engine *e = w->data;
    int64_t now = clock_now_us(), limit = e->config.opts->read_timeout_us;
    int64_t heard_us;
    struct transfer *x;

    (void)loop, (void)revents;
    e->is_read_due = !e->is_read_due;
    if (e->is_read_due)
        return; /* until the next turn */
    while ((x = e->inflight_head) && now - x->active_us >= limit) {
        if (!transfer_was_sent(x) || x->wire.state == TRANSFER_HELD ||
            x->is_slowed || kernel_is_uploading(x)) {
            flight_note_active(e, x, now);
        } else if ((heard_us = kernel_heard_us(x, now)) > x->active_us) {
            flight_note_active(e, x, heard_us);
        } else {
            x->stop = STOP_READ_TIMEOUT;
            hop_finish(e, x, CURLE_OPERATION_TIMEDOUT);
        }
    }
}

/* Set the read timer for the transfer that has been silent the longest. */
static void
arm_read_timer(struct engine *e)
{
    int64_t left;

    if (!e->config.opts->read_timeout_us)
        return;
    ev_timer_stop(e->loop, &e->read_timer);
    if (!e->inflight_head)
        return;
    left = e->inflight_head->active_us + e->config.opts->read_timeout_us -
           clock_now_us();
    if (left > 0)
        e->is_read_due = false;
    ev_timer_set(&e->read_timer, left > 0 ? (double)left / 1e6 : 0, 0);
    ev_timer_start(e->loop, &e->read_timer);
}

/* Follow redirects whose bodies took too long. */
static void
on_redirect_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct engine *e = w->data;
    int64_t now = clock_now_us();
    bool has_more = false;
    struct transfer *next;

    (void)revents;
    for (struct transfer *x = e->inflight_head; x; x = next) {
        next = x->next;
        if (!x->redirect_us)
            continue;
        if (now - x->redirect_us < REDIRECT_BODY_MAX_US) {
            has_more = true;
            continue;
        }
        x->stop = STOP_ENOUGH;
        hop_finish(e, x, CURLE_OPERATION_TIMEDOUT);
    }
    if (!has_more)
        ev_timer_stop(loop, w);
}

/*
 * The origins with a request on its way: their keys, borrowed from jobs in
 * flight.  A look at every other transfer for each that waits would take
 * seconds with ten thousand of them.
 */
static struct map *
busy_origins(const struct engine *e)
{
    struct map *busy = map_new();

    for (struct transfer *x = e->inflight_head; x; x = x->next) {
        const char *key = x->job->target.key;
        size_t len = strlen(key);

        if (transfer_was_sent(x) && !map_get(busy, key, len))
            map_put(busy, key, len, x);
    }
    return busy;
}

/* Does libcurl wait to connect it?  Then it has no socket yet. */
static bool
is_unconnected(const struct transfer *x)
{
    const struct wire *w = &x->wire;

    return w->state == TRANSFER_CONNECTING && x->stop == STOP_NONE &&
           w->fd < 0 && w->new_fd < 0 && !w->oldest && x->tcp_us == 0;
}

/*
 * Find the transfers that wait in libcurl until there is room for a connection.
 * The scheduler counts on streams of the connections there are, but a server
 * may be leaving these (GOAWAY) while others still wait for its answers.
 */
static void
note_waiting(struct engine *e)
{
    bool is_full = sockets_are_full(e->sockets);
    struct map *busy = NULL;

    for (struct transfer *x = e->inflight_head; x; x = x->next) {
        const char *key = x->job->target.key;

        x->is_waiting = is_unconnected(x);
        if (!x->is_waiting || is_full)
            continue;
        if (e->config.limit_per_host > 0 && !busy)
            busy = busy_origins(e);
        x->is_waiting = busy && map_get(busy, key, strlen(key));
    }
    map_free(busy);
}

/*
 * Watchdog: ends transfers that libcurl failed to end.  That is a bug in
 * libcurl or here, so test builds assert.
 */
static void
on_watchdog(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct engine *e = w->data;
    int64_t now = clock_now_us();
    struct transfer *next;

    (void)loop, (void)revents;
    note_waiting(e);
    for (struct transfer *x = e->inflight_head; x; x = next) {
        next = x->next;
        if (x->is_waiting) {
            hop_restart_wait(e, x, now);
            continue;
        }
        if (!transfer_has_expired(x, now)) {
            if (!transfer_is_overdue(x, now))
                continue;
#ifdef FANFETCH_DEBUG
            assert(!"a transfer has outlived its time-out");
#endif
        }
        hop_finish(e, x, CURLE_OPERATION_TIMEDOUT);
    }
}

static void
arm_watchdog(struct engine *e)
{
    if (!e->inflight_head)
        ev_timer_stop(e->loop, &e->watchdog);
    else if (!ev_is_active(&e->watchdog))
        ev_timer_again(e->loop, &e->watchdog);
}

/* Resume held bodies for which there is room now. */
static void
on_held_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct engine *e = w->data;
    bool has_more = false;
    struct transfer *next;

    (void)revents;
    for (struct transfer *x = e->inflight_head; x; x = next) {
        CURLcode code;

        next = x->next;
        if (x->wire.state != TRANSFER_HELD)
            continue;
        if (!transfer_release(x)) {
            has_more = true;
            continue;
        }
        code = transfer_resume(x);
        has_more = has_more || x->wire.state == TRANSFER_HELD;
        if (code != CURLE_OK)
            hop_finish(e, x, code);
    }
    if (!has_more)
        ev_timer_stop(loop, w);
}

/* One of several addresses failed: on to the next. */
void
flight_try_next_addresses(struct engine *e)
{
    if (!sockets_take_abandoned(e->sockets))
        return;
    for (struct transfer *x = e->inflight_head; x; x = x->next)
        transfer_wake(x);
}

/* Go on decoding paused bodies, which share the work of a turn.  A decoder may
 * do more than its share at once (brotli fills a window); then the other bodies
 * wait for the next turn.  Each transfer may move to the end of the list. */
void
flight_resume_paused(struct engine *e)
{
    struct transfer *x = e->inflight_head, *last = e->inflight_tail, *next;
    size_t n = e->npaused, nleft = n;
    int64_t share = DECODE_PER_TURN / (int64_t)(n ? n : 1) + 1, done = 0;
    bool was_last = n == 0;

    e->npaused = 0;
    for (; x && !was_last && done < 2 * DECODE_PER_TURN; x = next) {
        CURLcode code;

        was_last = x == last;
        next = x->next;
        if (x->wire.state != TRANSFER_PAUSED)
            continue;
        e->turn_work = share;
        nleft--;
        code = transfer_resume(x);
        done += share - e->turn_work;
        if (code != CURLE_OK)
            hop_finish(e, x, code);
    }
    if (!was_last)
        e->npaused += nleft;
    e->turn_work = DECODE_PER_TURN;
}

void
flight_note_flood(struct engine *e, uint64_t ends)
{
    for (struct transfer *x = e->inflight_head; x; x = x->next)
        if (x->wire.ends == ends && x->stop == STOP_NONE) {
            x->stop = STOP_FLOOD;
            e->must_check = true;
        }
}

/* libcurl may report an error of a connection to one of its transfers or to
 * none, so all of them are ended here. */
void
flight_end_stopped(struct engine *e)
{
    struct transfer *next;

    if (!e->must_check)
        return;
    e->must_check = false;
    for (struct transfer *x = e->inflight_head; x; x = next) {
        enum early early;

        next = x->next;
        repeat_check_stream(x);
        early = repeat_early_answer(x);
        e->must_check = e->must_check || early == EARLY_COMES;
        if (x->stop == STOP_REPEAT)
            hop_finish(e, x, CURLE_ABORTED_BY_CALLBACK);
        else if (x->stop == STOP_FLOOD)
            hop_finish(e, x, CURLE_RECV_ERROR);
        else if (early == EARLY_WHOLE)
            hop_finish(e, x, CURLE_HTTP2_STREAM);
        else if (x->stop == STOP_NONE && x->end.is_broken &&
                 stream_end_is_truncated(&x->end))
            hop_finish(e, x, x->end.is_http3 ? CURLE_HTTP3 : CURLE_HTTP2);
    }
}

void
flight_init(struct engine *e)
{
    ev_timer_init(&e->read_timer, on_read_timer, 0, 0);
    /* After the sockets of the same turn. */
    ev_set_priority(&e->read_timer, EV_MINPRI);
    ev_timer_init(&e->redirect_timer, on_redirect_timer, 0,
                  (double)REDIRECT_BODY_MAX_US / US_PER_S);
    ev_timer_init(&e->held_timer, on_held_timer, 0, HELD_S);
    ev_timer_init(&e->watchdog, on_watchdog, 0, WATCH_S);
    e->read_timer.data = e->redirect_timer.data = e;
    e->held_timer.data = e->watchdog.data = e;
}

void
flight_stop(struct engine *e)
{
    ev_timer_stop(e->loop, &e->read_timer);
    ev_timer_stop(e->loop, &e->redirect_timer);
    ev_timer_stop(e->loop, &e->held_timer);
    ev_timer_stop(e->loop, &e->watchdog);
}

void
flight_arm(struct engine *e)
{
    arm_read_timer(e);
    arm_watchdog(e);
}
