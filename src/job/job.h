/*
 * job.h - one input record, over all its attempts and hops, until its result
 * line is written.
 *
 * A job is made by input/request_json, waits in sched/, is run by engine/ (one
 * hop at a time, each a transfer), is formatted by output/result_line and
 * freed by app/ once the sink has its line.  It has one owner at a time: only
 * the holder of the pointer reads or writes it.
 */
#ifndef JOB_H
#define JOB_H

#include "base/addr.h"
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

/* How the body was given, which decides the default content type. */
enum body_kind {
    BODY_NONE,
    BODY_RAW,   /* application/x-www-form-urlencoded, as curl -d */
    BODY_JSON,  /* application/json, as curl --json */
    BODY_PLAIN, /* no content type, as curl -T */
    BODY_FORM,  /* multipart/form-data, as curl -F */
};

/* The parts of a request that a result line does not contain. */
enum request_own {
    OWN_URL = 1 << 0, /* the URL cannot be shown unchanged */
    OWN_HEADERS = 1 << 1,
    OWN_BODY = 1 << 2,
    OWN_BODY_BASE64 = 1 << 3,
    OWN_JSON = 1 << 4,
    OWN_BODY_FILE = 1 << 5,
    OWN_FORM = 1 << 6,
    OWN_METHOD = 1 << 7,  /* a line has it, unless --fields leaves it out */
    OWN_REQUEST = 1 << 8, /* refused: no line shows what is wrong with it */
};
#define JOB_NOWN 9U

/* The key for bit i: "headers". */
const char *job_own_name(unsigned i);

/*
 * What to send.  NULL and 0 mean "as the options say" until next_first() has
 * filled it in.  A redirect changes it (method, body, headers); a retry starts
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
    unsigned
        own; /* OWN_... bits of what the record itself gives, not the options */
    bool is_cross_origin; /* a redirect left the first origin: what is meant for
                             that one only is no longer sent */
    bool has_new_host;    /* is_cross_origin, and the host differs from the
                                first one and the previous one */
    int64_t timeout_us;   /* one attempt, 0: no limit; -1: as the options say */
    int64_t connect_timeout_us; /* one hop, 0 and -1 as in timeout_us */
};

/* Is the body the record's own, rather than the options'? */
static inline bool
request_has_own_body(const struct request *req)
{
    return (req->own & (OWN_BODY | OWN_BODY_BASE64 | OWN_JSON | OWN_BODY_FILE |
                        OWN_FORM)) != 0;
}

/* Does it send files? */
bool request_has_files(const struct request *req);

/* Drop the body, but keep whose it was. */
void request_drop_body(struct request *req);

/* A parsed URL, which is http or https. */
struct target {
    const char *url;  /* as requested, with userinfo */
    const char *path; /* path and query within url */
    bool is_plain;    /* no libcurl changes url, and nothing in it is secret or
                         needs escapes (url/plain.h) */
    const char *scheme; /* "http" or "https" */
    const char *host;   /* lower case, punycode, IPv6 without brackets */
    uint16_t port;
    bool is_tls;
    bool is_numeric;          /* host is an address */
    const char *connect_host; /* the host whose address is needed: host, unless
                                 --connect-to or a proxy apply */
    uint16_t connect_port;
    bool connect_is_numeric; /* or a name that we cannot look up */
    bool connect_is_proxy;   /* it is the proxy's */
    const char *proxy;       /* URL of the proxy to use, NULL: none */
    const char *proxy_host;  /* the proxy's name, if its address is needed
                                beside connect_host's; else NULL */
    uint16_t proxy_port;     /* with proxy_host */
    bool proxy_is_socks;     /* it is SOCKS, not HTTP */
    bool proxy_is_tunnel;    /* it is HTTP, and asked by CONNECT */
    bool proxy_is_tls;       /* it is HTTP over TLS */
    const char *key; /* the origin's key: scheme://host:port and the proxy */
};

/* Does an HTTP proxy get the requests themselves, which name the whole URL? */
static inline bool
target_asks_proxy(const struct target *t)
{
    return t->proxy && !t->proxy_is_socks && !t->proxy_is_tunnel;
}

/* What follows a job's hop; set by next_after() (next.h). */
enum job_next {
    JOB_FINAL,  /* the result is final, its line is written */
    JOB_HOP,    /* target and request are those of the next hop */
    JOB_REPEAT, /* the same hop again, within the same attempt */
    JOB_RETRY,  /* target and request are those of the first hop */
};

struct job {
    struct job *link;      /* next job in the queue that holds it */
    struct arena mem;      /* the record's strings and headers */
    struct arena *hop_mem; /* those of the hop, in job_hop_mem(); NULL: none */

    /* From here to the result, all is cleared for the next record. */

    /* The record. */
    uint64_t index;        /* 0-based, over all inputs */
    const char *url_given; /* url_given_len bytes, may hold any byte */
    size_t url_given_len;
    const char *id;          /* compact JSON text, NULL: none */
    const char *meta;        /* compact JSON text, NULL: none */
    const char *output_name; /* NULL: use the template */
    const char *accept;      /* in the form of --accept; NULL: use the option */
    const char *expect;      /* a valid expression; NULL: use the option */
    size_t expect_len;
    const char *expect_sha256; /* 64 hex digits, lower case; NULL: any */
    bool keeps_request;        /* request must be filled in (--keep-request) */
    const char
        *request; /* the record's own keys as a JSON object; NULL: not kept */
    const char *request_hash; /* of request_hash(); NULL: no headers and no body
                                 of its own */
    const char *place; /* "FILE:LINE: ", for messages on files that the record
                          names; NULL: it names none */
    bool is_repeat;    /* repeats an earlier request; not fetched */
    uint64_t duplicate_of;   /* if is_repeat: the earlier record's index */
    struct earlier *earlier; /* what --since knows; NULL: nothing */
    struct request first;    /* as asked */
    struct target origin;    /* of the first hop */

