/*
 * sockets.h - an engine's sockets: watches them for libcurl, counts them,
 * keeps them within the limits and closes idle ones.
 *
 * libcurl closes no idle connection by its own clock.  So every socket is
 * tracked from opening to closing.  A socket that libcurl stops watching is
 * idle, and is shut down when its time is over: the peer sees the end at once,
 * and libcurl finds a dead connection later.  The lifetime is checked then,
 * too: libcurl counts it in whole seconds, plus one (7.88).
 *
 * An idle connection with anything to read gets no new request: it is shut
 * down.  Just before the request is sent, libcurl or, if it does not,
 * sockets_may_send() checks once more.
 *
 * libcurl also does not count a second socket that a transfer opens while the
 * first does not connect (happy eyeballs).  It is opened if the limit has
 * room; otherwise the first one is closed for it.  A new transfer that needs
 * room closes one of them, too.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdatomic.h>

#include "base/base.h"
#include "engine/wire.h"

struct ev_loop;
struct pace;
struct sock;
struct sockets;

struct sockets_config {
    struct ev_loop *loop;
    CURLM *multi;
    uint32_t limit;          /* sockets open at once */
    uint32_t limit_per_host; /* 0: none */
    bool counts_hosts;       /* we keep limit_per_host ourselves */
    int64_t keepalive_us;    /* 0: we do not close idle ones */
    int64_t lifetime_us;     /* from opening on; 0: none */
    /* Keep few unsent bytes in the kernel, to know when a request was sent. */
    bool times_uploads;
    bool reuses_unread;          /* libcurl_reuses_unread() */
    bool forgets_streams;        /* libcurl_forgets_streams() */
    const uint64_t *nactivities; /* counts the signs of life of all transfers */

    /* A new socket is connected: libcurl waits to read.  Called from within
     * libcurl. */
    void (*on_connected)(struct wire *w, curl_socket_t fd);
    /* The connection with these ends (sockets_ends()) was shut down because it
     * brought more than INACTIVE_READ_MAX. */
    void (*on_flood)(void *ctx, uint64_t ends);
    /* The connection with these ends was reset, and libcurl does not say so to
     * each of its streams.  May be called from within libcurl. */
    void (*on_reset)(void *ctx, uint64_t ends);
    /* Does another transfer use the connection of this one? */
    bool (*is_in_use)(void *ctx, const struct wire *w);
    struct pace *pace; /* --limit-rate; NULL: no limit */
    /* --limit-rate keeps a connection with a request from being read, or no
     * longer does.  May be called from within libcurl. */
    void (*on_slowed)(void *ctx, int fd, uint64_t ends, bool is_slowed);
    void *ctx; /* of the callbacks that take one */
};

NODISCARD struct sockets *sockets_new(const struct sockets_config *config);

/* How many sockets may be open at once.  A new limit closes idle ones above it.
 */
uint32_t sockets_limit(const struct sockets *s);
void sockets_set_limit(struct sockets *s, uint32_t limit);

/* Are as many sockets open as the limit allows, idle ones included? */
bool sockets_are_full(const struct sockets *s);

/* After curl_multi_cleanup(). */
void sockets_free(struct sockets *s);

/*
 * CURLMOPT_SOCKETFUNCTION, CURLOPT_OPENSOCKETFUNCTION (its context is the
 * transfer's struct wire) and CURLOPT_CLOSESOCKETFUNCTION (the others' context
 * is the struct sockets).  CURLOPT_PRIVATE is the struct wire.  If no
 * socket could be opened, errno says why; 0: there is no room.
 */
int sockets_watch(CURL *easy, curl_socket_t fd, int what, void *ctx,
                  void *unused);
curl_socket_t sockets_open(void *ctx, curlsocktype purpose,
                           struct curl_sockaddr *addr);
int sockets_close(void *ctx, curl_socket_t fd);

/*
 * A transfer is about to send its request over the connection with w->ends.
 * This is how a new connection becomes known whose socket connected at once:
 * libcurl watches such a socket after the request, or, if the response is there
 * by then, never.
 */
void sockets_note_ready(struct wire *w);

/*
 * A transfer has left the multi handle.  If libcurl keeps its connection, it is
 * idle from now on.  If not, and no other transfer uses it, end it: libcurl >=
 * 8.10 may wait for the peer's TLS close, which can take long; until then the
 * peer has an open connection that no limit counts.
 */
