/*
 * Idle connections: closed when their time is over or anything comes over them,
 * and found by their ends.
 */
#include "engine/sock.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/addr.h"
#include "base/clock.h"
#include "base/map.h"
#include "engine/readiness.h"

/* The most bytes read and dropped from an idle connection that is shut down. */
#define DRAIN_MAX_BYTES (1024 * 1024)

void
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

/* Append an address with its NUL, and a port, at end.  Returns the new end. */
static char *
put_end(char *end, const char *ip, int port)
{
    size_t n = strlen(ip) + 1;

    assert(n <= INET6_ADDRSTRLEN);
    memcpy(end, ip, n);
    memcpy(end + n, &port, sizeof(port));
    return end + n + sizeof(port);
}

uint64_t
sockets_ends(const char *ip, int port, const char *local_ip, int local_port)
{
    char ends[2 * (INET6_ADDRSTRLEN + sizeof(port))], *end;

    /* For each request: no snprintf(), which takes 1,800 instructions. */
    end = put_end(ends, ip, port);
    end = put_end(end, local_ip, local_port);
    return map_stable_hash(ends, (size_t)(end - ends)) | 1;
}

uint64_t
sockets_unix_ends(int64_t number)
{
    return map_stable_hash((const char *)&number, sizeof(number)) | 1;
}

/* The address in libcurl's form; an empty text if there is none. */
static int
address_text(const struct sockaddr_storage *sa, char text[INET6_ADDRSTRLEN])
{
    const struct sockaddr_in *v4 = (const void *)sa;
    const struct sockaddr_in6 *v6 = (const void *)sa;
    struct addr addr;
    int port = 0;

    if (sa->ss_family == AF_INET)
        port = ntohs(v4->sin_port);
    else if (sa->ss_family == AF_INET6)
        port = ntohs(v6->sin6_port);
    text[0] = '\0';
    if (addr_from_sockaddr((const void *)sa, &addr) == 0)
        addr_format(&addr, text);
    return port;
}

int
sockets_peer(int fd, char ip[INET6_ADDRSTRLEN])
{
    struct sockaddr_storage peer = {0};
    socklen_t len = sizeof(peer);

    /* A connection closed by its peer has no peer name any more. */
    (void)getpeername(fd, (void *)&peer, &len);
    return address_text(&peer, ip);
}

uint64_t
sock_ends(const struct sock *k)
{
    struct sockaddr_storage local = {0};
    socklen_t local_len = sizeof(local);
    char ip[INET6_ADDRSTRLEN], local_ip[INET6_ADDRSTRLEN];
    int port, local_port;

    if (k->family == AF_UNIX)
        return k->unix_ends | 1;
    port = sockets_peer(k->io.fd, ip);
    (void)getsockname(k->io.fd, (void *)&local, &local_len);
    local_port = address_text(&local, local_ip);
    return sockets_ends(ip, port, local_ip, local_port);
}

void
ends_add(struct sock *k)
{
    struct sock **list;

    if (k->ends)
        return;
    k->ends = sock_ends(k);
    list = &k->owner->by_ends[k->ends % ENDS_LISTS];
    k->same_list = *list;
    *list = k;
}

struct sock *
ends_find(const struct sockets *s, uint64_t ends)
{
    struct sock *k = s->by_ends[ends % ENDS_LISTS];

    while (k && k->ends != ends)
        k = k->same_list;
    return k;
}

void
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

void
ends_note_unix(struct wire *w)
{
    struct sock *k = w->oldest ? w->oldest : sock_opened_by(w);

    if (!k || k->family != AF_UNIX)
        return;
    ends_remove(k);
    k->ends = 0;
    k->unix_ends = w->ends;
}

void
idle_add(struct sock *k)
{
    struct sockets *s = k->owner;
    struct sock *before = s->idle_tail;
    int64_t lifetime_us = s->config.lifetime_us;

    if (!k->is_ours || k->is_shut || s->config.keepalive_us == 0)
        return;
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

void
idle_close(struct sockets *s)
{
    int64_t now_us = clock_now_us();
    struct sock *k;

    while ((k = s->idle_head) && now_us >= k->closes_us)
        sock_shut(k);
    idle_arm(s);
}

static void
on_idle_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
    (void)loop, (void)revents;
    idle_close(w->data);
}

void
sockets_close_old(struct sockets *s)
{
    if (s->config.lifetime_us > 0)
        idle_close(s);
}

void
idle_evict(struct sockets *s, uint64_t host, uint32_t most)
{
    struct sock *k, *next;
    size_t n = 0;

    for (size_t fd = 0; fd < s->nfds; fd++) {
        k = s->by_fd[fd];
        n += k && k->is_ours && !k->is_shut && k->host == host;
    }
    for (k = s->idle_head; k && n > most; k = next) {
        next = k->next;
        if (k->host != host)
            continue;
        sock_shut(k);
        n--;
    }
}

void
idle_init(struct sockets *s)
{
    ev_init(&s->idle_timer, on_idle_timer);
    s->idle_timer.data = s;
}

/* ---- what comes over them ------------------------------------------------ */

/* Is there anything to read, even if it is the end?  Not by poll(), which is
 * ours and may answer by what was known in a call of libcurl. */
static bool
has_input(const struct sock *k)
{
    struct pollfd p = {.fd = k->io.fd, .events = POLLIN | POLLRDHUP};
    const struct timespec now = {0};

    return ppoll(&p, 1, &now, NULL) != 0;
}

/* Read pending bytes: libcurl < 8.x treats a TLS connection with bytes to read
 * as alive even after shutdown. */
static void
drain(const struct sock *k)
{
    char bytes[16 * 1024];
    size_t left = DRAIN_MAX_BYTES / sizeof(bytes);

    while (left-- > 0 && recv(k->io.fd, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
        ;
}

/*
 * Something arrived on an idle connection.  With HTTP/2 it may be a frame,
 * which libcurl reads before the next request; each answer names its stream.
 * Otherwise it is the end of the connection, or bytes that belong to no
 * request and would be taken for the next answer.  With TLS 1.3 it may be a
 * session ticket; that cannot be told apart without the keys, so it costs a
 * connection.
 */
void
idle_on_input(struct sock *k)
{
    char byte;

    /* The event is from before the last request, which has read what came. */
    if (!has_input(k))
        return;
    if (k->is_stream &&
        (!k->has_streams ||
         recv(k->io.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)) {
        sock_shut(k);
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
        if (k->is_shut || streams_are_silent(k) || streams_are_leaving(k))
            return false;
        if (k->is_idle && !k->has_streams &&
            (clock_now_us() - k->idle_us > most_idle_us ||
             (s->config.reuses_unread && !readiness_is_quiet(k->io.fd) &&
              has_input(k))))
            return false;
    }
    return true;
}
