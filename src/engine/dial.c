/*
 * Sockets that connect: room for a second one of a transfer (happy eyeballs),
 * which libcurl does not count.
 */
#include "engine/sock.h"

#include <assert.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

void
dial_add(struct wire *d, struct sock *k)
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

void
dial_remove(struct sock *k)
{
    struct wire *d = k->dial;
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

int
sockets_dialled(const struct wire *d, char ip[INET6_ADDRSTRLEN])
{
    int port;

    ip[0] = '\0';
    for (const struct sock *k = d->oldest; k; k = k->later)
        if ((port = sockets_peer(k->io.fd, ip)) != 0)
            return port;
    return 0;
}

void
sockets_forget(struct wire *d)
{
    while (d->oldest)
        dial_remove(d->oldest);
    d->ip[0] = '\0';
    d->lost_attempt = false;
    d->lost_family = 0;
}

static bool
is_connecting(const struct sock *k)
{
    struct pollfd p = {.fd = k->io.fd, .events = POLLOUT};

    return poll(&p, 1, 0) == 0;
}

static bool
is_full(const struct sockets *s)
{
    return s->nopen >= s->config.limit;
}

/* End one of a transfer's sockets.  Usually the oldest is stuck; but if it has
 * just connected, libcurl continues with it, so end the newest. */
static void
end_attempt(struct wire *d)
{
    struct sock *k = d->oldest;

    if (!is_connecting(k))
        while (k->later)
            k = k->later;
    d->lost_attempt = true;
    d->lost_family = k->family;
    sock_shut(k);
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

/* May the transfer open another socket beside those that are connecting? */
static bool
may_race(struct wire *d, const struct curl_sockaddr *addr)
{
    if (!is_full(d->owner) && d->owner->config.limit_per_host == 0)
        return true;
    if (!is_connecting(d->oldest) || !has_route(addr))
        return false;
    end_attempt(d);
    if (d->lost_family == addr->family)
        d->lost_family = 0;
    return true;
}

bool
dial_make_room(struct wire *d, const struct curl_sockaddr *addr)
{
    struct sockets *s = d->owner;
    struct sock *next;

    for (struct sock *k = d->oldest; k; k = next) {
        next = k->later;
        if (sock_is_gone(k))
            sock_drop(s, k->io.fd);
    }
    if (d->host)
        idle_evict(s, d->host, s->config.limit_per_host - 1);
    /* While no transfer has two sockets, libcurl's own count is right. */
    if (is_full(s) && s->idle_head && (d->oldest || s->racing))
        sock_shut(s->idle_head);
    /* The family that gave way must not come back: its next address would take
     * the room made for the other family. */
    if (d->lost_family == addr->family)
        return false;
    if (d->oldest)
        return may_race(d, addr);
    if (is_full(s) && s->racing)
        end_attempt(s->racing);
    return true;
}
