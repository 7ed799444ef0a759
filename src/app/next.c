#include "app/next.h"

#include <stdio.h>
#include <string.h>

#include "base/budgets.h"
#include "job/earlier.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"
#include "sched/retry.h"
#include "url/access.h"
#include "url/route.h"
#include "url/url.h"

static void
take_body_of_options(struct request *first, const struct opts *opts)
{
    if (opts->upload_file) {
        first->body_kind = BODY_PLAIN;
        first->body_file = opts->upload_file;
    } else if (opts->form) {
        first->body_kind = BODY_FORM;
        first->form = opts->form;
    } else if (opts->data) {
        first->body_kind = opts->data_is_json ? BODY_JSON : BODY_RAW;
        first->body = opts->data;
        first->body_len = opts->data_len;
    }
}

static const char *
default_method(const struct request *first)
{
    switch (first->body_kind) {
    case BODY_NONE: /* also where a body of the record's own was refused */
        return request_has_own_body(first) ? "POST" : "GET";
    case BODY_PLAIN:
        return "PUT";
    default:
        return "POST";
    }
}

void
next_first(struct job *j, const struct opts *opts)
{
    struct request *first = &j->first;

    if (first->body_kind == BODY_NONE && !request_has_own_body(first))
        take_body_of_options(first, opts);
    if (first->timeout_us < 0)
        first->timeout_us = opts->timeout_us;
    if (first->connect_timeout_us < 0)
        first->connect_timeout_us = opts->connect_timeout_us;
    if (!first->method)
        first->method = opts->method;
    if (!first->method)
        first->method = default_method(first);
    j->req = *first;
    j->target = j->origin;
}

/*
 * Set up the next request of a redirect: its method and body as browsers
 * choose them (Fetch standard, HTTP-redirect fetch, 12; RFC 9110, 15.4).
 * Another origin gets only the headers that header_stays_behind() allows,
 * unless --location-trusted is given.
 */
static void
redirect_request(struct job *j, const struct opts *opts,
                 const struct target *to)
{
    struct request *req = &j->req;
    int status = j->res.status;
    bool is_post = strcmp(req->method, "POST") == 0;
    bool is_safe =
        strcmp(req->method, "GET") == 0 || strcmp(req->method, "HEAD") == 0;

    if (((status == 301 || status == 302) && is_post) ||
        (status == 303 && !is_safe)) {
        req->method = "GET";
        request_drop_body(req);
        req->headers =
            header_without(req->headers, header_is_content, job_hop_mem(j));
    }
    if (url_is_same_origin(&j->target, to))
        return;
    req->is_cross_origin = true;
    req->has_new_host = strcmp(to->host, j->target.host) != 0 &&
                        strcmp(to->host, j->origin.host) != 0;
    req->headers = header_without(req->headers,
                                  opts->location_trusted ? header_is_host
                                                         : header_stays_behind,
                                  job_hop_mem(j));
    if (!opts->location_trusted && req->body_kind == BODY_NONE)
        req->headers =
            header_without(req->headers, header_is_content, job_hop_mem(j));
}

/* Is the Location the end of the URL that it leads to?  It usually is, and then
 * needs no copy. */
static bool
is_end(const char *location, size_t len, const char *url, size_t url_len)
{
    return len <= url_len && memcmp(url + url_len - len, location, len) == 0;
}

/* Record the hop that is over, for --redirects.  Returns -1, and records
 * nothing, if the hops would take too much memory. */
static int
log_hop(struct job *j, const struct target *to)
{
    struct result *r = &j->res;
    size_t len = strlen(r->location), url_len = strlen(to->url);
    bool is_shared = is_end(r->location, len, to->url, url_len);
    size_t need = url_len + 1 + (is_shared ? 0 : len + 1);
    struct hop *hop;

    if (!r->hops_mem)
        r->hops_mem = arena_new();
    if (arena_size(r->hops_mem) + need > REDIRECTS_MAX_BYTES)
        return -1;
    hop = arena_alloc(r->hops_mem, sizeof(*hop));
    *hop = (struct hop){
        .url = r->hops ? r->hops_url : j->target.url,
        .status = r->status,
        .time_us = j->attempt_us - j->hops_us,
    };
    r->hops_url = arena_strdup(r->hops_mem, to->url);
    hop->location = is_shared ? r->hops_url + (url_len - len)
                              : arena_strdup(r->hops_mem, r->location);
    memcpy(hop->remote_ip, r->remote_ip, sizeof(hop->remote_ip));
    *r->hops_tail = hop;
    r->hops_tail = &hop->next;
    return 0;
}

