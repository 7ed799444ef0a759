/*
 * folded.h - a head whose first header line is folded.
 *
 * libcurl < 8.1 adds such a line to the last header of the handle's previous
 * transfer, whose memory it has freed (Curl_headers_push() in its headers.c).
 * CURLOPT_DEBUGFUNCTION gets the line before that happens, and may change it: a
 * line that looks like the blank one at a head's end is not added to anything.
 * libcurl's messages take time, so they are on for that line alone.
 */
#ifndef FOLDED_H
#define FOLDED_H

#include <stdbool.h>
#include <stddef.h>

struct transfer;

/* All zero: nothing is expected. */
struct folded {
    bool is_expected; /* the next line is the first after a status line */
    char first;       /* the first byte of a line that was changed; 0: none
                         was */
};

/* A status line of HTTP/1 has come. */
void folded_expect(struct transfer *x);

/* From CURLOPT_DEBUGFUNCTION: a line of a head; it may be changed. */
void folded_look(struct transfer *x, char *line, size_t len);

/* From CURLOPT_HEADERFUNCTION: make the line what it was. */
void folded_restore(struct transfer *x, char *line);

/* No further line will come. */
void folded_forget(struct transfer *x);

#endif /* FOLDED_H */
