/*
 * http.h - one HTTP/1.x request, parsed as its bytes come in.
 */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum { HTTP_MAX_HEADERS = 200, HTTP_MAX_HEAD = 1 << 20 };

struct header {
    const char *name;
    const char *value;
};

/* A request.  All strings point into `head` and live as long as it does. */
struct request {
    struct buf head; /* the request's head, cut into strings */
    const char *method;
    const char *target;  /* as sent, query included */
    const char *path;    /* percent-decoded, without the query */
    const char *query;   /* as sent, "" where there is none */
    const char *host;    /* the Host header, "" where there is none */
    int minor;           /* HTTP/1.minor */
    bool keep_alive;     /* the client would use the connection again */
    bool wants_continue; /* Expect: 100-continue */
    bool chunked;        /* the body comes in chunks */
    uint64_t body_left;  /* bytes of the body, or the chunk, still to come */
    uint64_t body_bytes; /* bytes of the body so far */
    int chunk_state;
    struct buf body; /* its first MiB */
    size_t nheaders;
    struct header headers[HTTP_MAX_HEADERS];

    uint64_t conn; /* number of its connection, from 1; set by the owner */
    uint64_t nth;  /* its number on that connection, from 1; ditto */
};

/*
 * Parse a head at the front of data, n at least 1.
 *
 * returns  the bytes it took, 0 where it is not complete yet, -1 where it is
 *          no HTTP/1.x request
 */
long http_parse_head(struct request *q, const char *data, size_t n);

/*
 * Take body bytes from the front of data.
 *
 * used     set to the bytes taken
 * returns  1 when the body is complete, 0 when more must come, -1 if malformed
 */
int http_parse_body(struct request *q, const char *data, size_t n,
                    size_t *used);

/* Make the request ready for the next parse; keeps its buffers. */
void http_reset(struct request *q);

/* Free what the request holds. */
void http_fini(struct request *q);

/* A header's value, or NULL. */
const char *http_header(const struct request *q, const char *name);

/*
 * Decoded value of the n-th (from 0) query parameter of that name.
 *
 * returns  true and the text in out (cut to size), false where there is none
 */
bool http_param(const struct request *q, const char *name, int n, char *out,
                size_t size);

/* A numeric query parameter, or fallback. */
int64_t http_param_int(const struct request *q, const char *name,
                       int64_t fallback);

/*
 * Step through the query: *pos is 0 at the start.
 *
 * returns  true and the next decoded name and value (cut to size each)
 */
bool http_param_next(const struct request *q, size_t *pos, char *name,
                     char *value, size_t size);

#endif /* SERVER_HTTP_H */
