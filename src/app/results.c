/*
 * results.c - takes jobs back from the engines and either returns them to the
 * scheduler or writes their lines.
 */
#include "app/state.h"

#include <assert.h>
#include <string.h>

#include "app/finisher.h"
#include "app/next.h"
#include "base/budgets.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/redact.h"
#include "body/body.h"
#include "body/capture.h"
#include "body/room.h"
#include "engine/engine.h"
#include "job/carry.h"
#include "job/job.h"
#include "job/options.h"
#include "output/order.h"
#include "output/format.h"
#include "output/result_line.h"
#include "output/since.h"
#include "output/sink.h"
#include "output/trace.h"
#include "output/warc.h"
#include "report/report.h"
#include "sched/sched.h"

/* No new job is started while more results than this wait for a slow reader. */
#define SINK_FULL_BYTES (1024 * 1024)

bool
results_have_room(const struct app *a)
{
    return sink_pending(a->sink) < SINK_FULL_BYTES;
}

/* With --verbose, also report a failure as a message. */
static void
tell_failure(const struct job *j)
{
    struct buf url = BUF_INIT, message = BUF_INIT, text = BUF_INIT;

    if (j->url_given) {
        redact_url(&url, j->url_given, j->url_given_len);
        diag_escape(&text, url.data, url.len);
        buf_addstr(&text, ": ");
    }
    redact_text(&message, j->res.error.message);
    diag_escape(&text, message.data, message.len);
    diag_note("%.*s (%s, %s)", (int)text.len, text.data,
              result_class_name(j->res.error.class), j->res.error.code);
    buf_fini(&url);
    buf_fini(&message);
    buf_fini(&text);
}

/* Did the job fail without a response to archive?  Jobs that were not tried
 * are left to another run. */
static bool
wants_metadata(const struct app *a, const struct job *j)
{
    const struct result *r = &j->res;

    return a->warc && !r->warc_file && r->error.class != ERR_NONE &&
           r->error.class != ERR_ABORTED;
}

/* Complete a final result and format its line. */
static void
make_line(const struct app *a, struct job *j)
{
    since_judge(a->opts, j);
    if (wants_metadata(a, j)) {
        const char *request = j->request;

        /* It contains secrets. */
        if (!a->opts->show_secrets)
            j->request = NULL;
        result_line_write(j, a->opts);
        warc_put_failure(a->warc, j);
        j->request = request;
    }
    format_line(j, a->opts);
}

/* The job's line is formatted: write it and free the job. */
static void
finish(struct app *a, struct job *j)
{
    if (a->order)
        order_put(a->order, j->index, j->line.data, j->line.len);
    else
        sink_take(a->sink, &j->line);
    /* In --ordered, lines wait for a body that would wait for them. */
    if (a->order)
        room_give_back(a->bodies.room, j);
    else
        room_pass_on(a->bodies.room, j);
    a->nwritten++;
    if (j->res.error.class != ERR_NONE) {
        a->nfailed++;
        if (a->opts->verbose)
            tell_failure(j);
    }
    report_add(a->report, j);
    if (a->trace)
        trace_done(a->trace, j, clock_now_us());
    a->held_bytes -= j->cost;
    a->carried_bytes -= j->carried_counted;
    job_free(a->pool, j);
}

/* Final results that were found in this thread, too, may wait for the archive.
 */
void
results_write(struct app *a, struct job *j)
{
    assert(j->next == JOB_FINAL);
    if (finisher_do(a->finisher, j, false))
        finish(a, j);
    else
        a->nunfinished++;
}

/* Count what a job that goes back to the scheduler keeps of its last hop. */
static void
count_carried(struct app *a, struct job *j)
{
    size_t more = j->carried > CARRIED_FREE ? j->carried - CARRIED_FREE : 0;

    a->carried_bytes += more - j->carried_counted;
    j->carried_counted = more;
}

/*
 * Do waiting jobs keep too much to wait with this one, too?  They have been
 * redirected, with Locations longer than any ordinary one, to hosts that take
 * their time.
 */
static bool
exceeds_carried(const struct app *a, const struct job *j)
{
    return j->carried_counted > 0 && a->carried_bytes > (size_t)CARRIED_MAX;
}

static void
refuse_redirect(struct app *a, struct job *j)
{
    result_fail(&j->res, ERR_REDIRECT, "no_room", PHASE_QUEUE, true,
                "more than %lld MiB of URLs wait for their redirects",
                (long long)(CARRIED_MAX / MIB(1)));
    results_finish(a, j);
}

/* A job's error was set in the control thread. */
void
results_finish(struct app *a, struct job *j)
{
    j->res.evidence = EVIDENCE_NONE;
    next_after(j, a->opts, clock_now_us());
    if (j->next == JOB_RETRY && a->state == APP_RUNNING) {
        if (a->trace)
            trace_next(a->trace, j, clock_now_us());
        carry_over(j);
        count_carried(a, j);
        sched_add_retry(a->sched, j, j->due_us, clock_now_us());
        return;
    }
    if (j->next == JOB_RETRY)
        results_finish_aborted(a, j);
    else
        results_write(a, j);
}

