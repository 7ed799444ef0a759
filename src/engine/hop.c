/*
 * One hop of a job in an engine: from todo through a transfer to done.
 */
#include "engine/state.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "body/body.h"
#include "body/body_name.h"
#include "engine/repeat.h"
#include "engine/sockets.h"
#include "engine/transfer.h"
#include "engine/upload.h"
#include "job/options.h"
#include "url/access.h"

/* The most idle handles kept for reuse. */
#define POOL_MAX 256

static struct transfer *
pool_take(struct engine *e)
{
    struct transfer *x = e->pool;

    if (!x)
        return transfer_new(&e->env);
    e->pool = x->next;
    e->npool--;
    return x;
}

static void
pool_give(struct engine *e, struct transfer *x)
{
    if (e->npool == POOL_MAX || !transfer_is_reusable(x)) {
        transfer_free(x);
        return;
    }
    x->next = e->pool;
    e->pool = x;
    e->npool++;
}

void
hop_free_pool(struct engine *e)
{
    while (e->pool)
        transfer_free(pool_take(e));
}

static void
job_done(struct engine *e, struct job *j, int64_t now_us)
{
    if (e->config.on_hop(e->config.ctx, j, now_us))
        job_list_push(&e->done, j);
}

static void
fail_aborted(struct job *j, const char *code, enum phase phase)
{
    result_fail(&j->res, ERR_ABORTED, code, phase, true,
                "the run was stopped before the request was over");
}

/* Is the address of the job's host blocked?  Then nothing is sent, and the
 * result of an earlier hop is reset. */
static bool
is_blocked(struct engine *e, struct job *j)
{
    struct url_flaw flaw;

    if (access_filter(e->config.opts, j, &flaw) == 0)
        return false;
    result_reset_hop(&j->res);
    result_fail(&j->res, ERR_BLOCKED, flaw.code, PHASE_CONNECT, false, "%s",
                flaw.message);
    return true;
}

static void
add_to_multi(struct engine *e, struct transfer *x)
{
    CURLMcode rc = curl_multi_add_handle(e->multi, x->easy);

    if (rc == CURLM_OUT_OF_MEMORY)
        alloc_failed();
    assert(rc == CURLM_OK);
}

static void
start(struct engine *e, struct job *j, int64_t now_us)
{
    const char *abort_code = e->abort_code;
    struct transfer *x;

    if (abort_code)
        fail_aborted(j, abort_code, PHASE_QUEUE);
    if (abort_code || is_blocked(e, j) || upload_check(e->config.opts, j) < 0) {
        job_done(e, j, now_us);
        return;
    }
    x = pool_take(e);
    transfer_start(x, j, now_us);
    x->active_us = x->start_us;
    flight_add(e, x);
    add_to_multi(e, x);
}

/* Was the body's file made while the record waited, so that --existing keep
 * needs no request? */
static bool
is_kept_now(const struct engine *e, struct job *j)
{
    return j->res.num_redirects == 0 && j->res.attempts == 0 &&
           body_name_is_kept(e->env.bodies, j);
}

void
hop_begin(struct engine *e, struct job *j, int64_t now_us)
{
    j->catch_up_us = now_us;
    if (!e->abort_code && is_kept_now(e, j))
        job_done(e, j, now_us);
    else if (body_begin(e->env.bodies, j))
        start(e, j, now_us);
    else
        job_list_push(&e->ahead, j);
}

/* The time until it starts counts as waiting in our queue. */
void
hop_look_ahead(struct engine *e)
{
    struct job *j = e->ahead.head;
    int64_t now_us;

    if (!j || (!e->abort_code && !body_catch_up(e->env.bodies, j)))
        return;
    (void)job_list_pop(&e->ahead);
    now_us = clock_now_us();
    j->queue_us += now_us - j->catch_up_us;
    start(e, j, now_us);
}

static void
start_again(struct engine *e, struct transfer *x)
{
    curl_multi_remove_handle(e->multi, x->easy);
    transfer_start_again(x, clock_now_us());
    add_to_multi(e, x);
}

void
hop_restart_wait(struct engine *e, struct transfer *x, int64_t now_us)
{
    curl_multi_remove_handle(e->multi, x->easy);
    transfer_restart_wait(x, now_us);
    add_to_multi(e, x);
}

/* Was an HTTP/1 response cut without libcurl noticing it?  libcurl 8.23 keeps
 * the connection although it ended within the head, and would send the next
 * request over it. */
static bool
is_unnoticed_truncation(const struct job *j, CURLcode code)
{
    return code == CURLE_OK && strcmp(j->res.error.code, "truncated") == 0 &&
           j->res.http_version && *j->res.http_version == '1';
}

void
hop_finish(struct engine *e, struct transfer *x, CURLcode code)
{
    int64_t now_us = clock_now_us();
    struct job *j;

    curl_multi_remove_handle(e->multi, x->easy);
    flight_remove(e, x);
    x->nread = sockets_nread(e->sockets, &x->wire);
    j = transfer_finish(x, code, now_us);
    if (j->res.http_version && *j->res.http_version == '2')
        sockets_set_multiplexed(&x->wire);
    if (is_unnoticed_truncation(j, code))
        sockets_shut_used(e->sockets, &x->wire);
    else if (j->res.http_version)
        sockets_end_use(e->sockets, &x->wire);
    else if (j->res.error.class == ERR_TIMEOUT && j->res.was_sent)
        sockets_note_timeout(e->sockets, &x->wire);
    sockets_shut_leaving(e->sockets, x->wire.ends);
    /* nghttp2 has told it to this transfer alone. */
    if (strcmp(j->res.error.code, "flood") == 0)
        flight_note_flood(e, x->wire.ends);
    pool_give(e, x);
    job_done(e, j, now_us);
}

/* The only place where finished transfers leave the multi. */
void
hop_collect(struct engine *e)
{
    CURLMsg *msg;
    struct transfer *x;
    int left;

    while ((msg = curl_multi_info_read(e->multi, &left))) {
        CURLcode code = msg->data.result;
        assert(msg->msg == CURLMSG_DONE);
        x = transfer_of(msg->easy_handle);
        if (code != CURLE_OK)
            repeat_check_stream(x); /* of this very turn */
        if (transfer_must_start_again(x, code))
            start_again(e, x);
        else
            hop_finish(e, x, code);
    }
}

void
hop_abort_all(struct engine *e, const char *code)
{
    struct transfer *x;

    while ((x = e->inflight_head)) {
        struct job *j = x->job;
        x->stop = STOP_ABORTED;
        fail_aborted(j, code, PHASE_CONNECT); /* stopped_fill() knows it */
        hop_finish(e, x, CURLE_ABORTED_BY_CALLBACK);
    }
}
