/*
 * HTTP/3 streams: notes what servers say of them, as nghttp3 sees it.
 *
 * libcurl 8.14 tells nothing of GOAWAY, and calls every reset an error.
 */
#include "engine/stream_watch.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/allowance.h"
#include "engine/libcurl.h"

/* ------------------------------------------------------- parts of nghttp3.h */

struct nghttp3_conn;

/* The members of struct nghttp3_callbacks, in its first versions. */
typedef void (*any_function)(void);
#define CALLBACKS_MAX         19
#define CALLBACK_RECV_TRAILER 8
#define CALLBACK_SHUTDOWN     13
#define ERR_WOULDBLOCK        (-103)
#define ERR_CONN_CLOSING      (-111)
#define ERR_STREAM_NOT_FOUND  (-110)
#define H3_NO_ERROR           0x100
#define H3_INTERNAL_ERROR     0x102
#define H3_REQUEST_REJECTED   0x10b
#define H3_VERSION_FALLBACK   0x110

typedef int new3_function(struct nghttp3_conn **conn, int version,
                          const void *callbacks, int settings_version,
                          const void *settings, const void *mem, void *arg);
typedef ptrdiff_t body3_function(struct nghttp3_conn *conn, int64_t stream,
                                 void *pieces, size_t npieces, uint32_t *flags,
                                 void *arg, void *user_data);

/* struct nghttp3_data_reader */
struct body3 {
    body3_function *read;
};

typedef int open3_function(struct nghttp3_conn *conn, int64_t stream,
                           const void *fields, size_t nfields,
                           const struct body3 *body, void *user_data);
typedef ptrdiff_t read3_function(struct nghttp3_conn *conn, int64_t stream,
                                 const uint8_t *data, size_t len, int is_end);
typedef int close3_function(struct nghttp3_conn *conn, int64_t stream,
                            uint64_t error);
typedef int shut3_function(struct nghttp3_conn *conn, int64_t stream);
typedef void delete3_function(struct nghttp3_conn *conn);
typedef int unblock3_function(struct nghttp3_conn *conn, int64_t stream);
new3_function nghttp3_conn_client_new_versioned;
open3_function nghttp3_conn_submit_request;
read3_function nghttp3_conn_read_stream;
close3_function nghttp3_conn_close_stream;
shut3_function nghttp3_conn_shutdown_stream_read;
delete3_function nghttp3_conn_del;

/* Per thread, since a callback does not tell its engine. */
static _Thread_local struct {
    bool has_opened;
    body3_function *body3; /* libcurl's; NULL: no request has had a body */
    struct list over;      /* connections that take no more requests */
    open3_function *open3; /* nghttp3's functions; NULL: not called yet */
    read3_function *read3;
    close3_function *close3;
    shut3_function *shut3;
    unblock3_function *unblock3;
} mine;

bool
stream_h3_has_opened(void)
{
    return mine.has_opened;
}

/* A connection that takes no more requests. */
struct over {
    struct list_node node;
    const struct nghttp3_conn *conn;
    int64_t from;    /* the first stream that is not looked at */
    ptrdiff_t error; /* nghttp3's error for which it ended, or 0 */
};

/* Returns NULL if the connection takes requests. */
static struct over *
find_over(const struct nghttp3_conn *conn)
{
    struct list_node *n = NULL;

    if (mine.over.ends.next)
        n = list_first(&mine.over);
    while (n && LIST_OWNER(n, struct over, node)->conn != conn)
        n = list_next(&mine.over, n);
    return n ? LIST_OWNER(n, struct over, node) : NULL;
}

/* The connection takes no more requests.  Its datagrams have just been read. */
static struct over *
end_requests(const struct nghttp3_conn *conn)
{
    struct over *o = find_over(conn);

    if (o)
        return o;
    o = xcalloc(1, sizeof(*o));
    o->conn = conn;
    o->from = INT64_MAX;
    if (!mine.over.ends.next)
        list_init(&mine.over);
    list_push_head(&mine.over, &o->node);
    allowance_note_leaving();
    return o;
}

