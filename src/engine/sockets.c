#include "engine/sockets.h"

#include <assert.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ev.h>

#include "base/alloc.h"
#include "base/clock.h"

/* What may wait in the kernel to be sent, where uploads are timed: it would
 * else take megabytes, which are minutes on a slow line. */
#define UNSENT_MAX_BYTES (64 * 1024)

struct sock {
    ev_io io;
    struct sockets *owner;
    struct sock *prev, *next; /* idle ones, longest idle first */
    int64_t idle_since_us;    /* clock_now_us(); ev_now() is the wall's */
    ino_t inode;              /* the socket's, where is_ours */
    bool is_ours;             /* opened by sockets_open(): a connection */
    bool is_idle;             /* in the list */
    bool was_read;            /* libcurl waited for bytes: it was connected */
};

struct sockets {
    struct sockets_config config;
    struct sock **by_fd; /* NULL where none */
    size_t nfds;
    struct sock *idle_head, *idle_tail;
    ev_timer idle_timer; /* for the head */
    bool has_abandoned;  /* see sockets_take_abandoned() */
    _Atomic uint64_t nopened, nopen;
};

static void
idle_remove(struct sock *k)
{
    struct sockets *s = k->owner;

    if (!k->is_idle)
        return;
    *(k->prev ? &k->prev->next : &s->idle_head) = k->next;
    *(k->next ? &k->next->prev : &s->idle_tail) = k->prev;
    k->prev = k->next = NULL;
    k->is_idle = false;
}

/* Arm the timer for the one that has been idle the longest. */
static void
idle_arm(struct sockets *s)
{
    int64_t left_us;

    if (!s->idle_head || ev_is_active(&s->idle_timer))
        return;
    left_us =
        s->idle_head->idle_since_us + s->config.keepalive_us - clock_now_us();
    ev_timer_set(&s->idle_timer, left_us > 0 ? (double)left_us / 1e6 : 0, 0);
    ev_timer_start(s->config.loop, &s->idle_timer);
}

static void
idle_add(struct sock *k)
{
    struct sockets *s = k->owner;

    if (!k->is_ours || s->config.keepalive_us == 0)
        return;
    k->is_idle = true;
    k->idle_since_us = clock_now_us();
    k->prev = s->idle_tail;
    *(s->idle_tail ? &s->idle_tail->next : &s->idle_head) = k;
    s->idle_tail = k;
    idle_arm(s);
}

/* Shut down what has been idle for long enough. */
static void
on_idle_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct sockets *s = w->data;
    int64_t now_us = clock_now_us();
    struct sock *k;

    (void)revents;
    while ((k = s->idle_head) &&
           now_us - k->idle_since_us >= s->config.keepalive_us) {
        idle_remove(k);
        ev_io_stop(loop, &k->io);
        (void)shutdown(k->io.fd, SHUT_RDWR);
    }
    idle_arm(s);
}

struct sockets *
sockets_new(const struct sockets_config *config)
{
    struct sockets *s = xcalloc(1, sizeof(*s));

    s->config = *config;
    ev_init(&s->idle_timer, on_idle_timer);
    s->idle_timer.data = s;
    return s;
}

void
sockets_free(struct sockets *s)
{
    ev_timer_stop(s->config.loop, &s->idle_timer);
    for (size_t fd = 0; fd < s->nfds; fd++) {
        if (!s->by_fd[fd])
            continue;
        ev_io_stop(s->config.loop, &s->by_fd[fd]->io);
        free(s->by_fd[fd]);
    }
    free(s->by_fd);
    free(s);
}

static void
on_io(struct ev_loop *loop, ev_io *w, int revents)
{
    struct sock *k = w->data;
    struct sockets *s = k->owner;
    int what = 0, running;

    /* An idle connection has something to say: its peer closed it, as a
     * rule.  libcurl looks before it uses it again. */
    if (k->is_idle) {
        ev_io_stop(loop, w);
        return;
    }
    if (revents & EV_READ)
        what |= CURL_CSELECT_IN;
    if (revents & EV_WRITE)
        what |= CURL_CSELECT_OUT;
    if (revents & EV_ERROR)
        what |= CURL_CSELECT_ERR;
    curl_multi_socket_action(s->config.multi, w->fd, what, &running);
}

