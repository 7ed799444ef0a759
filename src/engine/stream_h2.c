/*
 * HTTP/2 streams: notes what servers say of them, as nghttp2 sees it.
 */
#include "engine/stream_watch.h"

#include "base/budgets.h"

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
#define FIELD_COST              32 /* of any, as RFC 9113 counts it */
#define ERROR_NONE              0
#define ERROR_REFUSED_STREAM    7
#define ERROR_ENHANCE_YOUR_CALM 11
#define ERROR_HTTP_1_1_REQUIRED 13

/* NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE: the stream is reset, and the rest of
 * its head is not looked at. */
#define FAILURE_OF_STREAM (-521)

typedef int on_frame_function(struct nghttp2_session *session,
                              const struct frame *f, void *arg);
typedef void set_on_frame(struct nghttp2_session_callbacks *callbacks,
                          on_frame_function *on_frame);
typedef int on_close_function(struct nghttp2_session *session, int32_t stream,
                              uint32_t error, void *arg);
typedef void set_on_close(struct nghttp2_session_callbacks *callbacks,
                          on_close_function *on_close);
typedef int on_header_function(struct nghttp2_session *session,
                               const struct frame *f, const uint8_t *name,
                               size_t name_len, const uint8_t *value,
                               size_t value_len, uint8_t flags, void *arg);
typedef void set_on_header(struct nghttp2_session_callbacks *callbacks,
                           on_header_function *on_header);
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
set_on_header nghttp2_session_callbacks_set_on_header_callback;
submit_function nghttp2_submit_request;
reset_function nghttp2_submit_rst_stream;
window_function nghttp2_session_set_local_window_size;
window_function nghttp2_submit_window_update;
delete_function nghttp2_session_del;

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    bool has_opened;
    /* nghttp2's functions; NULL: not called yet */
    submit_function *submit;
    reset_function *reset;
    is_closed_function *remote_close, *local_close;
    want_read_function *want_read;
    window_function *set_window, *update_window;
    /* The stream whose head was read last, and the bytes of its fields. */
    const struct nghttp2_session *head_session;
    int32_t head_stream;
    size_t head_bytes;
} mine;

bool
stream_h2_has_opened(void)
{
    return mine.has_opened;
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
    struct stream_end *w =
        stream > 0 ? stream_watch_find(session, stream) : NULL;

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
    struct stream_end *w = stream_watch_find(session, f->head.stream);

    if (!w)
        return;
    w->has_begun = true;
    if (f->head.type == TYPE_DATA)
        w->body_bytes += (int64_t)(f->head.length - f->padding);
    if (!(f->head.flags & FLAG_END_STREAM)) {
        open_window(session, w);
        return;
    }
    w->is_complete = true;
    if (is_sending(session, f->head.stream))
        w->is_early = *w->must_check = true;
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
        *w->must_check = true;
}

static void
note_goaway(struct stream_end *w, const void *what)
{
    const struct frame *f = what;
    bool is_farewell = f->goaway.error == 0;

    w->goaway = is_farewell ? GOAWAY_FAREWELL : GOAWAY_ERROR;
    if (is_farewell && w->stream > f->goaway.last) {
        w->last = f->goaway.last;
        w->is_refused = *w->must_check = true;
    }
}

/* nghttp2 ends the connection for an error. */
static void
note_broken(struct stream_end *w, const void *what)
{
    const struct frame *f = what;
    w->is_flooded = f->goaway.error == ERROR_ENHANCE_YOUR_CALM;
    w->is_broken = *w->must_check = true;
}

/*
 * Has the stream's head far more bytes than any response may?  A byte of a
 * frame can stand for a field of 4 KB, so 128 KB of them took a thread 300 ms
 * after libcurl had given the stream up.
 */
static bool
is_head_too_long(const struct nghttp2_session *session, int32_t stream,
                 size_t nbytes)
{
    if (mine.head_session != session || mine.head_stream != stream) {
        mine.head_session = session;
        mine.head_stream = stream;
        mine.head_bytes = 0;
    }
    mine.head_bytes += nbytes + FIELD_COST;
    return mine.head_bytes > 4 * (size_t)HEAD_MAX_BYTES;
}

/* libcurl's callbacks, NULL if it has none: the same ones for all its
 * connections. */
static _Atomic(on_frame_function *) libcurls_recv, libcurls_send;
static _Atomic(on_close_function *) libcurls_close;
static _Atomic(on_header_function *) libcurls_header;

static int
on_frame_recv(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    if (f->head.type == TYPE_DATA || f->head.type == TYPE_HEADERS) {
        note_answer(session, f);
    } else if (f->head.type == TYPE_RST_STREAM) {
        struct stream_end *w = stream_watch_find(session, f->head.stream);

        /* libcurl < 8.x would drop the part of the answer that it has not
         * passed on yet, so it does not see the reset, only the end of the
         * stream. */
        if (w && (w->is_complete || f->reset_error == ERROR_NONE))
            return 0;
        if (w)
            note_reset(w, f);
    } else if (f->head.type == TYPE_GOAWAY) {
        stream_watch_tell(session, f, note_goaway);
    }
    return atomic_load(&libcurls_recv)(session, f, arg);
}

static int
on_header(struct nghttp2_session *session, const struct frame *f,
          const uint8_t *name, size_t name_len, const uint8_t *value,
          size_t value_len, uint8_t flags, void *arg)
{
    if (is_head_too_long(session, f->head.stream, name_len + value_len))
        return FAILURE_OF_STREAM;
    return atomic_load(&libcurls_header)(session, f, name, name_len, value,
                                         value_len, flags, arg);
}

/* If the answer has come whole, libcurl sees no error at the stream's end. */
static int
on_close(struct nghttp2_session *session, int32_t stream, uint32_t error,
         void *arg)
{
    const struct stream_end *w = stream_watch_find(session, stream);

    return atomic_load(&libcurls_close)(session, stream,
                                        w && w->is_complete ? 0 : error, arg);
}

static int
on_frame_send(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    on_frame_function *libcurls;

    if (f->head.type == TYPE_GOAWAY && f->goaway.error != 0)
        stream_watch_tell(session, f, note_broken);
    libcurls = atomic_load(&libcurls_send);
    return libcurls ? libcurls(session, f, arg) : 0;
}

/* -------------------------------------------- what replaces nghttp2's own */

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

EXPORTED void
nghttp2_session_callbacks_set_on_header_callback(
    struct nghttp2_session_callbacks *callbacks, on_header_function *libcurls)
{
    set_on_header *real = (set_on_header *)dlsym(RTLD_NEXT, __func__);

    atomic_store(&libcurls_header, libcurls);
    if (real)
        real(callbacks, on_header);
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
    if (stream > 0 &&
        stream_watch_opened(session, stream, easy, is_over(session)))
        mine.has_opened = true;
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

    stream_watch_gone(session);
    if (mine.head_session == session)
        mine.head_session = NULL;
    if (real)
        real(session);
}
