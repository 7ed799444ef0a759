/*
 * capture.h - records a hop's request and response as they were sent, for the
 * archive (--warc).
 *
 * The engine adds the bytes as they pass, in the form of HTTP/1.1: heads as
 * lines, bodies without their transfer-coding but with their content-coding.
 * Beyond 256 KiB a body goes to a temporary file, piece by piece, already in
 * the form that the archive needs. output/warc writes the records.
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
    struct store *store;    /* folder for temporary files */
    struct gzip_pool *gzip; /* NULL: bodies are not compressed */
    struct capture_pool *pool;
    bool show_secrets;
};

/* A request or a response. */
struct message {
    struct buf head;       /* including its blank line */
    struct buf pending;    /* the part of the body not yet in a file */
    uint64_t body_bytes;   /* all of it */
    char temp[STORE_TEMP]; /* file with the start of the body; "": there is none
                            */
    uint64_t temp_bytes;   /* of that file */
    uint64_t spooled;      /* body bytes in the file, before compression */
    uint32_t crc;          /* of these */
    struct digest *block,
        *payload; /* of head and spooled bytes, if has_begun */
    bool has_begun;
    bool is_whole_head;  /* the blank line has arrived */
    bool is_coded;       /* it had a transfer-coding, which was removed */
    uint64_t chunk_left; /* of a request's chunk: bytes yet to come */
    enum chunk {
        CHUNK_SIZE, /* the line with its size */
        CHUNK_DATA,
        CHUNK_END, /* the line end behind the data */
        CHUNK_LAST /* the end of the body */
    } chunk;
};

struct capture {
    const struct capture_env *env;
    struct message request, response;
    int64_t wall_us;       /* when the request was sent; -1: not sent */
    int status;            /* of the response, 0: none */
    bool has_validator;    /* the request was conditional */
    const char *truncated; /* why the response is incomplete, in the words of
                              WARC-Truncated; NULL: it is complete */
    int os_errno; /* why a temporary file could not be written; 0: no error */
    struct capture *earlier; /* the hop's request before this one, if it was
                                answered by a digest's challenge, or NULL */
    struct capture *next;    /* in the pool */
};

/* Captures that are done with, for those to come. */
NODISCARD struct capture_pool *capture_pool_new(void);
void capture_pool_free(struct capture_pool *pool); /* NULL is fine */

NODISCARD struct capture *capture_new(const struct capture_env *env);
void capture_free(struct capture *c); /* Also frees earlier ones, and removes
                                         files. NULL is fine. */

/* A request is about to be sent: forget an earlier one and its response. */
void capture_begin(struct capture *c);

/* Get a capture for the request that follows c in the same hop.  It owns c, as
 * its `earlier`. */
NODISCARD struct capture *capture_follow(struct capture *c);

/* Add bytes of the request as they are sent.  A head may come in pieces. */
void capture_sent_head(struct capture *c, const char *data, size_t len);
void capture_sent_body(struct capture *c, const char *data, size_t len);

/* Has the whole head of the request been sent? */
bool capture_has_request(const struct capture *c);

/* Add a line of a response's head, with its line end. status is 0 except for
 * the first line, which starts a new response. */
void capture_head_line(struct capture *c, const char *line, size_t len,
                       int status);

/* Add bytes of the response's body as they arrive. */
void capture_body(struct capture *c, const char *data, size_t len);

/* Has the head of a final response arrived? */
bool capture_has_response(const struct capture *c);

/*
 * The message is over: make its head final (secrets hidden, lengths correct)
 * and compute the digest of its body.  Call once for each message.
 *
 * payload  void for a request without a body
 */
void capture_seal(struct capture *c, struct message *m,
                  char payload[DIGEST_TEXT]);

/* Compute the digest of a sealed message, or of its head alone.  Call once. */
void capture_digest_block(struct message *m, bool is_head_only,
                          char block[DIGEST_TEXT]);

#endif /* CAPTURE_H */
