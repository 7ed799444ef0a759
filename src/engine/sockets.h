/*
 * sockets.h - an engine's sockets: watched for libcurl, counted, kept within
 * the limits, and closed when they have been idle for too long.
 *
 * libcurl closes no idle connection by its own clock.  So each socket is
 * known from opening to closing; one that libcurl stops watching is idle
 * from then on, and is shut down when its time is over: the peer sees the
 * end at once, libcurl finds a dead connection the next time it looks.  Its
 * lifetime is looked at then, too: libcurl counts it in whole seconds, and
 * one second more (7.88).
 *
 * An idle connection with anything to read takes no new request: it is shut
 * down, and sockets_may_send() looks once more as the request is to leave.
 *
 * Nor does libcurl count a second socket that a transfer opens when the first
 * one does not connect (happy eyeballs).  It may be opened where the limit
 * leaves room; where it does not, the first one gives way, and where a new
 * transfer needs the room, too.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdatomic.h>

#include "base/base.h"

struct allowance_bound;
struct ev_loop;
struct pace;
struct sock;
struct sockets;
struct transfer;

struct sockets_config {
    struct ev_loop *loop;
    CURLM *multi;
    uint32_t limit;          /* that may be open at once */
    uint32_t limit_per_host; /* 0: none */
    bool counts_hosts;       /* it is we who keep to limit_per_host */
    int64_t keepalive_us;    /* 0: idle ones are not closed by us */
    int64_t lifetime_us;     /* from opening on; 0: none */
    bool times_uploads;      /* it matters when a request has really left */
    const uint64_t *nheard;  /* grows with each sign of life of a transfer */

    /* Bytes are waited for on a new socket: TCP connected.  From within
     * libcurl. */
    void (*on_connected)(CURL *easy, curl_socket_t fd);
    /* The connection with these ends (sockets_ends()) was shut down, as it
     * brought more than READ_IN_VAIN_MAX. */
    void (*on_flood)(void *ctx, uint64_t ends);
    struct pace *pace; /* --limit-rate; NULL: no limit */
    /* By it, a connection with a request is not read from now on, or is again.
     * Perhaps from within libcurl. */
    void (*on_slowed)(void *ctx, int fd, uint64_t ends, bool is_slowed);
    void *ctx; /* on_flood()'s and on_slowed()'s */
};

/* A transfer that connects: sockets_open()'s context.  All zero but for owner
 * and host; the rest is private. */
struct dial {
    struct sockets *owner;
    uint64_t host; /* whom it connects to, if counts_hosts; 0: nobody
                      whose connections are counted */
    uint64_t pace_host; /* ditto, for --limit-rate-per-host */
    bool gave_way; /* an attempt was ended for want of room */
    char ip[INET6_ADDRSTRLEN]; /* the peer of one that was closed, though it was
                                  connected; empty: there was none */
    int port;                  /* ditto */
    int lost_family;           /* AF_..., 0: to the other one by that */
    struct sock *oldest;       /* its sockets that are not connected yet */
    struct dial *prev, *next;  /* of those that have several */
};

NODISCARD struct sockets *sockets_new(const struct sockets_config *config);
/* How many may be open at once.  Idle ones above a new limit are closed. */
uint32_t sockets_limit(const struct sockets *s);
void sockets_set_limit(struct sockets *s, uint32_t limit);

/* After curl_multi_cleanup(). */
void sockets_free(struct sockets *s);

/* CURLMOPT_SOCKETFUNCTION, CURLOPT_OPENSOCKETFUNCTION, whose context is the
 * transfer's struct dial, and CURLOPT_CLOSESOCKETFUNCTION; the others' is the
 * struct sockets.  CURLOPT_PRIVATE is the struct transfer.  Where none could be
 * opened errno says why, 0: there is no room. */
int sockets_watch(CURL *easy, curl_socket_t fd, int what, void *ctx,
                  void *unused);
curl_socket_t sockets_open(void *ctx, curlsocktype purpose,
                           struct curl_sockaddr *addr);
int sockets_close(void *ctx, curl_socket_t fd);

/*
 * A transfer over HTTP/1 has ended.  libcurl 8.10 and later may still hold its
 * socket, waiting for the peer's farewell over TLS, and that may take its time;
 * until then the peer would see a connection open that no limit counts.
 */
void sockets_end_use(struct sockets *s, const struct transfer *x);

/* For allowance_begin_call().  NULL: there is no --limit-rate. */
const struct allowance_bound *sockets_bound(const struct sockets *s);

/* A request is about to be sent over a connection: what comes from now on may
 * be slowed, but a handshake never. */
void sockets_set_paced(struct sockets *s, int fd);

/* Before requests start: none is to get a connection that is too old. */
void sockets_close_old(struct sockets *s);

/* Does the connection from that port of ours still stand, as far as is known?
 * The port is the one of CURLOPT_PREREQFUNCTION. */
bool sockets_stands(void *ctx, int local_port);

/*
 * May a request go out over the connection with these ends, were it a kept one?
 * No if it was shut down, or has been idle for longer than most_idle_us, or has
 * anything to read: that can't be the answer.  The ends are those that
 * CURLOPT_PREREQFUNCTION gets.
 */
uint64_t sockets_ends(const char *ip, int port, const char *local_ip,
                      int local_port);
bool sockets_may_send(const struct sockets *s, uint64_t ends,
                      int64_t most_idle_us);

/* The transfer is over, whatever has become of its sockets: d is as new. */
void sockets_forget(struct dial *d);

/*
 * Streams that start in one turn leave together: between these two, what goes
 * out over connections that are known to multiplex waits in the kernel.  Each
 * would else be a packet of its own, that wakes the peer.
 */
void sockets_set_multiplexed(struct sockets *s, int fd);
void sockets_hold_streams(struct sockets *s);
void sockets_release_streams(struct sockets *s);

/* The peer's address, and its port: empty and 0 of a connection that is dead,
 * or that has none. */
int sockets_peer(int fd, char ip[INET6_ADDRSTRLEN]);

/* The same of the one of a transfer's sockets that has just connected. */
int sockets_dialled(const struct dial *d, char ip[INET6_ADDRSTRLEN]);

/* Bytes that the connection has brought which the descriptor is, or was until
 * it was closed. */
size_t sockets_nread(const struct sockets *s, int fd);

/* Was a socket closed before it was connected, since the last call?  Then a
 * transfer may be about to try another address: see transfer_wake(). */
bool sockets_take_abandoned(struct sockets *s);

/* Opened so far, open now.  Any thread. */
uint64_t sockets_nopened(const struct sockets *s);
uint64_t sockets_nopen(const struct sockets *s);

#endif /* SOCKETS_H */
