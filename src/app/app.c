/*
 * The control thread: reads input, schedules jobs and writes results.  Engine
 * threads fetch.
 *
 *     source -> request -> url -> sched -> engines
 *                                  |          |
 *             sink <- order <- finisher <--- next
 *
 * All work happens in on_turn(), at the end of each turn of the loop;
 * callbacks of watchers only wake it.  It collects results, reads as many
 * records as there is room for, hands jobs to the engines, writes lines, and
 * then derives what to watch from what is left to do.
 */
#include "app/app.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/named_keys.h"
#include "app/state.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "body/room.h"
#include "cli/help.h"
#include "dns/resolver.h"
#include "engine/engine.h"
#include "engine/libcurl.h"
#include "input/request_json.h"
#include "input/source.h"
#include "job/options.h"
#include "output/keys.h"
#include "output/order.h"
#include "output/schema.h"
#include "output/sink.h"
#include "output/trace.h"
#include "output/warc.h"
#include "report/report.h"
#include "report/summary.h"
#include "sched/sched.h"
#include "url/access.h"

/* Counts for the status line. */
static struct progress_facts
snapshot(const struct app *a)
{
    struct progress_facts f = {
        .nread = a->nread - a->nother_shards,
        .nskipped = a->nskipped,
        .limit = a->opts->limit == LIMIT_AUTO ? sched_limit(a->sched) : 0,
        .ninflight = sched_ninflight(a->sched),
        .nbusy = sched_nbusy(a->sched),
        .input_ended = a->input_ended,
        .is_stopping = a->state != APP_RUNNING,
    };

    if (!source_progress(a->source, &f.done_bytes, &f.total_bytes))
        f.total_bytes = 0;
    return f;
}

/* Lines for people go above the status line if both are on one terminal. */
static void
flush(struct app *a)
{
    bool is_hidden = a->opts->text_is_cut && sink_pending(a->sink) > 0 &&
                     report_hide(a->report);

    a->sink_status = sink_flush(a->sink);
    if (results_have_room(a))
        room_written(a->bodies.room);
    if (is_hidden && a->sink_status == SINK_OK) {
        struct progress_facts f = snapshot(a);

        report_draw(a->report, &f);
    }
    if (a->sink_status == SINK_CLOSED || a->sink_status == SINK_FAILED) {
        a->abort_code = "interrupted";
        stop_abort(a);
        a->sink_status = sink_flush(a->sink);
    }
}

/* Abort the run if the archive cannot be written: it would have gaps. */
static void
check_archive(struct app *a)
{
    if (!a->warc || !warc_has_failed(a->warc) || a->state == APP_ABORTING)
        return;
    a->abort_code = "interrupted";
    stop_abort(a);
}

static bool
is_over(const struct app *a)
{
    bool no_more = !intake_is_open(a) || a->input_ended;

    return no_more && sched_nqueued(a->sched) == 0 &&
           sched_ninflight(a->sched) == 0 && a->nunfinished == 0 &&
           (a->sink_status != SINK_WAIT || a->gave_up_on_reader);
}

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
          a->wait_input && intake_is_open(a));
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
    uint64_t nwritten;
    bool was_full;

    (void)revents;
    results_collect(a);
    check_archive(a);
    flush(a); /* first, so that the room it makes is seen below */
    intake_read(a);
    nwritten = a->nwritten;
    sched_set_window_full(a->sched, !intake_has_room(a));
    sched_set_input_idle(a->sched, a->wait_input);
    dispatch_expire(a);
    (void)dispatch_lookups(a);
    wait_us = dispatch_jobs(a);
    /* While handing out jobs, a host's addresses may have become too old. */
    if (dispatch_lookups(a))
        a->is_busy = true;
    was_full = !dispatch_may_start(a);
    flush(a);
    if (was_full && dispatch_may_start(a))
        a->is_busy = true;
    /* Jobs that were answered without being sent have made room for records,
     * and may have been the only ones: nothing else would wake the loop. */
    if (a->nwritten != nwritten)
        a->is_busy = true;
    if (a->trace)
        trace_flush(a->trace);
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

/* The reader of our output pipe is gone, so going on is of no use. */
static void
on_reader_gone(struct ev_loop *loop, ev_io *w, int revents)
{
    struct app *a = w->data;
    struct pollfd p = {.fd = w->fd};

    (void)revents;
    if (poll(&p, 1, 0) != 1 || !(p.revents & POLLERR))
        return;
    ev_io_stop(loop, w);
    sink_set_closed(a->sink);
}

/* These callbacks only wake the loop: on_turn() does the work. */
static void
on_busy(struct ev_loop *loop, ev_idle *w, int revents)
{
    (void)loop, (void)w, (void)revents;
}

static void
on_events(struct ev_loop *loop, ev_async *w, int revents)
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

/* Runs in an engine's or the finisher's thread. */
void
app_wake(void *ctx)
{
    struct app *a = ctx;
    ev_async_send(a->loop, &a->events_ready);
}

static void
on_status_due(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;
    struct progress_facts f = snapshot(a);

    (void)loop, (void)revents;
    report_draw(a->report, &f);
}

