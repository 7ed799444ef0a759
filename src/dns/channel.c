#include "dns/channel.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "dns/name_servers.h"

#include <ares.h>
#include <ev.h>

#include <assert.h>
#include <stdlib.h>

#define FIRST_TIMEOUT_MS    2000
#define ROUNDS              3
#define SOCKET_BUFFER_BYTES 212992 /* for the answers */

/* A socket of c-ares.  libev keeps the watcher's address. */
struct sock {
    struct list_node node;   /* in the channel's list */
    struct channel *channel; /* back to the owner */
    ev_io io;                /* knows the fd */
};

struct channel {
    struct channel_config config;
    ares_channel ares;
    struct list socks; /* of struct sock */
};

/* ---- sockets ------------------------------------------------------------ */

static void
on_socket(struct ev_loop *loop, ev_io *io, int revents)
{
    struct channel *c = ((struct sock *)io->data)->channel;
    int fd = io->fd;

    (void)loop;
    /* This may close the socket, and free io with it. */
    ares_process_fd(c->ares, revents & EV_READ ? fd : ARES_SOCKET_BAD,
                    revents & EV_WRITE ? fd : ARES_SOCKET_BAD);
    c->config.on_work(c->config.ctx);
}

static struct sock *
sock_find(struct channel *c, int fd)
{
    struct list_node *node = list_first(&c->socks);

    for (; node != NULL; node = list_next(&c->socks, node)) {
        struct sock *s = LIST_OWNER(node, struct sock, node);

        if (s->io.fd == fd)
            return s;
    }
    return NULL;
}

static struct sock *
sock_new(struct channel *c, int fd)
{
    struct sock *s = xcalloc(1, sizeof(*s));

    s->channel = c;
    ev_io_init(&s->io, on_socket, fd, 0);
    s->io.data = s;
    /* Before the deadlines of the same turn: an answer that has been lying
     * in the socket while the loop was held up is in time. */
    ev_set_priority(&s->io, EV_MAXPRI);
    list_push_tail(&c->socks, &s->node);
    return s;
}

static void
sock_free(struct sock *s)
{
    ev_io_stop(s->channel->config.loop, &s->io);
    list_remove(&s->node);
    free(s);
}

/* c-ares opened a socket, waits for something else on it, or closes it. */
static void
on_sock_state(void *data, ares_socket_t fd, int readable, int writable)
{
    struct channel *c = data;
    struct sock *s = sock_find(c, fd);
    int events = (readable ? EV_READ : 0) | (writable ? EV_WRITE : 0);

    if (events == 0) {
        if (s != NULL)
            sock_free(s);
        return;
    }
    if (s == NULL)
        s = sock_new(c, fd);
    ev_io_stop(c->config.loop, &s->io);
    ev_io_set(&s->io, fd, events);
    ev_io_start(c->config.loop, &s->io);
}

/* ---- the channel -------------------------------------------------------- */

/* NULL, or what is wrong. */
static const char *
open_ares(struct channel *c)
{
    char lookups[] = "b"; /* DNS alone: the hosts file is ours */
    struct ares_options options = {
        .timeout = FIRST_TIMEOUT_MS,
        .tries = ROUNDS,
        .socket_send_buffer_size = SOCKET_BUFFER_BYTES,
        .socket_receive_buffer_size = SOCKET_BUFFER_BYTES,
        .lookups = lookups,
        .sock_state_cb = on_sock_state,
        .sock_state_cb_data = c,
    };
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_SNDBUF |
               ARES_OPT_SOCK_RCVBUF | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB;
    int status;

#ifdef ARES_OPT_QUERY_CACHE
    mask |= ARES_OPT_QUERY_CACHE; /* none: qcache_max_ttl is 0 */
#endif
    /* Without memory the run ends, and c-ares is not asked what it does. */
    status = ares_library_init_mem(ARES_LIB_INIT_ALL, xmalloc, free, xrealloc);
    if (status == ARES_SUCCESS)
        status = ares_init_options(&c->ares, &options, mask);
    return status == ARES_SUCCESS ? NULL : ares_strerror(status);
}

/* Hand the user's list to c-ares; NULL, or what is wrong. */
static const char *
set_servers(struct channel *c, const char *list)
{
    struct buf csv = BUF_INIT;
    const char *why = name_servers_parse(&csv, list);
    int status;

    if (why == NULL) {
        status = ares_set_servers_ports_csv(c->ares, csv.data);
        why = status == ARES_SUCCESS ? NULL : ares_strerror(status);
    }
    buf_fini(&csv);
    return why;
}

struct channel *
channel_new(const struct channel_config *config, const char **why)
{
    struct channel *c = xcalloc(1, sizeof(*c));

    c->config = *config;
    list_init(&c->socks);
    *why = open_ares(c);
    if (*why == NULL && config->servers != NULL)
        *why = set_servers(c, config->servers);
    if (*why == NULL)
        return c;
    channel_free(c);
    return NULL;
}

void
channel_free(struct channel *c)
{
    if (c == NULL)
        return;
    if (c->ares != NULL)
        ares_destroy(c->ares); /* calls those who wait, and on_sock_state() */
    ares_library_cleanup();
    assert(list_first(&c->socks) == NULL);
    free(c);
}

void
channel_ask(struct channel *c, const char *name, int family, channel_cb *cb,
            void *ctx)
{
    struct ares_addrinfo_hints hints = {
        /* Sorting would open a socket for each address. */
        .ai_flags = ARES_AI_NOSORT,
        .ai_family = family,
    };

    ares_getaddrinfo(c->ares, name, NULL, &hints, cb, ctx);
}

void
channel_tick(struct channel *c)
{
    ares_process_fd(c->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}
