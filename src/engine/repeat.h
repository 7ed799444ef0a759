/*
 * repeat.h - prevents libcurl from sending a request twice, and reports what
 * is known about the request.
 *
 * libcurl repeats a request whose kept connection ended without an answer or
 * whose stream was refused, at once and up to five times.  Every request must
 * come from the scheduler, so the second one of a transfer is not sent: the
 * transfer ends with STOP_REPEAT, and next.c decides by what is known of its
 * stream (stream_end.h) and its connection.
 */
#ifndef REPEAT_H
#define REPEAT_H

#include <curl/curl.h>

#include "base/base.h"
#include "job/result.h"

struct transfer;

/* May a connection have several streams (HTTP/2, HTTP/3)? */
enum streams { STREAMS_NONE, STREAMS_PERHAPS, STREAMS_HTTP2 };

/* How a transfer's request is sent; all zero before that. */
struct sent {
    enum streams streams; /* may its connection have several? */
    bool is_listening;    /* to libcurl's messages */
};

/* CURLOPT_DEBUGFUNCTION's part of a blank handle. */
void repeat_setup(struct transfer *x);

/* A transfer is about to be handed to libcurl. */
void repeat_prepare(struct transfer *x);

/* libcurl's number of the connection that the request gets.  For --unix-socket
 * alone, and before the request is sent. */
int64_t repeat_connection_number(const struct transfer *x);

/* A request is about to be sent over such a connection. */
void repeat_begin(struct transfer *x, enum streams streams);

/* Call from PREREQFUNCTION and OPENSOCKETFUNCTION: may the transfer go on?
 * Returns false and sets x->stop if its request would be sent a second time. */
bool repeat_is_allowed(struct transfer *x);

/* Stop the transfer if its connection floods us, or if its stream was refused
 * before an answer began. */
void repeat_check_stream(struct transfer *x);

/* Has an answer over HTTP/2 come before all of the request was sent? */
enum early {
    EARLY_NONE,
    EARLY_COMES, /* it may be whole once libcurl passes the rest on */
    EARLY_WHOLE, /* it is whole, and redirects or refuses the request.  libcurl
                    would wait until the server ends the stream, which it need
                    not do. */
};

enum early repeat_early_answer(const struct transfer *x);

/*
 * The code of a transfer whose answer has come whole is CURLE_OK, whatever
 * happens to its stream or connection afterwards.  libcurl 8.14 fails to send
 * frames of the connection's, and then gives up streams that it has read to
 * their end; libcurl < 8.x cannot send the rest of a request whose stream the
 * server has closed.
 *
 * A stream of HTTP/3 that ended with its connection, which libcurl takes for a
 * reset, is CURLE_RECV_ERROR, as for other connections.
 */
CURLcode repeat_corrected_code(const struct transfer *x, CURLcode code);

/* Does the code only say that the connection ended, and nothing about the
 * request? */
bool repeat_is_connection_end(CURLcode code);

/* What is known about the request's fate. */
enum evidence repeat_evidence(const struct transfer *x, CURLcode code);

#endif /* REPEAT_H */