/* GOAWAY: what is the first stream that is not looked at. */
static void
note_goaway_h3(struct stream_end *w, const void *what)
{
    const int64_t *first = what;

    w->goaway = GOAWAY_FAREWELL;
    if (w->stream >= *first && !w->has_begun)
        w->is_refused = *w->must_check = true;
}

/* nghttp3's callback. */
static int
on_goaway3(struct nghttp3_conn *conn, int64_t first, void *arg)
{
    end_requests(conn)->from = first;
    stream_ngtcp2_leave(arg);
    stream_watch_tell(conn, &first, note_goaway_h3);
    return 0;
}

static void
note_broken_h3(struct stream_end *w, const void *what)
{
    (void)what;
    w->is_broken = *w->must_check = true;
}

/* nghttp3 has ended the connection for an error. */
static void
break_h3(const struct nghttp3_conn *conn, ptrdiff_t error)
{
    end_requests(conn)->error = error;
    stream_watch_tell(conn, NULL, note_broken_h3);
}

static void
note_closed_h3(struct stream_end *w, uint64_t error)
{
    bool is_refused = error == H3_REQUEST_REJECTED;
    bool wants_http1 = error == H3_VERSION_FALLBACK;

    w->is_closed = true;
    w->is_complete = w->is_complete || (error == H3_NO_ERROR && !w->was_reset);
    w->lost_connection =
        w->lost_connection || stream_quic_lost_connection(error);
    w->is_refused = w->is_refused || (is_refused && !w->has_begun);
    w->wants_http1 = wants_http1 && !w->has_begun;
    w->is_refused_late = (is_refused || wants_http1) && w->has_begun;
    if (w->is_refused || w->wants_http1)
        *w->must_check = true;
}

EXPORTED int
nghttp3_conn_client_new_versioned(struct nghttp3_conn **conn, int version,
                                  const void *callbacks, int settings_version,
                                  const void *settings, const void *mem,
                                  void *arg)
{
    static const size_t ncallbacks[] = {0, 15, 18, CALLBACKS_MAX};
    any_function ours[CALLBACKS_MAX] = {NULL};
    new3_function *real = (new3_function *)dlsym(RTLD_NEXT, __func__);

    if (!real)
        return ERR_CONN_CLOSING;
    if (version > 0 && version < (int)ARRAY_LEN(ncallbacks)) {
        memcpy(ours, callbacks, ncallbacks[version] * sizeof(ours[0]));
        if (libcurl_adds_trailers())
            ours[CALLBACK_RECV_TRAILER] = NULL;
        if (!ours[CALLBACK_SHUTDOWN])
            ours[CALLBACK_SHUTDOWN] = (any_function)on_goaway3;
        callbacks = ours;
    }
    return real(conn, version, callbacks, settings_version, settings, mem, arg);
}

/*
 * The connection's own streams may be sent.
 *
 * libcurl 8.14 may send them while the connection is still being made.  That
 * fails, and libcurl tries it no more: a server waits for what requests refer
 * to (QPACK) for ever.
 */
static void
unblock_own_streams(struct nghttp3_conn *conn)
{
    if (!mine.unblock3)
        mine.unblock3 = (unblock3_function *)dlsym(
            RTLD_NEXT, "nghttp3_conn_unblock_stream");
    for (int64_t own = 2; mine.unblock3 && own <= 10; own += 4)
        mine.unblock3(conn, own);
}

/*
 * nghttp3's callback for the body of a request.
 *
 * libcurl fails the whole connection when nghttp3 asks for the body of a
 * request that it has given up: for a time-out, or since it was left out.
 */
static ptrdiff_t
read_body(struct nghttp3_conn *conn, int64_t stream, void *pieces,
          size_t npieces, uint32_t *flags, void *arg, void *user_data)
{
    if (!user_data)
        return ERR_WOULDBLOCK;
    return mine.body3(conn, stream, pieces, npieces, flags, arg, user_data);
}

