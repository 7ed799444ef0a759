/*
 * The control thread.  It reads, decides and writes; engines fetch.
 *
 *     source -> spec -> url -> sched -> engines
 *                                |         |
 *                      sink <- record <- step
 *
 * All that happens, happens in on_turn(), at the end of each turn of the
 * loop: what the watchers' callbacks do is to wake it.  There the results
 * are collected, records are read as far as there is room for them, jobs
 * are handed to the engines, lines are written, and what is to be watched
 * is derived from what is left to do.
 */
#include "app.h"

#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ev.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/redact.h"
#include "base/template.h"
#include "cli/opts.h"
#include "engine/body.h"
#include "engine/cookies.h"
#include "engine/engine.h"
#include "engine/route.h"
#include "engine/store.h"
#include "engine/url.h"
#include "input/row.h"
#include "input/source.h"
#include "input/spec.h"
#include "job.h"
#include "output/order.h"
#include "output/record.h"
#include "output/report.h"
#include "output/resume.h"
#include "output/sink.h"
#include "pick.h"
#include "sched/overrides.h"
#include "sched/resolver.h"
#include "sched/sched.h"
#include "step.h"

/* Records read in one turn, so that results are never kept waiting. */
#define READS_PER_TURN 256

/* Results that wait for a slow reader: beyond it nothing more is started. */
#define SINK_FULL_BYTES (1024 * 1024)

/* Records held, in bytes: --look-ahead counts them, but one may be 1 MiB. */
#define HELD_MAX_BYTES (64 * 1024 * 1024)

/* Changed records that are told of; the rest is counted. */
#define CHANGED_SHOWN 5

/* For a reader that is slow to take the last lines of an aborted run. */
#define LAST_LINES_S 0.5

/* Descriptors that are not connections: standard streams, files, loops and
 * name servers; and those of an engine: loop, wake-up, libcurl's own. */
#define FDS_CONTROL 20
#define FDS_ENGINE 6

/* What an engine has open while it stores a body: a folder, the next one in
 * it, a file. */
#define FDS_STORE 3

enum app_state {
    APP_RUNNING,
    APP_DRAINING, /* start no more, let what flies finish */
    APP_ABORTING, /* what flies was told to end */
};

struct app {
    const struct opts *opts;
    struct ev_loop *loop;
    struct job_pool *pool;
    struct source *source;
    struct sched *sched;
    struct resolver *resolver;
    struct overrides *overrides;
    struct lookup *lookups; /* under way */
    struct sink *sink;
    struct order *order;     /* NULL: lines are written as they are ready */
    struct pick *pick;       /* NULL: repeats are fetched, too */
    struct report *report;   /* status line, summary */
    struct resume *resume;   /* NULL: all is to be fetched */
    struct cookies *cookies; /* NULL: none are kept */
    struct body_env bodies;
    struct engine **engines;
    struct job_list *outgoing; /* one per engine, of this turn */
    unsigned nengines;
    struct engine_news news;

    enum app_state state;
    const char *abort_code;       /* why, once not running */
    int exit_signal;              /* first of SIGINT, SIGTERM; 0: none */
    enum sink_status sink_status; /* of the last flush */
    bool gave_up;                 /* the reader had its time */
    bool input_ended;
    bool wait_input;              /* the source has nothing just now */
    bool is_busy;                 /* this turn left something to do */
    size_t held_bytes;            /* cost of all jobs */
    uint64_t nread, nwritten, nfailed;
    uint64_t nskipped; /* by --resume and --shard */
    uint64_t nchanged; /* of those that --resume looked for */

    ev_prepare turn;
    ev_idle busy;                 /* there is more to do: don't sleep */
    ev_async news_ready;
    ev_io input_io, sink_io, reader_io;
    ev_timer wait_timer;          /* the scheduler's next moment */
    ev_timer grace_timer;
    ev_timer deadline_timer;
    ev_timer status_timer;        /* the status line is to be drawn */
    ev_signal on_status_asked;
    ev_signal on_int, on_term, on_hup;
};

static bool
sink_has_room(const struct app *a)
{
    return sink_pending(a->sink) < SINK_FULL_BYTES;
}

/* Where the reader is slow, or lines wait for one before them, no. */
static bool
can_start_more(const struct app *a)
{
    return sink_has_room(a) && (!a->order || order_may_start(a->order));
}

/* ------------------------------------------------------------- results */

