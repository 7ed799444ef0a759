#include "engine/stream_end.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/allowance.h"
#include "engine/libcurl.h"

/* ------------------------------------------------------- parts of nghttp2.h
 *
 * It is no build dependency, since libcurl alone calls nghttp2. */

struct nghttp2_session;
struct nghttp2_session_callbacks;

/* struct nghttp2_frame_hd */
struct frame_head {
    size_t length;
    int32_t stream;
    uint8_t type, flags, reserved;
};

/* union nghttp2_frame: of DATA, of RST_STREAM, and of GOAWAY */
struct frame {
    struct frame_head head;
    union {
        size_t padding;
        uint32_t reset_error;
        struct {
            int32_t last;
            uint32_t error;
        } goaway;
    };
};

#define TYPE_DATA               0
#define TYPE_HEADERS            1
#define TYPE_RST_STREAM         3
#define TYPE_GOAWAY             7
#define FLAG_END_STREAM         1
#define ERROR_NONE              0
#define ERROR_REFUSED_STREAM    7
#define ERROR_ENHANCE_YOUR_CALM 11
#define ERROR_HTTP_1_1_REQUIRED 13

typedef int on_frame_function(struct nghttp2_session *session,
                              const struct frame *f, void *arg);
typedef void set_on_frame(struct nghttp2_session_callbacks *callbacks,
                          on_frame_function *on_frame);
typedef int on_close_function(struct nghttp2_session *session, int32_t stream,
                              uint32_t error, void *arg);
typedef void set_on_close(struct nghttp2_session_callbacks *callbacks,
                          on_close_function *on_close);
typedef int32_t submit_function(struct nghttp2_session *session,
                                const void *priority, const void *fields,
                                size_t nfields, const void *body,
                                void *user_data);
typedef int reset_function(struct nghttp2_session *session, uint8_t flags,
                           int32_t stream, uint32_t error);
/* Has one side closed the stream?  1: yes, 0: no, -1: there is no stream. */
typedef int is_closed_function(struct nghttp2_session *session, int32_t stream);
/* nghttp2_session_set_local_window_size(), nghttp2_submit_window_update() */
typedef int window_function(struct nghttp2_session *session, uint8_t flags,
                            int32_t stream, int32_t size);
typedef int want_read_function(struct nghttp2_session *session);
typedef void delete_function(struct nghttp2_session *session);
set_on_frame nghttp2_session_callbacks_set_on_frame_recv_callback;
set_on_frame nghttp2_session_callbacks_set_on_frame_send_callback;
set_on_close nghttp2_session_callbacks_set_on_stream_close_callback;
submit_function nghttp2_submit_request;
reset_function nghttp2_submit_rst_stream;
window_function nghttp2_session_set_local_window_size;
window_function nghttp2_submit_window_update;
delete_function nghttp2_session_del;

/* ------------------------------------------------------- parts of nghttp3.h */

struct nghttp3_conn;

/* The members of struct nghttp3_callbacks, in its first versions. */
typedef void any_function(void);
#define CALLBACKS_MAX         19
#define CALLBACK_RECV_TRAILER 8
#define CALLBACK_SHUTDOWN     13
#define ERR_CONN_CLOSING      (-111)
#define ERR_STREAM_NOT_FOUND  (-110)
#define H3_NO_ERROR           0x100
#define H3_INTERNAL_ERROR     0x102
#define H3_REQUEST_REJECTED   0x10b
#define H3_VERSION_FALLBACK   0x110

typedef int new3_function(struct nghttp3_conn **conn, int version,
                          const void *callbacks, int settings_version,
                          const void *settings, const void *mem, void *arg);
typedef int open3_function(struct nghttp3_conn *conn, int64_t stream,
                           const void *fields, size_t nfields, const void *body,
                           void *user_data);
typedef ptrdiff_t read3_function(struct nghttp3_conn *conn, int64_t stream,
                                 const uint8_t *data, size_t len, int is_end);
