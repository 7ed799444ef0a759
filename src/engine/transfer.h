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
#include "engine/folded.h"
#include "engine/framing.h"
#include "engine/repeat.h"
#include "engine/stream_end.h"
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
    struct renewal *renewal;       /* gives the headers instead, if not NULL */
    struct curl_slist *connect_to; /* of --connect-to */

    /* libcurl < 8.x: a second request fails on a connection that speaks HTTP/2
     * without TLS. */
    bool h2c_is_broken;
    /* libcurl < 8.1: over HTTP/2 a body from a file never follows a digest's
     * challenge. */
    bool digest_is_broken;
    bool lacks_number;       /* libcurl_lacks_number() */
    bool keeps_header;       /* libcurl_keeps_header() */
    struct cookies *cookies; /* NULL: none are kept */

    /* The engine's functions for sockets: see sockets.h.  The context of
     * opensocket is the transfer's struct wire, that of the others is
     * socket_ctx. */
    curl_opensocket_callback opensocket;
    curl_closesocket_callback closesocket;
    void *socket_ctx;
    bool counts_hosts; /* struct wire's host must be set */

    /* The work that decoders may still do in this turn (DECODE_PER_TURN), so
     * that no body holds up the others.  If it is used up, on_paused() is
     * called; call transfer_resume() in another turn. */
    int64_t *turn_work;
    void (*on_paused)(void *ctx, struct transfer *x);
    /* It is TRANSFER_HELD, until transfer_release(). */
    void (*on_held)(void *ctx, struct transfer *x);

    /* A byte came, or the request was sent.  Called from within libcurl, as
     * are all that follow. */
    void (*on_activity)(void *ctx, struct transfer *x);
    /* The connection stands and the request is about to be sent. */
    void (*on_ready)(void *ctx, struct transfer *x);
    /* Set to true when repeat_check_stream() must be called for each transfer
     * in flight, as soon as libcurl has returned. */
    bool *must_check;
    /* The body of a redirect begins to be read. */
    void (*on_redirect)(void *ctx, struct transfer *x);
    /* libcurl < 8.x: a server said "HTTP/2" on a connection of HTTP/1.  libcurl
     * may then give one connection of that host to several transfers, so
     * is_in_use() tells whether another one uses this one's. */
    bool *has_wrong_version;
    bool (*is_in_use)(void *ctx, const struct wire *w);
    void *ctx;
};

/* Why we ended a transfer ourselves. */
enum transfer_stop {
    STOP_NONE,
    STOP_ENOUGH,       /* all bytes of the body to keep have come */
    STOP_BODY,         /* body too large, or it cannot be written: body_add()
                          has set the error */
    STOP_HEADERS,      /* headers over their cap */
    STOP_STATUS_LINE,  /* the response does not begin with a status line */
    STOP_FRAMING,      /* the head does not tell the length of the body */
    STOP_UNASKED,      /* the body has a transfer-coding that no request asks
                          for */
    STOP_BOMB,         /* the body decodes to far more than was received */
    STOP_CODING,       /* the body can't be decoded */
    STOP_CODINGS,      /* more codings than CODINGS_MAX */
    STOP_REPEAT,       /* libcurl was about to send the request again */
    STOP_FILE,         /* a file to upload has changed or can't be read */
    STOP_READ_TIMEOUT, /* silent for too long */
    STOP_ROOM,         /* no room for its body */
    STOP_WINDOWS,      /* no room for the windows of its decoders */
    STOP_RANGE,        /* it does not answer the Range of --continue */
    STOP_UNCHALLENGED, /* it answers a request whose body was held back */
    STOP_FLOOD,        /* its connection brought too much that concerns no
                          transfer */
    STOP_ABORTED,      /* the run is over */
};

/* An entry of CURLOPT_RESOLVE. */
struct resolved {
    struct buf text; /* "-host:port", with its NUL; empty: none */
    struct addr_list addrs;
};