/* --verbose: a failure as a message, too. */
static void
tell_failure(const struct job *j)
{
    struct buf url = BUF_INIT, text = BUF_INIT;

    redact_url(&url, j->url_given, j->url_given_len);
    diag_escape(&text, url.data, url.len);
    buf_addstr(&text, ": ");
    diag_escape(&text, j->res.error.message, strlen(j->res.error.message));
    diag_note("%.*s (%s, %s)", (int)text.len, text.data,
              result_class_name(j->res.error.class), j->res.error.code);
    buf_fini(&url);
    buf_fini(&text);
}

/* A job's line is there: write it, and that was it. */
static void
finish(struct app *a, struct job *j)
{
    if (a->order)
        order_put(a->order, j->index, j->line.data, j->line.len);
    else
        sink_put(a->sink, j->line.data, j->line.len);
    a->nwritten++;
    if (j->res.error.class != ERR_NONE) {
        a->nfailed++;
        if (a->opts->verbose)
            tell_failure(j);
    }
    report_add(a->report, j);
    a->held_bytes -= j->cost;
    job_free(a->pool, j);
}

/* A job's error was set here, in the control thread. */
static void
settle(struct app *a, struct job *j)
{
    step_after(j, a->opts, clock_now_us());
    if (j->next == JOB_RETRY && a->state == APP_RUNNING) {
        sched_add_retry(a->sched, j, j->due_us, clock_now_us());
        return;
    }
    record_write(j, a->opts);
    finish(a, j);
}

static void
settle_aborted(struct app *a, struct job *j)
{
    result_fail(&j->res, ERR_ABORTED, a->abort_code, PHASE_QUEUE, true,
                "the run was stopped before the request was sent");
    settle(a, j);
}

/* In an engine's thread: what follows, and if it is the end, the body's
 * file and the line. */
static void
on_hop(void *ctx, struct job *j)
{
    const struct app *a = ctx;

    step_after(j, a->opts, clock_now_us());
    body_settle(&a->bodies, j);
    if (j->next == JOB_FINAL)
        record_write(j, a->opts);
}

/* A host that says it has too much to do gets less, and where it says for
 * how long, nothing until then. */
static void
heed_pause(struct app *a, struct job *j, int64_t now)
{
    int64_t wait = j->res.retry_after_us;

    if (j->res.status != 429 && j->res.status != 503)
        return;
    if (wait < 0)
        wait = 0;
    if (wait > a->opts->retry_max_delay_us)
        wait = a->opts->retry_max_delay_us;
    sched_pause_host(a->sched, j, now + wait, now);
}

static void
take_back(struct app *a, struct job *j)
{
    int64_t now = clock_now_us();

    heed_pause(a, j, now);
    sched_done(a->sched, j, now);
    if (a->order)
        order_set_flying(a->order, j->index, false);
    switch (j->next) {
    case JOB_FINAL:
        finish(a, j);
        break;
    case JOB_HOP:
        if (a->state == APP_ABORTING)
            settle_aborted(a, j);
        else
            sched_add_hop(a->sched, j, now);
        break;
    case JOB_RETRY:
        if (a->state == APP_RUNNING)
            sched_add_retry(a->sched, j, j->due_us, now);
        else
            settle_aborted(a, j);
        break;
    }
}

static void
collect(struct app *a)
{
    struct job *j;

    for (unsigned i = 0; i < a->nengines; i++) {
        engine_take(a->engines[i], &a->news);
        for (size_t n = 0; n < a->news.nconnected; n++)
            sched_connected(a->sched, a->news.connected[n], clock_now_us());
        while ((j = job_list_pop(&a->news.done)))
            take_back(a, j);
    }
}

/* --------------------------------------------------------------- input */

/* Did an earlier run do it?  A list that was edited since is noticed. */
static bool
is_done(struct app *a, const struct record *rec, const struct job *j)
{
    if (!a->resume)
        return false;
    switch (resume_find(a->resume, j->index, j->url_given, j->url_given_len,
                        j->id)) {
    case RESUME_DONE:
        return true;
    case RESUME_CHANGED:
        if (a->nchanged++ < CHANGED_SHOWN)
            diag_warn("%s:%llu: '%s' has the result of another request for "
                      "this record, so it is fetched",
                      rec->line ? rec->place : "argument",
                      (unsigned long long)rec->line, a->opts->output);
        return false;
    case RESUME_NONE:
        break;
    }
    return false;
}