typedef int close3_function(struct nghttp3_conn *conn, int64_t stream,
                            uint64_t error);
typedef int shut3_function(struct nghttp3_conn *conn, int64_t stream);
typedef void delete3_function(struct nghttp3_conn *conn);
typedef int stream_error_function(void *stream, uint64_t *error);
new3_function nghttp3_conn_client_new_versioned;
open3_function nghttp3_conn_submit_request;
read3_function nghttp3_conn_read_stream;
close3_function nghttp3_conn_close_stream;
shut3_function nghttp3_conn_shutdown_stream_read;
delete3_function nghttp3_conn_del;
stream_error_function SSL_get_stream_read_error_code;

/* ------------------------------------------------------------ the streams */

/* Lists of watched streams; a power of two. */
#define LISTS 256

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    struct list expected; /* streams to be opened, the last one first */
    struct list watched[LISTS];
    bool has_opened; /* an expected stream was opened by our function */
    /* nghttp2's functions; NULL: not called yet */
    submit_function *submit;
    reset_function *reset;
    is_closed_function *remote_close, *local_close;
    want_read_function *want_read;
    window_function *set_window, *update_window;
    struct list over;      /* HTTP/3 connections that take no more requests */
    open3_function *open3; /* nghttp3's functions; NULL: not called yet */
    read3_function *read3;
    close3_function *close3;
    shut3_function *shut3;
} mine;

static void
push_head(struct list *l, struct list_node *n)
{
    if (!l->ends.next)
        list_init(l);
    list_push_head(l, n);
}

/* The list of a stream.  Sessions begin with the same numbers. */
static struct list *
list_of(const void *session, int64_t stream)
{
    uint64_t n = (uint64_t)(uintptr_t)session / 64 + (uint64_t)stream / 2;

    return &mine.watched[n * UINT64_C(0x9e3779b97f4a7c15) >> 56];
}

void
stream_end_expect(struct stream_end *w, const void *easy, bool *has_news)
{
    stream_end_forget(w);
    w->easy = easy;
    w->has_news = has_news;
    push_head(&mine.expected, &w->node);
}

void
stream_end_forget(struct stream_end *w)
{
    list_remove(&w->node);
    *w = (struct stream_end){0};
}

bool
stream_end_is_seen(void)
{
    return mine.has_opened;
}

/* The first of a list, or what follows a node; NULL: none. */
static struct stream_end *
next_of(const struct list *l, const struct stream_end *w)
{
    struct list_node *n = NULL;

    if (l->ends.next)
        n = w ? list_next(l, &w->node) : list_first(l);
    return n ? LIST_OWNER(n, struct stream_end, node) : NULL;
}

/* The transfer that opens a stream for that handle, or NULL. */
static struct stream_end *
find_expected(const void *easy)
{
    struct stream_end *w = NULL;

    while ((w = next_of(&mine.expected, w)))
        if (w->easy == easy)
            return w;
    /* libcurl 8.23 passes another pointer, but opens the stream at once. */
    return next_of(&mine.expected, NULL);
}

static void
note_opened(const void *session, int64_t stream, const void *easy, bool is_over)
{
    struct stream_end *w = find_expected(easy);

    if (!w)
        return;
    mine.has_opened = true;
    list_remove(&w->node);
    w->session = session;
    w->stream = stream;
    w->window = -1;
    push_head(list_of(session, stream), &w->node);
    if (is_over)
        w->is_refused = *w->has_news = true;
}

/* Returns NULL if that stream is not watched. */
static struct stream_end *
find(const void *session, int64_t stream)
{
    const struct list *l = list_of(session, stream);
    struct stream_end *w = NULL;

    while ((w = next_of(l, w)))
        if (w->session == session && w->stream == stream)
            return w;
    return NULL;
}

/* ------------------------------------------------------------ the windows */

/* Call one of nghttp2's functions, which is looked up once. */
static int
call_window(window_function **real, const char *name,
            struct nghttp2_session *session, uint8_t flags, int32_t stream,
            int32_t size)
{
    if (!*real)
        *real = (window_function *)dlsym(RTLD_NEXT, name);
    return *real ? (*real)(session, flags, stream, size) : 0;
}

