#include "engine/resets.h"

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

/* struct nghttp2_rst_stream */
struct frame {
    struct frame_head head;
    uint32_t error;
};

#define TYPE_RST_STREAM      3
#define ERROR_NO_ERROR       0
#define ERROR_REFUSED_STREAM 7

typedef int on_head_function(struct nghttp2_session *session,
                             const struct frame_head *head, void *arg);
typedef int on_frame_function(struct nghttp2_session *session,
                              const struct frame *f, void *arg);
typedef void set_on_head(struct nghttp2_session_callbacks *callbacks,
                         on_head_function *on_head);
typedef void set_on_frame(struct nghttp2_session_callbacks *callbacks,
                          on_frame_function *on_frame);
typedef int32_t submit_function(struct nghttp2_session *session,
                                const void *priority, const void *fields,
                                size_t nfields, const void *body,
                                void *user_data);
typedef int remote_close_function(struct nghttp2_session *session,
                                  int32_t stream);

void nghttp2_session_callbacks_set_on_frame_recv_callback(
    struct nghttp2_session_callbacks *callbacks, on_frame_function *on_frame);
submit_function nghttp2_submit_request;

/* ------------------------------------------------------------ the streams */

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    struct list watched;
    const struct nghttp2_session *last; /* that opened a stream */
} mine;

void
resets_watch(struct reset_watch *w, int64_t stream)
{
    resets_unwatch(w);
    if (!mine.last)
        return;
    if (!mine.watched.ends.next)
        list_init(&mine.watched);
    list_push_tail(&mine.watched, &w->node);
    w->session = mine.last;
    w->stream = stream;
}

void
resets_unwatch(struct reset_watch *w)
{
    list_remove(&w->node);
    *w = (struct reset_watch){0};
}

/* Returns NULL if that stream is not watched. */
static struct reset_watch *
find(const struct nghttp2_session *session, int32_t stream)
{
    struct list_node *n = mine.last ? list_first(&mine.watched) : NULL;

    for (; n; n = list_next(&mine.watched, n)) {
        struct reset_watch *w = LIST_OWNER(n, struct reset_watch, node);

        if (w->session == session && w->stream == stream)
            return w;
    }
    return NULL;
}

/* ------------------------------------------------------------- the frames */

/* libcurl's callback: the same one for all its connections. */
static _Atomic(on_frame_function *) libcurls;

/* Is the stream half closed by the server: 1, not: 0, or unknown: -1?  Floods
 * of frames for streams that are unknown cost no more than this. */
static int
has_ended(struct nghttp2_session *session, int32_t stream)
{
    remote_close_function *get = (remote_close_function *)dlsym(
        RTLD_DEFAULT, "nghttp2_session_get_stream_remote_close");

    return get ? get(session, stream) : -1;
}

/* The head of a frame has come.  Once the rest has come, nghttp2 no longer
 * tells whether END_STREAM had come before a RST_STREAM. */
static int
on_head(struct nghttp2_session *session, const struct frame_head *head,
        void *arg)
{
    struct reset_watch *w;
    int ended;

    (void)arg;
    if (head->type != TYPE_RST_STREAM)
        return 0;
    ended = has_ended(session, head->stream);
    w = ended >= 0 ? find(session, head->stream) : NULL;
    if (w)
        w->reset = ended ? RESET_OTHER : RESET_CUT;
    return 0;
}

static int
on_frame(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    struct reset_watch *w = NULL;

    if (f->head.type == TYPE_RST_STREAM && f->error != ERROR_NO_ERROR &&
        has_ended(session, f->head.stream) >= 0)
        w = find(session, f->head.stream);
    if (w)
        w->reset =
            f->error == ERROR_REFUSED_STREAM ? RESET_REFUSED : RESET_OTHER;
    return atomic_load(&libcurls)(session, f, arg);
}

/* -------------------------------------------- what replaces nghttp2's own */

__attribute__((visibility("default"), used)) void
nghttp2_session_callbacks_set_on_frame_recv_callback(
    struct nghttp2_session_callbacks *callbacks, on_frame_function *callback)
{
    set_on_frame *real = (set_on_frame *)dlsym(
        RTLD_NEXT, "nghttp2_session_callbacks_set_on_frame_recv_callback");
    set_on_head *set_head = (set_on_head *)dlsym(
        RTLD_NEXT, "nghttp2_session_callbacks_set_on_begin_frame_callback");

    atomic_store(&libcurls, callback);
    if (real)
        real(callbacks, on_frame);
    if (set_head)
        set_head(callbacks, on_head);
}

__attribute__((visibility("default"), used)) int32_t
nghttp2_submit_request(struct nghttp2_session *session, const void *priority,
                       const void *fields, size_t nfields, const void *body,
                       void *user_data)
{
    submit_function *real =
        (submit_function *)dlsym(RTLD_NEXT, "nghttp2_submit_request");

    mine.last = session;
    return real ? real(session, priority, fields, nfields, body, user_data)
                : -1;
}
