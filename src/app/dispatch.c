/*
 * dispatch.c - starts look-ups and hands jobs to the engines as the scheduler
 * decides; answers jobs that cannot start.
 */
#include "app/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "dns/overrides.h"
#include "dns/resolver.h"
#include "engine/engine.h"
#include "job/job.h"
#include "job/options.h"
#include "output/order.h"
#include "output/trace.h"
#include "sched/sched.h"

/*
 * False while the reader of the output is slow or --ordered holds many lines.
 */
bool
dispatch_may_start(const struct app *a)
{
    return results_have_room(a) && (!a->order || order_may_start(a->order));
}

/* The look-up of a host's name, and then of its proxy's, that is under way. */
struct lookup {
    struct app *app;
    struct origin *host;
    struct addr_list addrs; /* the host's, while the proxy's are looked up */
    int64_t resolved_at_us; /* of addrs */
    struct lookup *prev, *next; /* in app's list */
};

static struct lookup *
lookup_new(struct app *a, struct origin *h)
{
    struct lookup *l = xmalloc(sizeof(*l));

    *l = (struct lookup){.app = a, .host = h, .next = a->lookups};
    if (a->lookups)
        a->lookups->prev = l;
    a->lookups = l;
    return l;
}

static void
lookup_free(struct lookup *l)
{
    *(l->prev ? &l->prev->next : &l->app->lookups) = l->next;
    if (l->next)
        l->next->prev = l->prev;
    free((void *)l->addrs.v);
    free(l);
}

void
dispatch_forget_lookups(struct app *a)
{
    struct lookup *next;

    for (struct lookup *l = a->lookups; l; l = next) {
        next = l->next;
        lookup_free(l);
    }
}

/* Begin the result of a hop that failed in its look-up.  The look-up's time
 * counts. */
static struct result *
begin_failed_hop(struct job *j)
{
    struct result *r = &j->res;

    result_reset_hop(r);
    r->url_effective = j->target.url;
    r->method = j->req.method;
    r->timing = (struct timing){j->dns_us, -1, -1, -1, -1, -1};
    r->has_timing = true;
    job_begin_hop(j);
    if (r->started_wall_us < 0)
        r->started_wall_us = clock_wall_us() - j->dns_us;
    j->attempt_us += j->dns_us;
    return r;
}

static void
fail_late_lookup(struct app *a, struct job *j)
{
    int64_t connect_us = j->first.connect_timeout_us;
    bool is_total =
        j->first.timeout_us &&
        (!connect_us || j->first.timeout_us - job_spent_us(j) < connect_us);
    struct result *r = begin_failed_hop(j);

    result_fail(r, ERR_TIMEOUT, is_total ? "total" : "connect", PHASE_DNS, true,
                "%s timeout after %.3f s while looking the name up",
                is_total ? "total" : "connect",
                (double)(is_total ? j->attempt_us : j->dns_us) / 1e6);
    results_finish(a, j);
}

/* End a job whose look-up failed.  name is the one that was looked up: the
 * proxy's if is_proxy, else the host's. */
static void
fail_job(struct app *a, struct job *j, const struct resolver_answer *answer,
         bool is_proxy, const char *name)
{
    enum error_class class = is_proxy ? ERR_PROXY : ERR_DNS;
    const char *whose = is_proxy ? "the proxy " : "";
    struct result *r = begin_failed_hop(j);

    if (answer->status == RESOLVER_NOT_FOUND)
        result_fail(r, class, "not_found", PHASE_DNS, false,
                    "cannot find an address of %s'%.100s': %s", whose, name,
                    answer->message);
    else
        result_fail(r, class, "failed", PHASE_DNS, true,
                    "cannot look up %s'%.100s': %s", whose, name,
                    answer->message);
    results_finish(a, j);
}

/* End all jobs of a look-up that failed.  proxy is the proxy's name if that was
 * looked up, NULL if the host's was. */
static void
fail_lookup(struct lookup *l, const struct resolver_answer *answer,
            const char *proxy)
{
    struct app *a = l->app;
    int64_t now = clock_now_us();
    struct job *j;

    while ((j = sched_take_failed(a->sched, l->host, now)))
        fail_job(a, j, answer, proxy || j->target.connect_is_proxy,
                 proxy ? proxy : j->target.connect_host);
    lookup_free(l);
}

static void
end_lookup(struct lookup *l, struct addr_list addrs)
{
    int64_t now = clock_now_us();

    sched_resolved(l->app->sched, l->host, addrs, now - l->resolved_at_us, now);
    lookup_free(l);
}

static void
on_proxy_answer(void *ctx, const struct resolver_answer *answer)
{
    struct lookup *l = ctx;
    uint16_t port;

    if (answer->status != RESOLVER_OK) {
        fail_lookup(l, answer, sched_origin_proxy(l->host, &port));
        return;
    }
    if (answer->resolved_at_us < l->resolved_at_us)
        l->resolved_at_us = answer->resolved_at_us;
    sched_proxy_resolved(l->host, answer->addrs);
    end_lookup(l, l->addrs);
}

