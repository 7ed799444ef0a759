/*
 * result.h - what one job came to: the facts behind its result line.
 *
 * Filled hop by hop by engine/ (result_reset_hop() before each), or at once
 * for a record that is never sent.  output/result_line makes the line of it.
 */
#ifndef RESULT_H
#define RESULT_H

#include "base/base.h"
#include "base/buf.h"
#include "job/earlier.h"

/* The closed set of error classes; the names are result_class_name()'s. */
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

/* How far the last hop came. */
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

/* What is known of a request that got no answer. */
enum evidence {
    EVIDENCE_NONE,        /* it may have been looked at */
    EVIDENCE_UNSENT,      /* it never left */
    EVIDENCE_ENDED,       /* its connection, which was in use before, ended */
    EVIDENCE_REFUSED,     /* the server says that it did not look at it */
    EVIDENCE_WANTS_HTTP1, /* nor will it, over HTTP/2 */
    EVIDENCE_NO_RANGE,    /* it has one, which is of no use: --continue */
};

/* Room for an error's message, with its NUL. */
#define RESULT_MESSAGE_MAX 256

struct fetch_error {
    enum error_class class; /* ERR_NONE: no error, the rest is void */
    char code[32];          /* finer than the class, an open set */
    enum phase phase;
    char *message;  /* for people, the result's; RESULT_MESSAGE_MAX bytes at
                       most.  Control bytes are escaped when it is written */
    bool retryable; /* another attempt may well succeed */
    int curl_code;  /* CURLcode, 0: none */
    int os_errno;   /* 0: unknown */
};

/* The last hop's time in microseconds that add up; -1: did not happen. */
struct timing {
    int64_t dns, connect, tls, send, wait, receive;
};

/* A hop that was followed by another one (--redirects). */
struct hop {
    const char *url;
    int status;
    const char *location;
    char remote_ip[46];
    int64_t time_us; /* from dispatch to the last byte */
    struct hop *next;
};

/* An attempt that is over (--attempts). */
struct attempt {
    int status;                   /* 0: none */
    enum error_class error_class; /* ERR_NONE: went well */
    int64_t retry_after_us;       /* as the server asked; -1: did not */
    int64_t waited_us;            /* before this attempt, by the back-off */
    int64_t time_us;              /* all hops, queue excluded; -1: not sent */
    struct attempt *next;
};

/* A TLS connection (--tls-info).  Strings NULL: unknown. */
struct tls_info {
    const char *version; /* "TLSv1.3" */
    const char *cipher;
    const char *alpn;
    bool is_verified;    /* the certificate is good for this host */
    const char *subject; /* of the server's certificate, as RFC 2253 */
    const char *issuer;
    int64_t not_after_us; /* wall clock; -1: unknown */
    const char *sha256;   /* of the certificate, in hex */
};

/* A record of an archive (--warc) that holds the body of an answer, be it
 * that of an earlier run. */
struct archived {
    const char *id;         /* its WARC-Record-ID, without brackets */
    const char *url, *date; /* its WARC-Target-URI and WARC-Date */
    const char *file;
    int64_t offset, length; /* in it */
};

struct result {
    struct fetch_error error;

    /* Over the whole job. */
    uint32_t
        attempts; /* requests tried, without redirect hops; 0: never sent */
    uint32_t num_redirects;  /* hops followed in the last attempt */
    int64_t started_wall_us; /* first attempt sent; -1: never */
    int64_t done_us;         /* monotonic, when the result stood */
    bool was_sent;           /* the attempt under way was dispatched */
    int hop_status;          /* of the last redirect that the attempt followed,
                                0: none */

    enum evidence evidence; /* of the last hop, where it has no answer */

    /* Last hop.  Strings are in the job's arena. */
    const char *url_effective;    /* NULL: nothing was requested */
    const char *method;           /* of the last request, NULL: none was sent */
    int status;                   /* 0: none */
    const char *http_version;     /* "1.0" "1.1" "2" "3", NULL: unknown */
    char remote_ip[46];           /* "": unknown */
    int remote_port;              /* 0: unknown */
    int reused;                   /* 1, 0, -1: unknown */
    const char *content_type;     /* NULL: none */
    int64_t content_length;       /* as declared, -1: not */
    const char *content_encoding; /* codings that the body still has, as nobody
                                     here knows them; NULL: none */
    int64_t size_download;        /* body bytes on the wire */
    int64_t size_body;            /* after decompression */
    struct timing timing;         /* void unless has_timing */
    bool has_timing;
    const char *location;   /* Location of a 3xx, NULL: none */
    int64_t retry_after_us; /* Retry-After, from now; -1: none */

    struct buf headers;     /* the final response's header lines, raw, each with
                               its line end, without the status line */
    struct buf body;        /* as kept for --body, decoded */
    bool is_let_go;         /* they were, by result_let_go(), and are unknown */
    bool body_truncated;    /* --truncate: there was more */
    int64_t continued_from; /* bytes of the body that were there before the
                               last hop (--continue); -1: none were asked for */
    bool is_head_enough;    /* it timed out in a body that nobody asked for */
    const char *body_path;  /* of its file, NULL: none */
    bool is_skipped;        /* --existing keep: that file was there */
    const char *disposition;          /* Content-Disposition, NULL: none, or no
                                         file wants it */
    const char *sha256;               /* in hex, NULL: unknown */
    const char *etag, *last_modified; /* --since, --sha256; NULL: none */
    const struct tls_info *tls;       /* NULL: none, or not asked for */
    const char *warc_file;            /* that has the record; NULL: none */
    int64_t warc_offset, warc_length; /* in it */
    const char *warc_request;         /* id of the record of a request without a
                                         response, NULL: none */
    const struct archived *archived;  /* which record has the body, NULL: none,
                                         or not known */

    /* Set by since_judge(). */
    enum change change;
    const char *url_earlier; /* that gave the validators, and how large its */
    int64_t size_earlier; /* answer was; NULL, -1: they are of this answer, or
                             it is not known */

    struct hop *hops, **hops_tail; /* oldest first */
    struct attempt *attempt_log, **attempt_tail;
};

/* Make it blank: nothing is known. */
void result_init(struct result *r);
void result_fini(struct result *r);

/* Forget what the last hop left, before the next one. */
void result_reset_hop(struct result *r);

/* The last HTTP status of the last attempt: the last hop's, or, where that had
 * no answer, the redirect's that led to it.  0: none. */
static inline int
result_status(const struct result *r)
{
    return r->status ? r->status : r->hop_status;
}

/* Free headers and body: the job is going to wait, and many may. */
void result_let_go(struct result *r);

/* Set the error.  The format's text is cut to fit. */
void result_fail(struct result *r, enum error_class class, const char *code,
                 enum phase phase, bool retryable, const char *fmt, ...)
    PRINTF_LIKE(6, 7);

/* The name in the result line: "too_large", "receive". */
const char *result_class_name(enum error_class class);
const char *result_phase_name(enum phase phase);

#endif /* RESULT_H */
