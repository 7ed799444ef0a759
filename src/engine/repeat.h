/*
 * repeat.h - ends what libcurl would send again by itself, and says what is
 * known of the request then.
 *
 * libcurl repeats a request whose kept connection ended without an answer, or
 * whose stream was refused, at once and as often as five times.  Every request
 * is to be the scheduler's, so a transfer's second one is not sent: the
 * transfer ends with STOP_REPEAT, and next.c decides.
 *
 * What a server said of its streams libcurl tells in its debug messages alone:
 * they are listened to on connections that may have several.
 */
#ifndef REPEAT_H
#define REPEAT_H

#include <curl/curl.h>

#include "base/base.h"
#include "job/result.h"

struct transfer;

/* Has a connection several streams, HTTP/2's or HTTP/3's? */
enum streams { STREAMS_NONE, STREAMS_PERHAPS, STREAMS_HTTP2 };

/* What is known of a transfer's request; all zero before it is sent. */
struct sent {
    int64_t stream; /* number of its HTTP/2 stream; 0: none yet */
    int64_t last; /* the highest that the server will look at, by a GOAWAY that
                     is for no error */
    enum streams streams; /* that its connection has */
    bool is_listening;    /* to libcurl's messages */
    bool has_goaway;
    bool is_refused; /* the server said that it did not look at it */
    bool wants_http1;
};

/* CURLOPT_DEBUGFUNCTION's part of a blank handle. */
void repeat_setup(struct transfer *x);

/* A request is about to be sent over such a connection. */
void repeat_begin(struct transfer *x, enum streams streams);

/* May the transfer, whose PREREQFUNCTION or OPENSOCKETFUNCTION is called, go
 * on?  False: it would be sent a second time; x->stop is set. */
bool repeat_is_allowed(struct transfer *x);

/* The connection of x got a GOAWAY: tell y, which is in the same engine. */
void repeat_note_goaway(struct transfer *y, const struct transfer *x);

/* What became of the request. */
enum evidence repeat_evidence(const struct transfer *x, CURLcode code);

#endif /* REPEAT_H */
