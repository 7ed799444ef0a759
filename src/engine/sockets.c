#include "engine/sockets.h"

#include <assert.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ev.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "base/clock.h"
#include "base/map.h"
#include "engine/allowance.h"
#include "engine/transfer.h"

/* What may wait in the kernel to be sent, where uploads are timed: it would
 * else take megabytes, which are minutes on a slow line. */
#define UNSENT_MAX_BYTES (64 * 1024)

/* Connections that multiplex and hold their streams; of more, streams have
 * little in common. */
#define MULTIPLEXED_MAX 8

/* Lists of connections by their ends: more than an engine has connections. */
#define ENDS_LISTS 256

/* What is thrown away of an idle connection that is shut down. */
#define DRAIN_MAX_BYTES (1024 * 1024)

struct sock {
    ev_io io;
    struct sockets *owner;
    struct sock *prev, *next; /* idle ones, first to be closed first */
    int64_t opened_us;        /* clock_now_us(); ev_now() is the wall's */
    int64_t closes_us;        /* when it has been idle, or open, for too long */
    struct dial *dial;        /* the transfer that is connecting it, or NULL */
    struct sock *later;       /* the dial's next one */
    struct sock *same_list;   /* next in by_ends */
    uint64_t ends;            /* sockets_ends(), 0: not known yet */
    int64_t idle_us;          /* since when it is_idle, clock_now_us() */
    uint64_t host;            /* whom it was used for last */
    const struct transfer *user; /* the last that watched it; to compare */
    ino_t inode;              /* the socket's, where is_ours */
    int family;               /* AF_..., ditto */
    size_t read_in_vain;      /* bytes that no transfer had anything of */
    bool is_ours;             /* opened by sockets_open(): a connection */
    bool is_idle;             /* in the list */
    bool is_cut;              /* shut down, and no longer counted as open */
    bool is_stream;           /* of bytes, not of datagrams (QUIC) */
    bool has_streams;         /* HTTP/2: frames may come at any time */
    bool was_read;            /* libcurl waited for bytes: it was connected */
};