static void
skip(struct app *a, struct job *j)
{
    if (a->order)
        order_skip(a->order, j->index);
    a->nskipped++;
    a->held_bytes -= j->cost;
    job_free(a->pool, j);
}

/* Make a request of a record; -1: the job's result says why it is none. */
static int
parse_record(struct app *a, const struct record *rec, struct job *j)
{
    struct url_flaw flaw;
    int ret = rec->head ? row_parse(rec, j)
                        : spec_parse(rec, a->opts->input_format, j);

    step_first(j, a->opts);
    if (ret)
        return -1;
    if (url_parse(j->url_given, j->url_given_len, a->opts->default_scheme,
                  &j->mem, &j->origin, &flaw))
        return spec_refuse(rec, j, flaw.code, "%s", flaw.message);
    if (a->bodies.store && j->output_name &&
        !template_is_safe(j->output_name)) {
        result_fail(&j->res, ERR_WRITE, "name_invalid", PHASE_INPUT, false,
                    "output_name '%.150s' is no name beneath the output "
                    "folder",
                    j->output_name);
        return -1;
    }
    return 0;
}

/* Is it of another shard? */
static bool
is_elsewhere(const struct app *a, const struct job *j)
{
    const struct opts *opts = a->opts;
    const char *host = j->origin.host;

    if (!opts->shard_n)
        return false;
    if (host)
        return !pick_is_mine(opts->shard_k, opts->shard_n, host, strlen(host));
    return !pick_is_mine(opts->shard_k, opts->shard_n, j->url_given,
                         j->url_given_len);
}

/* A record whose request came before: nothing is fetched, and nothing is
 * known of it but where to look. */
static void
settle_repeat(struct app *a, struct job *j)
{
    j->res.done_us = clock_now_us();
    record_write(j, a->opts);
    finish(a, j);
}

/* One record becomes a job, or at once a result. */
static void
admit(struct app *a, const struct record *rec)
{
    struct job *j = job_new(a->pool);
    bool is_usable;

    j->index = a->nread++;
    j->read_at_us = clock_now_us();
    j->cost = sizeof(*j) + rec->len;
    a->held_bytes += j->cost;
    is_usable = parse_record(a, rec, j) == 0;
    if (is_elsewhere(a, j)) {
        skip(a, j);
        return;
    }
    /* Also of what an earlier run did: repeats may follow. */
    if (is_usable && a->pick)
        j->is_repeat = pick_is_repeat(a->pick, j, &j->duplicate_of);
    if (is_done(a, rec, j)) {
        skip(a, j);
    } else if (!is_usable) {
        settle(a, j);
    } else if (j->is_repeat) {
        settle_repeat(a, j);
    } else {
        route_select(a->opts, &j->origin, &j->mem);
        j->target = j->origin;
        sched_add(a->sched, j, j->read_at_us);
    }
}

static bool
has_room(const struct app *a)
{
    return sched_nqueued(a->sched) < a->opts->look_ahead &&
           a->held_bytes < HELD_MAX_BYTES && sink_has_room(a) &&
           (!a->order || order_has_room(a->order, a->nread));
}

/* Read as long as there is room for records, and records. */
static void
read_records(struct app *a)
{
    struct record rec;
    int budget = READS_PER_TURN;

    a->is_busy = a->wait_input = false;
    while (!a->input_ended && a->state == APP_RUNNING && has_room(a)) {
        if (budget-- == 0) {
            a->is_busy = true;
            return;
        }
        switch (source_next(a->source, &rec)) {
        case SOURCE_RECORD:
            admit(a, &rec);
            break;
        case SOURCE_WAIT:
            a->wait_input = true;
            return;
        case SOURCE_END:
            a->input_ended = true;
            sched_input_ended(a->sched);
            break;
        }
    }
}

/* ------------------------------------------------------------ dispatch */

/* A host's name that is being looked up. */
struct lookup {
    struct app *app;
    struct host *host;
    struct lookup *prev, *next; /* in app's list */
};

static struct lookup *
lookup_new(struct app *a, struct host *h)
{
    struct lookup *l = xmalloc(sizeof(*l));

    *l = (struct lookup){ a, h, NULL, a->lookups };
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
    free(l);
}