static int
set_window(struct nghttp2_session *session, uint8_t flags, int32_t stream,
           int32_t size)
{
    return call_window(&mine.set_window,
                       "nghttp2_session_set_local_window_size", session, flags,
                       stream, size);
}

/* Returns NULL if the stream is not watched or has an answer. */
static struct stream_end *
find_unanswered(const struct nghttp2_session *session, int32_t stream)
{
    struct stream_end *w = stream > 0 ? find(session, stream) : NULL;

    return w && !w->has_begun ? w : NULL;
}

/* Open the window that libcurl wants for a body, now that one comes. */
static void
open_window(struct nghttp2_session *session, struct stream_end *w)
{
    if (w->window >= 0)
        (void)set_window(session, 0, w->stream, w->window);
    w->window = -1;
}

/* ------------------------------------------------------------- the frames */

/* Has our side of the stream, the request, not ended yet? */
static bool
is_sending(struct nghttp2_session *session, int32_t stream)
{
    if (!mine.local_close)
        mine.local_close = (is_closed_function *)dlsym(
            RTLD_NEXT, "nghttp2_session_get_stream_local_close");
    return mine.local_close && mine.local_close(session, stream) == 0;
}

static void
note_answer(struct nghttp2_session *session, const struct frame *f)
{
    struct stream_end *w = find(session, f->head.stream);

    if (!w)
        return;
    w->has_begun = true;
    if (f->head.type == TYPE_DATA)
        w->body_bytes += (int64_t)(f->head.length - f->padding);
    if (!(f->head.flags & FLAG_END_STREAM)) {
        open_window(session, w);
        return;
    }
    w->has_come = true;
    if (is_sending(session, f->head.stream))
        w->is_early = *w->has_news = true;
}

/* The server resets the stream.  If it has begun an answer, it has looked at
 * the request, even if it says that it refuses the stream. */
static void
note_reset(struct stream_end *w, const struct frame *f)
{
    bool is_refused = f->reset_error == ERROR_REFUSED_STREAM;
    bool wants_http1 = f->reset_error == ERROR_HTTP_1_1_REQUIRED;

    w->is_refused = is_refused && !w->has_begun;
    w->wants_http1 = wants_http1 && !w->has_begun;
    w->is_refused_late = (is_refused || wants_http1) && w->has_begun;
    if (w->is_refused || w->wants_http1)
        *w->has_news = true;
}

static void
note_goaway(struct stream_end *w, const struct frame *f)
{
    bool is_farewell = f->goaway.error == 0;

    w->goaway = is_farewell ? GOAWAY_FAREWELL : GOAWAY_ERROR;
    if (is_farewell && w->stream > f->goaway.last)
        w->is_refused = *w->has_news = true;
}

/* nghttp2 ends the connection for an error. */
static void
note_broken(struct stream_end *w, const struct frame *f)
{
    w->is_flooded = f->goaway.error == ERROR_ENHANCE_YOUR_CALM;
    w->is_broken = *w->has_news = true;
}

/* The session was freed.  Forget its address, which another one may get. */
static void
note_gone(struct stream_end *w, const struct frame *f)
{
    (void)f;
    list_remove(&w->node);
}

/* Tell all streams of a session of a frame. */
static void
tell_all(const void *session, const struct frame *f,
         void (*note)(struct stream_end *w, const struct frame *f))
{
    for (size_t i = 0; i < LISTS; i++) {
        struct stream_end *next, *w = next_of(&mine.watched[i], NULL);

        for (; w; w = next) {
            next = next_of(&mine.watched[i], w);
            if (w->session == session)
                note(w, f);
        }
    }
}

/* libcurl's callbacks, NULL if it has none: the same ones for all its
 * connections. */
static _Atomic(on_frame_function *) libcurls_recv, libcurls_send;
static _Atomic(on_close_function *) libcurls_close;

