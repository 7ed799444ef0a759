#include "engine/sockets.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ev.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "base/clock.h"
#include "engine/allowance.h"
#include "engine/pace.h"
#include "engine/readiness.h"
#include "engine/sock.h"

/* Limit on unsent bytes in the kernel if uploads are timed.  Otherwise it
 * buffers megabytes, which take minutes on a slow line. */
#define UNSENT_MAX_BYTES (64 * 1024)

/* ----------------------------------------------------------------- limits */

void
sock_shut(struct sock *k)
{
    dial_remove(k);
    if (k->is_idle) {
        idle_remove(k);
        ev_io_stop(k->owner->config.loop, &k->io);
    }
    (void)shutdown(k->io.fd, SHUT_RDWR);
    k->is_shut = true;
    k->owner->nopen--;
}

uint32_t
sockets_limit(const struct sockets *s)
{
    return s->config.limit;
}

bool
sockets_are_full(const struct sockets *s)
{
    return s->nopen >= s->config.limit;
}

void
sockets_set_limit(struct sockets *s, uint32_t limit)
{
    s->config.limit = limit;
    while (s->nopen > limit && s->idle_head)
        sock_shut(s->idle_head);
}

struct sockets *
sockets_new(const struct sockets_config *config)
{
    struct sockets *s = xcalloc(1, sizeof(*s));

    s->config = *config;
    idle_init(s);
    slow_init(s);
    streams_init(s);
    return s;
}

void
sockets_free(struct sockets *s)
{
    ev_timer_stop(s->config.loop, &s->idle_timer);
    ev_timer_stop(s->config.loop, &s->slow_timer);
    ev_timer_stop(s->config.loop, &s->stuck_timer);
    for (size_t fd = 0; fd < s->nfds; fd++) {
        if (!s->by_fd[fd])
            continue;
        ev_io_stop(s->config.loop, &s->by_fd[fd]->io);
        free(s->by_fd[fd]);
    }
    free(s->by_fd);
    free(s->reads.by_fd);
    free(s->reads.marks);
    free(s);
}

/* End a connection that floods us with data that concerns no transfer. */
static void
judge_read(struct sock *k, size_t nread, bool was_heard)
{
    uint64_t ends;

    if (was_heard)
        k->nread_inactive = 0;
    else
        k->nread_inactive += nread;
    if (k->nread_inactive <= INACTIVE_READ_MAX || !k->is_ours || k->is_shut)
        return;
    ends = sock_ends(k);
    sock_shut(k);
    k->owner->config.on_flood(k->owner->config.ctx, ends);
}

/* Report that the peer reset a connection: libcurl does not tell each of its
 * streams. */
static void
tell_reset(struct sock *k)
{
    struct sockets *s = k->owner;
    uint8_t *marks = &s->reads.marks[k->io.fd];

    if (!(*marks & MARK_RESET) || !k->is_shared)
        return;
    *marks &= (uint8_t)~MARK_RESET;
    s->config.on_reset(s->config.ctx, k->ends);
}

void
sockets_act(struct sockets *s, int fd, int what)
{
    int running;

    allowance_begin_call(s->config.pace ? &s->bound : NULL, &s->reads);
    readiness_forget();
    if (what & (CURL_CSELECT_IN | CURL_CSELECT_ERR))
        readiness_note_readable(fd);
    curl_multi_socket_action(s->config.multi, fd, what, &running);
    readiness_forget();
}

static void
on_io(struct ev_loop *loop, ev_io *w, int revents)
{
    struct sock *k = w->data;
    struct sockets *s = k->owner;
    uint64_t nactivities = *s->config.nactivities, id = k->id;
    int what = 0, fd = w->fd;
    size_t before = s->reads.by_fd[fd];

    (void)loop;
    if (k->is_idle) {
        idle_on_input(k);
        return;
    }
    if (revents & EV_READ)
        what |= CURL_CSELECT_IN;
    if (revents & EV_WRITE)
        what |= CURL_CSELECT_OUT;
    if (revents & EV_ERROR)
        what |= CURL_CSELECT_ERR;
    streams_before_call(k, revents);
    sockets_act(s, fd, what);
    /* Has libcurl closed it?  A new socket may have its descriptor and memory.
     */
    if (s->by_fd[fd] != k || k->id != id)
        return;
    streams_after_call(k, revents);
    tell_reset(k);
    judge_read(k, s->reads.by_fd[fd] - before,
               nactivities != *s->config.nactivities);
}

