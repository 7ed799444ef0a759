#include "engine/stream_end.h"

#include "engine/stream_watch.h"

/* Lists of watched streams; a power of two. */
#define LISTS 256

/* Per thread, since a frame does not tell its engine. */
static _Thread_local struct {
    struct list expected; /* streams to be opened, the last one first */
    struct list watched[LISTS];
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
stream_end_expect(struct stream_end *w, const void *easy, bool *must_check)
{
    stream_end_forget(w);
    w->easy = easy;
    w->must_check = must_check;
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
    return stream_h2_has_opened() || stream_h3_has_opened();
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

struct stream_end *
stream_watch_expected(const void *easy)
{
    struct stream_end *w = NULL;

    while ((w = next_of(&mine.expected, w)))
        if (w->easy == easy)
            return w;
    /* libcurl 8.23 passes another pointer, but opens the stream at once. */
    return next_of(&mine.expected, NULL);
}

bool
stream_watch_opened(void *session, int64_t stream, const void *easy,
                    bool is_over)
{
    struct stream_end *w = stream_watch_expected(easy);

    if (!w)
        return false;
    list_remove(&w->node);
    w->session = session;
    w->stream = stream;
    w->window = -1;
    push_head(list_of(session, stream), &w->node);
    if (is_over)
        w->is_refused = *w->must_check = true;
    return true;
}

struct stream_end *
stream_watch_find(const void *session, int64_t stream)
{
    const struct list *l = list_of(session, stream);
    struct stream_end *w = NULL;

    while ((w = next_of(l, w)))
        if (w->session == session && w->stream == stream)
            return w;
    return NULL;
}

bool
stream_watch_tell(const void *session, const void *what,
                  void (*note)(struct stream_end *w, const void *what))
{
    bool has_told = false;

    for (size_t i = 0; i < LISTS; i++) {
        struct stream_end *next, *w = next_of(&mine.watched[i], NULL);

        for (; w; w = next) {
            next = next_of(&mine.watched[i], w);
            if (w->session != session && w->quic != session)
                continue;
            note(w, what);
            has_told = true;
        }
    }
    return has_told;
}

static void
note_gone(struct stream_end *w, const void *what)
{
    (void)what;
    list_remove(&w->node);
}

void
stream_watch_gone(const void *session)
{
    stream_watch_tell(session, NULL, note_gone);
}
