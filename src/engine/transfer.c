#include "engine/transfer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "base/clock.h"
#include "base/map.h"
#include "body/body.h"
#include "body/capture.h"
#include "engine/callbacks.h"
#include "engine/easy.h"
#include "engine/outcome.h"
#include "engine/prepare.h"
#include "engine/receive_body.h"
#include "engine/receive_head.h"
#include "engine/renewal.h"
#include "engine/setup.h"
#include "engine/tlsinfo.h"
#include "engine/upload.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"

/* The watchdog ends a transfer only if it is OVERDUE_US past its deadline in
 * OVERDUE_LOOKS consecutive checks.  One check is not enough: after SIGSTOP
 * every transfer looks late until libcurl has run. */
#define OVERDUE_US    (5 * US_PER_S)
#define OVERDUE_LOOKS 3

struct transfer *
transfer_new(const struct transfer_env *env)
{
    struct transfer *x = xcalloc(1, sizeof(*x));

    x->env = env;
    x->wire.owner = env->socket_ctx;
    x->easy = curl_easy_init();
    x->dns = curl_share_init();
    x->url = curl_url();
    if (!x->easy || !x->url || !x->dns)
        alloc_failed();
    curl_share_setopt(x->dns, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    callbacks_setup(x);
    return x;
}

void
transfer_free(struct transfer *x)
{
    if (!x)
        return;
    upload_free(x->upload);
    curl_easy_cleanup(x->easy);
    curl_url_cleanup(x->url);
    buf_fini(&x->base);
    curl_share_cleanup(x->dns);
    curl_slist_free_all(x->headers);
    curl_slist_free_all(x->resolve);
    buf_fini(&x->host.text);
    buf_fini(&x->proxy_at.text);
    free((void *)x->host.addrs.v);
    free((void *)x->proxy_at.addrs.v);
    free(x);
}

/*
 * The host that its connection counts for.  An idle connection over which a
 * proxy gets plain requests counts for none, since it may serve any host next;
 * limits per host apply to those in flight.
 */
static uint64_t
counted_host(const struct transfer *x)
{
    const struct target *t = &x->job->target;

    if (!x->env->counts_hosts || target_asks_proxy(t))
        return 0;
    return map_stable_hash(t->key, strlen(t->key)) | 1;
}

/* The host for which its bytes count (--limit-rate-per-host). */
static uint64_t
paced_host(const struct transfer *x)
{
    const char *key = x->job->target.key;

    return x->env->opts->limit_rate_per_host
               ? map_stable_hash(key, strlen(key)) | 1
               : 0;
}

/* Set the token from its file's current content, if it has one.  The handle is
 * new. */
static void
use_token(struct transfer *x)
{
    if (x->env->renewal && renewal_token(x->env->renewal))
        EASY_SET(x->easy, CURLOPT_XOAUTH2_BEARER,
                 renewal_token(x->env->renewal));
}

static const struct curl_slist *
run_headers(const struct transfer_env *env)
{
    return env->renewal ? renewal_headers(env->renewal) : env->headers;
}

/* Forget all that is known of an earlier request. */
static void
forget_request(struct transfer *x)
{
    x->stop = STOP_NONE;
    x->wire.new_fd = x->wire.fd = -1;
    x->tcp_us = x->tls_us = x->ready_us = x->sent_us = 0;
    x->first_byte_us = x->redirect_us = 0;
    x->held_us = x->slowed_us = 0;
    x->is_slowed = false;
    x->upload_left = 0;
    x->unacked = 0;
    folded_forget(x);
    x->head_bytes = x->head_lines = 0;
    receive_forget(x);
    x->is_redirect = x->is_stale = false;
    x->was_reused = x->was_reset = x->was_challenged = false;
    x->sent = (struct sent){.is_listening = x->sent.is_listening};
    x->connection = 0;
    x->wire.ends = 0;
    x->status = 0;
    x->refused.code = NULL;
    x->socket_errno = 0;
    x->errbuf[0] = '\0';
}

static void
begin_result(const struct transfer *x, struct job *j)
{
    result_reset_hop(&j->res);
    job_begin_hop(j);
    if (x->env->captures)
        j->capture = capture_new(x->env->captures);
    j->res.url_effective = j->target.url;
    j->res.method = j->req.method;
    if (j->res.started_wall_us < 0)
        j->res.started_wall_us = clock_wall_us();
}

/* Set the options that differ from request to request. */
static void
set_request(struct transfer *x, int64_t now_us)
{
    struct job *j = x->job;

    x->headers = setup_request(x->easy, x->env->opts, j, run_headers(x->env));
    if (x->env->cookies)
        x->cookie_host = prepare_cookie_host(j, transfer_headers(x));
    prepare_url(x);
    prepare_timeouts(x, now_us);
    prepare_addresses(x);
    prepare_connection_use(x);
    x->upload = upload_start(x);
    if (j->req.body_len || x->upload) {
        x->upload_left =
            x->upload ? upload_size(x->upload) : (int64_t)j->req.body_len;
        EASY_SET(x->easy, CURLOPT_NOPROGRESS, 0L);
    }
}

const struct curl_slist *
transfer_headers(const struct transfer *x)
{
    return x->headers ? x->headers : run_headers(x->env);
}

int64_t
transfer_body_len(const struct transfer *x)
{
    return x->upload ? easy_number(x->easy, CURLINFO_CONTENT_LENGTH_UPLOAD_T)
                     : (int64_t)x->job->req.body_len;
}

bool
transfer_body_is_unsent(const struct transfer *x)
{
    return easy_number(x->easy, CURLINFO_SIZE_UPLOAD_T) < transfer_body_len(x);
}

void
transfer_start(struct transfer *x, struct job *j, int64_t now_us)
{
    assert(x->wire.state == TRANSFER_IDLE);
    x->wire.state = TRANSFER_CONNECTING;
    x->job = j;
    x->start_us = now_us;
    x->wire.host = counted_host(x);
    x->wire.pace_host = paced_host(x);
    forget_request(x);
    begin_result(x, j);
    if (x->env->renewal)
        renewal_look(x->env->renewal);
    if (!x->is_plain) {
        curl_easy_reset(x->easy);
        callbacks_setup(x);
        use_token(x);
    }
    /* The handle keeps a digest challenge, and would send its realm and nonce
     * to the next host, which would refuse them. */
    x->is_plain =
        setup_is_plain(x->env->opts, j) && x->env->opts->auth != AUTH_DIGEST;
    set_request(x, now_us);
    repeat_prepare(x);
}

bool
transfer_must_start_again(const struct transfer *x, CURLcode code)
{
    if (x->stop != STOP_NONE || transfer_was_sent(x))
        return false;
    return x->is_stale ||
           (code == CURLE_COULDNT_CONNECT && x->wire.lost_attempt);
}

void
transfer_restart_wait(struct transfer *x, int64_t now_us)
{
    x->job->queue_us += now_us - x->start_us;
    x->job->handed_us += now_us - x->start_us;
    x->start_us = now_us;
    prepare_timeouts(x, now_us);
}

void
transfer_start_again(struct transfer *x, int64_t now_us)
{
    if (x->wire.lost_attempt)
        EASY_SET(x->easy, CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, (long)INT32_MAX);
    sockets_forget(&x->wire);
    x->wire.new_fd = x->wire.fd = -1;
    x->is_stale = false;
    upload_rewind(x->upload);
    x->socket_errno = 0;
    x->errbuf[0] = '\0';
    x->is_plain = false;
    x->tcp_us = x->tls_us = 0;
    x->job->res.remote_ip[0] = '\0';
    EASY_SET(x->easy, CURLOPT_FRESH_CONNECT, 1L);
    prepare_timeouts(x, now_us);
    repeat_prepare(x);
}

CURLcode
transfer_resume(struct transfer *x)
{
    CURLcode code;

    assert(x->wire.state == TRANSFER_PAUSED || x->wire.state == TRANSFER_BODY);
    x->wire.state = TRANSFER_BODY;
    code = curl_easy_pause(x->easy, CURLPAUSE_CONT);
    /* libcurl passes on the result of receive_body(). */
    return x->stop != STOP_NONE && code == CURLE_OK ? CURLE_WRITE_ERROR : code;
}

void
transfer_hold(struct transfer *x)
{
    assert(x->wire.state == TRANSFER_BODY);
    x->wire.state = TRANSFER_HELD;
    x->held_since_us = clock_now_us();
    EASY_SET(x->easy, CURLOPT_TIMEOUT_MS, 0L);
}

bool
transfer_release(struct transfer *x)
{
    assert(x->wire.state == TRANSFER_HELD);
    if (receive_must_wait(x))
        return false;
    x->wire.state = TRANSFER_BODY;
    x->held_us += clock_now_us() - x->held_since_us;
    return true;
}

void
transfer_wake(struct transfer *x)
{
    const struct job *j = x->job;
    /* A proxy's that were looked up are those to connect to. */
    size_t n = j->proxy_addrs.n > 0 ? j->proxy_addrs.n : j->addrs.n;
    bool has_others = n > 0 ? n > 1 : !j->target.connect_is_numeric;

    if (transfer_was_sent(x) || !has_others)
        return;
    /* Nothing is paused yet; this makes libcurl check the handle soon. */
    curl_easy_pause(x->easy, CURLPAUSE_RECV);
    curl_easy_pause(x->easy, CURLPAUSE_CONT);
}

void
transfer_slow(struct transfer *x, bool is_slowed)
{
    int64_t now_us = clock_now_us();

    if (is_slowed) {
        x->slowed_since_us = now_us;
        EASY_SET(x->easy, CURLOPT_TIMEOUT_MS, 0L);
    } else if (x->is_slowed) {
        x->slowed_us += now_us - x->slowed_since_us;
    }
    x->is_slowed = is_slowed;
}

/* For how long it was slowed, up to now, as far as that does not count. */
static int64_t
slowed_until_us(const struct transfer *x, int64_t now_us)
{
    int64_t us = x->slowed_us, most = SLOWED_FACTOR * x->job->first.timeout_us;

    if (x->is_slowed)
        us += now_us - x->slowed_since_us;
    return most > 0 && us > most ? most : us;
}

int64_t
transfer_held_us(const struct transfer *x, int64_t now_us)
{
    int64_t us = x->held_us + slowed_until_us(x, now_us);

    if (x->wire.state == TRANSFER_HELD)
        us += now_us - x->held_since_us;
    return us;
}

/* When libcurl must end the transfer at the latest; 0: no limit. */
static int64_t
deadline_us(const struct transfer *x, int64_t now_us)
{
    const struct job *j = x->job;
    int64_t before_us = j->dns_us > 0 ? j->dns_us : 0;

    if (j->first.timeout_us)
        return x->start_us + transfer_held_us(x, now_us) + j->first.timeout_us -
               j->attempt_us - before_us;
    if (j->first.connect_timeout_us && !transfer_was_sent(x))
        return x->start_us + j->first.connect_timeout_us - before_us;
    return 0;
}

bool
transfer_has_expired(const struct transfer *x, int64_t now_us)
{
    int64_t deadline = deadline_us(x, now_us);

    return transfer_held_us(x, now_us) > 0 && deadline && now_us >= deadline;
}

bool
transfer_is_overdue(struct transfer *x, int64_t now_us)
{
    int64_t deadline = deadline_us(x, now_us);

    if (!deadline || x->wire.state == TRANSFER_HELD ||
        now_us - deadline < OVERDUE_US)
        x->nlooks_overdue = 0;
    else
        x->nlooks_overdue++;
    return x->nlooks_overdue >= OVERDUE_LOOKS;
}

struct job *
transfer_finish(struct transfer *x, CURLcode code, int64_t now_us)
{
    CURLcode corrected = repeat_corrected_code(x, code);
    struct job *j = x->job;
    int64_t held_us = transfer_held_us(x, now_us);

    outcome_fill(x, corrected, now_us);
    stream_end_forget(&x->end);
    sockets_forget(&x->wire);
    j->attempt_us +=
        now_us - x->start_us - held_us + (j->dns_us > 0 ? j->dns_us : 0);
    j->queue_us += held_us;
    if (j->capture)
        j->capture->truncated = outcome_truncated(x, corrected);
    if (j->res.error.class == ERR_NONE && x->is_redirect)
        buf_clear(&j->res.body);
    if (code != CURLE_OK)
        x->stop = STOP_ABORTED;
    /* The handle keeps the schemes that the server offered, and would try them
     * at the next one. */
    if (x->status == 401 || x->status == 407)
        x->is_plain = false;
    receive_forget(x);
    upload_free(x->upload);
    x->upload = NULL;
    curl_slist_free_all(x->headers);
    x->headers = NULL;
    tlsinfo_release(x->note);
    x->note = NULL;
    tlsinfo_release(x->end_note);
    x->end_note = NULL;
    tlsinfo_release(x->sent_note);
    x->sent_note = NULL;
    x->job = NULL;
    x->wire.state = TRANSFER_IDLE;
    return j;
}

bool
transfer_is_reusable(const struct transfer *x)
{
    /* A failed handle keeps the errno of its socket and the state of an
     * unfinished authentication. */
    return x->stop == STOP_NONE;
}