/* The entry of a descriptor, created if needed. */
static struct sock *
sock_get(struct sockets *s, int fd)
{
    size_t want = (size_t)fd + 1;
    struct sock *k;

    if (want > s->nfds) {
        size_t n = want * 2;
        s->by_fd = xrealloc(s->by_fd, n * sizeof(*s->by_fd));
        memset(s->by_fd + s->nfds, 0, (n - s->nfds) * sizeof(*s->by_fd));
        s->reads.by_fd = xrealloc(s->reads.by_fd, n * sizeof(*s->reads.by_fd));
        memset(s->reads.by_fd + s->nfds, 0,
               (n - s->nfds) * sizeof(*s->reads.by_fd));
        s->reads.marks = xrealloc(s->reads.marks, n);
        memset(s->reads.marks + s->nfds, 0, n - s->nfds);
        s->nfds = s->reads.n = n;
    }
    k = s->by_fd[fd];
    if (!k) {
        k = s->by_fd[fd] = xcalloc(1, sizeof(*k));
        k->owner = s;
        ev_io_init(&k->io, on_io, fd, 0);
        k->io.data = k;
    }
    return k;
}

void
sock_drop(struct sockets *s, int fd)
{
    struct sock *k = sock_of(s, fd);

    if (!k)
        return;
    if (k->is_ours) {
        s->nopen -= !k->is_shut;
        s->has_abandoned = s->has_abandoned || !k->was_read;
    }
    streams_forget(s, fd);
    slow_remove(k);
    idle_remove(k);
    ends_remove(k);
    dial_remove(k);
    ev_io_stop(s->config.loop, &k->io);
    s->by_fd[fd] = NULL;
    free(k);
}

bool
sock_is_gone(const struct sock *k)
{
    struct stat st;

    return !k->was_read && (fstat(k->io.fd, &st) != 0 || st.st_ino != k->inode);
}

/* The part of a handle's transfer that is ours; NULL: see transfer_of(). */
static struct wire *
wire_of(CURL *easy)
{
    struct wire *w = NULL;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &w);
    return w;
}

/* A transfer takes an idle connection. */
static void
leave_idle(struct sock *k, CURL *easy)
{
    struct sockets *s = k->owner;
    const struct wire *w = wire_of(easy);

    idle_remove(k);
    if (!s->config.counts_hosts || !w)
        return;
    k->host = w->host;
    if (k->host)
        idle_evict(s, k->host, s->config.limit_per_host);
}

/* Does libcurl not watch the socket because we have paused the transfer? */
static bool
is_paused(CURL *easy)
{
    const struct wire *w = wire_of(easy);

    return w && w->state >= TRANSFER_PAUSED;
}

/* libcurl 7.88 reports a transfer's socket only at its end. */
static void
note_user(struct sock *k, struct wire *w)
{
    k->user = w;
    if (!w)
        return;
    w->fd = k->io.fd;
    k->pace_host = w->pace_host;
    k->is_paced = k->is_paced || wire_was_sent(w);
}

/* Keep watching an idle connection, to notice its end, and because starting to
 * watch again would cost a system call per request. */
static void
watch_idle(struct sock *k)
{
    if (!k->is_idle || ev_is_active(&k->io))
        return;
    ev_io_set(&k->io, k->io.fd, EV_READ);
    ev_io_start(k->owner->config.loop, &k->io);
}

static void
note_connected(struct sock *k, struct wire *w)
{
    k->was_read = true;
    dial_remove(k);
    if (!k->is_ours || !w)
        return;
    w->new_fd = k->io.fd;
    w->new_id = k->id;
    k->owner->config.on_connected(w, k->io.fd);
}

void
sockets_note_ready(struct wire *w)
{
    struct sock *k = w->oldest;

    ends_note_unix(w);
    while (k && sock_ends(k) != w->ends)
        k = k->later;
    if (!k)
        return;
    note_user(k, w);
    note_connected(k, w);
}

/* The socket of the connection that a finished transfer used, or NULL. */
static struct sock *
find_used(const struct sockets *s, const struct wire *w)
{
    struct sock *k = sock_of(s, w->fd);

    if (k && k->user == w && !k->has_streams)
        return k;
    /* libcurl watched it for another stream, or not at all. */
    return ends_find(s, w->ends);
}

void
sockets_end_use(struct sockets *s, const struct wire *w)
{
    struct sock *k = find_used(s, w);

    if (!k || !k->is_ours || !k->is_stream || k->is_shut)
        return;
    if (k->is_idle && w->fd >= 0)
        return; /* libcurl keeps it, and has told us */
    if (s->config.is_in_use(s->config.ctx, w))
        return;
    if (!k->is_idle && ev_is_active(&k->io)) {
        sock_shut(k);
        return;
    }
    /* The response was there before libcurl waited for it: it keeps the
     * connection, but has told us neither its use nor its end. */
    idle_remove(k);
    idle_add(k);
    watch_idle(k);
}

