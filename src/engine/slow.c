/*
 * slow.c - sockets that --limit-rate keeps from being read for now.
 *
 * If recv() may give nothing (allowance.h), the socket is not watched for input
 * until it may be read again: no loop spins, and the kernel's buffer fills, so
 * that TCP slows the server down.  This works for HTTP/2 as well; a paused
 * stream would still be sent up to its window.  Sockets that wait are released
 * in turn, as many as there are bytes that may be read.
 */
#include "engine/sock.h"

#include <sys/ioctl.h>

#include "base/clock.h"
#include "engine/pace.h"

static void
slow_add(struct sock *k)
{
    struct sockets *s = k->owner;

    k->is_slowed = true;
    k->slow_prev = s->slow_tail;
    k->slow_next = NULL;
    *(s->slow_tail ? &s->slow_tail->slow_next : &s->slow_head) = k;
    s->slow_tail = k;
    sock_watch(k);
    if (!k->pace_ends)
        k->pace_ends = sock_ends(k);
    s->config.on_slowed(s->config.ctx, k->io.fd, k->pace_ends, true);
}

void
slow_remove(struct sock *k)
{
    struct sockets *s = k->owner;

    if (!k->is_slowed)
        return;
    k->is_slowed = false;
    *(k->slow_prev ? &k->slow_prev->slow_next : &s->slow_head) = k->slow_next;
    *(k->slow_next ? &k->slow_next->slow_prev : &s->slow_tail) = k->slow_prev;
    s->config.on_slowed(s->config.ctx, k->io.fd, k->pace_ends, false);
}

void
sock_watch(struct sock *k)
{
    int unwanted = (k->is_slowed ? EV_READ : 0) | (k->is_stuck ? EV_WRITE : 0);
    int events = k->wanted & ~unwanted;

    if (ev_is_active(&k->io)) {
        /* libcurl says so twice a request: compare before touching. */
        if ((k->io.events & (EV_READ | EV_WRITE)) == events)
            return;
        ev_io_stop(k->owner->config.loop, &k->io);
    }
    ev_io_set(&k->io, k->io.fd, events);
    if (events)
        ev_io_start(k->owner->config.loop, &k->io);
}

/* Look again after us microseconds, or earlier if the timer is already set to
 * an earlier time, for another host. */
static void
arm(struct sockets *s, int64_t us)
{
    double wait = (double)us / US_PER_S;

    if (ev_is_active(&s->slow_timer) &&
        ev_timer_remaining(s->config.loop, &s->slow_timer) <= wait)
        return;
    ev_timer_stop(s->config.loop, &s->slow_timer);
    ev_timer_set(&s->slow_timer, wait, 0);
    ev_timer_start(s->config.loop, &s->slow_timer);
}

/* The functions of struct allowance_bound. */
static size_t
on_allow(void *ctx, int fd)
{
    struct sockets *s = ctx;
    struct sock *k = sock_of(s, fd);
    int64_t wait_us;
    size_t n;

    if (!k || !k->is_paced)
        return SIZE_MAX;
    if (k->is_slowed)
        return 0;
    n = pace_allow(s->config.pace, k->pace_host, clock_now_us(), &wait_us);
    /* A socket that is idle so far is slowed when libcurl watches it. */
    if (n > 0 || k->is_idle)
        return n;
    slow_add(k);
    arm(s, wait_us);
    return 0;
}

static void
on_note(void *ctx, int fd, size_t n)
{
    struct sockets *s = ctx;
    const struct sock *k = sock_of(s, fd);

    pace_note(s->config.pace, k ? k->pace_host : 0, n, clock_now_us());
}

/* Bytes that wait in the kernel. */
static size_t
waiting_bytes(const struct sock *k)
{
    int n = 0;

    return ioctl(k->io.fd, FIONREAD, &n) == 0 && n > 0 ? (size_t)n : 0;
}

/* Release the sockets that may be read.  The first one of a host takes what the
 * limits allow; the next ones get what it leaves, so each has its turn. */
static void
on_slow_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct sockets *s = w->data;
    int64_t now_us = clock_now_us(), wait_us, next_us = INT64_MAX;
    size_t used = 0, allowed, has;
    struct sock *k, *next;

    (void)loop, (void)revents;
    for (k = s->slow_head; k; k = next) {
        next = k->slow_next;
        allowed = pace_allow(s->config.pace, k->pace_host, now_us, &wait_us);
        if (allowed == 0) {
            next_us = wait_us < next_us ? wait_us : next_us;
            continue;
        }
        next_us = PACE_STEP_US;
        if (used >= allowed && pace_has_sum(s->config.pace))
            break;
        has = waiting_bytes(k);
        used += has < allowed ? has : allowed;
        slow_remove(k);
        sock_watch(k);
    }
    if (s->slow_head)
        arm(s, next_us);
}

void
slow_init(struct sockets *s)
{
    s->bound = (struct allowance_bound){on_allow, on_note, s};
    ev_init(&s->slow_timer, on_slow_timer);
    s->slow_timer.data = s;
}

void
sockets_set_paced(const struct wire *w)
{
    struct sock *k = sock_opened_by(w);

    if (k)
        k->is_paced = true;
}
