/*
 * reply.h - what goes back for a request: bytes, pauses, and how it ends.
 *
 * A route fills one in; the connection sends it.
 */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "http.h"

/* How the client learns where the body ends. */
enum framing {
    FRAME_LENGTH,  /* Content-Length */
    FRAME_CHUNKED, /* Transfer-Encoding: chunked */
    FRAME_CLOSE,   /* the end of the connection */
    FRAME_RAW,     /* body and stream are all that is sent: no head of ours */
};

/* The ways to treat the connection after the reply. */
enum ending {
    END_KEEP,  /* wait for the next request */
    END_CLOSE, /* FIN */
    END_RESET, /* RST */
    END_HANG,  /* silence until the client leaves */
};

struct reply {
    int status; /* 0: no status line is sent (raw replies) */
    enum framing framing;
    enum ending ending;
    bool http10;           /* answer as HTTP/1.0 */
    bool unseen;           /* a control request: in no statistics */
    bool own_status;       /* the route has seen to ?status= itself */
    const char *type;      /* Content-Type, NULL for none */
    struct buf headers;    /* further header lines, each with its CRLF */
    struct buf body;       /* the body, or its beginning before the stream */
    int64_t length;        /* Content-Length to claim, -1 for the true one */
    size_t gate;           /* wait until so many do, 0: don't */
    char gate_key[64];     /* at which gate */
    int64_t delay_ms;      /* before the first byte */
    int64_t gap_ms;        /* between two pieces of the stream */
    int64_t end_ms;        /* between the last byte and the ending */
    int64_t idle_close_ms; /* close the kept connection after so long, or -1 */

    /*
     * Append the next piece of the body; false when there is none.  NULL where
     * `body` is all.
     */
    bool (*next)(struct reply *r, struct buf *piece);
    uint64_t left; /* the stream's own: bytes or pieces to come */
    uint64_t done; /* the stream's own: bytes or pieces made */
    void *state;   /* the stream's own, freed with the reply */
};

/* Start as an empty 200 that keeps the connection. */
void reply_init(struct reply *r);

/* Free what the reply holds. */
void reply_fini(struct reply *r);

/* Append one header line. */
void reply_header(struct reply *r, const char *name, const char *value);

/* Make the reply a plain-text one with that body. */
void reply_text(struct reply *r, const char *text);

/* Append the head and the body that is there to out. */
void reply_start(struct reply *r, const struct request *q, struct buf *out);

/*
 * Append the next piece of a streamed body, framed, to out.
 *
 * returns  false when the body is complete
 */
bool reply_more(struct reply *r, const struct request *q, struct buf *out);

#endif /* SERVER_REPLY_H */