void
sockets_shut_used(struct sockets *s, const struct wire *w)
{
    struct sock *k = find_used(s, w);

    if (k && k->is_ours && k->is_stream && !k->is_shut &&
        !s->config.is_in_use(s->config.ctx, w))
        sock_shut(k);
}

int
sockets_watch(CURL *easy, curl_socket_t fd, int what, void *ctx, void *unused)
{
    struct sockets *s = ctx;
    struct sock *k;

    (void)unused;
    if (what == CURL_POLL_REMOVE) {
        k = sock_of(s, fd);
        if (k && k->is_ours && !sock_is_gone(k)) {
            bool is_busy = is_paused(easy);

            slow_remove(k);
            k->is_stuck = false;
            k->wanted = 0;
            if (is_busy || (k->io.events & (EV_READ | EV_WRITE)) != EV_READ)
                ev_io_stop(s->config.loop, &k->io);
            if (!is_busy) {
                idle_add(k);
                watch_idle(k);
            }
        } else {
            sock_drop(s, fd);
        }
        return 0;
    }
    k = sock_get(s, fd);
    if (k->is_idle)
        leave_idle(k, easy);
    note_user(k, wire_of(easy));
    if (what & CURL_POLL_IN && !k->was_read)
        note_connected(k, wire_of(easy));
    k->is_stuck = false;
    k->wanted = (what & CURL_POLL_IN ? EV_READ : 0) |
                (what & CURL_POLL_OUT ? EV_WRITE : 0);
    sock_watch(k);
    return 0;
}

static void
limit_unsent(int fd)
{
#ifdef TCP_NOTSENT_LOWAT
    int max = UNSENT_MAX_BYTES;

    /* Has no effect on a Unix socket, which does not need it. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &max, sizeof(max));
#else
    (void)fd;
#endif
}

static void
limit_unread(const struct sockets *s, int fd)
{
    int max = pace_buffer_bytes(s->config.pace);

    if (max > 0)
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &max, sizeof(max));
}

curl_socket_t
sockets_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *addr)
{
    struct wire *d = ctx;
    struct sockets *s = d->owner;
    struct stat st;
    struct sock *k;
    int fd;

    (void)purpose;
    if (!dial_make_room(d, addr)) {
        errno = 0;
        return CURL_SOCKET_BAD;
    }
    fd = socket(addr->family, addr->socktype | SOCK_CLOEXEC, addr->protocol);
    if (fd < 0)
        return CURL_SOCKET_BAD;
    sock_drop(
        s, fd); /* drop an entry whose descriptor was closed without notice */
    k = sock_get(s, fd);
    s->reads.by_fd[fd] = 0;
    s->reads.marks[fd] = 0;
    k->is_ours = true;
    /* A newer libcurl (8.23) adds flags. */
    k->is_stream =
        (addr->socktype & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) == SOCK_STREAM;
    k->has_streams = !k->is_stream;
    k->opened_us = s->config.lifetime_us > 0 ? clock_now_us() : 0;
    k->host = d->host;
    k->family = addr->family;
    dial_add(d, k);
    k->inode = fstat(fd, &st) == 0 ? st.st_ino : 0;
    if (s->config.times_uploads)
        limit_unsent(fd);
    if (s->config.pace)
        limit_unread(s, fd);
    k->id = ++s->nopened;
    s->nopen++;
    return fd;
}

int
sockets_close(void *ctx, curl_socket_t fd)
{
    struct sockets *s = ctx;
    struct sock *k = sock_of(s, fd);

    if (k && k->dial && !k->dial->ip[0])
        k->dial->port = sockets_peer(fd, k->dial->ip);
    if (k)
        tell_reset(k);
    sock_drop(s, fd);
    return close(fd);
}

size_t
sockets_nread(const struct sockets *s, const struct wire *w)
{
    const struct sock *k = sock_of(s, w->fd);

    if (w->fd < 0 || (size_t)w->fd >= s->nfds)
        return 0;
    /* After the end of its connection another may have the descriptor. */
    return k && k->user != w ? 0 : s->reads.by_fd[w->fd];
}

bool
sockets_take_abandoned(struct sockets *s)
{
    bool had = s->has_abandoned;

    s->has_abandoned = false;
    return had;
}

uint64_t
sockets_nopened(const struct sockets *s)
{
    return s->nopened;
}

uint64_t
sockets_nopen(const struct sockets *s)
{
    return s->nopen;
}
