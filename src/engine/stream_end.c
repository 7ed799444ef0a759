#include "engine/stream_end.h"

#include <dlfcn.h>
#include <stdatomic.h>

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
/* Has that side closed the stream?  1: yes, 0: no, -1: there is no stream. */
typedef int is_closed_function(struct nghttp2_session *session, int32_t stream);
typedef int want_read_function(struct nghttp2_session *session);
typedef void delete_function(struct nghttp2_session *session);
set_on_frame nghttp2_session_callbacks_set_on_frame_recv_callback;
set_on_frame nghttp2_session_callbacks_set_on_frame_send_callback;
set_on_close nghttp2_session_callbacks_set_on_stream_close_callback;
submit_function nghttp2_submit_request;
reset_function nghttp2_submit_rst_stream;
delete_function nghttp2_session_del;

/* ------------------------------------------------------------ the streams */

/* Lists of watched streams; a power of two. */
#define LISTS 256

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    struct list expected; /* that are not open yet, the last one first */
    struct list watched[LISTS];
    bool has_opened; /* a stream that was expected */
    /* nghttp2's functions; NULL: not called yet */
    submit_function *submit;
    reset_function *reset;
    is_closed_function *remote_close, *local_close;
    want_read_function *want_read;
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
list_of(const struct nghttp2_session *session, int64_t stream)
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

static void
note_opened(const struct nghttp2_session *session, int32_t stream,
            const void *easy, bool is_over)
{
    struct stream_end *w = NULL;

    while ((w = next_of(&mine.expected, w)))
        if (w->easy == easy)
            break;
    if (!w) /* libcurl 8.23 tells something else, but opens it at once */
        w = next_of(&mine.expected, NULL);
    if (!w)
        return;
    mine.has_opened = true;
    list_remove(&w->node);
    w->session = session;
    w->stream = stream;
    push_head(list_of(session, stream), &w->node);
    if (is_over)
        w->is_refused = *w->has_news = true;
}

/* Returns NULL if that stream is not watched. */
static struct stream_end *
find(const struct nghttp2_session *session, int32_t stream)
{
    const struct list *l = list_of(session, stream);
    struct stream_end *w = NULL;

    while ((w = next_of(l, w)))
        if (w->session == session && w->stream == stream)
            return w;
    return NULL;
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
    if (!(f->head.flags & FLAG_END_STREAM))
        return;
    w->has_come = true;
    if (is_sending(session, f->head.stream))
        w->is_early = *w->has_news = true;
}

/* A server that has begun an answer has looked at the request, whatever it says
 * then. */
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

/* The session is gone: another one may get its address. */
static void
note_gone(struct stream_end *w, const struct frame *f)
{
    (void)f;
    list_remove(&w->node);
}

/* Tell all streams of a session of a frame. */
static void
tell_all(const struct nghttp2_session *session, const struct frame *f,
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

        /* libcurl < 8.x would drop what it has not passed on yet.  It learns
         * of the stream's end. */
        if (w && (w->has_come || f->reset_error == ERROR_NONE))
            return 0;
        if (w)
            note_reset(w, f);
    } else if (f->head.type == TYPE_GOAWAY) {
        tell_all(session, f, note_goaway);
    }
    return atomic_load(&libcurls_recv)(session, f, arg);
}

/* An answer that has come whole counts, whatever error ends the stream. */
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

/* Has nghttp2 ended the connection for an error?  It sends no further request
 * over it, though libcurl 7.88 may still use it for one. */
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

EXPORTED void
nghttp2_session_del(struct nghttp2_session *session)
{
    delete_function *real =
        (delete_function *)dlsym(RTLD_NEXT, "nghttp2_session_del");

    tell_all(session, NULL, note_gone);
    if (real)
        real(session);
}
