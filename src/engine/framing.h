/*
 * framing.h - what the head of an HTTP/1 response says of where its body ends
 *
 * libcurl < 8.x: takes "2000" for a status, and every version takes the first
 * of two lengths and no length at all where the number is too large for it.  So
 * an answer could be taken for whole that is not (RFC 9112, 6.3).
 */
#ifndef FRAMING_H
#define FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct framing {
    int64_t length;      /* as Content-Length declares it, -1: it does not */
    bool is_wrong;       /* that is no number, too large, or two numbers */
    bool is_length_line; /* the last line was a Content-Length */
    bool is_coded;       /* there is a Transfer-Encoding, which goes before */
};

/*
 * The status that a line tells, as in "HTTP/1.1 301 Moved"; 0: it is no status
 * line.  *is_http1 is set with it: its version is 1.x.
 */
int framing_status(const char *line, size_t len, bool *is_http1);

/* A head begins. */
void framing_begin(struct framing *f);

/* One of its lines, blank ones excepted. */
void framing_add_line(struct framing *f, const char *line, size_t len);

/* The value of a header line that has this name in lower case, NULL: it has
 * another one. */
const char *framing_value(const char *line, size_t len, const char *name);

#endif /* FRAMING_H */