static int
on_frame_recv(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    if (f->head.type == TYPE_DATA || f->head.type == TYPE_HEADERS) {
        note_answer(session, f);
    } else if (f->head.type == TYPE_RST_STREAM) {
        struct stream_end *w = find(session, f->head.stream);

        /* libcurl < 8.x would drop the part of the answer that it has not
         * passed on yet, so it does not see the reset, only the end of the
         * stream. */
        if (w && (w->has_come || f->reset_error == ERROR_NONE))
            return 0;
        if (w)
            note_reset(w, f);
    } else if (f->head.type == TYPE_GOAWAY) {
        tell_all(session, f, note_goaway);
    }
    return atomic_load(&libcurls_recv)(session, f, arg);
}

/* If the answer has come whole, libcurl sees no error at the stream's end. */
static int
on_close(struct nghttp2_session *session, int32_t stream, uint32_t error,
         void *arg)
{
    const struct stream_end *w = find(session, stream);

    return atomic_load(&libcurls_close)(session, stream,
                                        w && w->has_come ? 0 : error, arg);
}

static int
on_frame_send(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    on_frame_function *libcurls;

    if (f->head.type == TYPE_GOAWAY && f->goaway.error != 0)
        tell_all(session, f, note_broken);
    libcurls = atomic_load(&libcurls_send);
    return libcurls ? libcurls(session, f, arg) : 0;
}

/* -------------------------------------------- what replaces nghttp2's own */

#define EXPORTED __attribute__((visibility("default"), used))

/* Set our callback by nghttp2's own function of that name. */
static void
set_ours(struct nghttp2_session_callbacks *callbacks, const char *name,
         on_frame_function *ours)
{
    set_on_frame *real = (set_on_frame *)dlsym(RTLD_NEXT, name);

    if (real)
        real(callbacks, ours);
}

EXPORTED void
nghttp2_session_callbacks_set_on_frame_recv_callback(
    struct nghttp2_session_callbacks *callbacks, on_frame_function *libcurls)
{
    atomic_store(&libcurls_recv, libcurls);
    set_ours(callbacks, __func__, on_frame_recv);
    /* libcurl < 8.x sets none. */
    set_ours(callbacks, "nghttp2_session_callbacks_set_on_frame_send_callback",
             on_frame_send);
}

EXPORTED void
nghttp2_session_callbacks_set_on_frame_send_callback(
    struct nghttp2_session_callbacks *callbacks, on_frame_function *libcurls)
{
    atomic_store(&libcurls_send, libcurls);
    set_ours(callbacks, __func__, on_frame_send);
}

EXPORTED void
nghttp2_session_callbacks_set_on_stream_close_callback(
    struct nghttp2_session_callbacks *callbacks, on_close_function *libcurls)
{
    set_on_close *real = (set_on_close *)dlsym(RTLD_NEXT, __func__);

    atomic_store(&libcurls_close, libcurls);
    if (real)
        real(callbacks, on_close);
}

/* Has nghttp2 ended the connection for an error?  Then it sends no further
 * request over it, though libcurl 7.88 may still choose it for one. */
static bool
is_over(struct nghttp2_session *session)
{
    if (!mine.want_read)
        mine.want_read =
            (want_read_function *)dlsym(RTLD_NEXT, "nghttp2_session_want_read");
    return mine.want_read && !mine.want_read(session);
}

EXPORTED int32_t
nghttp2_submit_request(struct nghttp2_session *session, const void *priority,
                       const void *fields, size_t nfields, const void *body,
                       void *easy)
{
    int32_t stream = -1;

    if (!mine.submit)
        mine.submit =
            (submit_function *)dlsym(RTLD_NEXT, "nghttp2_submit_request");
    if (mine.submit)
        stream = mine.submit(session, priority, fields, nfields, body, easy);
    if (stream > 0)
        note_opened(session, stream, easy, is_over(session));
    return stream;
}