/* Resolve the Location of a redirect.  Returns -1 if it leads to no URL that
 * may be requested; the result's error is set then. */
static int
find_target(struct job *j, const struct opts *opts, struct target *to)
{
    struct result *r = &j->res;
    struct url_flaw flaw;

    if (!r->location) {
        result_fail(r, ERR_REDIRECT, "no_location", PHASE_RECEIVE, false,
                    "status %d without a Location", r->status);
        return -1;
    }
    if (strlen(r->location) > LOCATION_MAX_BYTES) {
        result_fail(r, ERR_REDIRECT, "denied", PHASE_RECEIVE, false,
                    "Location is longer than %zu bytes", LOCATION_MAX_BYTES);
        return -1;
    }
    if (url_follow(&j->target, r->location, opts->location_trusted,
                   job_hop_mem(j), to, &flaw)) {
        if (strcmp(flaw.code, "scheme_unsupported") == 0)
            result_fail(r, ERR_BLOCKED, "scheme_denied", PHASE_RECEIVE, false,
                        "redirect: %s", flaw.message);
        else
            result_fail(r, ERR_REDIRECT, "denied", PHASE_RECEIVE, false,
                        "redirect to no usable URL: %s", flaw.message);
        return -1;
    }
    route_select(opts, to, job_hop_mem(j));
    if (access_check_url(opts, to, &flaw)) {
        result_fail(r, ERR_BLOCKED, flaw.code, PHASE_RECEIVE, false,
                    "redirect: %s", flaw.message);
        return -1;
    }
    if (route_check(opts, to, job_hop_mem(j), &flaw)) {
        result_fail(r, to->proxy ? ERR_PROXY : ERR_DNS, flaw.code, PHASE_DNS,
                    false, "redirect: %s", flaw.message);
        return -1;
    }
    return 0;
}

/* Follow a redirect, or fail the job if it cannot be followed. */
static void
redirect(struct job *j, const struct opts *opts)
{
    struct result *r = &j->res;
    struct target to;

    if (r->num_redirects >= opts->max_redirects) {
        result_fail(r, ERR_REDIRECT, "too_many", PHASE_RECEIVE, false,
                    "more than %u redirects", (unsigned)opts->max_redirects);
        return;
    }
    if (find_target(j, opts, &to))
        return;
    if (opts->redirects && log_hop(j, &to)) {
        result_fail(r, ERR_REDIRECT, "denied", PHASE_RECEIVE, false,
                    "URLs of the redirects have more than %zu bytes",
                    REDIRECTS_MAX_BYTES);
        return;
    }
    r->hop_status = r->status;
    j->hops_us = j->attempt_us;
    redirect_request(j, opts, &to);
    j->target = to;
    r->num_redirects++;
    j->repeat_needs_fresh_conn = j->wants_http1 = j->is_unchallenged = false;
    j->next = JOB_HOP;
}

static bool
is_accepted(const struct job *j, const struct opts *opts)
{
    struct ranges own;
    /* The user asked for the whole, and has it: --continue. */
    int status = j->res.continued_from >= 0 ? 200 : j->res.status;

    /* Parsing succeeded once before, so it cannot fail here. */
    if (j->accept && ranges_parse(&own, j->accept))
        return ranges_has(&own, status);
    return ranges_has(opts->accept, status);
}

/* Check the status of a complete response against --accept. */
static void
judge_status(struct job *j, const struct opts *opts)
{
    struct result *r = &j->res;
    char code[16];

    /* 304: the earlier response, which was accepted, is still valid. */
    if (r->status == 304 && earlier_conditions(j))
        return;
    if (is_accepted(j, opts))
        return;
    if (r->status == 407 && target_asks_proxy(&j->target)) {
        result_fail(r, ERR_PROXY, "auth_required", PHASE_RECEIVE, false,
                    "the proxy asks for a name and password: HTTP 407");
        return;
    }
    snprintf(code, sizeof(code), "http_%d", r->status);
    result_fail(r, ERR_HTTP, code, PHASE_RECEIVE,
                ranges_has(opts->retry_on, r->status), "HTTP %d", r->status);
}

