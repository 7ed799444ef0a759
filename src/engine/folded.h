/*
 * folded.h - a head whose first header line is folded.
 *
 * libcurl < 8.1 adds such a line to the last header of the handle's transfer
 * before, whose memory it has freed (Curl_headers_push() in its headers.c). Its
 * debug function gets the line before that: what looks like the blank line at a
 * head's end is not added to anything.  Listening to libcurl's messages takes
 * time, so it is done for that line alone.
 */
#ifndef FOLDED_H
#define FOLDED_H

#include <stdbool.h>
#include <stddef.h>

struct transfer;

/* All zero: nothing is expected. */
struct folded {
    bool is_expected; /* the next line is the first after a status line */
    char first;       /* what its line began with; 0: it is as it came */
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