static void
fail_lookup(struct app *a, struct job *j, const struct resolver_answer *answer)
{
    struct result *r = &j->res;
    bool total_is_sooner = a->opts->timeout_us &&
                           (!a->opts->connect_timeout_us ||
                            a->opts->timeout_us < a->opts->connect_timeout_us);

    result_reset_hop(r);
    r->url_effective = j->target.url;
    r->method = j->req.method;
    r->timing = (struct timing){ j->dns_us, -1, -1, -1, -1, -1 };
    r->has_timing = true;
    r->was_sent = true;
    if (r->started_wall_us < 0)
        r->started_wall_us = clock_wall_us() - j->dns_us;
    j->attempt_us += j->dns_us;
    switch (answer->status) {
    case RESOLVER_OK:
        break;
    case RESOLVER_TIMEOUT:
        result_fail(r, ERR_TIMEOUT, total_is_sooner ? "total" : "connect",
                    PHASE_DNS, true,
                    "%s timeout after %.3f s while looking the name up",
                    total_is_sooner ? "total" : "connect",
                    (double)j->dns_us / 1e6);
        break;
    case RESOLVER_NOT_FOUND:
        result_fail(r, ERR_DNS, "not_found", PHASE_DNS, false,
                    "cannot find an address of '%.100s': %s",
                    j->target.connect_host,
                    answer->message);
        break;
    case RESOLVER_FAILED:
        result_fail(r, ERR_DNS, "failed", PHASE_DNS, true,
                    "cannot look '%.100s' up: %s", j->target.connect_host,
                    answer->message);
        break;
    }
    settle(a, j);
}

static void
on_answer(void *ctx, const struct resolver_answer *answer)
{
    struct lookup *l = ctx;
    struct app *a = l->app;
    int64_t now = clock_now_us();
    struct job *j;

    if (answer->status == RESOLVER_OK)
        sched_resolved(a->sched, l->host, answer->addrs, answer->naddrs,
                       now - answer->resolved_at_us, now);
    else
        while ((j = sched_take_failed(a->sched, l->host, now)))
            fail_lookup(a, j, answer);
    lookup_free(l);
}

/* The shorter of two time-outs, 0 meaning none. */
static int64_t
shorter(int64_t a_us, int64_t b_us)
{
    if (!a_us || !b_us)
        return a_us ? a_us : b_us;
    return a_us < b_us ? a_us : b_us;
}

/* Answer those whose host is down, and those that waited for too long in
 * our own queue. */
static void
expire(struct app *a)
{
    struct job *j;

    while ((j = sched_take_down(a->sched, clock_now_us()))) {
        result_fail(&j->res, ERR_HOST_DOWN, "circuit_open", PHASE_QUEUE, true,
                    "%u connects to the host failed in a row",
                    (unsigned)a->opts->max_host_failures);
        settle(a, j);
    }
    while ((j = sched_take_expired(a->sched, clock_now_us()))) {
        result_fail(&j->res, ERR_TIMEOUT, "queue", PHASE_QUEUE, true,
                    "queue timeout after %.3f s",
                    (double)a->opts->queue_timeout_us / 1e6);
        settle(a, j);
    }
}

static void
start_lookups(struct app *a)
{
    int64_t timeout = shorter(a->opts->connect_timeout_us,
                              a->opts->timeout_us);
    struct host *h;

    while (resolver_has_room(a->resolver) &&
           (h = sched_next_lookup(a->sched, clock_now_us()))) {
        struct lookup *l;
        size_t n;
        const char *const *given = overrides_find(
            a->overrides, sched_host_name(h), sched_host_port(h), &n);
        if (given) {
            sched_resolved(a->sched, h, given, n, 0, clock_now_us());
            continue;
        }
        l = lookup_new(a, h);
        resolver_lookup(a->resolver, sched_host_name(h), timeout, on_answer,
                        l);
    }
}

/* Hand out what may start.  Returns when to look again, -1: no need. */
static int64_t
dispatch(struct app *a)
{
    int64_t wait_us = -1;
    struct job *j;

    while (can_start_more(a) &&
           (j = sched_next(a->sched, clock_now_us(), &wait_us))) {
        if (a->order)
            order_set_flying(a->order, j->index, true);
        job_lend_line(a->pool, j);
        job_list_push(&a->outgoing[j->engine], j);
    }
    for (unsigned i = 0; i < a->nengines; i++)
        engine_put(a->engines[i], &a->outgoing[i]);
    return wait_us;
}

/* ---------------------------------------------------- the end of the run */

