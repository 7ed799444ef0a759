#include "dns/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/map.h"

/* The most answers that are kept. */
#define MAX_KEPT 10000

/* ---- lists ------------------------------------------------------------- */

struct name *
name_first(const struct resolver *r, enum name_state state)
{
    struct list_node *node = list_first(&r->lists[state]);

    return node ? LIST_OWNER(node, struct name, node) : NULL;
}

static struct waiter *
first_waiter(const struct name *n)
{
    struct list_node *node = list_first(&n->waiters);

    return node ? LIST_OWNER(node, struct waiter, node) : NULL;
}

static void
name_enter_list(struct name *n, enum name_state state)
{
    n->state = state;
    list_push_tail(&n->resolver->lists[state], &n->node);
    n->resolver->counts[state]++;
}

static void
name_leave_list(struct name *n)
{
    list_remove(&n->node);
    n->resolver->counts[n->state]--;
}

void
name_set_state(struct name *n, enum name_state state)
{
    name_leave_list(n);
    name_enter_list(n, state);
}

/* ---- names ------------------------------------------------------------- */

struct name *
name_new(struct resolver *r, const char *text, size_t len)
{
    struct name *n = xcalloc(1, sizeof(*n) + len + 1);

    n->resolver = r;
    n->nrefs = 1;
    list_init(&n->waiters);
    n->len = len;
    memcpy(n->text, text, len);
    name_enter_list(n, NAME_QUEUED);
    map_put(r->names, n->text, n->len, n);
    return n;
}

void
name_forget_found(struct name *n)
{
    for (size_t i = 0; i < ARRAY_LEN(n->questions); i++) {
        free(n->questions[i].found);
        n->questions[i].found = NULL;
    }
}

void
name_drop(struct name *n)
{
    if (--n->nrefs > 0)
        return;
    name_forget_found(n);
    free((void *)n->answer.addrs.v);
    free(n);
}

/* Remove the name from its list and drop it.  It must not be in the map. */
static void
name_discard(struct name *n)
{
    name_leave_list(n);
    name_drop(n);
}

static void
name_forget(struct name *n)
{
    map_remove(n->resolver->names, n->text, n->len);
    name_discard(n);
}

static bool
name_is_expired(const struct name *n, int64_t now_us)
{
    return now_us - n->answer.resolved_at_us >= n->resolver->ttl_us;
}

struct name *
name_find(struct resolver *r, const char *text, size_t len)
{
    struct name *n = map_get(r->names, text, len);

    if (n && n->state == NAME_KEPT && name_is_expired(n, clock_now_us())) {
        name_forget(n);
        return NULL;
    }
    return n;
}

bool
name_has_answer(const struct name *n)
{
    return n->state == NAME_KEPT ||
           (n->state == NAME_DONE && n->answer.status == RESOLVER_OK);
}

/* The callback may look up more names, which may forget n if its answer has
 * just expired. */
void
name_tell(struct name *n, resolver_cb *cb, void *ctx)
{
    n->nrefs++;
    cb(ctx, &n->answer);
    name_drop(n);
}

/* ---- waiters ----------------------------------------------------------- */

static void
waiter_free(struct waiter *w)
{
    list_remove(&w->node);
    free(w);
}

void
name_add_waiter(struct name *n, resolver_cb *cb, void *ctx)
{
    struct waiter *w = xcalloc(1, sizeof(*w));

    w->cb = cb;
    w->ctx = ctx;
    list_push_tail(&n->waiters, &w->node);
}

/* ---- the answer is there ------------------------------------------------- */

/* Keep an answer; if there are too many, forget the oldest. */
static void
name_keep(struct name *n)
{
    struct resolver *r = n->resolver;

    name_set_state(n, NAME_KEPT);
    if (r->counts[NAME_KEPT] > MAX_KEPT)
        name_forget(name_first(r, NAME_KEPT));
}

static bool
name_is_to_keep(const struct name *n)
{
    return n->answer.status == RESOLVER_OK && n->resolver->ttl_us > 0;
}

/* A name in NAME_DONE is never forgotten, so it outlives its waiters. */
void
name_tell_waiters(struct name *n)
{
    struct waiter *w;

    /* Remove it from the map first: a callback that asks again gets a new
     * query. */
    if (!name_is_to_keep(n))
        map_remove(n->resolver->names, n->text, n->len);
    while ((w = first_waiter(n))) {
        resolver_cb *cb = w->cb;
        void *ctx = w->ctx;

        waiter_free(w);
        cb(ctx, &n->answer);
    }
}

void
name_finish(struct name *n)
{
    if (name_is_to_keep(n))
        name_keep(n);
    else
        name_discard(n);
}

static void
free_waiters(struct name *n)
{
    struct list_node *node, *next;

    for (node = list_first(&n->waiters); node; node = next) {
        next = list_next(&n->waiters, node);
        waiter_free(LIST_OWNER(node, struct waiter, node));
    }
}

void
name_free_all(struct list *names)
{
    struct list_node *node, *next;

    for (node = list_first(names); node; node = next) {
        next = list_next(names, node);
        free_waiters(LIST_OWNER(node, struct name, node));
        name_discard(LIST_OWNER(node, struct name, node));
    }
}