EXPORTED int
nghttp3_conn_submit_request(struct nghttp3_conn *conn, int64_t stream,
                            const void *fields, size_t nfields,
                            const struct body3 *body, void *easy)
{
    const struct body3 ours = {.read = read_body};
    const struct over *o = find_over(conn);
    struct stream_end *w = stream_watch_expected(easy);
    int rc = ERR_CONN_CLOSING;

    if (!mine.open3)
        mine.open3 = (open3_function *)dlsym(RTLD_NEXT, __func__);
    if (body)
        mine.body3 = body->read;
    unblock_own_streams(conn);
    if (mine.open3 && (!o || (!o->error && stream < o->from)))
        rc = mine.open3(conn, stream, fields, nfields, body ? &ours : NULL,
                        easy);
    else if (w)
        w->is_refused = *w->must_check = true;
    if (rc != 0)
        return rc;
    if (!w)
        return 0;
    w->is_http3 = true;
    w->quic = stream_ngtcp2_opening();
    if (stream_watch_opened(conn, stream, easy, false))
        mine.has_opened = true;
    return 0;
}

/*
 * After an error nghttp3 takes nothing more: one of its assertions would end
 * the process.  libcurl 8.14 passes the same bytes again for each stream.
 */
EXPORTED ptrdiff_t
nghttp3_conn_read_stream(struct nghttp3_conn *conn, int64_t stream,
                         const uint8_t *data, size_t len, int is_end)
{
    struct over *o = find_over(conn);
    struct stream_end *w = stream_watch_find(conn, stream);
    ptrdiff_t n = ERR_CONN_CLOSING;

    if (o && o->error)
        return o->error;
    if (w) {
        w->has_begun = w->has_begun || len > 0;
        w->is_complete = w->is_complete || is_end;
    }
    if (!mine.read3)
        mine.read3 = (read3_function *)dlsym(RTLD_NEXT, __func__);
    if (mine.read3)
        n = mine.read3(conn, stream, data, len, is_end);
    if (n < 0)
        break_h3(conn, n);
    return n;
}

EXPORTED int
nghttp3_conn_close_stream(struct nghttp3_conn *conn, int64_t stream,
                          uint64_t error)
{
    struct stream_end *w = stream_watch_find(conn, stream);
    int rc = ERR_CONN_CLOSING;

    if (w)
        note_closed_h3(w, error);
    if (!mine.close3)
        mine.close3 = (close3_function *)dlsym(RTLD_NEXT, __func__);
    if (stream_quic_lost_connection(error))
        error = H3_INTERNAL_ERROR;
    if (mine.close3)
        rc = mine.close3(conn, stream, error);
    if (rc < 0 && rc != ERR_STREAM_NOT_FOUND)
        break_h3(conn, rc);
    return rc;
}

static void
end_h3(struct stream_end *w, const void *what)
{
    (void)what;
    if (w->is_closed)
        return;
    w->lost_connection = !w->is_complete;
    (void)nghttp3_conn_close_stream(w->session, w->stream,
                                    w->lost_connection ? H3_INTERNAL_ERROR
                                                       : H3_NO_ERROR);
}

bool
stream_h3_end_all(const void *quic)
{
    return stream_watch_tell(quic, NULL, end_h3);
}

/* libcurl 8.23 calls it for RESET_STREAM and STOP_SENDING, whatever the error,
 * and tells the end of a stream by nghttp3_conn_read_stream(). */
EXPORTED int
nghttp3_conn_shutdown_stream_read(struct nghttp3_conn *conn, int64_t stream)
{
    struct stream_end *w = stream_watch_find(conn, stream);

    if (w)
        w->was_reset = true;
    if (!mine.shut3)
        mine.shut3 = (shut3_function *)dlsym(RTLD_NEXT, __func__);
    return mine.shut3 ? mine.shut3(conn, stream) : ERR_CONN_CLOSING;
}

EXPORTED void
nghttp3_conn_del(struct nghttp3_conn *conn)
{
    delete3_function *real = (delete3_function *)dlsym(RTLD_NEXT, __func__);
    struct over *o = find_over(conn);

    if (o) {
        list_remove(&o->node);
        free(o);
    }
    stream_watch_gone(conn);
    if (real)
        real(conn);
}
