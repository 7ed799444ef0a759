/*
 * A name's states, from its first look-up until its answer is forgotten:
 *
 *                room             0.25 s
 *   QUEUED ------------> YOUNG ------------> OLD
 *       ^                  |                  |
 *       | next domain      +--------+---------+ c-ares has an answer
 *       +---------------------------+
 *                                   |-------> HALF  of one family, for 50 ms
 *                                  v         |
 *                                 DONE <------+  waiters are told
 *               no address, ttl 0  |  |
 *                    freed <-------+  +-----> KEPT  until ttl is over
 *
 * Both families are asked for at the same time, with two questions.  Once one
 * family has an address, the other has 50 ms left (RFC 8305, 3): libcurl gets
 * all addresses at once, so a later one would be of no use.  A question
 * without an answer by then stays with c-ares and holds a reference.
 *
 * A name is in one list, by its state.  It is also in the map by its text,
 * unless its answer has expired or is DONE without an address.  Each look-up
 * without an answer yet is a waiter of its name.
 *
 * c-ares calls us back in the middle of its work and must not be called then.
 * So on_answer() only records the answer, and settle() calls the waiters after
 * c-ares has returned; their callbacks may look up more names.
 *
 * Timers: ares_timeout() of c-ares 1.18 walks all queries, which is slow with
 * thousands of names that never answer.  A tick every 50 ms while any query is
 * open is cheaper, and precise enough for retries after seconds.
 */
#include "dns/resolver.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/list.h"
#include "base/map.h"
#include "dns/addrs.h"
#include "dns/channel.h"
#include "dns/families.h"
#include "dns/hosts_file.h"
#include "dns/local.h"
#include "dns/search.h"

#include <ares.h>
#include <ev.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TICK_S 0.05

/*
 * The socket buffer of a server is usually 208 KiB, and each packet counts as
 * at least 768 bytes. dnsmasq allows 150 open questions.  Measured with 20,000
 * names and a dnsmasq: with 512 packets at once 800 of 40,000 are lost, each
 * at a cost of two seconds; with 200 a few, with 128 none.
 */
#define MAX_YOUNG_PACKETS 128
#define YOUNG_US          (250 * US_PER_MS)

/* RFC 8305, 3: the "Resolution Delay". */
#define HALF_US (50 * US_PER_MS)

/* c-ares 1.18 tries 16-bit ids until it finds a free one, so stay well below
 * 65,536. */
#define MAX_QUESTIONS 32768

#define MAX_KEPT 10000
#define MAX_NAME 254 /* 253 and a trailing dot */

enum name_state {
    NAME_QUEUED, /* waits for room */
    NAME_YOUNG,  /* asked less than YOUNG_US ago */
    NAME_OLD,    /* asked longer ago */
    NAME_HALF,   /* has addresses, but one question is open */
    NAME_DONE,   /* answered; the waiters have not been told */
    NAME_KEPT,   /* answered; the answer is valid for a while */
    NAME_NSTATES
};

/* The question for a name's addresses of one family. */
struct question {
    struct name *name;
    bool is_asked;       /* there is no final answer yet */
    int ares_status;     /* of the answer; unset while is_asked */
    struct addrs *found; /* NULL: none yet */
};

struct name {
    struct list_node node;     /* in its state's list */
    struct resolver *resolver; /* back to the owner */
    enum name_state state;     /* which list */
    unsigned nrefs; /* 1, plus 1 for each callback that reads it and for each
                       question that is_asked */
    struct list waiters; /* of struct waiter, oldest first */
    int64_t asked_at_us; /* void in NAME_QUEUED */
    int64_t half_at_us;  /* void before NAME_HALF */
    size_t domain;       /* search_name()'s i */
    bool has_nodata; /* a name in one of the domains exists, without an address
                      */
    struct question questions[2];  /* in the order of the resolver's families */
    struct resolver_answer answer; /* unset before NAME_DONE; owns addrs */
    size_t len;                    /* of text */
    char text[];                   /* lower case: the map's key */
};

/* One look-up. */
struct waiter {
    struct list_node node; /* in its name's list */
    resolver_cb *cb;
    void *ctx;
};