static void
abort_run(struct app *a)
{
    struct job *j;

    if (a->state == APP_ABORTING)
        return;
    a->state = APP_ABORTING;
    while ((j = sched_take_any(a->sched, clock_now_us())))
        settle_aborted(a, j);
    for (unsigned i = 0; i < a->nengines; i++)
        engine_abort(a->engines[i], a->abort_code);
}

/* Nothing more is started; what waits is answered, what flies may land. */
static void
drain_run(struct app *a, const char *code)
{
    struct job *j;

    a->state = APP_DRAINING;
    a->abort_code = code;
    while ((j = sched_take_any(a->sched, clock_now_us())))
        settle_aborted(a, j);
}

/* Abort, and give the reader of our output a moment for what is there. */
static void
abort_soon_over(struct app *a)
{
    abort_run(a);
    ev_timer_stop(a->loop, &a->grace_timer);
    ev_timer_set(&a->grace_timer, LAST_LINES_S, 0);
    ev_timer_start(a->loop, &a->grace_timer);
}

static void
on_grace_over(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;

    (void)loop, (void)revents;
    if (a->state == APP_ABORTING)
        a->gave_up = true;
    else
        abort_soon_over(a);
}

static void
on_deadline(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;

    (void)loop, (void)revents;
    if (a->state != APP_RUNNING)
        return;
    a->abort_code = "run_deadline";
    abort_run(a);
}

/* First: finish what flies.  Second: end it.  Third: the default action. */
static void
on_signal(struct ev_loop *loop, ev_signal *w, int revents)
{
    struct app *a = w->data;

    (void)revents;
    if (a->state == APP_ABORTING || a->exit_signal) {
        a->abort_code = "interrupted";
        abort_soon_over(a);
        ev_signal_stop(loop, w);
        signal(w->signum, SIG_DFL);
        return;
    }
    a->exit_signal = w->signum;
    drain_run(a, "interrupted");
    if (a->opts->grace_us == 0) {
        abort_soon_over(a);
        return;
    }
    ev_timer_set(&a->grace_timer, (double)a->opts->grace_us / 1e6, 0);
    ev_timer_start(loop, &a->grace_timer);
}

static void
flush(struct app *a)
{
    a->sink_status = sink_flush(a->sink);
    if (a->sink_status == SINK_CLOSED || a->sink_status == SINK_FAILED) {
        a->abort_code = "interrupted";
        abort_run(a);
        a->sink_status = sink_flush(a->sink);
    }
}

static bool
is_over(const struct app *a)
{
    bool no_more = a->state != APP_RUNNING || a->input_ended;

    return no_more && sched_nqueued(a->sched) == 0 &&
           sched_ninflight(a->sched) == 0 &&
           (a->sink_status != SINK_WAIT || a->gave_up);
}

/* ---------------------------------------------------------------- the loop */

static void
watch(struct app *a, ev_io *w, int fd, int events, bool wanted)
{
    if (wanted && !ev_is_active(w)) {
        ev_io_set(w, fd, events);
        ev_io_start(a->loop, w);
    } else if (!wanted && ev_is_active(w)) {
        ev_io_stop(a->loop, w);
    }
}

/* Derive what is watched from what is left to do. */
static void
update_watchers(struct app *a, int64_t wait_us)
{
    watch(a, &a->input_io, source_fd(a->source), EV_READ,
          a->wait_input && a->state == APP_RUNNING);
    watch(a, &a->sink_io, sink_fd(a->sink), EV_WRITE,
          a->sink_status == SINK_WAIT);
    if (a->is_busy)
        ev_idle_start(a->loop, &a->busy);
    else
        ev_idle_stop(a->loop, &a->busy);
    ev_timer_stop(a->loop, &a->wait_timer);
    if (wait_us >= 0) {
        ev_timer_set(&a->wait_timer, (double)wait_us / 1e6, 0);
        ev_timer_start(a->loop, &a->wait_timer);
    }
}

static void
on_turn(struct ev_loop *loop, ev_prepare *w, int revents)
{
    struct app *a = w->data;
    int64_t wait_us;
    bool was_full;

    (void)revents;
    collect(a);
    flush(a); /* first, so that its room is seen below */
    read_records(a);
    sched_set_window_full(a->sched, !has_room(a));
    expire(a);
    start_lookups(a);
    wait_us = dispatch(a);
    was_full = !can_start_more(a);
    flush(a);
    if (was_full && can_start_more(a))
        a->is_busy = true;
    update_watchers(a, wait_us);
    if (is_over(a))
        ev_break(loop, EVBREAK_ALL);
}

