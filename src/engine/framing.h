/*
 * framing.h - where the head of an HTTP/1 response says that its body ends.
 *
 * libcurl does not judge a head strictly enough, so an incomplete response
 * could pass for complete (RFC 9112, 6.3), or chunks for the body:
 *
 * - Of two lengths it uses the first.
 * - It ignores a length that is too large for it, or with a blank before the
 *   colon.
 * - It overlooks a folded Transfer-Encoding.
 * - libcurl < 8.x accepts "2000" as a status, and decodes transfer-codings that
 *   the request did not ask for, without a limit.
 * - libcurl 8.14 finds "close" only as the first word of Connection.
 */
#ifndef FRAMING_H
#define FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct framing {
    int64_t length; /* from Content-Length; -1: none */
    bool is_wrong;  /* it is not a number, too large, or there are two different
                       ones; or libcurl does not see the Transfer-Encoding; or
                       the first header line is folded (RFC 9112, 2.2) */
    bool has_line;  /* there is a header line */
    bool is_own_line; /* the last line was a Content-Length or a
                         Transfer-Encoding */
    bool is_coded;    /* there is a Transfer-Encoding, which takes precedence */
    bool is_chunked;  /* it has "chunked", so that the body has an end of its
                         own */
    bool is_unasked;  /* it has a coding that no request asks for */
    bool ends_connection; /* there is a "Connection: close" */
};

/*
 * The status of a line like "HTTP/1.1 301 Moved"; 0 if it is not a status
 * line.  Also sets *is_http1: the version is 1.x.
 */
int framing_status(const char *line, size_t len, bool *is_http1);

/* A head begins. */
void framing_begin(struct framing *f);

/* Add a line of the head other than a blank one. */
void framing_add_line(struct framing *f, const char *line, size_t len);

/* The value of a header line with this lower-case name; NULL if it has another
 * name. */
const char *framing_value(const char *line, size_t len, const char *name);

#endif /* FRAMING_H */
