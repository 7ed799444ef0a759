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

/* struct nghttp2_rst_stream */
struct frame {
    struct frame_head head;
    uint32_t error;
};

#define TYPE_DATA            0
#define TYPE_HEADERS         1
#define TYPE_RST_STREAM      3
#define FLAG_END_STREAM      1
#define ERROR_REFUSED_STREAM 7

typedef int on_frame_function(struct nghttp2_session *session,
                              const struct frame *f, void *arg);
typedef void set_on_frame(struct nghttp2_session_callbacks *callbacks,
                          on_frame_function *on_frame);
typedef int32_t submit_function(struct nghttp2_session *session,
                                const void *priority, const void *fields,
                                size_t nfields, const void *body,
                                void *user_data);
void nghttp2_session_callbacks_set_on_frame_recv_callback(
    struct nghttp2_session_callbacks *callbacks,
    on_frame_function *on_frame_recv);
submit_function nghttp2_submit_request;

/* ------------------------------------------------------------ the streams */

/* Lists of watched streams; a power of two. */
#define LISTS 256

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    struct list watched[LISTS];
    const struct nghttp2_session *last; /* that opened a stream */
    submit_function *submit;            /* nghttp2's; NULL: not yet known */
} mine;

/* The list of a stream.  Sessions begin with the same numbers. */
static struct list *
list_of(const struct nghttp2_session *session, int64_t stream)
{
    uint64_t n = (uint64_t)(uintptr_t)session / 64 + (uint64_t)stream / 2;
    struct list *l = &mine.watched[n * UINT64_C(0x9e3779b97f4a7c15) >> 56];

    if (!l->ends.next)
        list_init(l);
    return l;
}

void
stream_end_watch(struct stream_end *w, int64_t stream)
{
    stream_end_forget(w);
    if (!mine.last)
        return;
    /* Found first: a session that was freed may have had the same address. */
    list_push_head(list_of(mine.last, stream), &w->node);
    w->session = mine.last;
    w->stream = stream;
}

void
stream_end_forget(struct stream_end *w)
{
    list_remove(&w->node);
    *w = (struct stream_end){0};
}

/* Returns NULL if that stream is not watched. */
static struct stream_end *
find(const struct nghttp2_session *session, int32_t stream)
{
    const struct list *l = list_of(session, stream);

    for (struct list_node *n = list_first(l); n; n = list_next(l, n)) {
        struct stream_end *w = LIST_OWNER(n, struct stream_end, node);

        if (w->session == session && w->stream == stream)
            return w;
    }
    return NULL;
}

/* ------------------------------------------------------------- the frames */

/* libcurl's callback: the same one for all its connections. */
static _Atomic(on_frame_function *) libcurls;

static void
note_frame(const struct nghttp2_session *session, const struct frame *f)
{
    bool is_end = (f->head.type == TYPE_DATA || f->head.type == TYPE_HEADERS) &&
                  (f->head.flags & FLAG_END_STREAM);
    bool is_refusal =
        f->head.type == TYPE_RST_STREAM && f->error == ERROR_REFUSED_STREAM;
    struct stream_end *w;

    if (!is_end && !is_refusal)
        return;
    w = find(session, f->head.stream);
    if (w && is_end)
        w->has_come = true;
    else if (w)
        w->is_refused = true;
}

static int
on_frame(struct nghttp2_session *session, const struct frame *f, void *arg)
{
    note_frame(session, f);
    return atomic_load(&libcurls)(session, f, arg);
}

/* -------------------------------------------- what replaces nghttp2's own */

__attribute__((visibility("default"), used)) void
nghttp2_session_callbacks_set_on_frame_recv_callback(
    struct nghttp2_session_callbacks *callbacks,
    on_frame_function *on_frame_recv)
{
    set_on_frame *real = (set_on_frame *)dlsym(
        RTLD_NEXT, "nghttp2_session_callbacks_set_on_frame_recv_callback");

    atomic_store(&libcurls, on_frame_recv);
    if (real)
        real(callbacks, on_frame);
}

__attribute__((visibility("default"), used)) int32_t
nghttp2_submit_request(struct nghttp2_session *session, const void *priority,
                       const void *fields, size_t nfields, const void *body,
                       void *user_data)
{
    if (!mine.submit)
        mine.submit =
            (submit_function *)dlsym(RTLD_NEXT, "nghttp2_submit_request");
    mine.last = session;
    return mine.submit ? mine.submit(session, priority, fields, nfields, body,
                                     user_data)
                       : -1;
}