/* SIGUSR1. */
static void
on_status_asked(struct ev_loop *loop, ev_signal *w, int revents)
{
    struct app *a = w->data;
    struct progress_facts f = snapshot(a);

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
start_watchers(struct app *a)
{
    ev_prepare_init(&a->turn, on_turn);
    ev_idle_init(&a->busy, on_busy);
    ev_async_init(&a->events_ready, on_events);
    ev_init(&a->sink_io, on_writable);
    ev_init(&a->wait_timer, on_wait_over);
    ev_init(&a->input_io, on_input);
    ev_init(&a->reader_io, on_reader_gone);
    ev_init(&a->grace_timer, stop_on_grace_over);
    ev_timer_init(&a->deadline_timer, stop_on_deadline,
                  (double)a->opts->deadline_us / 1e6, 0);
    a->turn.data = a->input_io.data = a->reader_io.data = a;
    a->grace_timer.data = a->deadline_timer.data = a;
    ev_prepare_start(a->loop, &a->turn);
    ev_async_start(a->loop, &a->events_ready);
    if (a->opts->deadline_us)
        ev_timer_start(a->loop, &a->deadline_timer);
    if (sink_is_pipe(a->sink)) {
        /* The writing end of a pipe becomes "readable" only for an error. */
        ev_io_set(&a->reader_io, sink_fd(a->sink), EV_READ);
        ev_io_start(a->loop, &a->reader_io);
    }
    stop_watch_signals(a);
    start_status(a);
}

/* ------------------------------------------------------------ life cycle */

/* -1: the summary or the page could not be written. */
static int
report_run(struct app *a)
{
    struct progress_facts f = snapshot(a);
    struct engine_stats stats;
    uint64_t nopened = 0;

    for (unsigned i = 0; i < a->nengines; i++) {
        engine_stats(a->engines[i], &stats);
        nopened += stats.nopened;
    }
    return report_end(a->report, &f, nopened,
                      &(struct summary_limit){
                          .limit = sched_limit(a->sched),
                          .is_auto = a->opts->limit == LIMIT_AUTO,
                          .reason = sched_limit_reason(a->sched),
                          .held_up = sched_held_up(a->sched),
                      });
}

static int
exit_status(const struct app *a)
{
    if (a->sink_status == SINK_CLOSED)
        return EXIT_SIGNAL + SIGPIPE;
    if (a->sink_status == SINK_FAILED || (a->warc && warc_has_failed(a->warc)))
        return EXIT_OUTPUT;
    if (source_was_denied(a->source))
        return EXIT_OUTPUT;
    if (a->exit_signal)
        return EXIT_SIGNAL + a->exit_signal;
    if (source_failed(a->source))
        return EXIT_INPUT;
    return a->nfailed ? EXIT_NOT_OK : EXIT_ALL_OK;
}

/* libev's allocator. libev's own calls abort() when there is no memory. */
static void *
allocate(void *p, long size)
{
    if (size > 0)
        return xrealloc(p, (size_t)size);
    free(p);
    return NULL;
}

/* libev reports a system call that it cannot do without; it would then
 * abort(). */
static void
on_denied(const char *what)
{
    char text[256];

    snprintf(text, sizeof(text), "fanfetch: error: cannot go on: %s: %s\n",
             what, strerror(errno));
    alloc_denied(text);
}

int
app_version(void)
{
    char text[1024];

    snprintf(text, sizeof(text), "%s\nlibev/%d.%d c-ares/%s jansson/%s",
             libcurl_names(), ev_version_major(), ev_version_minor(),
             resolver_library(), request_json_library());
    return help_version(text) == HELP_OK ? EXIT_ALL_OK : EXIT_OUTPUT;
}

int
app_schema(void)
{
    struct buf text = BUF_INIT;

    schema_write(&text, summary_schema);
    return help_put(&text) == HELP_OK ? EXIT_ALL_OK : EXIT_OUTPUT;
}

int
app_keys(void)
{
    struct buf text = BUF_INIT;

    keys_write(&text);
    return help_put(&text) == HELP_OK ? EXIT_ALL_OK : EXIT_OUTPUT;
}

/* Tell what a user may not expect of these options. */
static void
warn(const struct opts *opts)
{
    if (opts->quiet)
        return;
    if (access_is_blind(opts))
        diag_warn("--deny-private sees no addresses behind a proxy or a "
                  "socket: it refuses only those in URLs");
    if (opts->noperands == 0 && isatty(STDIN_FILENO))
        diag_note("reading URLs from the terminal, one a line; Ctrl-D ends "
                  "the list");
}

/* The exit status after a failure to write something beside the results. */
static int
add_failure(int status)
{
    return status <= EXIT_INPUT ? EXIT_OUTPUT : status;
}

/* Run the loop until all is written.  Returns the exit status. */
static int
run(struct app *a)
{
    int status;

    start_watchers(a);
    ev_run(a->loop, 0);
    if (a->sink_status == SINK_OK)
        a->sink_status = sink_close(a->sink);
    intake_end(a);
    /* Every record that was read has its line. */
    assert(a->nread == a->nwritten + a->nskipped + a->nother_shards);
    assert(!a->order || order_is_done(a->order, a->nread));
    status = exit_status(a);
    if (trace_end(a->trace))
        status = add_failure(status);
    return report_run(a) ? add_failure(status) : status;
}

int
app_run(const struct opts *opts)
{
    struct app a = {.opts = opts};
    int status;

    /* A closed pipe or a file size limit is reported as a write error. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    /* SIGUSR1 must not end the process before there is a status to print. */
    signal(SIGUSR1, SIG_IGN);
    if (named_keys_check(opts) || libcurl_init() || libcurl_check(opts))
        return EXIT_USAGE;
    libcurl_load(opts);
    warn(opts);
    request_json_global_init();
    ev_set_allocator(allocate);
    ev_set_syserr_cb(on_denied);
    a.loop = ev_default_loop(EVFLAG_AUTO | EVFLAG_NOENV);
    if (!a.loop) {
        diag_error("cannot create an event loop: too few descriptors?");
        return EXIT_OUTPUT;
    }
    status = setup_start(&a);
    if (status == 0)
        status = run(&a);
    if (setup_stop(&a))
        status = add_failure(status);
    ev_loop_destroy(a.loop);
    libcurl_fini();
    return status;
}