/* A status of --retry-on is a reason to try again, also if its body was more
 * than --max-size or could not be decoded. */
static void
judge_body_of_error(struct job *j, const struct opts *opts)
{
    struct fetch_error *error = &j->res.error;

    if ((error->class == ERR_TOO_LARGE || error->class == ERR_PROTOCOL) &&
        ranges_has(opts->retry_on, j->res.status) && !is_accepted(j, opts))
        error->retryable = true;
}

/* Record the attempt that is over, for --attempts. */
static void
log_attempt(struct job *j)
{
    struct attempt *a = arena_alloc(&j->mem, sizeof(*a));
    const struct result *r = &j->res;

    *a = (struct attempt){
        .status = result_status(r),
        .error_class = r->error.class,
        .retry_after_us = r->retry_after_us,
        .waited_us = j->waited_us,
        .time_us = j->attempt_us - j->logged_us,
    };
    *j->res.attempt_tail = a;
    j->res.attempt_tail = &a->next;
}

/*
 * How long to wait before the next attempt: as long as the server asks for,
 * plus a random part so that jobs that failed together do not retry together.
 * -1 if the server asks for longer than the user allows.
 */
static int64_t
retry_wait_us(const struct job *j, const struct opts *opts)
{
    const struct result *r = &j->res;
    uint64_t chance =
        j->index * 31 + j->nretries + 1 + (uint64_t)r->started_wall_us;
    int64_t wait = retry_backoff_us(j->nretries + 1, opts->retry_delay_us,
                                    opts->retry_max_delay_us, &chance);

    if (r->retry_after_us > opts->retry_max_delay_us)
        return -1;
    return r->retry_after_us > 0 ? r->retry_after_us + wait : wait;
}

/* How many requests may be repeated within an attempt, how long the second and
 * later repeats wait, and from which repeat on a new connection is used: an old
 * one may refuse all its streams. */
#define REPEATS_MAX     5
#define REPEAT_FIRST_US (100 * US_PER_MS)
#define REPEAT_FRESH    3

/* Is it certain that no server processed a request of this attempt?  A server
 * that sent a redirect has processed one. */
static bool
was_not_looked_at(const struct result *r)
{
    return r->num_redirects == 0 &&
           (r->evidence == EVIDENCE_UNSENT || r->evidence == EVIDENCE_REFUSED ||
            r->evidence == EVIDENCE_WANTS_HTTP1);
}

/*
 * Is the request repeated within the same attempt?  It is if the server did not
 * process it, or if it is idempotent (RFC 9110, 9.2.2) and a kept connection
 * ended before the answer.  It is not if no connection could be made, since
 * that would probably fail again.
 */
static bool
may_repeat(const struct job *j)
{
    const struct result *r = &j->res;

    if (r->error.class == ERR_NONE || r->error.class == ERR_ABORTED ||
        j->nrepeats >= REPEATS_MAX)
        return false;
    return r->evidence == EVIDENCE_REFUSED ||
           r->evidence == EVIDENCE_NO_RANGE ||
           (r->evidence == EVIDENCE_UNCHALLENGED && !j->is_unchallenged) ||
           (r->evidence == EVIDENCE_WANTS_HTTP1 && !j->wants_http1) ||
           (r->evidence == EVIDENCE_ENDED && http_is_idempotent(j->req.method));
}

/* Repeat the hop: the first time at once, then after growing pauses, which
 * count as the attempt's time.  Returns false if that time is over before. */
