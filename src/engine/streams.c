/*
 * Connections with many streams (HTTP/2, HTTP/3): what several streams have to
 * send in one turn leaves in few packets, a connection over which nothing comes
 * any more costs no further requests, and one over which nothing may be sent
 * costs no time.
 */
#include "engine/sock.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void
streams_forget(struct sockets *s, int fd)
{
    for (size_t i = 0; i < s->nmultiplexed; i++)
        if (s->multiplexed[i] == fd)
            s->multiplexed[i] = s->multiplexed[--s->nmultiplexed];
}

void
sockets_set_multiplexed(const struct wire *w)
{
    struct sock *k = sock_opened_by(w);
    struct sockets *s = w->owner;

    if (!k)
        return;
    streams_forget(s, k->io.fd);
    k->has_streams = true;
    ends_add(k);
    if (k->is_stream && s->nmultiplexed < MULTIPLEXED_MAX)
        s->multiplexed[s->nmultiplexed++] = k->io.fd;
}

static void
set_cork(const struct sockets *s, int is_on)
{
    for (size_t i = 0; i < s->nmultiplexed; i++)
        (void)setsockopt(s->multiplexed[i], IPPROTO_TCP, TCP_CORK, &is_on,
                         sizeof(is_on));
}

void
sockets_hold_streams(struct sockets *s)
{
    set_cork(s, 1);
}

void
sockets_release_streams(struct sockets *s)
{
    set_cork(s, 0);
}

/* How long a stuck connection is not watched, if nothing comes over it: a new
 * request may have something to send. */
#define STUCK_S 0.05

static void
set_stuck(struct sock *k, bool is_stuck)
{
    k->is_stuck = is_stuck;
    sock_watch(k);
}

static void
on_stuck_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct sockets *s = w->data;

    (void)revents;
    for (size_t fd = 0; fd < s->nfds; fd++)
        if (s->by_fd[fd] && s->by_fd[fd]->is_stuck)
            set_stuck(s->by_fd[fd], false);
    ev_timer_stop(loop, w);
}

void
streams_init(struct sockets *s)
{
    ev_timer_init(&s->stuck_timer, on_stuck_timer, 0, STUCK_S);
    s->stuck_timer.data = s;
}

void
streams_before_call(struct sock *k, int events)
{
    if (events & EV_WRITE)
        k->owner->reads.marks[k->io.fd] &= (uint8_t)~MARK_SENT;
}

void
streams_after_call(struct sock *k, int events)
{
    struct sockets *s = k->owner;
    bool has_sent = s->reads.marks[k->io.fd] & MARK_SENT;

    k->has_sent = k->has_sent || has_sent;
    if (k->is_stuck && events & EV_READ)
        set_stuck(k, false);
    if (!(events & k->wanted & EV_WRITE) || has_sent || !k->has_sent ||
        !k->is_shared)
        return;
    set_stuck(k, true);
    if (!ev_is_active(&s->stuck_timer))
        ev_timer_again(s->config.loop, &s->stuck_timer);
}

void
sockets_shut_over(struct sockets *s)
{
    if (!allowance_take_tls_over())
        return;
    for (size_t fd = 0; fd < s->nfds; fd++) {
        struct sock *k = s->by_fd[fd];

        if (!(s->reads.marks[fd] & MARK_TLS_OVER))
            continue;
        s->reads.marks[fd] &= (uint8_t)~MARK_TLS_OVER;
        if (k && k->is_ours && (k->is_shared || !k->is_stream) && !k->is_shut)
            sock_shut(k);
    }
}

bool
streams_are_leaving(const struct sock *k)
{
    return k->owner->reads.marks[k->io.fd] & MARK_LEAVING;
}

void
sockets_shut_leaving(struct sockets *s, uint64_t ends)
{
    const struct wire none = {.ends = ends};
    struct sock *k = ends_find(s, ends);

    if (k && k->is_ours && !k->is_shut && streams_are_leaving(k) &&
        !s->config.is_in_use(s->config.ctx, &none))
        sock_shut(k);
}

/* The connection of a transfer, if libcurl keeps it. */
static struct sock *
connection_of(const struct sockets *s, const struct wire *w)
{
    struct sock *k = sock_opened_by(w);

    return k ? k : ends_find(s, w->ends);
}

void
sockets_note_sent(struct wire *w, bool has_streams)
{
    struct sock *k = connection_of(w->owner, w);

    if (k && has_streams && w->owner->config.forgets_streams)
        w->owner->reads.marks[k->io.fd] |= MARK_STREAMS;
    if (k && has_streams && k->is_stream) {
        k->is_shared = true;
        ends_add(k); /* once it is reset, they are not known any more */
    }
    if (k && !k->is_stream)
        ends_add(k); /* for sockets_may_send() */
    w->nread_sent = k ? w->owner->reads.by_fd[k->io.fd] : SIZE_MAX;
}

void
sockets_note_timeout(struct sockets *s, const struct wire *w)
{
    struct sock *k = connection_of(s, w);

    if (!k || !k->is_ours || k->is_shut ||
        s->reads.by_fd[k->io.fd] != w->nread_sent)
        return;
    if (!s->config.is_in_use(s->config.ctx, w)) {
        sock_shut(k);
        return;
    }
    ends_add(k);
    k->is_silent = true;
    k->nread_silent = w->nread_sent;
}

bool
streams_are_silent(const struct sock *k)
{
    return k->is_silent && k->owner->reads.by_fd[k->io.fd] == k->nread_silent;
}