    /* The current hop. */
    struct request req;
    struct target target;
    enum job_next next;
    bool repeat_needs_fresh_conn; /* must not use a kept connection */
    bool wants_http1;             /* the server wants HTTP/1.1 for it */
    bool is_unchallenged;         /* the server asks for no digest */

    /* Set by sched/ when it hands the job out. */
    struct origin *host; /* sched's; valid from sched_add() to sched_done() */
    unsigned engine;     /* number of its engine */
    struct addr_list addrs; /* of connect_host; empty: libcurl resolves it */
    struct addr_list proxy_addrs; /* of proxy_host; empty without one */
    bool is_protocol_probe; /* report when the connection is made (HTTP/2) */
    bool tells_when_sent;   /* report when the request leaves (a rate) */
    bool is_leaving; /* sched's: tells_when_sent, and has not been reported */
    bool multiplex;  /* the origin is known to speak HTTP/2 */
    bool post_needs_fresh_conn; /* must not use a kept connection */
    bool keep_conn; /* more requests may follow: keep the connection open */
    bool ends_turn; /* its origin then leaves the connection to others */

    /* Time, monotonic microseconds. */
    int64_t read_at_us;   /* record read */
    int64_t queued_at_us; /* when this hop entered the scheduler */
    int64_t queue_us;     /* time waited there, over all hops and attempts */
    int64_t dns_us; /* time waited for the look-up of this hop; -1: none */
    int64_t
        attempt_us;  /* time of this attempt's hops so far, without the queue */
    int64_t hops_us; /* part of attempt_us in earlier hops */
    bool is_in_flight;  /* an engine has it, or app/finisher from there */
    int64_t handed_us;  /* when this hop was given to its engine, or later if it
                           waited there for a connection; for --trace */
    int64_t started_us; /* start of the first attempt, set at its end */
    int64_t due_us;     /* when a retry or repeat is due */
    uint32_t nretries;  /* attempts before this one */
    uint32_t nrepeats;  /* repeated requests in this attempt */
    bool is_counted;    /* its requests are in res.attempts: no hop has begun
                           since next_after() */
    int64_t logged_us;  /* part of attempt_us up to the last repeat */
    int64_t waited_us;  /* back-off before this attempt */
    bool is_turned_away; /* its origin told it to wait: sched/pacing.c */
    size_t cost;         /* approximate size in bytes */
    size_t carried;      /* bytes of hop_mem that wait with it: job/carry.h */
    size_t carried_counted; /* those that app/ has in its sum */

    int64_t room_held;    /* bytes for its body and line, by body/room.h */
    int64_t ncontrols;    /* bytes of the body that need escapes in the line */
    struct body *body;    /* used by body/: the bytes of this hop; NULL unless a
                             hop runs */
    struct part *part;    /* used by body/: the part that the hop continues or
                             leaves (--continue); NULL unless a hop runs */
    struct header *range; /* Range and If-Range that the hop sends to continue a
                             part; NULL: none */
    struct body *ready;   /* used by body/: the bytes of the part, once read;
                             NULL unless a hop runs */
    int64_t catch_up_us;  /* when it began to read the part */
    struct capture
        *capture;      /* for the archive; NULL unless a hop runs with --warc */
    struct result res; /* the result so far */
    struct buf line;   /* the result as one JSON line, with its newline */
};

/* Time taken by the current attempt; 0 if it has not begun, when attempt_us is
 * still that of the previous one. */
static inline int64_t
job_spent_us(const struct job *j)
{
    return j->res.was_sent ? j->attempt_us : 0;
}

/* A source of jobs that reuses some freed ones.  For one thread only. */
NODISCARD struct job_pool *job_pool_new(void);
void job_pool_free(struct job_pool *pool); /* NULL is fine */

/* A blank job: all zero, with times -1 where that means "none". */
NODISCARD struct job *job_new(struct job_pool *pool);

/* Give a job that is about to start a used line buffer.  The thousands of
 * waiting jobs need none. */
void job_lend_line(struct job_pool *pool, struct job *j);

/* Free a job and everything it holds. */
void job_free(struct job_pool *pool, struct job *j);

/* The memory of the current hop: its target, and what comes of it. */
NODISCARD struct arena *job_hop_mem(struct job *j);

/*
 * A hop starts.  If it begins an attempt, clear what the previous attempt left
 * (times, redirects), which was kept until now in case no other attempt
 * followed.
 */
void job_begin_hop(struct job *j);

/* A first-in first-out queue of jobs by their link. */
struct job_list {
    struct job *head;
    struct job **tail; /* where the next job's pointer goes */
};

void job_list_init(struct job_list *l);
void job_list_push(struct job_list *l, struct job *j);
struct job *job_list_pop(struct job_list *l); /* NULL: empty */
struct job *job_list_take(struct job_list *l,
                          struct job **at); /* the job that a link points to */
void job_list_append(struct job_list *l,
                     struct job_list *more); /* empties more */

static inline bool
job_list_is_empty(const struct job_list *l)
{
    return !l->head;
}

#endif /* JOB_H */