static bool
repeat(struct job *j, int64_t now_us)
{
    const struct result *r = &j->res;
    int64_t wait_us =
        j->nrepeats > 0 ? REPEAT_FIRST_US << (j->nrepeats - 1) : 0;

    if (j->first.timeout_us > 0 &&
        j->attempt_us + wait_us >= j->first.timeout_us)
        return false;
    j->next = JOB_REPEAT;
    j->nrepeats++;
    j->due_us = now_us + wait_us;
    j->attempt_us += wait_us;
    j->waited_us = wait_us;
    j->logged_us = j->attempt_us;
    j->wants_http1 = j->wants_http1 || r->evidence == EVIDENCE_WANTS_HTTP1;
    j->is_unchallenged =
        j->is_unchallenged || r->evidence == EVIDENCE_UNCHALLENGED;
    j->repeat_needs_fresh_conn = j->wants_http1 || j->is_unchallenged ||
                                 r->evidence == EVIDENCE_ENDED ||
                                 j->nrepeats >= REPEAT_FRESH;
    return true;
}

/* Does the job get another attempt?  Sets when. */
static bool
may_retry(const struct job *j, const struct opts *opts, int64_t now_us,
          int64_t *wait_us)
{
    const struct result *r = &j->res;

    if (r->error.class == ERR_NONE || !r->error.retryable || !r->was_sent ||
        r->error.class == ERR_ABORTED || j->nretries >= opts->retry)
        return false;
    if (!opts->retry_all_methods && !http_is_idempotent(j->first.method) &&
        !was_not_looked_at(r))
        return false;
    *wait_us = retry_wait_us(j, opts);
    if (*wait_us < 0)
        return false;
    return opts->retry_max_time_us == 0 ||
           now_us + *wait_us - j->started_us <= opts->retry_max_time_us;
}

/* Start the job over.  The result of the attempt stays until job_begin_hop(),
 * since no further attempt may follow. */
static void
start_over(struct job *j, int64_t now_us, int64_t wait_us)
{
    j->next = JOB_RETRY;
    j->nretries++;
    j->nrepeats = 0;
    j->repeat_needs_fresh_conn = j->is_unchallenged = false;
    j->due_us = now_us + wait_us;
    j->waited_us = wait_us;
    j->target = j->origin;
    j->req = j->first;
    j->res.was_sent = false;
}

/* Take a redirect out of the result that it was counted in. */
static void
uncount_redirect(struct result *r)
{
    r->num_redirects--;
    r->evidence = EVIDENCE_NONE;
    if (!r->hops)
        return;
    r->hops_tail = &r->hops;
    while ((*r->hops_tail)->next)
        r->hops_tail = &(*r->hops_tail)->next;
    *r->hops_tail = NULL;
}

/*
 * The job ends before what was to follow its last hop: a repeat has waited for
 * a part of its pause only, and a redirect was not followed.  The URL of a hop
 * that has begun is in the result.
 */
static void
forget_unmade(struct job *j, int64_t now_us)
{
    if (j->next == JOB_REPEAT && j->due_us > now_us)
        j->attempt_us -= j->due_us - now_us;
    if (j->next == JOB_HOP && j->res.url_effective != j->target.url)
        uncount_redirect(&j->res);
}

void
next_after(struct job *j, const struct opts *opts, int64_t now_us)
{
    struct result *r = &j->res;
    int64_t wait_us;

    forget_unmade(j, now_us);
    j->next = JOB_FINAL;
    r->done_us = now_us;
    if (r->is_skipped && !r->was_sent)
        return; /* the file was there, so no request was made */
    if (r->error.class == ERR_NONE && opts->max_redirects > 0 &&
        http_is_redirect(r->status))
        redirect(j, opts);
    if (j->next == JOB_HOP)
        return;
    if (r->is_head_enough && r->status >= 400 && !is_accepted(j, opts))
        r->error.class = ERR_NONE;
    if (r->error.class == ERR_NONE)
        judge_status(j, opts);
    else
        judge_body_of_error(j, opts);
    if (r->was_sent && !j->is_counted) {
        j->is_counted = true;
        if (r->attempts == 0)
            j->started_us = now_us - j->attempt_us;
        r->attempts += 1 + r->nchallenges;
        r->nchallenges = 0;
        if (opts->attempts)
            log_attempt(j);
    }
    if (may_repeat(j) && repeat(j, now_us))
        return;
    if (may_retry(j, opts, now_us, &wait_us))
        start_over(j, now_us, wait_us);
}
