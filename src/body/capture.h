/*
 * capture.h - a hop's request and response as they went over the wire, for
 * the archive (--warc).
 *
 * The engine adds the bytes as they pass, in HTTP/1.1's form: heads as lines,
 * bodies without their transfer-coding and with their content-coding.  Beyond
 * 256 KiB a body goes to a temporary file, piece by piece, in the form that it
 * will have in the archive.  output/warc writes the records.
 */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "base/base.h"
#include "base/buf.h"
#include "body/digest.h"
#include "body/store.h"

struct capture_pool;
struct gzip_pool;

/* What the captures of a run share.  Outlives them. */
struct capture_env {
    struct store *store;    /* where temporary files go */
    struct gzip_pool *gzip; /* NULL: nothing is compressed */
    struct capture_pool *pool;
    bool show_secrets;
};

/* A request or a response. */
struct message {
    struct buf head;       /* with its blank line */
    struct buf pending;    /* the end of the body, as it came */
    uint64_t body_bytes;   /* all of it */
    char temp[STORE_TEMP]; /* the body's beginning, "": all is pending */
    uint64_t temp_bytes;   /* of that file */
    uint64_t spooled;      /* body bytes in it, before they were compressed */
    uint32_t crc;          /* of these */
    struct digest *block,
        *payload; /* of head and spooled bytes, if has_begun */
    bool has_begun;
    bool is_whole_head; /* its blank line came */
    bool is_coded;      /* it had a transfer-coding, which is removed */
};

struct capture {
    const struct capture_env *env;
    struct message request, response;
    int64_t wall_us;       /* when the request was sent; -1: it was not */
    int status;            /* of the response, 0: none */
    bool has_validator;    /* the request asked whether something changed */
    const char *truncated; /* why the response is not whole, as
                              WARC-Truncated says it; NULL: it is */
    int os_errno;          /* why a temporary file was not written; 0: it was */
    struct capture *next;  /* in the pool */
};

/* Captures that are done with, for those to come. */
NODISCARD struct capture_pool *capture_pool_new(void);
void capture_pool_free(struct capture_pool *pool); /* NULL is fine */

NODISCARD struct capture *capture_new(const struct capture_env *env);
void capture_free(struct capture *c); /* and its files; NULL is fine */

/* A request is about to be sent: forget an earlier one and its answer. */
void capture_begin(struct capture *c);

/* Bytes of the request as they leave.  A head may come in pieces. */
void capture_sent_head(struct capture *c, const char *data, size_t len);
void capture_sent_body(struct capture *c, const char *data, size_t len);

/* A line of a response's head, with its line end.  status is 0 but for the
 * first one, which begins a response anew. */
void capture_head_line(struct capture *c, const char *line, size_t len,
                       int status);

/* Bytes of the response's body, as they came. */
void capture_body(struct capture *c, const char *data, size_t len);

/* Did the head of a final response come? */
bool capture_has_response(const struct capture *c);

/* What a record says of a message, in hex. */
struct message_digests {
    char block[DIGEST_TEXT];
    char payload[DIGEST_TEXT]; /* void for a request without a body */
};

/*
 * The message is over: make its head final (secrets hidden, lengths true) and
 * take the digests.  Once for each message.
 */
void capture_seal(struct capture *c, struct message *m,
                  struct message_digests *digests);

#endif /* CAPTURE_H */
