/*
 * result.h - the result of a job: the facts in its result line.
 *
 * Filled hop by hop by engine/ (result_reset_hop() before each), or directly
 * for a record that is never sent. output/result_line formats it.
 */
#ifndef RESULT_H
#define RESULT_H

#include "base/addr.h"
#include "base/base.h"
#include "base/buf.h"
#include "job/earlier.h"

/* The closed set of error classes; result_class_name() gives their names. */
enum error_class {
    ERR_NONE,
    ERR_INPUT,
    ERR_BLOCKED,
    ERR_DNS,
    ERR_CONNECT,
    ERR_TLS,
    ERR_PROXY,
    ERR_TIMEOUT,
    ERR_PROTOCOL,
    ERR_REDIRECT,
    ERR_TOO_LARGE,
    ERR_HTTP,
    ERR_EXPECT,
    ERR_HOST_DOWN,
    ERR_WRITE,
    ERR_ABORTED,
};

/* How far the last hop got. */
enum phase {
    PHASE_INPUT,
    PHASE_QUEUE,
    PHASE_DNS,
    PHASE_CONNECT,
    PHASE_TLS,
    PHASE_SEND,
    PHASE_WAIT,
    PHASE_RECEIVE,
    PHASE_WRITE,
};

/* What is known about a request without an answer. */
enum evidence {
    EVIDENCE_NONE,        /* it may have been processed */
    EVIDENCE_UNSENT,      /* it never left */
    EVIDENCE_ENDED,       /* its kept connection ended */
    EVIDENCE_REFUSED,     /* the server says that it did not process it */
    EVIDENCE_WANTS_HTTP1, /* the server wants it over HTTP/1.1 */
    EVIDENCE_NO_RANGE, /* it has an answer, but none to the Range of --continue
                        */
    EVIDENCE_UNCHALLENGED, /* its body was held back for a digest's challenge,
                              and the server asked for none */
};

/* Room for an error's message, with its NUL. */
#define RESULT_MESSAGE_MAX 256

struct fetch_error {
    enum error_class class; /* ERR_NONE: no error; the other fields are unset */
    char code[32];          /* finer than the class; an open set */
    enum phase phase;
    char *message;  /* for people, owned by the result, at most
                       RESULT_MESSAGE_MAX bytes; escaped when written */
    bool retryable; /* another attempt may succeed */
    int curl_code;  /* CURLcode, 0: none */
    int os_errno;   /* 0: unknown */
};

/* Phases of the last hop in microseconds, which add up; -1: did not happen. */
struct timing {
    int64_t dns, connect, tls, send, wait, receive;
};

/* A hop that was followed by a redirect (--redirects). */
struct hop {
    const char *url;
    int status;
    const char *location;
    char remote_ip[ADDR_TEXT];
    int64_t time_us; /* from dispatch to the last byte */
    struct hop *next;
};

/* A completed attempt (--attempts). */
struct attempt {
    int status;                   /* 0: none */
    enum error_class error_class; /* ERR_NONE: went well */
    int64_t retry_after_us;       /* asked for by the server; -1: none */
    int64_t waited_us;            /* back-off before this attempt */
    int64_t time_us; /* all hops, without the queue; -1: not sent */
    struct attempt *next;
};

/* A TLS connection (--tls-info).  Strings NULL: unknown. */
struct tls_info {
    const char *version; /* "TLSv1.3" */
    const char *cipher;
    const char *alpn;
    bool is_verified;    /* the certificate is valid for this host */
    const char *subject; /* of the server's certificate, in RFC 2253's form */
    const char *issuer;
    int64_t not_after_us; /* wall clock; -1: unknown */
    const char *sha256;   /* of the certificate, in hex */
};

/* An archive record (--warc) with the body of an answer, possibly of an
 * earlier run. */
struct archived {
    const char *id;         /* its WARC-Record-ID, without brackets */
    const char *url, *date; /* its WARC-Target-URI and WARC-Date */
    const char *file;
    int64_t offset, length; /* in it */
};

struct arena;

struct result {
    struct fetch_error error;

    /* Over all attempts. */
    uint32_t attempts; /* attempts, not counting redirect hops; 0: never sent */
    uint32_t nchallenges; /* requests that a digest's challenge answered, not in
                             attempts yet */
    uint32_t num_redirects;  /* hops followed in the last attempt */
    int64_t started_wall_us; /* first attempt sent; -1: never */
    int64_t done_us;         /* monotonic time at which the result was final */
    bool was_sent;           /* the current attempt was sent */
    int hop_status;          /* status of the last redirect followed; 0: none */