void
results_finish_aborted(struct app *a, struct job *j)
{
    const char *what = "request was sent";

    if (j->next == JOB_HOP)
        what = "redirect was followed";
    else if (j->res.attempts > 0)
        what = "request was tried again";
    result_fail(&j->res, ERR_ABORTED, a->abort_code, PHASE_QUEUE, true,
                "the run was stopped before the %s", what);
    results_finish(a, j);
}

/* In any thread: store the body and the archive's records of a hop.  If the
 * result is final, format its line. */
void
results_make(void *ctx, struct job *j)
{
    const struct app *a = ctx;

    if (j->is_in_flight) {
        body_commit(&a->bodies, j);
        if (a->warc)
            warc_put_hop(a->warc, j);
    }
    if (j->next == JOB_FINAL) {
        make_line(a, j);
        buf_fini(&j->res.body);
        return;
    }
    result_drop_response(&j->res);
    carry_over(j);
    room_give_back(a->bodies.room, j);
}

/* Would results_make() keep an engine's thread for long? */
static bool
is_heavy(const struct app *a, const struct job *j)
{
    const struct capture *c = j->capture;

    if (c && c->request.body_bytes + c->response.body_bytes >= FINISHED_APART)
        return true;
    return j->res.size_body >= FINISHED_APART && body_is_wanted(&a->bodies, j);
}

/* Runs in an engine's thread: decide what follows the hop. */
bool
results_on_hop(void *ctx, struct job *j, int64_t now_us)
{
    const struct app *a = ctx;

    next_after(j, a->opts, now_us);
    j->is_in_flight = true;
    return finisher_do(a->finisher, j, is_heavy(a, j));
}

/* Slow down a host that reports overload (429, 503), and pause it as long as
 * it asks for. */
static void
apply_pause(struct app *a, struct job *j, int64_t now)
{
    int64_t wait = j->res.retry_after_us;

    if (j->res.status != 429 && j->res.status != 503)
        return;
    if (wait < 0)
        wait = 0;
    if (wait > a->opts->retry_max_delay_us)
        wait = a->opts->retry_max_delay_us;
    if (a->trace)
        trace_paused(a->trace, j, wait, now);
    sched_pause_host(a->sched, j, now + wait, now);
}

static void
take_back(struct app *a, struct job *j, int64_t now)
{
    if (a->trace)
        trace_hop(a->trace, j);
    apply_pause(a, j, now);
    j->is_in_flight = false;
    sched_done(a->sched, j, now);
    if (a->order)
        order_set_in_flight(a->order, j->index, false);
    if (j->next == JOB_FINAL) {
        finish(a, j);
        return;
    }
    /*
     * While the run drains, hops and repeats go on, but no new attempt starts.
     */
    if (a->state == APP_ABORTING ||
        (j->next == JOB_RETRY && a->state != APP_RUNNING)) {
        results_finish_aborted(a, j);
        return;
    }
    count_carried(a, j);
    if (j->next == JOB_HOP && exceeds_carried(a, j)) {
        refuse_redirect(a, j);
        return;
    }
    if (a->trace)
        trace_next(a->trace, j, now);
    if (j->next == JOB_HOP)
        sched_add_hop(a->sched, j, now);
    else
        sched_add_retry(a->sched, j, j->due_us, now);
}

/* Take what the finisher's thread has finished. */
static void
collect_finished(struct app *a)
{
    struct job_list jobs;
    struct job *j;

    job_list_init(&jobs);
    finisher_take(a->finisher, &jobs);
    while ((j = job_list_pop(&jobs))) {
        if (j->is_in_flight) {
            take_back(a, j, clock_now_us());
        } else {
            a->nunfinished--;
            finish(a, j);
        }
    }
}

static void
take_word(struct app *a, const struct connected *word, int64_t now)
{
    if (word->job->is_protocol_probe)
        sched_connected(a->sched, word->job, word->http_version, now);
    sched_sent(a->sched, word->job, word->was_reused, now);
}

void
results_collect(struct app *a)
{
    struct mail *mail = &a->mail;
    struct job *j;

    collect_finished(a);
    for (unsigned i = 0; i < a->nengines; i++) {
        int64_t now;

        engine_take(a->engines[i], mail);
        if (mail->nconnected == 0 && job_list_is_empty(&mail->jobs))
            continue;
        now = clock_now_us();
        for (size_t n = 0; n < mail->nconnected; n++)
            take_word(a, &mail->connected[n], now);
        while ((j = job_list_pop(&mail->jobs)))
            take_back(a, j, now);
    }
}