/*
 * libcurl 7.88 resets each stream when its transfer is over, even if both sides
 * have closed it.  A server counts that as any other reset: one with nghttp2 >=
 * 1.57, such as Node, ends a connection by a GOAWAY for an error after about a
 * thousand of them.
 */
EXPORTED int
nghttp2_submit_rst_stream(struct nghttp2_session *session, uint8_t flags,
                          int32_t stream, uint32_t error)
{
    if (!mine.reset)
        mine.reset =
            (reset_function *)dlsym(RTLD_NEXT, "nghttp2_submit_rst_stream");
    if (!mine.remote_close)
        mine.remote_close = (is_closed_function *)dlsym(
            RTLD_NEXT, "nghttp2_session_get_stream_remote_close");
    if (!mine.reset ||
        (mine.remote_close && mine.remote_close(session, stream) == -1))
        return 0;
    return mine.reset(session, flags, stream, error);
}

/*
 * libcurl 8.23 sends two WINDOW_UPDATE frames for each stream right after its
 * request.  Most answers are there before they need more than the usual window,
 * so these frames are kept until one has begun that goes on.
 */
EXPORTED int
nghttp2_session_set_local_window_size(struct nghttp2_session *session,
                                      uint8_t flags, int32_t stream,
                                      int32_t size)
{
    struct stream_end *w = find_unanswered(session, stream);

    if (!w)
        return set_window(session, flags, stream, size);
    w->window = size;
    return 0;
}

/* libcurl calls it with the function above, which does both. */
EXPORTED int
nghttp2_submit_window_update(struct nghttp2_session *session, uint8_t flags,
                             int32_t stream, int32_t more)
{
    const struct stream_end *w = find_unanswered(session, stream);

    if (w && w->window >= 0)
        return 0;
    return call_window(&mine.update_window, __func__, session, flags, stream,
                       more);
}

EXPORTED void
nghttp2_session_del(struct nghttp2_session *session)
{
    delete_function *real =
        (delete_function *)dlsym(RTLD_NEXT, "nghttp2_session_del");

    tell_all(session, NULL, note_gone);
    if (real)
        real(session);
}

/* ---------------------------------------------------------------- HTTP/3
 *
 * libcurl 8.14 tells nothing of GOAWAY, and calls every reset an error. */

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
    push_head(&mine.over, &o->node);
    allowance_note_leaving();
    return o;
}

/* GOAWAY: f's stream is the first one that is not looked at. */
static void
note_goaway3(struct stream_end *w, const struct frame *f)
{
    w->goaway = GOAWAY_FAREWELL;
    if (w->stream >= f->head.stream && !w->has_begun)
        w->is_refused = *w->has_news = true;
}

/* nghttp3's callback. */
static int
on_goaway3(struct nghttp3_conn *conn, int64_t first, void *arg)
{
    struct frame f = {
        .head.stream = first < INT32_MAX ? (int32_t)first : INT32_MAX,
    };

    (void)arg;
    end_requests(conn)->from = first;
    tell_all(conn, &f, note_goaway3);
    return 0;
}

static void
note_broken3(struct stream_end *w, const struct frame *f)
{
    (void)f;
    w->is_broken = *w->has_news = true;
}

/* nghttp3 has ended the connection for an error. */
static void
break3(const struct nghttp3_conn *conn, ptrdiff_t error)
{
    end_requests(conn)->error = error;
    tell_all(conn, NULL, note_broken3);
}

static void
note_closed3(struct stream_end *w, uint64_t error)
{
    bool is_refused = error == H3_REQUEST_REJECTED;
    bool wants_http1 = error == H3_VERSION_FALLBACK;

    w->has_come = w->has_come || (error == H3_NO_ERROR && !w->is_shut);
    w->is_refused = w->is_refused || (is_refused && !w->has_begun);
    w->wants_http1 = wants_http1 && !w->has_begun;
    w->is_refused_late = (is_refused || wants_http1) && w->has_begun;
    if (w->is_refused || w->wants_http1)
        *w->has_news = true;
}

