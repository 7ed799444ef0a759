/*
 * resets.h - the HTTP/2 streams that servers have reset.
 *
 * libcurl hides two facts.  It takes RST_STREAM(NO_ERROR) for the end of a
 * body, although only END_STREAM is (RFC 9113, 8.1).  And it does not tell a
 * stream that the server refused from one that it gave up itself after a
 * fault of the connection.
 *
 * The program therefore has its own nghttp2_submit_request() and
 * nghttp2_session_callbacks_set_on_frame_recv_callback(), which the dynamic
 * linker gives to libcurl instead of nghttp2's.  They tell which session has a
 * stream, and set callbacks that look at each frame before libcurl's does.
 */
#ifndef RESETS_H
#define RESETS_H

#include "base/base.h"
#include "base/list.h"

enum reset {
    RESET_NONE,    /* the server has not reset the stream */
    RESET_REFUSED, /* REFUSED_STREAM */
    RESET_CUT,     /* NO_ERROR, without END_STREAM before it */
    RESET_OTHER,   /* another error, or the stream had ended */
};

/* A stream that is watched; all zero: none is. */
struct reset_watch {
    struct list_node node;
    const void *session; /* of nghttp2; NULL: it is not known, as if libcurl
                            was linked so that it does not use our functions */
    int64_t stream;
    enum reset reset;
};

/* Watch the stream with this number, which libcurl has just opened. */
void resets_watch(struct reset_watch *w, int64_t stream);

/* Forget the stream.  Call it in the same thread; none may be watched. */
void resets_unwatch(struct reset_watch *w);

#endif /* RESETS_H */
