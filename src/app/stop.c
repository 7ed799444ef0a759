/*
 * stop.c - ends the run early: on signals, --deadline or a closed output pipe.
 */
#include "app/state.h"

#include <signal.h>

#include "base/clock.h"
#include "base/diag.h"
#include "engine/engine.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"
#include "output/sink.h"
#include "sched/sched.h"

/*
 * How long to wait for a reader that takes none of the last lines, since other
 * programs may leave it no time for a while; and how long after a second
 * signal.
 */
#define READER_S       2
#define READER_HURRY_S 0.5

void
stop_abort(struct app *a)
{
    struct job *j;

    a->reports_rest = false;
    if (a->state == APP_ABORTING)
        return;
    a->state = APP_ABORTING;
    while ((j = sched_take(a->sched, TAKE_ANY, clock_now_us())))
        results_finish_aborted(a, j);
    for (unsigned i = 0; i < a->nengines; i++)
        engine_abort(a->engines[i], a->abort_code);
}

/* Begin no more attempts: answer the jobs that wait for one, and finish the
 * others. */
static void
drain_run(struct app *a, const char *code)
{
    struct job_list jobs;
    struct job *j;

    a->state = APP_DRAINING;
    a->abort_code = code;
    job_list_init(&jobs);
    sched_take_attempts(a->sched, &jobs, clock_now_us());
    while ((j = job_list_pop(&jobs)))
        results_finish_aborted(a, j);
}

static void
arm_grace(struct app *a, double s)
{
    ev_timer_stop(a->loop, &a->grace_timer);
    ev_timer_set(&a->grace_timer, s, 0);
    ev_timer_start(a->loop, &a->grace_timer);
}

static double
grace_s(const struct app *a)
{
    return (double)a->opts->grace_us / 1e6;
}

/*
 * Abort, and wait for the reader of the output while it makes progress, each
 * time for reader_s.
 */
static void
abort_soon_over(struct app *a, double reader_s)
{
    stop_abort(a);
    a->left_bytes = SIZE_MAX;
    a->reader_s = reader_s;
    arm_grace(a, reader_s);
}

/*
 * Also report the rest of the list, if it is of finite length.  For many
 * millions of records this takes longer than the deadline may allow.
 */
static void
read_on(struct app *a)
{
    uint64_t done_bytes, total_bytes;

    if (!source_progress(a->source, &done_bytes, &total_bytes))
        return;
    a->reports_rest = true;
    arm_grace(a, grace_s(a));
}

void
stop_on_grace_over(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;

    (void)loop, (void)revents;
    if (a->reports_rest) {
        a->reports_rest = false;
    } else if (a->state != APP_ABORTING) {
        abort_soon_over(a, READER_S);
    } else if (sink_pending(a->sink) < a->left_bytes) {
        a->left_bytes = sink_pending(a->sink);
        arm_grace(a, a->reader_s);
    } else {
        a->gave_up_on_reader = true;
    }
}

void
stop_on_deadline(struct ev_loop *loop, ev_timer *w, int revents)
{
    struct app *a = w->data;
    bool was_running = a->state == APP_RUNNING;

    (void)loop, (void)revents;
    if (a->state == APP_ABORTING)
        return;
    a->abort_code = "run_deadline"; /* --grace does not delay it */
    stop_abort(a);
    if (was_running)
        read_on(a);
}

/* First signal: finish what is in flight.  Second: abort.  Third: default
 * action. */
static void
on_signal(struct ev_loop *loop, ev_signal *w, int revents)
{
    struct app *a = w->data;
    size_t n;

    (void)revents;
    if (a->state == APP_ABORTING || a->exit_signal) {
        a->abort_code = "interrupted";
        if (!a->exit_signal) /* the signal ends what --deadline left running */
            a->exit_signal = w->signum;
        abort_soon_over(a, READER_HURRY_S);
        ev_signal_stop(loop, w);
        signal(w->signum, SIG_DFL);
        return;
    }
    a->exit_signal = w->signum;
    drain_run(a, "interrupted");
    if (a->opts->grace_us == 0) {
        abort_soon_over(a, READER_S);
        return;
    }
    arm_grace(a, grace_s(a));
    n = sched_ninflight(a->sched) + sched_nqueued(a->sched);
    if (!a->opts->quiet && n > 0)
        diag_note("stopping; %zu request%s in flight may take %g s; "
                  "interrupt again to abort",
                  n, n == 1 ? "" : "s", grace_s(a));
}

void
stop_watch_signals(struct app *a)
{
    struct {
        ev_signal *watcher;
        int signum;
    } signals[] = {
        {&a->on_int, SIGINT},
        {&a->on_term, SIGTERM},
        {&a->on_hup, SIGHUP},
    };
    struct sigaction old;

    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        /* nohup(1) and background jobs of a shell rely on signals staying
         * ignored. */
        if (sigaction(signals[i].signum, NULL, &old) == 0 &&
            old.sa_handler == SIG_IGN)
            continue;
        ev_signal_init(signals[i].watcher, on_signal, signals[i].signum);
        signals[i].watcher->data = a;
        ev_signal_start(a->loop, signals[i].watcher);
    }
}