EXPORTED int
nghttp3_conn_client_new_versioned(struct nghttp3_conn **conn, int version,
                                  const void *callbacks, int settings_version,
                                  const void *settings, const void *mem,
                                  void *arg)
{
    static const size_t ncallbacks[] = {0, 15, 18, CALLBACKS_MAX};
    any_function *ours[CALLBACKS_MAX];
    new3_function *real = (new3_function *)dlsym(RTLD_NEXT, __func__);

    if (!real)
        return ERR_CONN_CLOSING;
    if (version > 0 && version < (int)ARRAY_LEN(ncallbacks)) {
        memcpy(ours, callbacks, ncallbacks[version] * sizeof(*ours));
        if (libcurl_adds_trailers())
            ours[CALLBACK_RECV_TRAILER] = NULL;
        if (!ours[CALLBACK_SHUTDOWN])
            ours[CALLBACK_SHUTDOWN] = (any_function *)on_goaway3;
        callbacks = ours;
    }
    return real(conn, version, callbacks, settings_version, settings, mem, arg);
}

EXPORTED int
nghttp3_conn_submit_request(struct nghttp3_conn *conn, int64_t stream,
                            const void *fields, size_t nfields,
                            const void *body, void *easy)
{
    const struct over *o = find_over(conn);
    struct stream_end *w = find_expected(easy);
    int rc = ERR_CONN_CLOSING;

    if (!mine.open3)
        mine.open3 = (open3_function *)dlsym(RTLD_NEXT, __func__);
    if (mine.open3 && (!o || (!o->error && stream < o->from)))
        rc = mine.open3(conn, stream, fields, nfields, body, easy);
    else if (w)
        w->is_refused = *w->has_news = true;
    if (rc != 0)
        return rc;
    if (w)
        w->is_http3 = true;
    note_opened(conn, stream, easy, false);
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
    struct stream_end *w = find(conn, stream);
    ptrdiff_t n = ERR_CONN_CLOSING;

    if (o && o->error)
        return o->error;
    if (w) {
        w->has_begun = w->has_begun || len > 0;
        w->has_come = w->has_come || is_end;
    }
    if (!mine.read3)
        mine.read3 = (read3_function *)dlsym(RTLD_NEXT, __func__);
    if (mine.read3)
        n = mine.read3(conn, stream, data, len, is_end);
    if (n < 0)
        break3(conn, n);
    return n;
}

EXPORTED int
nghttp3_conn_close_stream(struct nghttp3_conn *conn, int64_t stream,
                          uint64_t error)
{
    struct stream_end *w = find(conn, stream);
    int rc = ERR_CONN_CLOSING;

    if (w)
        note_closed3(w, error);
    if (!mine.close3)
        mine.close3 = (close3_function *)dlsym(RTLD_NEXT, __func__);
    if (mine.close3)
        rc = mine.close3(conn, stream, error);
    if (rc < 0 && rc != ERR_STREAM_NOT_FOUND)
        break3(conn, rc);
    return rc;
}

/* libcurl 8.23 calls it for RESET_STREAM and STOP_SENDING, whatever the error,
 * and tells the end of a stream by nghttp3_conn_read_stream(). */
EXPORTED int
nghttp3_conn_shutdown_stream_read(struct nghttp3_conn *conn, int64_t stream)
{
    struct stream_end *w = find(conn, stream);

    if (w)
        w->is_shut = true;
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
    tell_all(conn, NULL, note_gone);
    if (real)
        real(conn);
}

/* libcurl 8.14 takes a stream that was reset without an error for one that has
 * ended, and a part of a body for the whole. */
EXPORTED int
SSL_get_stream_read_error_code(void *stream, uint64_t *error)
{
    stream_error_function *real =
        (stream_error_function *)dlsym(RTLD_NEXT, __func__);
    int rc = real ? real(stream, error) : 0;

    if (rc == 1 && *error == H3_NO_ERROR)
        *error = H3_INTERNAL_ERROR;
    return rc;
}
