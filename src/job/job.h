/*
 * job.h - what the user asked: one input record, over all its attempts and
 * hops, until its result line is written.
 *
 * A job is made by input/request_json, waits in sched/, flies in engine/ (one
 * hop at a time, each a transfer), gets its text from output/result_line and is
 * freed by app/ once the sink has it.  It has one owner at a time: whoever
 * holds the pointer may write to it, and nobody else looks.
 */
#ifndef JOB_H
#define JOB_H

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "job/http.h"
#include "job/result.h"

struct body;
struct capture;
struct earlier;
struct form_part;
struct origin;
struct part;
struct job_pool;

/* What the body was given as, which decides the default content type. */
enum body_kind {
    BODY_NONE,
    BODY_RAW,   /* application/x-www-form-urlencoded, as curl -d */
    BODY_JSON,  /* application/json, as curl --json */
    BODY_PLAIN, /* no content type, as curl -T */
    BODY_FORM,  /* multipart/form-data, as curl -F */
};

/* What a result line does not tell of its request. */
enum request_own {
    OWN_URL = 1 << 0, /* the URL cannot be shown as it is */
    OWN_HEADERS = 1 << 1,
    OWN_BODY = 1 << 2,
    OWN_BODY_BASE64 = 1 << 3,
    OWN_JSON = 1 << 4,
    OWN_BODY_FILE = 1 << 5,
    OWN_FORM = 1 << 6,
};
#define JOB_NOWN 7U

/* The key of bit i: "headers". */
const char *job_own_name(unsigned i);

/*
 * What to send.  NULL and 0 mean "as the options say", until next_first() has
 * filled it in.  A redirect changes it (method, body, headers), a retry starts
 * again from the first one.
 */
struct request {
    const char *method;     /* a token (RFC 9110, 5.6.2), case kept */
    struct header *headers; /* in input order */
    enum body_kind body_kind;
    const char *body; /* body_len bytes, NULL for BODY_NONE */
    size_t body_len;
    const char *body_file;        /* in place of body; NULL: none */
    const struct form_part *form; /* of BODY_FORM */
    unsigned own; /* OWN_... that the record itself brings, the options' do not
                     count */
    bool is_cross_origin; /* a redirect left the first origin: what is for
                             that one alone is not sent any more */
    bool has_new_machine; /* is_cross_origin, and the host is neither the
                             first one nor that of the origin before */
    int64_t timeout_us;   /* one attempt, 0: no limit; -1: as the options say */
    int64_t connect_timeout_us; /* one hop; the same */
};

/* Is the body the record's own, and not the options'? */
static inline bool
request_has_own_body(const struct request *req)
{
    return (req->own & ~(unsigned)(OWN_URL | OWN_HEADERS)) != 0;
}

/* Does it send files? */
bool request_has_files(const struct request *req);

/* Forget the body, but not whose it was. */
void request_drop_body(struct request *req);

/* A URL that was parsed, and so is http or https. */
struct target {
    const char *url;    /* as it is requested, with userinfo */
    const char *path;   /* path and query within url */
    bool is_plain;      /* no libcurl changes url, and there is nothing to hide
                           or escape in it (url/plain.h) */
    const char *scheme; /* "http" or "https" */
    const char *host;   /* lower case, punycode, IPv6 without brackets */
    uint16_t port;
    bool is_tls;
    bool is_numeric;          /* host is an address */
    const char *connect_host; /* whose address is to be known: host, but for
                                 --connect-to and a proxy */
    uint16_t connect_port;
    bool connect_is_numeric; /* or none that we can look up */
    bool connect_is_proxy;   /* it is the proxy's */
    const char *proxy;       /* URL of the proxy to use, NULL: none */
    bool proxy_is_socks;     /* and it speaks no HTTP */
    const char *key; /* scheme://host:port and the proxy: the host's key */
};

/* Where a job goes when its hop is over; set by next_after() (next.h). */
enum job_next {
    JOB_FINAL,  /* its result stands, the line is written */
    JOB_HOP,    /* target and request are those of the next hop */
    JOB_REPEAT, /* the same hop again, of the same attempt */
    JOB_RETRY,  /* target and request are the first ones again */
};

struct job {
    struct job *link; /* next in whichever queue holds it */
    struct arena mem; /* every string and header of this struct */