struct sockets {
    struct sockets_config config;
    struct sock **by_fd; /* NULL where none */
    size_t *nread;       /* ditto: bytes that the last connection brought */
    size_t nfds;
    struct sock *idle_head, *idle_tail;
    struct sock *by_ends[ENDS_LISTS]; /* that have been idle once */
    ev_timer idle_timer;              /* for the head */
    struct dial *racing;              /* those that connect several at once */
    int multiplexed[MULTIPLEXED_MAX]; /* nmultiplexed descriptors */
    size_t nmultiplexed;
    bool has_abandoned; /* see sockets_take_abandoned() */
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

/* Arm the timer for the one that is to be closed first. */
static void
idle_arm(struct sockets *s)
{
    int64_t left_us;

    if (!s->idle_head || ev_is_active(&s->idle_timer))
        return;
    left_us = s->idle_head->closes_us - clock_now_us();
    ev_timer_set(&s->idle_timer, left_us > 0 ? (double)left_us / 1e6 : 0, 0);
    ev_timer_start(s->config.loop, &s->idle_timer);
}

/* ---------------------------------------------- connections by their ends */

uint64_t
sockets_ends(const char *ip, int port, const char *local_ip, int local_port)
{
    char text[2 * INET6_ADDRSTRLEN + 16];
    int n = snprintf(text, sizeof(text), "%s %d %s %d", ip, port, local_ip,
                     local_port);

    assert(n > 0 && (size_t)n < sizeof(text));
    return map_stable_hash(text, (size_t)n) | 1;
}

/* The address as libcurl writes it; an empty text if it has none. */
static int
address_text(const struct sockaddr_storage *addr, char text[INET6_ADDRSTRLEN])
{
    const struct sockaddr_in *v4 = (const void *)addr;
    const struct sockaddr_in6 *v6 = (const void *)addr;
    const void *from = NULL;
    int port = 0;

    text[0] = '\0';
    if (addr->ss_family == AF_INET) {
        from = &v4->sin_addr;
        port = ntohs(v4->sin_port);
    } else if (addr->ss_family == AF_INET6) {
        from = &v6->sin6_addr;
        port = ntohs(v6->sin6_port);
    }
    if (from)
        inet_ntop(addr->ss_family, from, text, INET6_ADDRSTRLEN);
    return port;
}

/* Of a connection.  Those of a Unix socket all have the same ends, which are
 * none. */
static uint64_t
ends_of(const struct sock *k)
{
    struct sockaddr_storage peer = {0}, local = {0};
    socklen_t peer_len = sizeof(peer), local_len = sizeof(local);
    char ip[INET6_ADDRSTRLEN], local_ip[INET6_ADDRSTRLEN];
    int port, local_port;

    /* A peer that closed it has no name any more: a dead connection. */
    (void)getpeername(k->io.fd, (void *)&peer, &peer_len);
    (void)getsockname(k->io.fd, (void *)&local, &local_len);
    port = address_text(&peer, ip);
    local_port = address_text(&local, local_ip);
    return sockets_ends(ip, port, local_ip, local_port);
}

/* Enter a connection that is idle for the first time. */
static void
ends_add(struct sock *k)
{
    struct sock **list;

    k->ends = ends_of(k);
    list = &k->owner->by_ends[k->ends % ENDS_LISTS];
    k->same_list = *list;
    *list = k;
}

static void
ends_remove(struct sock *k)
{
    struct sock **at;

    if (!k->ends)
        return;
    at = &k->owner->by_ends[k->ends % ENDS_LISTS];
    while (*at != k)
        at = &(*at)->same_list;
    *at = k->same_list;
}

/* ------------------------------------------------------------ idle ones */

/* Without a lifetime the last one to be idle is the last one to be closed. */
static void
idle_add(struct sock *k)
{
    struct sockets *s = k->owner;
    struct sock *before = s->idle_tail;
    int64_t lifetime_us = s->config.lifetime_us;

    if (!k->is_ours || k->is_cut || s->config.keepalive_us == 0)
        return;
    if (!k->ends && k->is_stream)
        ends_add(k);
    k->is_idle = true;
    k->idle_us = clock_now_us();
    k->closes_us = k->idle_us + s->config.keepalive_us;
    if (lifetime_us > 0 && k->closes_us > k->opened_us + lifetime_us)
        k->closes_us = k->opened_us + lifetime_us;
    while (before && before->closes_us > k->closes_us)
        before = before->prev;
    k->prev = before;
    k->next = before ? before->next : s->idle_head;
    *(k->prev ? &k->prev->next : &s->idle_head) = k;
    *(k->next ? &k->next->prev : &s->idle_tail) = k;
    if (lifetime_us > 0 && k == s->idle_head)
        ev_timer_stop(s->config.loop, &s->idle_timer);
    idle_arm(s);
}

/* ------------------------------------------------- sockets that connect */

static void
dial_add(struct dial *d, struct sock *k)
{
    struct sockets *s = d->owner;
    struct sock **at = &d->oldest;
    size_t n = 1;

    for (; *at; at = &(*at)->later)
        n++;
    *at = k;
    k->dial = d;
    if (n != 2)
        return;
    d->prev = NULL;
    d->next = s->racing;
    if (d->next)
        d->next->prev = d;
    s->racing = d;
}

static void
dial_remove(struct sock *k)
{
    struct dial *d = k->dial;
    struct sock **at;
    bool was_racing;

    if (!d)
        return;
    assert(d->oldest != NULL);
    was_racing = d->oldest->later != NULL;
    for (at = &d->oldest; *at != k; at = &(*at)->later)
        assert(*at != NULL);
    *at = k->later;
    k->later = NULL;
    k->dial = NULL;
    if (!was_racing || (d->oldest && d->oldest->later))
        return;
    *(d->prev ? &d->prev->next : &d->owner->racing) = d->next;
    if (d->next)
        d->next->prev = d->prev;
}

void
sockets_forget(struct dial *d)
{
    while (d->oldest)
        dial_remove(d->oldest);
    d->gave_way = false;
    d->lost_family = 0;
}

static bool
is_connecting(const struct sock *k)
{
    struct pollfd p = {.fd = k->io.fd, .events = POLLOUT};

    return poll(&p, 1, 0) == 0;
}

/* ----------------------------------------------------------------- limits */

/* End a connection, or the attempt at one, as its peer sees it.  libcurl
 * closes the socket when it next looks. */
static void
cut(struct sock *k)
{
    dial_remove(k);
    if (k->is_idle) {
        idle_remove(k);
        ev_io_stop(k->owner->config.loop, &k->io);
    }
    (void)shutdown(k->io.fd, SHUT_RDWR);
    k->is_cut = true;
    k->owner->nopen--;
}

/* Shut down what has been idle for long enough. */
static void
close_idle(struct sockets *s)
{
    int64_t now_us = clock_now_us();
    struct sock *k;

    while ((k = s->idle_head) && now_us >= k->closes_us)
        cut(k);
    idle_arm(s);
}

static void
on_idle_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    (void)loop, (void)revents;
    close_idle(w->data);
}

