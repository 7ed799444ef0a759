/*
 * transfer.h - one request on the wire: a curl easy handle's life, over and
 * over.
 *
 * A transfer is taken from the engine's pool, started with a job, added to the
 * multi by the engine, finished when libcurl is done with it (or when the
 * engine has enough), and put back.  Times are clock_now_us()'s.
 */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <curl/curl.h>

#include "base/base.h"
#include "base/buf.h"
#include "body/codings.h"
#include "engine/framing.h"
#include "engine/repeat.h"
#include "engine/sockets.h"
#include "url/url.h"

struct body_env;
struct capture_env;
struct cookies;
struct curl_slist;
struct decode;
struct job;
struct opts;
struct tls_note;
struct transfer;
struct upload;

/* What transfers of one engine share.  Outlives them. */
struct transfer_env {
    const struct opts *opts;
    const struct body_env *bodies;
    const struct capture_env *captures; /* NULL: there is no archive */
    struct curl_slist *headers;         /* setup_run_headers() */
    struct renewal *renewal;       /* has them instead; NULL: there is none */
    struct curl_slist *connect_to; /* of --connect-to */

    bool h2c_is_broken; /* a second request on a connection that speaks HTTP/2
                           without TLS fails */
    struct cookies *cookies; /* NULL: none are kept */

    /* Sockets are the engine's: see sockets.h.  A transfer's struct dial is the
     * context of the one, socket_ctx that of the other. */
    curl_opensocket_callback opensocket;
    curl_closesocket_callback closesocket;
    bool (*stands)(void *socket_ctx, int local_port);
    void *socket_ctx;
    bool counts_hosts; /* they need to know whom a socket is for */

    /* What decoders may yet do in this turn (DECODE_PER_TURN), so that one body
     * does not keep the others from theirs.  Where it is used up, on_paused()
     * is called, and transfer_resume() is to be called in another turn. */
    int64_t *turn_work;
    void (*on_paused)(void *ctx, struct transfer *x);
    /* It is TRANSFER_HELD, until transfer_release(). */
    void (*on_held)(void *ctx, struct transfer *x);

    /* A byte came, or the request was sent; from within libcurl. */
    void (*on_activity)(void *ctx, struct transfer *x);
    /* The connection stands and the request is about to be sent. */
    void (*on_ready)(void *ctx, struct transfer *x);
    /* It was to be sent again, and is to be ended; its connection got a
     * GOAWAY.  From within libcurl: see repeat.h. */
    void (*on_repeat)(void *ctx, struct transfer *x);
    void (*on_goaway)(void *ctx, struct transfer *x);
    /* The body of a redirect is read; from within libcurl. */
    void (*on_redirect)(void *ctx, struct transfer *x);
    /* libcurl < 8.x: a server said "HTTP/2" on a connection of HTTP/1, so that
     * libcurl may give several transfers one of that host's.  Is x's in use? */
    bool *has_liar;
    bool (*is_in_use)(void *ctx, const struct transfer *x);
    bool *hears_streams; /* libcurl has told a stream's number: it would have
                            told any other's */
    void *ctx;
};

/* Why we ended a transfer ourselves. */
enum transfer_stop {
    STOP_NONE,
    STOP_ENOUGH,       /* all of the body that is to be kept is there */
    STOP_BODY,         /* body too large, or not to be written: body_add() set
                          the error */
    STOP_HEADERS,      /* headers over their cap */
    STOP_STATUS_LINE,  /* the response does not begin with a status line */
    STOP_FRAMING,      /* nobody can tell how long the body is */
    STOP_BOMB,         /* unpacks to far more than came */
    STOP_CODING,       /* can't be unpacked */
    STOP_CODINGS,      /* more codings than CODINGS_MAX */
    STOP_REPEAT,       /* libcurl was about to send the request again */
    STOP_FILE,         /* a file of the body can't be read as it was */
    STOP_READ_TIMEOUT, /* silent for too long */
    STOP_ROOM,         /* no room for its body */
    STOP_RANGE,        /* no answer to the Range of --continue */
    STOP_FLOOD,        /* its connection brought what concerns no transfer */
    STOP_ABORTED,      /* the run is over */
};

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