static void
on_input(struct ev_loop *loop, ev_io *w, int revents)
{
    struct app *a = w->data;

    (void)revents;
    source_readable(a->source);
    ev_io_stop(loop, w);
}

/* The reader of our pipe is gone: there is no use in going on. */
static void
on_reader_gone(struct ev_loop *loop, ev_io *w, int revents)
{
    struct app *a = w->data;
    struct pollfd p = { .fd = w->fd };

    (void)revents;
    if (poll(&p, 1, 0) != 1 || !(p.revents & POLLERR))
        return;
    ev_io_stop(loop, w);
    sink_set_closed(a->sink);
}

/* These only wake the loop: on_turn() does the work. */
static void
on_busy(struct ev_loop *loop, ev_idle *w, int revents)
{
    (void)loop, (void)w, (void)revents;
}

static void
on_news(struct ev_loop *loop, ev_async *w, int revents)
{
    (void)loop, (void)w, (void)revents;
}

static void
on_writable(struct ev_loop *loop, ev_io *w, int revents)
{
    (void)loop, (void)w, (void)revents;
}

static void
on_wait_over(struct ev_loop *loop, ev_timer *w, int revents)
{
    (void)loop, (void)w, (void)revents;
}

/* In an engine's thread. */
static void
wake_app(void *ctx)
{
    struct app *a = ctx;
    ev_async_send(a->loop, &a->news_ready);
}

/* Where we stand, for the status line. */
static struct progress_facts
look_around(const struct app *a)
{
    struct progress_facts f = {
        .nread = a->nread,
        .nskipped = a->nskipped,
        .ninflight = sched_ninflight(a->sched),
        .input_ended = a->input_ended,
        .is_stopping = a->state != APP_RUNNING,
    };

    if (!source_progress(a->source, &f.done_bytes, &f.total_bytes))
        f.total_bytes = 0;
    return f;
}

static void
on_status_due(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;
    struct progress_facts f = look_around(a);

    (void)loop, (void)revents;
    report_draw(a->report, &f);
}

/* SIGUSR1. */
static void
on_status_asked(struct ev_loop *loop, ev_signal *w, int revents)
{
    struct app *a = w->data;
    struct progress_facts f = look_around(a);

    (void)loop, (void)revents;
    report_print(a->report, &f);
}

static void
start_status(struct app *a)
{
    double interval_s = (double)report_interval_us(a->report) / 1e6;

    ev_timer_init(&a->status_timer, on_status_due, interval_s, interval_s);
    ev_signal_init(&a->on_status_asked, on_status_asked, SIGUSR1);
    a->status_timer.data = a->on_status_asked.data = a;
    if (interval_s > 0)
        ev_timer_start(a->loop, &a->status_timer);
    ev_signal_start(a->loop, &a->on_status_asked);
}

static void
start_signals(struct app *a)
{
    struct {
        ev_signal *watcher;
        int signum;
    } signals[] = {
        { &a->on_int, SIGINT },
        { &a->on_term, SIGTERM },
        { &a->on_hup, SIGHUP },
    };
    struct sigaction old;

    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        /* nohup(1), and a shell's background jobs, want them ignored. */
        if (sigaction(signals[i].signum, NULL, &old) == 0 &&
            old.sa_handler == SIG_IGN)
            continue;
        ev_signal_init(signals[i].watcher, on_signal, signals[i].signum);
        signals[i].watcher->data = a;
        ev_signal_start(a->loop, signals[i].watcher);
    }
}

static void
start_watchers(struct app *a)
{
    ev_prepare_init(&a->turn, on_turn);
    ev_idle_init(&a->busy, on_busy);
    ev_async_init(&a->news_ready, on_news);
    ev_init(&a->sink_io, on_writable);
    ev_init(&a->wait_timer, on_wait_over);
    ev_init(&a->input_io, on_input);
    ev_init(&a->reader_io, on_reader_gone);
    ev_init(&a->grace_timer, on_grace_over);
    ev_timer_init(&a->deadline_timer, on_deadline,
                  (double)a->opts->deadline_us / 1e6, 0);
    a->turn.data = a->input_io.data = a->reader_io.data = a;
    a->grace_timer.data = a->deadline_timer.data = a;
    ev_prepare_start(a->loop, &a->turn);
    ev_async_start(a->loop, &a->news_ready);
    if (a->opts->deadline_us)
        ev_timer_start(a->loop, &a->deadline_timer);
    if (sink_is_pipe(a->sink)) {
        /* A pipe's writing end is only ever "readable" for an error. */
        ev_io_set(&a->reader_io, sink_fd(a->sink), EV_READ);
        ev_io_start(a->loop, &a->reader_io);
    }
    start_signals(a);
    start_status(a);
}

