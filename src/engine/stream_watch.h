/*
 * stream_watch.h - the streams that a thread watches, for those who see their
 * frames.
 *
 * Private to stream_end.c, stream_h2.c, stream_h3.c, stream_ngtcp2.c and
 * stream_quic.c.  A session is nghttp2's or nghttp3's object for a connection.
 */
#ifndef STREAM_WATCH_H
#define STREAM_WATCH_H

#include "engine/stream_end.h"

/* A function that libcurl gets in place of a library's. */
#define EXPORTED __attribute__((visibility("default"), used))

/* ---- stream_end.c ---- */

/* The transfer that opens a stream for that handle, or NULL. */
struct stream_end *stream_watch_expected(const void *easy);

/* The stream was opened for that handle; is_over: the session sends nothing
 * more.  Returns false if it was not expected. */
bool stream_watch_opened(void *session, int64_t stream, const void *easy,
                         bool is_over);

/* Returns NULL if that stream is not watched. */
struct stream_end *stream_watch_find(const void *session, int64_t stream);

/* Call note(w, what) for each watched stream of a session, or of ngtcp2's
 * connection.  It may unlink w.  Returns false if there is none. */
bool stream_watch_tell(const void *session, const void *what,
                       void (*note)(struct stream_end *w, const void *what));

/* The session is freed.  Forget its address, which another one may get. */
void stream_watch_gone(const void *session);

/* ---- stream_h2.c, stream_h3.c ---- */

/* Was an expected stream opened by our function in this thread? */
bool stream_h2_has_opened(void);
bool stream_h3_has_opened(void);

/* The server has ended ngtcp2's connection: end each of its streams, as a whole
 * one if all of it has come.  Returns false if none is watched. */
bool stream_h3_end_all(const void *quic);

/* ---- stream_quic.c ---- */

/* Is that the error of a stream that ended with its connection?  No server can
 * send it. */
bool stream_quic_lost_connection(uint64_t error);

/* ---- stream_ngtcp2.c ---- */

/* ngtcp2's connection that has opened the last stream of this thread, or NULL
 * if libcurl does not use ngtcp2. */
const void *stream_ngtcp2_opening(void);

/* The connection that is just read takes no more requests.  arg: the argument
 * of its callbacks, of nghttp3's as of ngtcp2's. */
void stream_ngtcp2_leave(void *arg);

#endif /* STREAM_WATCH_H */
