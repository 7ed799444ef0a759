/*
 * wire.h - the part of a transfer that concerns its sockets: all that sockets.c
 * and its like know of it.
 */
#ifndef WIRE_H
#define WIRE_H

#include <netinet/in.h>

#include "base/base.h"

struct sock;
struct sockets;

/* How far a transfer has come. */
enum transfer_state {
    TRANSFER_IDLE,       /* in the pool, without a job */
    TRANSFER_CONNECTING, /* no connection is ready for the request yet */
    TRANSFER_SENT,       /* the request is on its way; no answer has begun */
    TRANSFER_HEAD,       /* a head is coming: its blank line is missing */
    TRANSFER_HEADED,     /* a head is complete; of 1xx, another one follows */
    TRANSFER_BODY,       /* some of the body has come; what looks like a line
                            of a head is a trailer from now on */
    TRANSFER_PAUSED,     /* the body waits for another turn's work */
    TRANSFER_HELD,       /* the body waits for room (body/room.h) */
};

/*
 * The beginning of each struct transfer; its CURLOPT_PRIVATE, and the context
 * of sockets_open().  The transfer sets the fields up to pace_host, fd and
 * new_fd to -1; the sockets set these two and the rest.
 */
struct wire {
    enum transfer_state state;
    int fd;          /* its socket, once libcurl tells it; -1: none yet */
    int new_fd;      /* the socket that it opened; -1: none */
    uint64_t new_id; /* that socket's number: see sock_opened_by() */
    uint64_t ends;   /* sockets_ends() of its connection; 0: none */
    /* Bytes that its connection had brought when the request was sent;
     * SIZE_MAX: not known. */
    size_t nread_sent;
    struct sockets *owner;
    uint64_t host;             /* the host, if counts_hosts; 0: not counted */
    uint64_t pace_host;        /* for --limit-rate-per-host; 0: not counted */
    bool lost_attempt;         /* an attempt was ended for lack of room */
    char ip[INET6_ADDRSTRLEN]; /* peer of a socket that had connected and was
                                  closed; empty: there was none */
    int port;                  /* of that peer */
    int lost_family; /* AF_... of the attempt that was ended for lack of room;
                        0: none */
    struct sock *oldest; /* its sockets that are still connecting */
    struct wire *prev,
        *next; /* in the list of transfers with several sockets */
};

/* Was the request sent, or was it at least about to be? */
static inline bool
wire_was_sent(const struct wire *w)
{
    return w->state >= TRANSFER_SENT;
}

#endif /* WIRE_H */
