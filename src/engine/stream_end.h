/*
 * stream_end.h - how servers end HTTP/2 streams.
 *
 * libcurl hides two facts.  It takes the end of the stream for the end of a
 * body, although only END_STREAM is (RFC 9113, 8.1): not RST_STREAM(NO_ERROR),
 * nor (libcurl < 8.x) an error for which libcurl gives the connection up.  And
 * it does not tell a stream that the server refused from one that it gave up
 * itself.
 *
 * The program therefore has its own nghttp2_submit_request() and
 * nghttp2_session_callbacks_set_on_frame_recv_callback(), which the dynamic
 * linker gives to libcurl instead of nghttp2's.  They tell which session has a
 * stream, and set a callback that looks at each frame before libcurl's does.
 */
#ifndef STREAM_END_H
#define STREAM_END_H

#include "base/base.h"
#include "base/list.h"

/* A stream that is watched; all zero: none is. */
struct stream_end {
    struct list_node node;
    const void *session; /* of nghttp2; NULL: it is not known, as if libcurl
                            was linked so that it does not use our functions */
    int64_t stream;
    bool has_come;   /* END_STREAM */
    bool is_refused; /* REFUSED_STREAM */
};

/* Watch the stream with this number, which libcurl has just opened. */
void stream_end_watch(struct stream_end *w, int64_t stream);

/* Forget the stream.  Call it in the same thread; none may be watched. */
void stream_end_forget(struct stream_end *w);

#endif /* STREAM_END_H */
