/*
 * listen.h - the sockets that clients connect to.
 */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

struct ev_loop;

/*
 * Listen on every address, all with the same port.  Only loopback peers are
 * served, whatever the address.
 *
 * port     0: any that is free on all of them
 * control  count nothing of what comes in here
 * returns  the port, or -1 after a message
 */
int listen_tcp(struct ev_loop *loop, const char *const *addresses, size_t n,
               int port, bool control);

/*
 * Listen on a unix socket, which must not exist yet.
 *
 * control  as above
 * returns  0, or -1 after a message
 */
int listen_unix(struct ev_loop *loop, const char *path, bool control);

/*
 * Open a port of 127.0.0.1 where connecting gets no answer at all.
 *
 * returns  the port, or -1 after a message
 */
int listen_deaf(void);

#endif /* SERVER_LISTEN_H */
