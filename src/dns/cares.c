/* c-ares 1.34 deprecates functions whose replacements 1.18 does not have. */
#define CARES_NO_DEPRECATED
#include "dns/cares.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <ares.h>
#include <ev.h>

#include "base/alloc.h"

#define UDP_ROUNDS          3
#define TCP_TIMEOUT_MS      5000   /* for each server */
#define SOCKET_BUFFER_BYTES 212992 /* for the answers */

/* A socket of c-ares.  libev keeps the watcher's address. */
struct sock {
    struct list_node node; /* in the owner's list */
    struct cares *owner;
    ev_io io; /* knows the fd */
};

static void
on_socket(struct ev_loop *loop, ev_io *io, int revents)
{
    struct cares *c = ((struct sock *)io->data)->owner;
    int fd = io->fd;

    (void)loop;
    /* This may close the socket and free io. */
    ares_process_fd(c->ares, revents & EV_READ ? fd : ARES_SOCKET_BAD,
                    revents & EV_WRITE ? fd : ARES_SOCKET_BAD);
    c->on_work(c->ctx);
}

static struct sock *
sock_find(struct cares *c, int fd)
{
    struct list_node *node = list_first(&c->socks);

    for (; node; node = list_next(&c->socks, node)) {
        struct sock *s = LIST_OWNER(node, struct sock, node);

        if (s->io.fd == fd)
            return s;
    }
    return NULL;
}

static struct sock *
sock_new(struct cares *c, int fd)
{
    struct sock *s = xcalloc(1, sizeof(*s));

    s->owner = c;
    ev_io_init(&s->io, on_socket, fd, 0);
    s->io.data = s;
    /* Runs before timers of the same turn: an answer that was in the socket
     * while the loop was busy is in time. */
    ev_set_priority(&s->io, EV_MAXPRI);
    list_push_tail(&c->socks, &s->node);
    return s;
}

static void
sock_free(struct sock *s)
{
    ev_io_stop(s->owner->loop, &s->io);
    list_remove(&s->node);
    free(s);
}

/* c-ares opened a socket, changed what it waits for, or closed it. */
static void
on_sock_state(void *data, ares_socket_t fd, int readable, int writable)
{
    struct cares *c = data;
    struct sock *s = sock_find(c, fd);
    int events = (readable ? EV_READ : 0) | (writable ? EV_WRITE : 0);

    if (events == 0) {
        if (s)
            sock_free(s);
        return;
    }
    if (!s)
        s = sock_new(c, fd);
    ev_io_stop(c->loop, &s->io);
    ev_io_set(&s->io, fd, events);
    ev_io_start(c->loop, &s->io);
}

#if ARES_VERSION >= 0x011600 /* 1.22 */
static bool
is_readable(const unsigned char *packet, size_t len)
{
    ares_dns_record_t *record = NULL;
    ares_status_t status = ares_dns_parse(packet, len, 0, &record);

    ares_dns_record_destroy(record);
    return status == ARES_SUCCESS;
}

/*
 * c-ares >= 1.22 closes the socket of a packet that it cannot read, with all
 * questions that are open there: a name with a malformed answer would fail
 * every other one.  So we read each packet first and drop such a one, as if it
 * were lost.  Returns as recvfrom(2) does.
 */
static ares_ssize_t
receive_readable(ares_socket_t fd, void *packet, size_t size, int flags,
                 struct sockaddr *from, ares_socklen_t *from_len, void *ctx)
{
    ssize_t n = recvfrom(fd, packet, size, flags, from, from_len);

    (void)ctx;
    if (n <= 0 || is_readable(packet, (size_t)n))
        return n;
    errno = EAGAIN;
    return -1;
}

static void
drop_unreadable(struct cares *c)
{
    static const struct ares_socket_functions functions = {
        .arecvfrom = receive_readable,
    };

    ares_set_socket_functions(c->ares, &functions, NULL);
}
#else
static void
drop_unreadable(struct cares *c)
{
    (void)c; /* c-ares drops them itself */
}
#endif

const char *
cares_open(struct cares *c, bool is_udp, int more_flags)
{
    char lookups[] = "b"; /* only DNS: we read the hosts file ourselves */
    /* Without EDNS, as glibc asks: old servers drop questions that have it. */
    struct ares_options options = {
        .flags = more_flags | (is_udp ? ARES_FLAG_IGNTC : ARES_FLAG_USEVC),
        .timeout = is_udp ? CARES_FIRST_TIMEOUT_MS : TCP_TIMEOUT_MS,
        .tries = is_udp ? UDP_ROUNDS : 1,
        .socket_send_buffer_size = SOCKET_BUFFER_BYTES,
        .socket_receive_buffer_size = SOCKET_BUFFER_BYTES,
        .lookups = lookups,
        .sock_state_cb = on_sock_state,
        .sock_state_cb_data = c,
    };
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
               ARES_OPT_SOCK_SNDBUF | ARES_OPT_SOCK_RCVBUF | ARES_OPT_LOOKUPS |
               ARES_OPT_SOCK_STATE_CB;
    int status;

    list_init(&c->socks);
#ifdef ARES_OPT_QUERY_CACHE
    mask |= ARES_OPT_QUERY_CACHE; /* none: qcache_max_ttl is 0 */
#endif
    status = ares_init_options(&c->ares, &options, mask);
    if (status != ARES_SUCCESS)
        return ares_strerror(status);
    if (is_udp)
        drop_unreadable(c);
    return NULL;
}

void
cares_close(struct cares *c)
{
    if (!c->ares)
        return;
    ares_destroy(c->ares);
    c->ares = NULL;
    assert(!list_first(&c->socks));
}