struct transfer {
    CURL *easy;
    CURLSH *dns; /* this handle's own DNS data, so that no
                    cache grows and none is walked */
    const struct transfer_env *env;
    CURLU *url;              /* CURLOPT_CURLU where the URL is plain */
    const char *cookie_host; /* prepare_cookie_host() */
    struct buf base;         /* url's up to its path; empty: unused */
    enum transfer_state state;
    struct job *job;              /* NULL: TRANSFER_IDLE */
    struct transfer *prev, *next; /* the engine's: flying ones by activity */
    struct tls_note *note;        /* of the connection that it opened last */
    struct upload *upload;        /* the body, where it has files; or NULL */
    struct curl_slist *headers;   /* of this job, NULL: the run's */
    struct curl_slist *resolve; /* CURLOPT_RESOLVE's, must outlive the start */
    char *resolved;             /* "host:port:addrs" that dns holds, or NULL */
    struct dial dial;           /* its sockets while it connects */
    const char *proxy;          /* CURLOPT_PROXY as set, NULL: not set */
    bool has_target;            /* CURLOPT_REQUEST_TARGET is set */
    bool is_plain;              /* no setting but setup_run()'s and the URL */
    enum transfer_stop stop;
    int64_t start_us;      /* handed to libcurl */
    int new_fd;            /* the socket that it opened, -1: none */
    int64_t tcp_us;        /* TCP connected, where it was new; 0: not */
    int64_t ready_us;      /* connected, request about to leave; 0: no */
    int64_t first_byte_us; /* of the response; 0: none */
    int64_t redirect_us;   /* a redirect's head was there, and its body is
                              being read; 0: not */
    int64_t active_us;     /* last sign of life, by on_activity() */
    /* transfer_is_overdue() saw it so late, in a row. */
    unsigned nlooks_overdue;
    int64_t upload_left; /* body bytes not handed to the kernel yet, if
                            uploads are timed */
    int unacked;         /* bytes of it in the kernel when last looked */
    int local_port;      /* of the connection that it was sent on last */
    uint64_t ends;       /* that one's sockets_ends(), 0: none */
    int fd;              /* its socket, as far as libcurl tells; -1: none yet */
    size_t head_bytes;   /* of status and header lines so far */
    size_t head_lines;
    struct framing framing;  /* what the head says of the body's end so far */
    size_t nread;            /* bytes that its connection brought, when over */
    int64_t body_bytes;      /* given to us, of the body that is coming */
    struct codings codings;  /* of its Content-Encoding lines so far */
    bool is_coding_line;     /* the last header line is one of them */
    struct decode *unpack;   /* what it is encoded with; NULL: as it is */
    size_t again_bytes;      /* of it that are done, but will be given again */
    bool is_slowed;          /* its connection is not read, by --limit-rate */
    int64_t held_since_us;   /* TRANSFER_HELD: since when */
    int64_t slowed_since_us; /* is_slowed: ditto */
    int64_t held_us;         /* and before that: no time of the server's */
    int status;              /* of the response that is coming, 0: none */
    bool is_stale;           /* it got a kept connection of no use */
    bool is_http1;           /* and its HTTP version: 1.x */
    bool is_redirect;        /* the status is one that is followed */
    bool was_reused;         /* the connection that it was sent on */
    struct sent sent;        /* what is known of the request: repeat.h */
    struct url_flaw refused; /* an address that was not connected to; code
                                NULL: none was refused */
    int socket_errno;        /* why a socket could not be opened; 0: none */
    char errbuf[CURL_ERROR_SIZE];
};

/* Was its request sent, or was it at least about to be? */
static inline bool
transfer_was_sent(const struct transfer *x)
{
    return x->state >= TRANSFER_SENT;
}

NODISCARD struct transfer *transfer_new(const struct transfer_env *env);
void transfer_free(struct transfer *x); /* not while in a multi; NULL is fine */

/* Whose handle it is.  NULL: it is libcurl's own, which closes connections
 * (8.12). */
static inline struct transfer *
transfer_of(CURL *easy)
{
    struct transfer *x = NULL;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &x);
    return x;
}

/* Get ready to run j's hop.  The caller adds x->easy to its multi. */
void transfer_start(struct transfer *x, struct job *j, int64_t now_us);

/*
 * Did it fail for no fault of the server's?  It could not connect where not
 * all of its addresses had their time, since there was no room for two sockets;
 * or it got a kept connection that it must not use.  Nothing was sent.  It may
 * then have what is left of its own time, for one address after the other, on a
 * connection that it opens itself.  The caller takes x->easy out of its multi
 * and adds it again.
 */
bool transfer_deserves_more(const struct transfer *x, CURLcode code);
void transfer_start_again(struct transfer *x, int64_t now_us);

/* Go on with a body that is TRANSFER_PAUSED, or was released.  An error: the
 * transfer is over, and to be taken out of its multi. */
NODISCARD CURLcode transfer_resume(struct transfer *x);

/* Its body has to wait for room: no time-out counts from here on.  And the end
 * of that, if there is room now. */
void transfer_hold(struct transfer *x);
NODISCARD bool transfer_release(struct transfer *x);

/*
 * Have libcurl look at a transfer that is still connecting.  Where an address
 * of several fails, 7.88 notes that the next one is to be tried and does so
 * when it next has a reason to look, which is half the connect time-out away.
 */
void transfer_wake(struct transfer *x);

/*
 * Is its body still on the way, as far as can be seen: does libcurl hold some
 * of it, or the kernel, or has it got less since the last call?  (What only
 * lacks the peer's acknowledgement may have been lost for ever.)
 */
bool transfer_is_uploading(struct transfer *x);

/*
 * When bytes last came for it alone, by the kernel, that libcurl may have kept
 * to itself: half a header line.  0: not known, as where the connection may
 * have several streams.
 */
int64_t transfer_heard_us(const struct transfer *x, int64_t now_us);

/* Its connection is not read, by --limit-rate, or is again: that time is no
 * server's. */
void transfer_slow(struct transfer *x, bool is_slowed);

/* Is the time over of one that was held?  It is ours to end, as libcurl may not
 * look again. */
bool transfer_has_expired(const struct transfer *x, int64_t now_us);

/*
 * Is libcurl long past the time by which it was to end the transfer?  To be
 * asked now and then, as it takes several times to be sure.
 */
bool transfer_is_overdue(struct transfer *x, int64_t now_us);

/*
 * The transfer is over and out of its multi: fill the job's result and
 * times, and give the job back.  The transfer can be started again if
 * transfer_is_reusable(), and is to be freed if not.
 */
struct job *transfer_finish(struct transfer *x, CURLcode code, int64_t now_us);
bool transfer_is_reusable(const struct transfer *x);

#endif /* TRANSFER_H */