struct transfer {
    struct wire wire; /* first, so that either pointer is that of the other */
    CURL *easy;
    CURLSH *dns; /* DNS data of this handle alone: a shared cache would grow,
                    and be walked for each request */
    const struct transfer_env *env;
    CURLU *url;                   /* CURLOPT_CURLU where the URL is plain */
    const char *cookie_host;      /* prepare_cookie_host() */
    struct buf base;              /* of url: what stands before the path; empty:
                                     url is unused */
    struct job *job;              /* NULL: TRANSFER_IDLE */
    struct transfer *prev, *next; /* in the engine's list, by activity */
    struct tls_note *note;        /* of the connection that it opened last */
    struct tls_note *sent_note;   /* of the connection over which the request
                                     was sent; NULL: it has none */
    struct tls_note *end_note;    /* of the connection whose end is the body's;
                                     NULL: the body has an end of its own */
    struct upload *upload;        /* the request's body from files; or NULL */
    struct curl_slist *headers;   /* of this job, NULL: the run's */
    struct curl_slist *resolve; /* of CURLOPT_RESOLVE; must outlive the start */
    struct resolved host, proxy_at; /* in `dns`: of the host that is connected
                                    to, and of a proxy beside it */
    const char *proxy;              /* CURLOPT_PROXY as set, NULL: not set */
    bool has_target;                /* CURLOPT_REQUEST_TARGET is set */
    bool is_plain; /* only setup_run() and the URL have set options */
    enum transfer_stop stop;
    int64_t start_us;           /* handed to libcurl */
    int64_t tcp_us;             /* when TCP connected, if new; 0: it did not */
    int64_t tls_us;             /* when TLS last began; 0: none did */
    int64_t ready_us;           /* connected, request about to leave; 0: no */
    int64_t sent_us;            /* the last piece of it left; 0: none did */
    int64_t first_byte_us;      /* of the response; 0: none */
    int64_t first_byte_held_us; /* transfer_held_us() at that time */
    int64_t redirect_us; /* since when a redirect's body is read; 0: it is
                            not */
    int64_t active_us;   /* when on_activity() was last called */
    bool is_waiting;     /* for room in libcurl; private to flight.c */
    /* How often in a row transfer_is_overdue() found it too late. */
    unsigned nlooks_overdue;
    int64_t upload_left; /* body bytes not handed to the kernel yet; negative
                            if the size is not known */
    int unacked;         /* bytes of it that the kernel held at the last look */
    size_t head_bytes;   /* of status and header lines so far */
    size_t head_lines;
    struct framing framing;  /* what the head says of the body's end so far */
    size_t nread;            /* bytes that its connection has received, set at
                                its end */
    int64_t body_bytes;      /* of the current body, as libcurl gave them */
    struct codings codings;  /* of its Content-Encoding lines so far */
    bool is_coding_line;     /* the last header line is one of them */
    struct decode *decoder;  /* decodes the body; NULL: it has no coding */
    size_t again_bytes;      /* bytes that are decoded, but that libcurl will
                                give again */
    bool was_challenged;     /* libcurl sent a second request to answer a 401 */
    bool is_slowed;          /* its connection is not read, by --limit-rate */
    int64_t held_since_us;   /* TRANSFER_HELD: since when */
    int64_t slowed_since_us; /* is_slowed: since when */
    int64_t held_us, slowed_us; /* earlier ones; see transfer_held_us() */
    int64_t connection;         /* repeat_connection_number(), where messages
                                   alone tell it */
    int status;                 /* of the current response, 0: none */
    bool is_stale;         /* it got a kept connection that it must not use */
    bool is_http1;         /* the response's HTTP version is 1.x */
    bool is_redirect;      /* a redirect that will be followed, if its Location
                              leads somewhere */
    bool was_reused;       /* the connection was a kept one */
    bool was_reset;        /* the peer reset its connection: on_reset() of
                              sockets.h */
    struct sent sent;      /* what is known of the request: repeat.h */
    struct folded folded;  /* what is known of the head's next line */
    struct stream_end end; /* of its HTTP/2 stream */
    struct url_flaw refused; /* why an address was not connected to; code NULL:
                                none was refused */
    int socket_errno;        /* why a socket could not be opened; 0: none */
    char errbuf[CURL_ERROR_SIZE];
};

_Static_assert(offsetof(struct transfer, wire) == 0,
               "a struct transfer begins with its struct wire");

/* Was its request sent, or was it at least about to be? */
static inline bool
transfer_was_sent(const struct transfer *x)
{
    return wire_was_sent(&x->wire);
}

/* The headers of its request that libcurl does not add. */
const struct curl_slist *transfer_headers(const struct transfer *x);

/* Length of its request's body; -1: not known. */
int64_t transfer_body_len(const struct transfer *x);

/* Is some of that body still to be sent? */
bool transfer_body_is_unsent(const struct transfer *x);

NODISCARD struct transfer *transfer_new(const struct transfer_env *env);
void transfer_free(struct transfer *x); /* not while in a multi; NULL is fine */

/* The transfer of a handle.  NULL: libcurl >= 8.12 has a handle of its own that
 * closes connections. */
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
 * Did it fail before anything was sent, and not because of the server?  Either
 * it could not connect, and not all addresses were tried, since there was no
 * room for two sockets; or it got a kept connection that it must not use.
 *
 * Then start it again, with what is left of its time: it opens a connection and
 * tries one address after the other.  The caller takes x->easy out of its multi
 * before and adds it afterwards.
 */
bool transfer_must_start_again(const struct transfer *x, CURLcode code);
void transfer_start_again(struct transfer *x, int64_t now_us);

/* It has waited in libcurl for room for its connection.  That counts as queue
 * time, so start it anew.  The caller takes x->easy out of its multi before and
 * adds it afterwards. */
void transfer_restart_wait(struct transfer *x, int64_t now_us);

/* Go on with a body that is TRANSFER_PAUSED, or was released.  After an error
 * the transfer is over: take it out of its multi. */
NODISCARD CURLcode transfer_resume(struct transfer *x);

/* The body must wait for room; no time-out counts meanwhile. */
void transfer_hold(struct transfer *x);

/* End that wait.  Returns false if there is still no room. */
NODISCARD bool transfer_release(struct transfer *x);

/*
 * Have libcurl look at a transfer that is still connecting.  libcurl < 8.x: if
 * one of several addresses fails, it tries the next one only when it has
 * another reason to look, which may be half the connect time-out later.
 */
void transfer_wake(struct transfer *x);

/* --limit-rate keeps its connection from being read (is_slowed), or no longer
 * does. */
void transfer_slow(struct transfer *x, bool is_slowed);

/* For how long it was held or slowed, up to now.  No time-out counts this time,
 * so the part that --limit-rate adds is bounded (SLOWED_FACTOR). */
int64_t transfer_held_us(const struct transfer *x, int64_t now_us);

/* Is the time of a transfer that was held over?  Then the caller must end it,
 * since libcurl may not look at it again. */
bool transfer_has_expired(const struct transfer *x, int64_t now_us);

/*
 * Should libcurl have ended the transfer long ago?  Call it now and then: it is
 * true only after several calls that found it too late.
 */
bool transfer_is_overdue(struct transfer *x, int64_t now_us);

/*
 * The transfer is over and out of its multi: fill the job's result and times,
 * and return the job.  Afterwards the transfer can be started again if
 * transfer_is_reusable(); else free it.
 */
struct job *transfer_finish(struct transfer *x, CURLcode code, int64_t now_us);
bool transfer_is_reusable(const struct transfer *x);

#endif /* TRANSFER_H */