/* The entry of a descriptor, made where there is none. */
static struct sock *
sock_get(struct sockets *s, int fd)
{
    size_t want = (size_t)fd + 1;
    struct sock *k;

    if (want > s->nfds) {
        size_t n = want * 2;
        s->by_fd = xrealloc(s->by_fd, n * sizeof(*s->by_fd));
        memset(s->by_fd + s->nfds, 0, (n - s->nfds) * sizeof(*s->by_fd));
        s->nfds = n;
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

static void
sock_drop(struct sockets *s, int fd)
{
    struct sock *k = (size_t)fd < s->nfds ? s->by_fd[fd] : NULL;

    if (!k)
        return;
    if (k->is_ours) {
        s->nopen--;
        s->has_abandoned = s->has_abandoned || !k->was_read;
    }
    idle_remove(k);
    ev_io_stop(s->config.loop, &k->io);
    s->by_fd[fd] = NULL;
    free(k);
}

/*
 * 7.88 closes a socket that never connected without calling sockets_close().
 * Its number may be somebody else's by now, in any thread.
 */
static bool
is_gone(const struct sock *k)
{
    struct stat st;

    return !k->was_read && (fstat(k->io.fd, &st) != 0 || st.st_ino != k->inode);
}

int
sockets_watch(CURL *easy, curl_socket_t fd, int what, void *ctx, void *unused)
{
    struct sockets *s = ctx;
    struct sock *k;
    int events;

    (void)unused;
    if (what == CURL_POLL_REMOVE) {
        k = (size_t)fd < s->nfds ? s->by_fd[fd] : NULL;
        if (k && k->is_ours && !is_gone(k)) {
            /* Keep watching for the next request's sake: starting again
             * would cost a system call each time. */
            if (!(k->io.events & EV_READ) || k->io.events & EV_WRITE)
                ev_io_stop(s->config.loop, &k->io);
            idle_add(k);
        } else {
            sock_drop(s, fd);
        }
        return 0;
    }
    k = sock_get(s, fd);
    idle_remove(k);
    if (k->is_ours && !k->was_read && what & CURL_POLL_IN)
        s->config.on_connected(easy);
    k->was_read = k->was_read || what & CURL_POLL_IN;
    events = (what & CURL_POLL_IN ? EV_READ : 0) |
             (what & CURL_POLL_OUT ? EV_WRITE : 0);
    if (ev_is_active(&k->io)) {
        /* libcurl says so twice a request: compare before touching. */
        if ((k->io.events & (EV_READ | EV_WRITE)) == events)
            return 0;
        ev_io_stop(s->config.loop, &k->io);
    }
    ev_io_set(&k->io, fd, events);
    ev_io_start(s->config.loop, &k->io);
    return 0;
}

static void
limit_unsent(int fd)
{
#ifdef TCP_NOTSENT_LOWAT
    int max = UNSENT_MAX_BYTES;

    /* A unix socket has no such thing, and needs none. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &max, sizeof(max));
#else
    (void)fd;
#endif
}

curl_socket_t
sockets_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *addr)
{
    struct sockets *s = ctx;
    struct stat st;
    struct sock *k;
    int fd =
        socket(addr->family, addr->socktype | SOCK_CLOEXEC, addr->protocol);

    (void)purpose;
    if (fd < 0)
        return CURL_SOCKET_BAD;
    sock_drop(s, fd); /* of a descriptor that was closed unseen */
    k = sock_get(s, fd);
    k->is_ours = true;
    k->inode = fstat(fd, &st) == 0 ? st.st_ino : 0;
    if (s->config.times_uploads)
        limit_unsent(fd);
    s->nopened++;
    s->nopen++;
    return fd;
}

int
sockets_close(void *ctx, curl_socket_t fd)
{
    struct sockets *s = ctx;

    sock_drop(s, fd);
    return close(fd);
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
