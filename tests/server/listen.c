#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <ev.h>

#include "conn.h"

enum { BACKLOG = 4096, PORT_TRIES = 50 };

/* One listening socket; lives as long as the server. */
struct listener {
    ev_io io;
    bool control;
};

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_storage room;
};

static int
complain(const char *what)
{
    fprintf(stderr, "server: error: %s: %s\n", what, strerror(errno));
    return -1;
}

static bool
is_loopback(const union address *a)
{
    switch (a->any.sa_family) {
    case AF_INET:
        return ntohl(a->in.sin_addr.s_addr) >> 24 == 127;
    case AF_INET6:
        return IN6_IS_ADDR_LOOPBACK(&a->in6.sin6_addr);
    default:
        return a->any.sa_family == AF_UNIX;
    }
}

/* "127.0.0.1", and ":port" behind it if asked; "unix" for a unix socket. */
static void
address_text(const union address *a, bool with_port, char *out, size_t size)
{
    char ip[INET6_ADDRSTRLEN] = "unix";
    int port = 0;

    if (a->any.sa_family == AF_INET) {
        inet_ntop(AF_INET, &a->in.sin_addr, ip, sizeof(ip));
        port = ntohs(a->in.sin_port);
    } else if (a->any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &a->in6.sin6_addr, ip, sizeof(ip));
        port = ntohs(a->in6.sin6_port);
    }
    if (with_port && port)
        snprintf(out, size, "%s:%d", ip, port);
    else
        snprintf(out, size, "%s", ip);
}

static void
accept_one(struct ev_loop *loop, const struct listener *l)
{
    union address peer = {0}, local = {0};
    socklen_t size = sizeof(peer);
    char local_text[64], peer_text[64];

    int fd = accept4(l->io.fd, &peer.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE)
            complain("accept");
        return;
    }
    if (!is_loopback(&peer)) {
        close(fd);
        return;
    }

    size = sizeof(local);
    getsockname(fd, &local.any, &size);
    if (local.any.sa_family != AF_UNIX)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    address_text(&local, false, local_text, sizeof(local_text));
    address_text(&peer, true, peer_text, sizeof(peer_text));
    conn_start(loop, fd, local_text, peer_text, l->control);
}

/*
 * Accepts come last in a turn, one at a time: a client that closes one
 * connection before it opens another must never be seen with both.
 */
static void
on_connection(struct ev_loop *loop, ev_io *io, int events)
{
    (void)events;
    accept_one(loop, io->data);
}

static void
start_listener(struct ev_loop *loop, int fd, bool control)
{
    struct listener *l = calloc(1, sizeof(*l));
    if (!l)
        abort();
    l->control = control;
    ev_io_init(&l->io, on_connection, fd, EV_READ);
    l->io.data = l;
    ev_set_priority(&l->io, EV_MINPRI);
    ev_io_start(loop, &l->io);
}

static bool
parse_address(const char *text, int port, union address *a, socklen_t *size)
{
    *a = (union address){0};
    if (inet_pton(AF_INET, text, &a->in.sin_addr) == 1) {
        a->in.sin_family = AF_INET;
        a->in.sin_port = htons((uint16_t)port);
        *size = sizeof(a->in);
        return true;
    }
    if (inet_pton(AF_INET6, text, &a->in6.sin6_addr) == 1) {
        a->in6.sin6_family = AF_INET6;
        a->in6.sin6_port = htons((uint16_t)port);
        *size = sizeof(a->in6);
        return true;
    }
    errno = EINVAL;
    return false;
}

/* Bind and listen; the port it got goes to *port.  -1 with errno set. */
static int
open_tcp(const char *address, int *port, int backlog)
{
    union address a;
    socklen_t size;

    if (!parse_address(address, *port, &a, &size))
        return -1;
    int fd =
        socket(a.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (a.any.sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &(int){1}, sizeof(int));
    if (bind(fd, &a.any, size) != 0 || listen(fd, backlog) != 0 ||
        getsockname(fd, &a.any, &size) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    *port = ntohs(a.in.sin_port); /* at the same place in sockaddr_in6 */
    return fd;
}

/* Open a socket per address, all with one port; close them all if one fails. */
static bool
open_all(const char *const *addresses, size_t n, int *port, int *fds)
{
    for (size_t i = 0; i < n; i++) {
        fds[i] = open_tcp(addresses[i], port, BACKLOG);
        if (fds[i] < 0) {
            int error = errno;
            while (i > 0)
                close(fds[--i]);
            errno = error;
            return false;
        }
    }
    return true;
}

int
listen_tcp(struct ev_loop *loop, const char *const *addresses, size_t n,
           int port, bool control)
{
    int *fds = calloc(n, sizeof(*fds));
    if (!fds)
        abort();

    int wanted = port;
    bool opened = open_all(addresses, n, &port, fds);
    /* The port that the first got may be taken on another address. */
    for (int i = 0; !opened && wanted == 0 && i < PORT_TRIES; i++) {
        port = 0;
        opened = open_all(addresses, n, &port, fds);
    }
    if (opened) {
        for (size_t i = 0; i < n; i++)
            start_listener(loop, fds[i], control);
    } else {
        port = complain("cannot listen");
    }
    free(fds);
    return port;
}

int
listen_unix(struct ev_loop *loop, const char *path, bool control)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof(a.sun_path)) {
        errno = ENAMETOOLONG;
        return complain(path);
    }
    memcpy(a.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 ||
        listen(fd, BACKLOG) != 0)
        return complain(path);
    start_listener(loop, fd, control);
    return 0;
}

/*
 * With the backlog full, Linux drops further SYNs without a word.  So fill it
 * with connections of our own, until one of them gets stuck.
 */
int
listen_deaf(void)
{
    union address a;
    socklen_t size;
    int port = 0;

    if (open_tcp("127.0.0.1", &port, 0) < 0)
        return complain("deaf port");
    if (!parse_address("127.0.0.1", port, &a, &size))
        return complain("deaf port");
    for (int i = 0; i < 16; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0)
            return complain("deaf port");
        if (connect(fd, &a.any, size) == 0)
            continue;
        struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
        if (poll(&poll_fd, 1, 100) == 0)
            return port;
    }
    errno = ETIMEDOUT;
    return complain("deaf port");
}
