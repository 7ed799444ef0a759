/*
 * Names to addresses, with c-ares on the control loop.
 *
 * query.c records answers from within c-ares; finish_answered() calls the
 * waiters after c-ares has returned.  Their callbacks may look up more names.
 *
 * Timers: ares_timeout() of c-ares 1.18 walks all queries, which is slow with
 * thousands of names that never answer.  A tick every 50 ms or less while any
 * query is open is cheaper, and precise enough for retries after seconds.
 */
#include "dns/resolver.h"

#include <stdlib.h>
#include <string.h>

#include <ares.h>
#include <ev.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "base/map.h"
#include "dns/addrs.h"
#include "dns/channel.h"
#include "dns/families.h"
#include "dns/hosts_file.h"
#include "dns/local.h"
#include "dns/search.h"
#include "dns/state.h"

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
                                      .addrs = addrs_list(&a),
                                      .resolved_at_us = clock_now_us()});
    return true;
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
    bool busy = r->nquestions > 0 || r->counts[NAME_AGAIN] > 0;
    int64_t half_us = query_half_due_us(r);

    r->tick.repeat = (double)query_age_every_us(r) / US_PER_S;
    if (busy && !ev_is_active(&r->tick))
        ev_timer_set(&r->tick, r->tick.repeat, r->tick.repeat);
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

/* Call after c-ares has worked: handle what it answered. */
static void
finish_answered(struct resolver *r)
{
    const struct list *done = &r->lists[NAME_DONE];
    struct list_node *node = list_first(done), *next;

    /* Names that become DONE meanwhile wait for the next round of the loop.
     * Otherwise a name that fails at once and is asked again by its callback
     * would keep us here. */
    for (size_t n = r->counts[NAME_DONE]; n > 0; n--, node = next) {
        struct name *name = LIST_OWNER(node, struct name, node);

        name_tell_waiters(name);
        next = list_next(done, node);
        name_finish(name);
    }
    query_start_queued(r);
    arm(r);
}

static void
on_tick(struct ev_loop *loop, ev_timer *timer, int revents)
{
    struct resolver *r = timer->data;

    (void)loop;
    (void)revents;
    channel_tick(r->channel);
    query_age(r);
    finish_answered(r);
}

static void
on_half(struct ev_loop *loop, ev_timer *timer, int revents)
{
    struct resolver *r = timer->data;

    (void)loop;
    (void)revents;
    query_end_halves(r);
    finish_answered(r);
}

static void
on_work(void *ctx)
{
    finish_answered(ctx);
}

static void
on_soon(struct ev_loop *loop, ev_timer *timer, int revents)
{
    (void)loop;
    (void)revents;
    finish_answered(timer->data);
}

/* ---- the resolver ------------------------------------------------------- */

static void
watchers_init(struct resolver *r)
{
    ev_timer_init(&r->tick, on_tick, 0, 0);
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
    r->hosts = hosts_file_read(hosts ? hosts : "/etc/hosts");
    for (size_t i = 0; i < NAME_NSTATES; i++)
        list_init(&r->lists[i]);
    watchers_init(r);
    r->families = families_choose(config->family);
    query_init(r);
    r->channel = channel_new(
        &(struct channel_config){
            .loop = loop,
            .servers = config->servers,
            .on_work = on_work,
            .ctx = r,
        },
        why);
    if (r->channel)
        return r;
    resolver_free(r);
    return NULL;
}

void
resolver_free(struct resolver *r)
{
    if (!r)
        return;
    channel_free(r->channel); /* calls on_answer() */
    ev_timer_stop(r->loop, &r->tick);
    ev_timer_stop(r->loop, &r->half);
    ev_timer_stop(r->loop, &r->soon);
    for (size_t i = 0; i < NAME_NSTATES; i++)
        name_free_all(&r->lists[i]);
    map_free(r->names);
    hosts_file_free(r->hosts);
    search_free(r->search);
    free(r);
}

static void
to_lower(char *out, const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] = ascii_lower(name[i]);
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
    if (n && name_has_answer(n)) {
        name_tell(n, cb, ctx);
        return;
    }
    if (!n)
        n = name_new(r, text, len);
    name_add_waiter(n, cb, ctx);
    query_start_queued(r);
    arm(r);
}

bool
resolver_has_room(const struct resolver *r)
{
    return query_has_room(r);
}

const char *
resolver_library(void)
{
    return ares_version(NULL);
}