/* ------------------------------------------------------------ life cycle */

/* The connections that descriptors allow. */
static uint32_t
fit_limit(const struct opts *opts)
{
    size_t nfds = fs_raise_nofile();
    size_t per_engine = FDS_ENGINE + (opts->output_dir ? FDS_STORE : 0);
    size_t reserved = FDS_CONTROL + per_engine * (size_t)opts->threads;
    size_t fit = nfds > reserved ? nfds - reserved : 1;

    if (opts->limit == 0)
        return fit > UINT32_MAX ? UINT32_MAX : (uint32_t)fit;
    if (opts->limit <= fit)
        return opts->limit;
    if (!opts->quiet)
        diag_warn("only %zu of %u connections fit into the limit of %zu open "
                  "files",
                  fit, (unsigned)opts->limit, nfds);
    return (uint32_t)fit;
}

static struct sched_config
sched_settings(const struct opts *opts)
{
    struct sched_config c = { 0 };

    c.limit = fit_limit(opts);
    c.nengines = opts->threads < c.limit ? opts->threads : c.limit;
    c.limit_per_host = opts->limit_per_host;
    c.concurrency = opts->concurrency ? opts->concurrency : c.limit;
    c.concurrency_per_host = opts->concurrency_per_host
                                 ? opts->concurrency_per_host
                                 : opts->limit_per_host;
    c.multiplex = engine_multiplexes(opts, true);
    c.multiplex_plain = engine_multiplexes(opts, false);
    c.dns_ttl_us = opts->dns_cache_ttl_us;
    c.lookup = !opts->unix_socket;
    c.queue_timeout_us = opts->queue_timeout_us;
    c.rate = opts->rate;
    c.rate_per_host = opts->rate_per_host;
    c.max_host_failures = opts->max_host_failures;
    return c;
}

/* --fields: is every name one that the result line has? */
static int
check_fields(const struct opts *opts)
{
    for (size_t i = 0; i < opts->fields.n; i++) {
        if (record_is_field(opts->fields.v[i]))
            continue;
        diag_error("--fields: a result line has no key '%s'",
                   opts->fields.v[i]);
        return -1;
    }
    return 0;
}

static int
start_engines(struct app *a, const struct sched_config *c)
{
    a->engines = xcalloc(c->nengines, sizeof(*a->engines));
    a->outgoing = xcalloc(c->nengines, sizeof(*a->outgoing));
    for (unsigned i = 0; i < c->nengines; i++) {
        a->engines[i] = engine_new(&(struct engine_config){
            .opts = a->opts,
            .bodies = &a->bodies,
            .cookies = a->cookies,
            .limit = sched_engine_limit(c, i),
            .limit_per_host = sched_engine_limit_per_host(c, i),
            .on_hop = on_hop,
            .ctx = a,
            .wake = wake_app,
            .wake_ctx = a,
        });
        if (!a->engines[i])
            return -1;
        job_list_init(&a->outgoing[i]);
        a->nengines++;
    }
    return 0;
}

/* With --resume: what an earlier run has done already. */
static int
load_results(struct app *a)
{
    int new_fd;

    if (!a->opts->resume)
        return 0;
    if (!sink_is_file(a->sink)) {
        diag_error("--resume needs a regular file, and '%s' is none",
                   a->opts->output);
        return -1;
    }
    a->resume = resume_load(a->opts->output, sink_fd(a->sink),
                            a->opts->retry_failed, &new_fd);
    if (new_fd >= 0)
        sink_set_fd(a->sink, new_fd);
    return a->resume ? 0 : -1;
}

