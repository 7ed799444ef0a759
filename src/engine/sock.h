/*
 * sock.h - the state of an engine's sockets, private to sockets.c, idle.c,
 * slow.c, streams.c and dial.c.
 */
#ifndef SOCK_H
#define SOCK_H

#include <ev.h>
#include <sys/types.h>

#include "engine/allowance.h"
#include "engine/sockets.h"

/* The most multiplexed connections whose streams are sent together. */
#define MULTIPLEXED_MAX 8

/* Lists of connections by their ends: more than an engine has connections. */
#define ENDS_LISTS 256

struct sock {
    ev_io io;
    struct sockets *owner;
    struct sock *prev,
        *next;         /* idle sockets, in the order in which they are closed */
    int64_t opened_us; /* by clock_now_us(), since ev_now() is the wall clock */
    int64_t closes_us; /* when its idle time or lifetime is over */
    struct wire *dial; /* the transfer that is connecting it, or NULL */
    struct sock *later;     /* next socket of the same dial */
    struct sock *same_list; /* next in by_ends */
    uint64_t id;            /* is_ours: its number, in the order of opening */
    uint64_t ends;          /* sockets_ends(), 0: not known yet */
    uint64_t unix_ends;     /* sockets_unix_ends(); 0: no request was sent, or
                               it is no Unix socket */
    int64_t idle_us;        /* is_idle: since when, by clock_now_us() */
    uint64_t host;          /* the host that used it last */
    uint64_t pace_host;     /* the same for --limit-rate-per-host */
    struct sock *slow_prev, *slow_next; /* in the list of slowed sockets */
    uint64_t
        pace_ends; /* sock_ends(), set when it is first slowed; 0: not set */
    int wanted;    /* EV_..., what libcurl waits for */
    /* The last transfer that watched it; only compared. */
    const struct wire *user;
    ino_t inode;         /* of the socket, if is_ours */
    int family;          /* AF_..., if is_ours */
    size_t nread_silent; /* is_silent: bytes it had brought by then */
    /* Bytes read since the last activity of one of its transfers. */
    size_t nread_inactive;
    bool is_ours;     /* opened by sockets_open(): a connection */
    bool is_idle;     /* in the list of idle sockets */
    bool is_shut;     /* shut down, and not counted as open */
    bool is_stream;   /* a stream socket, not datagrams (QUIC) */
    bool has_streams; /* HTTP/2, QUIC: frames may arrive at any time */
    bool is_shared;   /* requests are sent over it as streams */
    bool is_silent;   /* see sockets_note_timeout() */
    bool is_stuck;    /* libcurl waits to write, but may send nothing now */
    bool has_sent;    /* our send() was called for it */
    bool is_paced;    /* a request was sent: --limit-rate counts */
    bool is_slowed;   /* it may not be read for now, by --limit-rate */
    bool was_read;    /* libcurl waited to read: it is connected */
};

struct sockets {
    struct sockets_config config;
    struct sock **by_fd; /* NULL where none */
    size_t nfds;
    struct allowance_counts reads; /* by descriptor, of its last connection */
    struct sock *idle_head, *idle_tail;
    struct sock *by_ends[ENDS_LISTS];   /* sockets that were idle before */
    ev_timer idle_timer;                /* for the head of the idle ones */
    struct sock *slow_head, *slow_tail; /* slowed sockets, longest first */
    ev_timer slow_timer;                /* runs while there are slowed ones */
    ev_timer stuck_timer;               /* runs while there are stuck ones */
    struct allowance_bound bound;       /* of --limit-rate */
    struct wire *racing; /* transfers that are connecting several sockets */
    int multiplexed[MULTIPLEXED_MAX]; /* nmultiplexed descriptors */
    size_t nmultiplexed;
    bool has_abandoned; /* see sockets_take_abandoned() */
    _Atomic uint64_t nopened, nopen;
};

/* ---- sockets.c ---- */

/* Shut a connection, or an attempt to connect, down: the peer sees its end at
 * once, and libcurl closes the socket when it next looks. */
void sock_shut(struct sock *k);

/* The socket of a descriptor, or NULL; fd may be -1. */
static inline struct sock *
sock_of(const struct sockets *s, int fd)
{
    return fd >= 0 && (size_t)fd < s->nfds ? s->by_fd[fd] : NULL;
}

/* The socket that the transfer opened, or NULL if it was closed.  Another
 * socket may have got its descriptor since. */
static inline struct sock *
sock_opened_by(const struct wire *w)
{
    struct sock *k = sock_of(w->owner, w->new_fd);

    return k && k->is_ours && k->id == w->new_id ? k : NULL;
}

/* Forget the socket of a descriptor, if there is one. */
void sock_drop(struct sockets *s, int fd);

/*
 * Was the socket closed?  libcurl < 8.x closes one that never connected without
 * calling sockets_close(); any thread may have got its descriptor since.
 */
bool sock_is_gone(const struct sock *k);

/* ---- streams.c ---- */

/* Has nothing come over the connection since one of its requests timed out? */
bool streams_are_silent(const struct sock *k);

/* Does it take no more requests (HTTP/3)? */
bool streams_are_leaving(const struct sock *k);

/* The descriptor was closed. */
void streams_forget(struct sockets *s, int fd);

void streams_init(struct sockets *s);

/*
 * Call before and after libcurl is told that something came over a connection,
 * or that something may be sent (events: EV_READ, EV_WRITE).
 *
 * libcurl asks for EV_WRITE as long as a request's body is not sent, even while
 * the server permits no more of it: its HTTP/2 window is full (libcurl < 8.x),
 * or it opens no stream.  Since the socket is writable, libcurl would be called
 * all the time.  So if libcurl sends nothing when it could, the connection is
 * "stuck": EV_WRITE is not watched until something comes over it, or for
 * STUCK_S.
 */
void streams_before_call(struct sock *k, int events);
void streams_after_call(struct sock *k, int events);

/* ---- idle.c ---- */

void idle_init(struct sockets *s);

/* A connection becomes idle; it is used again or was closed. */
void idle_add(struct sock *k);
void idle_remove(struct sock *k);

/* Something arrived on an idle connection. */
void idle_on_input(struct sock *k);

/* Shut down what has been idle for long enough. */
void idle_close(struct sockets *s);

/* Close idle connections of a host until it has at most that many. */
void idle_evict(struct sockets *s, uint64_t host, uint32_t most);

/* The ends of a connection, as sockets_ends() and sockets_unix_ends() number
 * them; before the first request over a Unix socket, those of no connection. */
uint64_t sock_ends(const struct sock *k);

/* A transfer is about to send the first request over a Unix socket. */
void ends_note_unix(struct wire *w);

/* Put a connection into the list of its ends, unless it is there, and take it
 * out, if it is there. */
void ends_add(struct sock *k);
void ends_remove(struct sock *k);

/* A socket with these ends that was idle before or has streams, or NULL. */
struct sock *ends_find(const struct sockets *s, uint64_t ends);

/* ---- slow.c ---- */

void slow_init(struct sockets *s);

/* Take a socket out of the list of slowed ones, if it is there. */
void slow_remove(struct sock *k);

/* Watch the socket for what libcurl wants, except input while it is slowed and
 * output while it is stuck. */
void sock_watch(struct sock *k);

/* ---- dial.c ---- */

/* A transfer's socket starts to connect; it has connected or was closed. */
void dial_add(struct wire *d, struct sock *k);
void dial_remove(struct sock *k);

/* Make room for a socket to that address, if needed.  Returns false if there is
 * none. */
bool dial_make_room(struct wire *d, const struct curl_sockaddr *addr);

#endif /* SOCK_H */