void
sockets_close_old(struct sockets *s)
{
    if (s->config.lifetime_us > 0)
        close_idle(s);
}

uint32_t
sockets_limit(const struct sockets *s)
{
    return s->config.limit;
}

void
sockets_set_limit(struct sockets *s, uint32_t limit)
{
    s->config.limit = limit;
    while (s->nopen > limit && s->idle_head)
        cut(s->idle_head);
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
    free(s->nread);
    free(s);
}

/* Is there anything to read, were it the end? */
static bool
has_input(const struct sock *k)
{
    struct pollfd p = {.fd = k->io.fd, .events = POLLIN | POLLRDHUP};

    return poll(&p, 1, 0) != 0;
}

/* Take what came out of the socket: libcurl < 8.x takes a TLS connection with
 * bytes to read for one that is alive, though it was shut down. */
static void
drain(const struct sock *k)
{
    char bytes[16 * 1024];
    size_t left = DRAIN_MAX_BYTES / sizeof(bytes);

    while (left-- > 0 && recv(k->io.fd, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
        ;
}

/*
 * Something came over an idle connection.  Of HTTP/2 that may be a frame, which
 * libcurl reads before it sends a request; each answer names its request.  Else
 * it is the end of the connection, or bytes that belong to no request and would
 * be taken for the next one's answer.  With TLS 1.3 they may be a ticket: not
 * to be told apart without the keys, so that costs a connection.
 */
static void
on_idle_input(struct sock *k)
{
    char byte;

    if (k->is_stream &&
        (!k->has_streams ||
         recv(k->io.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)) {
        cut(k);
        drain(k);
    } else {
        ev_io_stop(k->owner->config.loop, &k->io);
    }
}

bool
sockets_may_send(const struct sockets *s, uint64_t ends, int64_t most_idle_us)
{
    const struct sock *k = s->by_ends[ends % ENDS_LISTS];

    for (; k; k = k->same_list) {
        if (k->ends != ends)
            continue;
        if (k->is_cut)
            return false;
        if (k->is_idle && !k->has_streams &&
            (clock_now_us() - k->idle_us > most_idle_us || has_input(k)))
            return false;
    }
    return true;
}

/* End a connection that floods us with what concerns no transfer. */
static void
judge_read(struct sock *k, bool was_heard)
{
    uint64_t ends;

    if (was_heard)
        k->read_in_vain = 0;
    else
        k->read_in_vain += allowance_used();
    if (k->read_in_vain <= READ_IN_VAIN_MAX || !k->is_ours || k->is_cut)
        return;
    ends = ends_of(k);
    cut(k);
    k->owner->config.on_flood(k->owner->config.ctx, ends);
}

static void
on_io(struct ev_loop *loop, ev_io *w, int revents)
{
    struct sock *k = w->data;
    struct sockets *s = k->owner;
    uint64_t nheard = *s->config.nheard;
    int what = 0, fd = w->fd, running;

    (void)loop;
    if (k->is_idle) {
        on_idle_input(k);
        return;
    }
    if (revents & EV_READ)
        what |= CURL_CSELECT_IN;
    if (revents & EV_WRITE)
        what |= CURL_CSELECT_OUT;
    if (revents & EV_ERROR)
        what |= CURL_CSELECT_ERR;
    allowance_begin_call();
    curl_multi_socket_action(s->config.multi, fd, what, &running);
    s->nread[fd] += allowance_used();
    if (s->by_fd[fd] == k) /* else libcurl has closed it */
        judge_read(k, nheard != *s->config.nheard);
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
        s->nread = xrealloc(s->nread, n * sizeof(*s->nread));
        memset(s->nread + s->nfds, 0, (n - s->nfds) * sizeof(*s->nread));
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

/* ------------------------------------------- connections with many streams */

static void
forget_multiplexed(struct sockets *s, int fd)
{
    for (size_t i = 0; i < s->nmultiplexed; i++)
        if (s->multiplexed[i] == fd)
            s->multiplexed[i] = s->multiplexed[--s->nmultiplexed];
}

void
sockets_set_multiplexed(struct sockets *s, int fd)
{
    bool is_known = fd >= 0 && (size_t)fd < s->nfds && s->by_fd[fd];

    forget_multiplexed(s, fd);
    if (is_known)
        s->by_fd[fd]->has_streams = true;
    if (is_known && s->nmultiplexed < MULTIPLEXED_MAX)
        s->multiplexed[s->nmultiplexed++] = fd;
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

static void
sock_drop(struct sockets *s, int fd)
{
    struct sock *k = (size_t)fd < s->nfds ? s->by_fd[fd] : NULL;

    if (!k)
        return;
    if (k->is_ours) {
        s->nopen -= !k->is_cut;
        s->has_abandoned = s->has_abandoned || !k->was_read;
    }
    forget_multiplexed(s, fd);
    idle_remove(k);
    ends_remove(k);
    dial_remove(k);
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

static bool
is_full(const struct sockets *s)
{
    return s->nopen >= s->config.limit;
}

/* Of a transfer that has several: the oldest does not get anywhere, as a
 * rule; where it just did it is the one that libcurl goes on with. */
static void
give_way(struct dial *d)
{
    struct sock *k = d->oldest;

    if (!is_connecting(k))
        while (k->later)
            k = k->later;
    d->gave_way = true;
    d->lost_family = k->family;
    cut(k);
}

/* Would a packet to that address leave this machine?  (Nothing is sent.) */
static bool
has_route(const struct curl_sockaddr *addr)
{
    int fd = socket(addr->family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && connect(fd, &addr->addr, addr->addrlen) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

/* May the transfer open one more beside those that it is connecting? */
static bool
may_race(struct dial *d, const struct curl_sockaddr *addr)
{
    if (!is_full(d->owner) && d->owner->config.limit_per_host == 0)
        return true;
    if (!is_connecting(d->oldest) || !has_route(addr))
        return false;
    give_way(d);
    if (d->lost_family == addr->family)
        d->lost_family = 0;
    return true;
}

/* Close idle ones of a host until it may have one more. */
static void
evict_idle(struct sockets *s, uint64_t host, uint32_t most)
{
    struct sock *k, *next;
    size_t n = 0;

    for (size_t fd = 0; fd < s->nfds; fd++) {
        k = s->by_fd[fd];
        n += k && k->is_ours && !k->is_cut && k->host == host;
    }
    for (k = s->idle_head; k && n > most; k = next) {
        next = k->next;
        if (k->host != host)
            continue;
        cut(k);
        n--;
    }
}

/* Is there room for a socket to that address?  It is made where it can be. */
static bool
make_room(struct dial *d, const struct curl_sockaddr *addr)
{
    struct sockets *s = d->owner;
    struct sock *next;

    for (struct sock *k = d->oldest; k; k = next) {
        next = k->later;
        if (is_gone(k))
            sock_drop(s, k->io.fd);
    }
    if (d->host)
        evict_idle(s, d->host, s->config.limit_per_host - 1);
    /* Without racing ones libcurl's own count is right. */
    if (is_full(s) && s->idle_head && (d->oldest || s->racing))
        cut(s->idle_head);
    /* What gave way stays away, or its family's next address would take the
     * place of the one that it was made for. */
    if (d->lost_family == addr->family)
        return false;
    if (d->oldest)
        return may_race(d, addr);
    if (is_full(s) && s->racing)
        give_way(s->racing);
    return true;
}

/* A transfer takes an idle connection. */
static void
leave_idle(struct sock *k, CURL *easy)
{
    struct sockets *s = k->owner;
    const struct transfer *x = transfer_of(easy);

    idle_remove(k);
    if (!s->config.counts_hosts || !x)
        return;
    k->host = x->dial.host;
    if (k->host)
        evict_idle(s, k->host, s->config.limit_per_host);
}

/* Does libcurl not watch it because we are not done with what it gave us? */
static bool
is_paused(CURL *easy)
{
    const struct transfer *x = transfer_of(easy);

    return x && (x->is_paused || x->is_held);
}

/* libcurl tells a transfer's socket only when it is over (7.88). */
static void
note_user(struct sock *k, CURL *easy)
{
    struct transfer *x = transfer_of(easy);

    k->user = x;
    if (x)
        x->fd = k->io.fd;
}

void
sockets_end_use(struct sockets *s, const struct transfer *x)
{
    int fd = x->fd;
    struct sock *k = fd >= 0 && (size_t)fd < s->nfds ? s->by_fd[fd] : NULL;

    if (k && k->is_ours && k->user == x && !k->is_cut && !k->is_idle &&
        !k->has_streams && ev_is_active(&k->io))
        cut(k);
}

/* Keep watching: for the end, and for the next request's sake, as starting
 * again would cost a system call each time. */
static void
watch_idle(struct sock *k)
{
    if (!k->is_idle || ev_is_active(&k->io))
        return;
    ev_io_set(&k->io, k->io.fd, EV_READ);
    ev_io_start(k->owner->config.loop, &k->io);
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
            bool is_busy = is_paused(easy);

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
    note_user(k, easy);
    if (what & CURL_POLL_IN && !k->was_read) {
        k->was_read = true;
        dial_remove(k);
        if (k->is_ours)
            s->config.on_connected(easy, fd);
    }
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

/* The port at our end; 0: it has none. */
static int
port_of(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } addr = {{0}};
    socklen_t len = sizeof(addr);

    if (getsockname(fd, &addr.any, &len) != 0)
        return 0;
    if (addr.any.sa_family == AF_INET)
        return ntohs(addr.v4.sin_port);
    return addr.any.sa_family == AF_INET6 ? ntohs(addr.v6.sin6_port) : 0;
}

bool
sockets_stands(void *ctx, int local_port)
{
    const struct sockets *s = ctx;

    for (size_t fd = 0; fd < s->nfds; fd++) {
        struct pollfd p = {.fd = (int)fd, .events = POLLRDHUP};
        const struct sock *k = s->by_fd[fd];

        if (k && k->is_ours && !k->is_cut && port_of(p.fd) == local_port)
            return poll(&p, 1, 0) == 0;
    }
    return false;
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
    struct dial *d = ctx;
    struct sockets *s = d->owner;
    struct stat st;
    struct sock *k;
    int fd;

    (void)purpose;
    if (!make_room(d, addr)) {
        errno = 0;
        return CURL_SOCKET_BAD;
    }
    fd = socket(addr->family, addr->socktype | SOCK_CLOEXEC, addr->protocol);
    if (fd < 0)
        return CURL_SOCKET_BAD;
    sock_drop(s, fd); /* of a descriptor that was closed unseen */
    k = sock_get(s, fd);
    s->nread[fd] = 0;
    k->is_ours = true;
    /* A newer libcurl (8.23) adds flags. */
    k->is_stream =
        (addr->socktype & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) == SOCK_STREAM;
    k->opened_us = s->config.lifetime_us > 0 ? clock_now_us() : 0;
    k->host = d->host;
    k->family = addr->family;
    dial_add(d, k);
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

size_t
sockets_nread(const struct sockets *s, int fd)
{
    return fd >= 0 && (size_t)fd < s->nfds ? s->nread[fd] : 0;
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
