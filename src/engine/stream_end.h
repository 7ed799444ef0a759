/*
 * stream_end.h - what servers say of HTTP/2 and HTTP/3 streams, as nghttp2 and
 * nghttp3 see them.
 *
 * libcurl hides what a server says of a request:
 *
 * - It takes every end of a stream for the end of the body.  Only END_STREAM is
 *   one (RFC 9113, 8.1), not RST_STREAM(NO_ERROR), nor (libcurl < 8.x) an error
 *   after which libcurl gives the connection up.
 * - If a server has answered and then resets the stream, since it needs no more
 *   of the request, libcurl reports an error, or (libcurl < 8.x) no answer.
 * - It repeats a request whose stream was refused, or which a GOAWAY left out,
 *   in the same way as one that ended for another reason.
 *
 * So the program has functions of its own with names of nghttp2's, and the
 * dynamic linker gives them to libcurl:
 *
 *   nghttp2_submit_request()       tells which stream a handle has
 *   nghttp2_session_del()          tells when a session is gone
 *   nghttp2_session_callbacks_set_on_frame_...(), ..._on_stream_close_...()
 *                                  set callbacks that look at each frame before
 *                                  libcurl's do, and that hide a reset behind
 *                                  END_STREAM from libcurl
 *   nghttp2_session_callbacks_set_on_header_callback()
 *                                  sets one that ends a head far too long
 *   nghttp2_submit_rst_stream()    resets no stream that both sides have closed
 *   nghttp2_session_set_local_window_size(), nghttp2_submit_window_update()
 *                                  open a stream's window when a body comes
 *
 * Of HTTP/3 libcurl tells neither GOAWAY nor the error of a reset, and goes on
 * with a connection that nghttp3 has given up.  It fails requests of a
 * connection that has ended whose answers are there.  So the program has some
 * of nghttp3's, OpenSSL's and ngtcp2's functions, too.
 */
#ifndef STREAM_END_H
#define STREAM_END_H

#include "base/base.h"
#include "base/list.h"

/*
 * What GOAWAY a connection got.  GOAWAY_ERROR does not prove that a server has
 * ignored a stream: nghttp2 in Node 20 sends one after too many RST_STREAMs,
 * and leaves out streams whose requests it has already passed on.
 */
enum goaway { GOAWAY_NONE, GOAWAY_FAREWELL, GOAWAY_ERROR };

/* A transfer's stream, and what the server said of it; all zero: there is
 * none. */
struct stream_end {
    struct list_node node;
    const void *easy;     /* the handle that is about to open it; NULL: none */
    void *session;        /* of nghttp2 or nghttp3; NULL: it has not been
                             opened, or cannot be seen: the upgrade of a request,
                             or a libcurl that does not use our functions */
    const void *quic;     /* ngtcp2's object for its connection; NULL: another
                             library does QUIC, or none */
    int64_t stream;       /* the stream's number */
    int32_t window;       /* that libcurl wants for its body; -1: the usual one,
                             or that window is open */
    int64_t last;         /* is_refused by a GOAWAY: the last stream that the
                             server looks at; 0: none, or not known */
    int64_t body_bytes;   /* in its DATA frames, without padding */
    enum goaway goaway;   /* the last one of its connection */
    bool has_begun;       /* HEADERS came; HTTP/3: anything did */
    bool is_complete;     /* END_STREAM came: the answer is whole */
    bool is_refused_late; /* REFUSED_STREAM or HTTP_1_1_REQUIRED, although an
                             answer had begun */
    bool is_early;        /* END_STREAM came before the request was sent */
    bool is_refused;      /* the server did not look at it: REFUSED_STREAM, or a
                             GOAWAY left it out */
    bool wants_http1;     /* HTTP_1_1_REQUIRED */
    bool is_broken;       /* nghttp2 ended the connection for an error of the
                             server's, so nothing more comes */
    bool is_flooded;      /* that error is a flood of frames */
    bool is_http3;        /* it is a stream of HTTP/3 */
    bool lost_connection; /* HTTP/3: its connection ended before it */
    bool was_reset;       /* HTTP/3: RESET_STREAM or STOP_SENDING came */
    bool is_closed;       /* HTTP/3: nghttp3 has forgotten it */
    bool *must_check;     /* the caller's: set to true if repeat_check_stream()
                             must be called */
};

/* Is it a stream whose answer has not come whole? */
static inline bool
stream_end_is_truncated(const struct stream_end *w)
{
    return w->session && !w->is_complete;
}

/* The handle is about to send a request: watch the stream that it opens, until
 * stream_end_forget().  must_check must stay valid until then. */
void stream_end_expect(struct stream_end *w, const void *easy,
                       bool *must_check);

/* Watch the stream no longer, if one is watched.  Call it in the thread that
 * called stream_end_expect(). */
void stream_end_forget(struct stream_end *w);

/* Has libcurl called our nghttp2_submit_request() in this thread?  Then it
 * calls it for each request over HTTP/2, except for upgrades. */
bool stream_end_is_seen(void);

#endif /* STREAM_END_H */