void sockets_end_use(struct sockets *s, const struct wire *w);

/* A transfer has left the multi handle, and no request may follow on its
 * connection: end it even if libcurl keeps it. */
void sockets_shut_used(struct sockets *s, const struct wire *w);

/* End the connection with these ends if it takes no more requests (HTTP/3) and
 * no transfer uses it: libcurl would choose it for each new one. */
void sockets_shut_leaving(struct sockets *s, uint64_t ends);

/*
 * Let libcurl act on what has happened to a socket.
 *
 * fd    the socket, or CURL_SOCKET_TIMEOUT if libcurl's time is over or
 *       transfers were added
 * what  a set of CURL_CSELECT_...; 0 with CURL_SOCKET_TIMEOUT
 *
 * libcurl's callbacks run, those for sockets and transfers, too: sockets may be
 * opened and closed, also this one.
 */
void sockets_act(struct sockets *s, int fd, int what);

/* A request is about to be sent: if it opened its connection, --limit-rate
 * applies to that from now on.  It never slows a handshake. */
void sockets_set_paced(const struct wire *w);

/* Close connections that are too old.  Call it before requests start. */
void sockets_close_old(struct sockets *s);

/* A number for the two ends of a connection, as CURLOPT_PREREQFUNCTION gets
 * them; not 0. */
uint64_t sockets_ends(const char *ip, int port, const char *local_ip,
                      int local_port);

/* Such a number for a connection to a Unix socket, made of libcurl's number of
 * the connection: all connections to a Unix socket have the same two ends. */
uint64_t sockets_unix_ends(int64_t number);

/*
 * May a request be sent over the connection with these ends, if it is a kept
 * one?  No if it was shut down, was idle for longer than most_idle_us, is
 * silent (sockets_note_timeout()), or has anything to read, which cannot be the
 * answer (checked only if libcurl has not).
 */
bool sockets_may_send(const struct sockets *s, uint64_t ends,
                      int64_t most_idle_us);

/* The transfer is over: forget its sockets and reset d. */
void sockets_forget(struct wire *d);

/* The transfer was a stream.  Call it before it is reset. */
void sockets_set_multiplexed(const struct wire *w);

/*
 * Streams that start in one turn are sent together: between these two calls,
 * data for multiplexed connections waits in the kernel.  Otherwise each stream
 * would be a packet of its own that wakes the peer.
 */
void sockets_hold_streams(struct sockets *s);
void sockets_release_streams(struct sockets *s);

/* A transfer is about to send its request, and w->ends are those of its
 * connection.  has_streams: it may have several streams. */
void sockets_note_sent(struct wire *w, bool has_streams);

/*
 * Shut down the connections with streams whose TLS has ended, so that libcurl
 * tells each stream.  libcurl < 8.x tells only the stream that reads the end;
 * the others learn of it when something else comes, and never if the peer
 * leaves TCP open.  Later versions do not tell streams that start just then.
 */
void sockets_shut_over(struct sockets *s);

/*
 * A transfer timed out after its request was sent, and has left the multi
 * handle.  libcurl keeps its connection if that has streams.  If nothing came
 * over it in all that time, its peer may be gone: the connection is "silent",
 * gets no more requests until something comes, and ends with its last one.
 */
void sockets_note_timeout(struct sockets *s, const struct wire *w);

/* Set ip to the peer's address and return its port; "" and 0 if the connection
 * is dead, or its peer has no address. */
int sockets_peer(int fd, char ip[INET6_ADDRSTRLEN]);

/* The peer of that socket of a transfer that has just connected, as
 * sockets_peer() gives it. */
int sockets_dialled(const struct wire *d, char ip[INET6_ADDRSTRLEN]);

/* Bytes received over the connection of a transfer, which may be closed
 * already; 0 if another connection has its descriptor. */
size_t sockets_nread(const struct sockets *s, const struct wire *w);

/* Was a socket closed before it connected since the last call?  Then a
 * transfer may be about to try another address: see transfer_wake(). */
bool sockets_take_abandoned(struct sockets *s);

/* How many were opened so far, and how many are open now.  From any thread. */
uint64_t sockets_nopened(const struct sockets *s);
uint64_t sockets_nopen(const struct sockets *s);

#endif /* SOCKETS_H */