/* The host's addresses are known: end the look-up, or go on to the proxy's. */
static void
use_addrs(struct lookup *l, struct addr_list addrs, int64_t resolved_at_us)
{
    struct app *a = l->app;
    uint16_t port;
    const char *proxy = sched_origin_proxy(l->host, &port);
    struct addr_list given;

    l->resolved_at_us = resolved_at_us;
    if (!proxy) {
        end_lookup(l, addrs);
        return;
    }
    given = overrides_find(a->overrides, proxy, port);
    if (given.n > 0) {
        sched_proxy_resolved(l->host, given);
        end_lookup(l, addrs);
        return;
    }
    l->addrs = addr_list_copy(addrs);
    resolver_lookup(a->resolver, proxy, on_proxy_answer, l);
}

static void
on_answer(void *ctx, const struct resolver_answer *answer)
{
    if (answer->status == RESOLVER_OK)
        use_addrs(ctx, answer->addrs, answer->resolved_at_us);
    else
        fail_lookup(ctx, answer, NULL);
}

/* Answer jobs whose host is down, and jobs that waited too long in the queue
 * or for their look-up. */
void
dispatch_expire(struct app *a)
{
    struct job *j;

    while ((j = sched_take(a->sched, TAKE_OVERDUE, clock_now_us())))
        fail_late_lookup(a, j);
    while ((j = sched_take(a->sched, TAKE_DOWN, clock_now_us()))) {
        result_fail(&j->res, ERR_HOST_DOWN, "circuit_open", PHASE_QUEUE, true,
                    "%u connects to %s port %u failed in a row",
                    (unsigned)a->opts->max_host_failures, j->target.host,
                    (unsigned)j->target.port);
        results_finish(a, j);
    }
    while ((j = sched_take(a->sched, TAKE_EXPIRED, clock_now_us()))) {
        result_fail(&j->res, ERR_TIMEOUT, "queue", PHASE_QUEUE, true,
                    "queue timeout after %.3f s%s",
                    (double)a->opts->queue_timeout_us / 1e6,
                    j->next == JOB_HOP ? ", before the redirect was followed"
                                       : "");
        results_finish(a, j);
    }
}

static void
start_lookup(struct app *a, struct origin *h)
{
    const char *name = sched_origin_name(h);
    struct addr_list given =
        overrides_find(a->overrides, name, sched_origin_port(h));
    struct lookup *l = lookup_new(a, h);
    struct addr addr;

    if (given.n == 0 && addr_parse(name, strlen(name), &addr) == 0)
        given = (struct addr_list){&addr, 1};
    if (given.n > 0)
        use_addrs(l, given, clock_now_us());
    else
        resolver_lookup(a->resolver, name, on_answer, l);
}

bool
dispatch_lookups(struct app *a)
{
    struct origin *h;
    bool started = false;

    while (resolver_has_room(a->resolver) &&
           (h = sched_next_lookup(a->sched, clock_now_us()))) {
        started = true;
        start_lookup(a, h);
    }
    return started;
}

/* How often --limit auto measures our own CPU time. */
#define CPU_EVERY_US (100 * US_PER_MS)

static void
note_cpu(struct app *a, int64_t now_us)
{
    int64_t took_us = now_us - a->cpu_at_us, cpu_us;
    unsigned ncpus = a->nthreads + 1, there;

    if (a->opts->limit != LIMIT_AUTO || took_us < CPU_EVERY_US)
        return;
    cpu_us = clock_cpu_us();
    there = clock_ncpus();
    if (a->cpu_at_us > 0)
        sched_note_cpu(a->sched, (double)(cpu_us - a->cpu_us) /
                                     (double)took_us /
                                     (ncpus < there ? ncpus : there));
    a->cpu_at_us = now_us;
    a->cpu_us = cpu_us;
}

/* Tell the engines a new limit before they get jobs that rely on it. */
static void
tell_limit(struct app *a)
{
    if (a->told_limit == sched_limit(a->sched))
        return;
    a->told_limit = sched_limit(a->sched);
    for (unsigned i = 0; i < a->nengines; i++)
        engine_set_limit(a->engines[i], sched_limit_of(a->sched, i));
}

/* Hand out jobs that may start.  Returns when to call again, or -1. */
int64_t
dispatch_jobs(struct app *a)
{
    int64_t wait_us = -1, now = clock_now_us();
    struct job *j;

    note_cpu(a, now);
    tell_limit(a);
    while (dispatch_may_start(a) && (j = sched_next(a->sched, now, &wait_us))) {
        if (!j->host) {
            results_finish(a, j);
            continue;
        }
        if (a->order)
            order_set_in_flight(a->order, j->index, true);
        job_lend_line(a->pool, j);
        if (a->trace)
            trace_started(a->trace, j, now);
        job_list_push(&a->outgoing[j->engine], j);
    }
    for (unsigned i = 0; i < a->nengines; i++)
        engine_put(a->engines[i], &a->outgoing[i]);
    return wait_us;
}
