/*
 * stream_end.h - what servers say of HTTP/2 and HTTP/3 streams, as nghttp2 and
 * nghttp3 see them.
 *
 * libcurl hides what a server says of a request.  It takes the end of the
 * stream for the end of a body, although only END_STREAM is (RFC 9113, 8.1):
 * not RST_STREAM(NO_ERROR), nor (libcurl < 8.x) an error for which libcurl
 * gives the connection up.  It drops an answer (libcurl < 8.x), or calls it an
 * error, if the server then resets the stream because it needs no more of the
 * request.  And it repeats a request whose stream was refused, or which a
 * GOAWAY left out, without telling these from others.
 *
 * The program therefore has its own nghttp2_submit_request(),
 * nghttp2_session_del() and nghttp2_session_callbacks_set_on_frame_..._ and
 * ..._on_stream_close_callback(), which the dynamic linker gives to libcurl
 * instead of nghttp2's.  They tell which stream a handle has, and set callbacks
 * that look at each frame before libcurl's do, and keep a reset behind
 * END_STREAM from libcurl.  Its nghttp2_submit_rst_stream() resets no stream
 * that both sides have closed.  Its nghttp2_session_set_local_window_size() and
 * nghttp2_submit_window_update() open a stream's window when a body comes.
 *
 * Of HTTP/3 libcurl tells neither GOAWAY nor the error of a reset, and goes on
 * with a connection that nghttp3 has given up.  So the program has some of
 * nghttp3's functions, too.
 */
#ifndef STREAM_END_H
#define STREAM_END_H

#include "base/base.h"
#include "base/list.h"

/*
 * GOAWAY ends a connection.  One for an error is no proof that a stream was not
 * looked at: nghttp2 in Node 20 sends it with streams whose requests it has
 * already passed on, if it got too many RST_STREAMs.
 */
enum goaway { GOAWAY_NONE, GOAWAY_FAREWELL, GOAWAY_ERROR };

/* A transfer's stream, and what its server said; all zero: there is none. */
struct stream_end {
    struct list_node node;
    const void *easy;     /* the handle that is about to open it; NULL: none */
    const void *session;  /* of nghttp2 or nghttp3; NULL: it has not been
                             opened, or cannot be seen: the upgrade of a request,
                             or a libcurl that does not use our functions */
    int64_t stream;       /* its number */
    int32_t window;       /* that libcurl wants for its body; -1: the usual one,
                             or that window is open */
    int64_t body_bytes;   /* of its DATA frames, padding apart */
    enum goaway goaway;   /* what its connection got last */
    bool has_begun;       /* HEADERS; HTTP/3: anything */
    bool has_come;        /* END_STREAM */
    bool is_refused_late; /* REFUSED_STREAM or HTTP_1_1_REQUIRED, although an
                             answer had begun */
    bool is_early;        /* it came before the request was sent */
    bool is_refused;      /* the server did not look at it: REFUSED_STREAM, or a
                             GOAWAY left it out */
    bool wants_http1;     /* HTTP_1_1_REQUIRED */
    bool is_broken;       /* nghttp2 ended the connection, for an error of the
                             server's: nothing comes any more */
    bool is_flooded;      /* the error is a flood */
    bool is_http3;        /* of HTTP/3 */
    bool is_shut;         /* HTTP/3: RESET_STREAM or STOP_SENDING */
    bool *has_news; /* set to true when one of the last five becomes true */
};

/* Is it a stream whose answer has not come whole? */
static inline bool
stream_end_is_cut(const struct stream_end *w)
{
    return w->session && !w->has_come;
}

/* The handle is about to send a request; the stream that it opens is watched.
 * has_news must outlive the watching. */
void stream_end_expect(struct stream_end *w, const void *easy, bool *has_news);

/* Forget the stream.  Call it in the same thread; none may be watched. */
void stream_end_forget(struct stream_end *w);

/* Has libcurl opened a stream by our function in this thread?  Then it does so
 * for all requests over HTTP/2 but upgrades. */
bool stream_end_is_seen(void);

#endif /* STREAM_END_H */