    enum evidence evidence; /* about the last hop, if it has no answer */
    uint64_t connection;    /* of the last hop, by its ends; 0: not known */
    /* HTTP/2: how many requests that connection had with this one; with
     * EVIDENCE_REFUSED: how many the server takes over it.  0: not known. */
    uint32_t conn_nrequests;

    /* About the last hop.  Strings are in the job's arena. */
    const char *url_effective;    /* NULL: nothing was sent */
    const char *method;           /* of the last request, NULL: none was sent */
    int status;                   /* 0: none */
    const char *http_version;     /* "1.0" "1.1" "2" "3", NULL: unknown */
    char remote_ip[ADDR_TEXT];    /* "": unknown */
    int remote_port;              /* 0: unknown */
    int reused;                   /* 1, 0, -1: unknown */
    const char *content_type;     /* NULL: none */
    int64_t content_length;       /* as declared; -1: not declared */
    const char *content_encoding; /* codings that remain because we do not know
                                     them; NULL: none */
    int64_t size_download;        /* body bytes on the wire */
    int64_t size_body;            /* after decompression */
    struct timing timing;         /* void unless has_timing */
    bool has_timing;
    const char *location;   /* Location of a 3xx, NULL: none */
    int64_t retry_after_us; /* Retry-After, relative to now; -1: none */

    struct buf headers; /* the final response's header lines, raw, with line
                           ends, without the status line */
    struct buf body;    /* as kept for --body, decoded */
    bool is_response_dropped; /* see result_drop_response() */
    bool body_truncated;      /* --truncate: there was more */
    int64_t continued_from;   /* bytes of the body that were there before the
                                 last hop (--continue); -1: none were asked for */
    bool is_head_enough;      /* it failed in a body that nobody needs */
    const char *body_path;    /* of its file, NULL: none */
    bool is_skipped;          /* --existing keep: the file existed */
    const char
        *disposition;   /* Content-Disposition; NULL: none, or not needed */
    const char *sha256; /* in hex, NULL: unknown */
    const char *etag, *last_modified; /* --since, --sha256; NULL: none */
    const struct tls_info *tls;       /* NULL: none, or not asked for */
    const char *warc_file;            /* the file with the record; NULL: none */
    int64_t warc_offset, warc_length; /* in it */
    const char *warc_request;         /* id of the record of a request without a
                                         response; NULL: none */
    const struct archived
        *archived; /* the record with the body; NULL: none or unknown */

    /* Set by since_judge(). */
    enum change change;
    /* The URL that gave the validators, and the size and status of its answer;
     * NULL, -1 and 0: they are this answer's, or unknown. */
    const char *url_earlier;
    int64_t size_earlier;
    int status_earlier;

    struct hop *hops, **hops_tail; /* oldest first */
    struct arena *hops_mem;        /* the hops' memory; NULL: none */
    const char *hops_url; /* the URL that the last one leads to, in hops_mem */
    struct attempt *attempt_log, **attempt_tail;
};

/* Clear everything. */
void result_init(struct result *r);
void result_fini(struct result *r);

/* Clear the last hop's facts before the next hop. */
void result_reset_hop(struct result *r);

/* The last HTTP status of the last attempt: that of the last hop or, if it has
 * no answer, of the redirect that led to it. 0: none. */
static inline int
result_status(const struct result *r)
{
    return r->status ? r->status : r->hop_status;
}

/* Free headers and body before the job waits: many jobs may be waiting. */
void result_drop_response(struct result *r);

/* How the codes of `input` errors about files begin. */
#define RESULT_FILE_CODE "file_"

/*
 * Was the record refused as it was read?  Then this is not the result of a
 * usable record that asks the same.  An error about one of its files does not
 * count, since the next run may be able to read that.
 */
bool result_is_refused(const struct result *r);

/* Set the error.  The formatted text is cut to fit. */
void result_fail(struct result *r, enum error_class class, const char *code,
                 enum phase phase, bool retryable, const char *fmt, ...)
    PRINTF_LIKE(6, 7);

/* The name in the result line: "too_large", "receive". */
const char *result_class_name(enum error_class class);
const char *result_phase_name(enum phase phase);

#endif /* RESULT_H */