struct resolver {
    struct ev_loop *loop;
    struct channel *channel;
    struct etchosts *hosts;
    struct search *search;
    struct map *names;               /* text to struct name */
    struct list lists[NAME_NSTATES]; /* all names, oldest first in each */
    size_t counts[NAME_NSTATES];     /* how many each list holds */
    ev_timer tick;                   /* runs while a query is open */
    ev_timer half;                   /* runs while a name is NAME_HALF */
    ev_timer soon;                   /* runs while a name is NAME_DONE */
    size_t nquestions;               /* without an answer */
    struct families families;
    size_t max_young; /* the most names in NAME_YOUNG */
    int64_t ttl_us;
    uint64_t nqueries;
};

/* ---- lists ------------------------------------------------------------- */

/* The oldest name in a state, or NULL. */
static struct name *
first_name(const struct resolver *r, enum name_state state)
{
    struct list_node *node = list_first(&r->lists[state]);

    return node != NULL ? LIST_OWNER(node, struct name, node) : NULL;
}

static struct waiter *
first_waiter(const struct name *n)
{
    struct list_node *node = list_first(&n->waiters);

    return node != NULL ? LIST_OWNER(node, struct waiter, node) : NULL;
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

static void
name_set_state(struct name *n, enum name_state state)
{
    name_leave_list(n);
    name_enter_list(n, state);
}

/* Answer from the hosts file or for localhost.  Returns false if neither
 * applies. */
static bool
answer_at_hand(const struct resolver *r, const char *name, size_t len,
               resolver_cb *cb, void *ctx)
{
    struct addrs a = {.n = 0};

    local_find(r->hosts, &r->families, name, len, &a);
    if (a.n == 0)
        return false;
    cb(ctx, &(struct resolver_answer){.status = RESOLVER_OK,
                                      .addrs = a.list,
                                      .naddrs = a.n,
                                      .resolved_at_us = clock_now_us()});
    return true;
}

/* ---- names ------------------------------------------------------------- */

static struct name *
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

static void
name_forget_found(struct name *n)
{
    for (size_t i = 0; i < ARRAY_LEN(n->questions); i++) {
        free(n->questions[i].found);
        n->questions[i].found = NULL;
    }
}

static void
name_drop(struct name *n)
{
    if (--n->nrefs > 0)
        return;
    name_forget_found(n);
    free((void *)n->answer.addrs);
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

/*
 * The name, if it has a valid answer or an open query; NULL: start a new one.
 */
static struct name *
name_find(struct resolver *r, const char *text, size_t len)
{
    struct name *n = map_get(r->names, text, len);

    if (n != NULL && n->state == NAME_KEPT &&
        name_is_expired(n, clock_now_us())) {
        name_forget(n);
        return NULL;
    }
    return n;
}

static bool
name_has_answer(const struct name *n)
{
    return n->state == NAME_KEPT ||
           (n->state == NAME_DONE && n->answer.status == RESOLVER_OK);
}

/* The callback may look up more names, which may forget n if its answer has
 * just expired. */
static void
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

static void
waiter_add(struct name *n, resolver_cb *cb, void *ctx)
{
    struct waiter *w = xcalloc(1, sizeof(*w));

    w->cb = cb;
    w->ctx = ctx;
    list_push_tail(&n->waiters, &w->node);
}

/* ---- queries ----------------------------------------------------------- */

static enum resolver_status
status_of(int ares_status)
{
    switch (ares_status) {
    case ARES_SUCCESS:
        return RESOLVER_OK;
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_EBADNAME:
        return RESOLVER_NOT_FOUND;
    case ARES_ENOMEM:
        alloc_failed();
    default:
        return RESOLVER_FAILED;
    }
}

static const char *
message_of(int ares_status)
{
    /* c-ares 1.18 also returns this for servers that answered SERVFAIL or
     * REFUSED, where "Could not contact DNS servers" would mislead. */
    if (ares_status == ARES_ECONNREFUSED)
        return "The DNS servers failed, refused or can't be reached";
    return ares_strerror(ares_status);
}

/* Collect all addresses found, the preferred family first. */
static void
name_gather(const struct name *n, struct addrs *a)
{
    const struct resolver *r = n->resolver;

    for (size_t i = 0; i < r->families.n; i++) {
        const struct addrs *found = n->questions[i].found;
        size_t first = a->n;

        for (size_t k = 0; found != NULL && k < found->n; k++)
            addrs_add(a, first, found->list[k]);
    }
}

/* Why no address was found.  A server's failure comes first: it does not prove
 * that there is none. */
static int
name_failure(const struct name *n)
{
    int status = n->has_nodata ? ARES_ENODATA : ARES_ENOTFOUND;

    for (size_t i = 0; i < n->resolver->families.n; i++)
        if (status_of(n->questions[i].ares_status) == RESOLVER_FAILED)
            return n->questions[i].ares_status;
    return status;
}

static void
name_set_answer(struct name *n)
{
    struct addrs a = {.n = 0};
    int status;

    name_gather(n, &a);
    name_forget_found(n);
    status = a.n > 0 ? ARES_SUCCESS : name_failure(n);
    n->answer = (struct resolver_answer){
        .status = status_of(status),
        .naddrs = a.n,
        .resolved_at_us = clock_now_us(),
    };
    if (a.n > 0)
        n->answer.addrs = addrs_copy(&a);
    else
        n->answer.message = message_of(status);
    name_set_state(n, NAME_DONE);
}

/*
 * All questions are answered, without an address: continue with the next
 * domain, if any.  Not after a server failed, since the name may exist there.
 */
static bool
name_try_next(struct name *n)
{
    char text[MAX_NAME + 1];
    const struct resolver *r = n->resolver;

    for (size_t i = 0; i < r->families.n; i++)
        n->has_nodata |= n->questions[i].ares_status == ARES_ENODATA;
    if (status_of(name_failure(n)) != RESOLVER_NOT_FOUND ||
        !search_name(r->search, n->text, n->domain + 1, text, sizeof(text)))
        return false;
    n->domain++;
    name_set_state(n, NAME_QUEUED);
    return true;
}

static bool
name_is_waiting(const struct name *n)
{
    return n->state == NAME_YOUNG || n->state == NAME_OLD ||
           n->state == NAME_HALF;
}

/* A question was answered, or is being asked again over TCP. */
static void
name_judge(struct name *n)
{
    const struct resolver *r = n->resolver;
    bool is_asked = false, has_found = false;

    for (size_t i = 0; i < r->families.n; i++) {
        is_asked |= n->questions[i].is_asked;
        has_found |= n->questions[i].found != NULL;
    }
    if (!is_asked) {
        if (has_found || !name_try_next(n))
            name_set_answer(n);
    } else if (has_found && n->state != NAME_HALF) {
        n->half_at_us = clock_now_us();
        name_set_state(n, NAME_HALF);
    }
}

/* c-ares has an answer, but may be in the middle of its work. */
static void
on_answer(void *ctx, const struct channel_answer *answer)
{
    struct question *q = ctx;
    struct name *n = q->name;

    if (name_is_waiting(n) && answer->ares_status == ARES_SUCCESS) {
        free(q->found);
        q->found = addrs_clone(answer->addrs);
    }
    if (answer->is_final) {
        q->is_asked = false;
        q->ares_status = answer->ares_status;
        n->resolver->nquestions--;
    }
    if (name_is_waiting(n) && answer->ares_status != ARES_EDESTRUCTION)
        name_judge(n);
    if (answer->is_final)
        name_drop(n);
}

static void
question_ask(struct question *q, struct name *n, const char *text, int family)
{
    struct resolver *r = n->resolver;

    q->name = n;
    q->is_asked = true;
    n->nrefs++;
    r->nquestions++;
    channel_ask(r->channel, text, family, on_answer, q);
}

static void
name_ask(struct name *n)
{
    struct resolver *r = n->resolver;
    char text[MAX_NAME + 1];
    bool is_first = n->domain == 0;

    r->nqueries += is_first;
    n->asked_at_us = clock_now_us();
    name_set_state(n, NAME_YOUNG);
    search_name(r->search, n->text, n->domain, text, sizeof(text));
    errno = 0;
    n->questions[r->families.n - 1].is_asked =
        true; /* while the first one is asked */
    for (size_t i = 0; i < r->families.n; i++)
        question_ask(&n->questions[i], n, text, r->families.list[i]);
    /* If no packet could be sent, errno says more than c-ares. */
    if (n->state == NAME_DONE && n->answer.status == RESOLVER_FAILED &&
        errno != 0)
        n->answer.message = strerror(errno);
}

bool
resolver_has_room(const struct resolver *r)
{
    size_t young = r->counts[NAME_YOUNG];

    return young + r->counts[NAME_QUEUED] < r->max_young &&
           r->nquestions < MAX_QUESTIONS;
}

static void
start_queued(struct resolver *r)
{
    const size_t *young = &r->counts[NAME_YOUNG];
    struct name *n;

    while (*young < r->max_young && r->nquestions < MAX_QUESTIONS &&
           (n = first_name(r, NAME_QUEUED)) != NULL)
        name_ask(n);
}

static void
age_young(struct resolver *r)
{
    int64_t now_us = clock_now_us();
    struct name *n;

    while ((n = first_name(r, NAME_YOUNG)) != NULL &&
           now_us - n->asked_at_us >= YOUNG_US)
        name_set_state(n, NAME_OLD);
}

/*
 * When the oldest name with addresses of one family goes on without the other.
 */
static int64_t
half_due_us(const struct resolver *r)
{
    const struct name *n = first_name(r, NAME_HALF);

    return n != NULL ? n->half_at_us + HALF_US : INT64_MAX;
}

static void
end_halves(struct resolver *r)
{
    int64_t now_us = clock_now_us();

    while (half_due_us(r) <= now_us)
        name_set_answer(first_name(r, NAME_HALF));
}

/* ---- after c-ares has worked ------------------------------------------- */

static void
timer_set_running(struct resolver *r, ev_timer *timer, bool run)
{
    if (!run)
        ev_timer_stop(r->loop, timer);
    else if (!ev_is_active(timer))
        ev_timer_start(r->loop, timer);
}

/* Derive our timers from the names' states. */
static void
arm(struct resolver *r)
{
    bool busy = r->nquestions > 0;
    int64_t half_us = half_due_us(r);

    if (busy && !ev_is_active(&r->tick))
        ev_timer_set(&r->tick, TICK_S, TICK_S);
    timer_set_running(r, &r->tick, busy);
    timer_set_running(r, &r->soon, r->counts[NAME_DONE] > 0);
    ev_timer_stop(r->loop, &r->half);
    if (half_us == INT64_MAX)
        return;
    half_us -= clock_now_us();
    ev_now_update(r->loop);
    ev_timer_set(&r->half, half_us > 0 ? (double)half_us / US_PER_S : 0, 0);
    ev_timer_start(r->loop, &r->half);
}

/* Keep an answer; if there are too many, forget the oldest. */
static void
name_keep(struct name *n)
{
    struct resolver *r = n->resolver;

    name_set_state(n, NAME_KEPT);
    if (r->counts[NAME_KEPT] > MAX_KEPT)
        name_forget(first_name(r, NAME_KEPT));
}

static bool
name_is_to_keep(const struct name *n)
{
    return n->answer.status == RESOLVER_OK && n->resolver->ttl_us > 0;
}

/* A name in NAME_DONE is never forgotten, so it outlives its waiters. */
static void
tell_waiters(struct name *n)
{
    struct waiter *w;

    /* Remove it from the map first: a callback that asks again gets a new
     * query. */
    if (!name_is_to_keep(n))
        map_remove(n->resolver->names, n->text, n->len);
    while ((w = first_waiter(n)) != NULL) {
        resolver_cb *cb = w->cb;
        void *ctx = w->ctx;

        waiter_free(w);
        cb(ctx, &n->answer);
    }
}

static void
name_finish(struct name *n)
{
    if (name_is_to_keep(n))
        name_keep(n);
    else
        name_discard(n);
}

/* Call after c-ares has worked: handle what it answered. */
static void
settle(struct resolver *r)
{
    const struct list *done = &r->lists[NAME_DONE];
    struct list_node *node = list_first(done), *next;

    /* Names that become DONE meanwhile wait for the next round of the loop.
     * Otherwise a name that fails at once and is asked again by its callback
     * would keep us here. */
    for (size_t n = r->counts[NAME_DONE]; n > 0; n--, node = next) {
        struct name *name = LIST_OWNER(node, struct name, node);

        tell_waiters(name);
        next = list_next(done, node);
        name_finish(name);
    }
    start_queued(r);
    arm(r);
}

static void
on_tick(struct ev_loop *loop, ev_timer *timer, int revents)
{
    struct resolver *r = timer->data;

    (void)loop;
    (void)revents;
    channel_tick(r->channel);
    age_young(r);
    settle(r);
}

static void
on_half(struct ev_loop *loop, ev_timer *timer, int revents)
{
    struct resolver *r = timer->data;

    (void)loop;
    (void)revents;
    end_halves(r);
    settle(r);
}

static void
on_work(void *ctx)
{
    settle(ctx);
}

static void
on_soon(struct ev_loop *loop, ev_timer *timer, int revents)
{
    (void)loop;
    (void)revents;
    settle(timer->data);
}

/* ---- the resolver ------------------------------------------------------- */

static void
watchers_init(struct resolver *r)
{
    ev_timer_init(&r->tick, on_tick, TICK_S, TICK_S);
    ev_timer_init(&r->half, on_half, 0, 0);
    ev_timer_init(&r->soon, on_soon, 0, 0);
    r->tick.data = r;
    r->half.data = r;
    r->soon.data = r;
}

struct resolver *
resolver_new(struct ev_loop *loop, const struct resolver_config *config,
             const char **why)
{
    struct resolver *r = xcalloc(1, sizeof(*r));
    const char *hosts = getenv("CARES_HOSTS");

    r->loop = loop;
    r->ttl_us = config->ttl_us;
    r->names = map_new();
    r->search = search_new();
    r->hosts = hosts_file_read(hosts != NULL ? hosts : "/etc/hosts");
    for (size_t i = 0; i < NAME_NSTATES; i++)
        list_init(&r->lists[i]);
    watchers_init(r);
    r->families = families_choose(config->family);
    r->max_young = MAX_YOUNG_PACKETS / r->families.n;
    r->channel = channel_new(
        &(struct channel_config){
            .loop = loop,
            .servers = config->servers,
            .on_work = on_work,
            .ctx = r,
        },
        why);
    if (r->channel != NULL)
        return r;
    resolver_free(r);
    return NULL;
}

static void
free_waiters(struct name *n)
{
    struct list_node *node, *next;

    for (node = list_first(&n->waiters); node != NULL; node = next) {
        next = list_next(&n->waiters, node);
        waiter_free(LIST_OWNER(node, struct waiter, node));
    }
}

static void
free_names(struct list *names)
{
    struct list_node *node, *next;

    for (node = list_first(names); node != NULL; node = next) {
        next = list_next(names, node);
        free_waiters(LIST_OWNER(node, struct name, node));
        name_discard(LIST_OWNER(node, struct name, node));
    }
}

void
resolver_free(struct resolver *r)
{
    if (r == NULL)
        return;
    channel_free(r->channel); /* calls on_answer() */
    ev_timer_stop(r->loop, &r->tick);
    ev_timer_stop(r->loop, &r->half);
    ev_timer_stop(r->loop, &r->soon);
    for (size_t i = 0; i < NAME_NSTATES; i++)
        free_names(&r->lists[i]);
    map_free(r->names);
    hosts_file_free(r->hosts);
    search_free(r->search);
    free(r);
}

static void
to_lower(char *out, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] =
            (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    out[len] = '\0';
}

void
resolver_lookup(struct resolver *r, const char *name, resolver_cb *cb,
                void *ctx)
{
    char text[MAX_NAME + 1];
    size_t len = strlen(name);
    struct name *n;

    if (len == 0 || len > MAX_NAME) {
        cb(ctx,
           &(struct resolver_answer){.status = RESOLVER_NOT_FOUND,
                                     .message = ares_strerror(ARES_EBADNAME)});
        return;
    }
    to_lower(text, name, len);
    if (answer_at_hand(r, text, len, cb, ctx))
        return;
    n = name_find(r, text, len);
    if (n != NULL && name_has_answer(n)) {
        name_tell(n, cb, ctx);
        return;
    }
    if (n == NULL)
        n = name_new(r, text, len);
    waiter_add(n, cb, ctx);
    start_queued(r);
    arm(r);
}

uint64_t
resolver_nqueries(const struct resolver *r)
{
    return r->nqueries;
}

const char *
resolver_library(void)
{
    return ares_version(NULL);
}