    /* The record. */
    uint64_t index;        /* 0-based, over all inputs */
    const char *url_given; /* url_given_len bytes, may hold any byte */
    size_t url_given_len;
    const char *id;          /* compact JSON text, NULL: none */
    const char *meta;        /* compact JSON text, NULL: none */
    const char *output_name; /* NULL: by the template */
    const char *accept;      /* as --accept's; NULL: as the options say */
    const char *expect;      /* a good expression; NULL: as the options say */
    size_t expect_len;
    const char *expect_sha256; /* 64 hex digits, lower case; NULL: any */
    bool keeps_request;        /* the next is to be filled (--keep-request) */
    const char *request;       /* the record's own keys as a JSON object, NULL:
                                  not kept */
    const char *request_hash;  /* request_hash()'s; NULL: it has no headers and
                                  no body of its own */
    bool is_repeat;            /* of a request that came before; not fetched */
    uint64_t duplicate_of;     /* is_repeat: that record's index */
    struct earlier *earlier;   /* what --since knows of it; NULL: nothing */
    struct request first;      /* as asked */
    struct target origin;      /* of the first hop */

    /* The current hop. */
    struct request req;
    struct target target;
    enum job_next next;
    bool needs_fresh_conn; /* a kept one ended under it */
    bool wants_http1;      /* the server wants it over HTTP/1.1 */

    /* Where it is.  Written by sched/ as it hands the job out. */
    struct origin *host; /* sched's; valid from sched_add() to sched_done() */
    unsigned engine;     /* number of the engine it flies in */
    const char *addrs;   /* "192.0.2.1,2001:db8::1": where to connect;
                            NULL: libcurl finds out */
    bool is_protocol_probe; /* tell when the connection stands (HTTP/2) */
    bool multiplex;         /* the host is known to speak HTTP/2 */
    int64_t room_held;      /* for its body and line, by body/room.h */
    int64_t ncontrols;      /* bytes of the body that grow in the line */
    bool wants_fresh_conn;  /* no kept connection for it */
    bool keep_conn;         /* more may come for this host: keep it open */

    /* Time, monotonic microseconds. */
    int64_t read_at_us;   /* record read */
    int64_t queued_at_us; /* entered the scheduler, this hop */
    int64_t queue_us;     /* waited there, all hops and attempts */
    int64_t dns_us;       /* waited for the name, this hop; -1: did not */
    int64_t attempt_us;   /* this attempt's hops so far, queue excluded */
    int64_t hops_us;      /* of attempt_us: in hops that are left behind */
    int64_t handed_us;    /* to its engine, this hop; for --trace */
    int64_t started_us;   /* first attempt, once it is over */
    int64_t due_us;       /* a retry's or a repeat's moment */
    uint32_t nretries;    /* attempts before this one */
    uint32_t nrepeats;    /* of requests, in this attempt */
    int64_t logged_us;    /* of attempt_us: up to the last repeat */
    int64_t waited_us;    /* before this attempt, by the back-off */
    bool is_turned_away;  /* its host paused for it: sched/pacing.c */
    size_t cost;          /* bytes that it holds, roughly */

    struct body *body;    /* engine/'s: its bytes on their way to a file; NULL
                             but while a hop runs */
    struct part *part;    /* body/'s: the beginning of the body's file that the
                             hop goes on with, or leaves; ditto */
    struct header *range; /* Range and If-Range of the hop, for what is there;
                             NULL: none */
    struct body *ready;   /* body/'s: those bytes, looked at; ditto */
    int64_t catch_up_us;  /* when it began to look at what is there */
    struct capture *capture; /* of a hop, for the archive; NULL but while it
                                runs, or where there is none */
    struct result res;       /* what came of it so far */
    struct buf line;         /* the result as one JSON line, with its newline */
};

/* What the attempt under way has taken so far, 0: it has not begun, and
 * attempt_us is that of the one before. */
static inline int64_t
job_spent_us(const struct job *j)
{
    return j->res.was_sent ? j->attempt_us : 0;
}

/* A source of jobs that keeps a few freed ones.  One thread only. */
NODISCARD struct job_pool *job_pool_new(void);
void job_pool_free(struct job_pool *pool); /* NULL is fine */

/* A blank job: all zero, times -1 where that means "none". */
NODISCARD struct job *job_new(struct job_pool *pool);

/* Give a job that is about to fly a line buffer that was used before: those
 * that wait, by the thousand, need none. */
void job_lend_line(struct job_pool *pool, struct job *j);

/* Give a job and all it holds back. */
void job_free(struct job_pool *pool, struct job *j);

/* A first-in first-out queue of jobs by their link. */
/*
 * A hop is dispatched.  If an attempt begins with it, forget what the last
 * one left (times, redirects); up to here that stood, in case there is none.
 */
void job_begin_hop(struct job *j);

struct job_list {
    struct job *head;
    struct job **tail; /* where the next one's pointer goes */
};

void job_list_init(struct job_list *l);
void job_list_push(struct job_list *l, struct job *j);
struct job *job_list_pop(struct job_list *l); /* NULL: empty */
struct job *job_list_take(struct job_list *l,
                          struct job **at); /* the one that a link leads to */
void job_list_append(struct job_list *l,
                     struct job_list *more); /* empties more */

static inline bool
job_list_is_empty(const struct job_list *l)
{
    return l->head == NULL;
}

#endif /* JOB_H */
