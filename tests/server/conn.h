/*
 * conn.h - one client's connection, from accept to close.
 */
#ifndef SERVER_CONN_H
#define SERVER_CONN_H

#include <stdbool.h>

struct ev_loop;

/*
 * Serve the socket fd, which is non-blocking and becomes the connection's.
 * The connection frees itself when it is over.
 *
 * local, peer  both addresses as text, copied
 * control      it is there for control requests alone: count nothing
 */
void conn_start(struct ev_loop *loop, int fd, const char *local,
                const char *peer, bool control);

#endif /* SERVER_CONN_H */