/* The stations, in the order in which data passes them. */
static int
start_stations(struct app *a)
{
    const struct opts *opts = a->opts;
    struct sched_config c = sched_settings(opts);
    struct resolver_config rc = {
        .family = opts->ip_version,
        /* Less than the scheduler's, which asks again a little early: it
         * must not be given what it has. */
        .ttl_us = opts->dns_cache_ttl_us / 4 * 3,
        .servers = opts->dns_servers,
    };
    const char *why;

    a->sink = sink_new(opts->output);
    if (!a->sink || load_results(a))
        return EXIT_OUTPUT;
    a->report = report_new(opts, sink_fd(a->sink));
    if (!a->report)
        return EXIT_OUTPUT;
    a->bodies.opts = opts;
    if (opts->output_dir) {
        a->bodies.store = store_open(opts->output_dir);
        if (!a->bodies.store)
            return EXIT_OUTPUT;
    }
    a->resolver = resolver_new(a->loop, &rc, &why);
    if (!a->resolver) {
        diag_error("cannot use the name servers: %s", why);
        return EXIT_USAGE;
    }
    if (cookies_new(opts, &a->cookies))
        return EXIT_USAGE;
    a->overrides = overrides_new(opts->resolve.v, opts->resolve.n);
    a->pool = job_pool_new();
    a->source = source_new(opts->operands, opts->noperands);
    if (opts->input_format == INPUT_CSV || opts->input_format == INPUT_TSV)
        source_set_separator(a->source,
                             opts->input_format == INPUT_CSV ? ',' : '\t');
    if (opts->ordered)
        a->order = order_new(a->sink, (size_t)opts->look_ahead + c.concurrency);
    if (opts->unique)
        a->pick = pick_new();
    a->sched = sched_new(&c);
    engine_news_init(&a->news);
    return start_engines(a, &c) ? EXIT_USAGE : 0;
}

/* -1: something that was to be kept could not be. */
static int
stop_stations(struct app *a)
{
    int ret;

    for (unsigned i = 0; i < a->nengines; i++)
        engine_free(a->engines[i]);
    store_close(a->bodies.store);
    free(a->engines);
    free(a->outgoing);
    resolver_free(a->resolver); /* calls back for none of them */
    while (a->lookups)
        lookup_free(a->lookups);
    overrides_free(a->overrides);
    if (a->sched) {
        engine_news_fini(&a->news);
        sched_free(a->sched);
    }
    source_free(a->source);
    job_pool_free(a->pool);
    order_free(a->order);
    pick_free(a->pick);
    sink_free(a->sink);
    report_free(a->report);
    resume_free(a->resume);
    ret = cookies_free(a->cookies);
    return ret;
}

/* -1: the summary could not be written. */
static int
report_run(struct app *a)
{
    struct progress_facts f = look_around(a);
    struct engine_stats stats;
    uint64_t nopened = 0;

    for (unsigned i = 0; i < a->nengines; i++) {
        engine_stats(a->engines[i], &stats);
        nopened += stats.nopened;
    }
    return report_end(a->report, &f, nopened);
}

static int
exit_status(const struct app *a)
{
    if (a->sink_status == SINK_CLOSED)
        return EXIT_SIGNAL + SIGPIPE;
    if (a->sink_status == SINK_FAILED)
        return EXIT_OUTPUT;
    if (a->exit_signal)
        return EXIT_SIGNAL + a->exit_signal;
    if (source_failed(a->source))
        return EXIT_INPUT;
    return a->nfailed ? EXIT_NOT_OK : EXIT_ALL_OK;
}

int
app_run(const struct opts *opts)
{
    struct app a = { .opts = opts };
    int status;

    /* A closed pipe and a file that may not grow are write errors. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    /* Before there is a status to tell it must not end us. */
    signal(SIGUSR1, SIG_IGN);
    if (check_fields(opts) || engine_global_init() || engine_check(opts))
        return EXIT_USAGE;
    a.loop = ev_default_loop(EVFLAG_AUTO | EVFLAG_NOENV);
    if (!a.loop) {
        diag_error("cannot make an event loop");
        return EXIT_USAGE;
    }
    status = start_stations(&a);
    if (status == 0) {
        start_watchers(&a);
        ev_run(a.loop, 0);
        if (a.sink_status == SINK_OK)
            a.sink_status = sink_close(a.sink);
        /* Every record that was read has its line. */
        assert(a.nread == a.nwritten + a.nskipped);
        assert(!a.order || order_is_done(a.order, a.nread));
        status = exit_status(&a);
        if (report_run(&a) && status <= EXIT_INPUT)
            status = EXIT_OUTPUT;
    }
    if (stop_stations(&a) && status <= EXIT_INPUT)
        status = EXIT_OUTPUT;
    ev_loop_destroy(a.loop);
    engine_global_fini();
    return status;
}
