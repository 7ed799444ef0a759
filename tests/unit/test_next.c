#include <criterion/criterion.h>

#include <string.h>

#include "app/next.h"
#include "cli/opts.h"
#include "job/job.h"
#include "url/url.h"

static struct job_pool *pool;
static struct ranges accept_list, retry_list;
static struct opts opts;
static struct job *made[64];
static size_t nmade;

static void
setup(void)
{
    pool = job_pool_new();
    for (int i = 200; i < 400; i++)
        accept_list.has[i] = true;
    retry_list.has[429] = retry_list.has[503] = true;
    opts = (struct opts){
        .max_redirects = 10,
        .accept = &accept_list,
        .retry_on = &retry_list,
    };
}

static void
teardown(void)
{
    while (nmade > 0)
        job_free(pool, made[--nmade]);
    job_pool_free(pool);
}

TestSuite(next, .init = setup, .fini = teardown);

static struct job *
make_job(const char *method, const char *url)
{
    struct job *j = made[nmade++] = job_new(pool);
    struct url_flaw flaw;

    j->first.method = method;
    if (method && strcmp(method, "POST") == 0) {
        j->first.body_kind = BODY_RAW;
        j->first.body = "x=1";
        j->first.body_len = 3;
    }
    cr_assert_eq(
        url_parse(url, strlen(url), "https", &j->mem, &j->origin, &flaw), 0);
    next_first(j, &opts);
    j->res.was_sent = true;
    return j;
}

static void
add_header(struct job *j, const char *name, const char *value)
{
    struct header *h = arena_alloc(&j->mem, sizeof(*h));

    *h = (struct header){name, value, j->req.headers};
    j->req.headers = h;
}

static void
answer(struct job *j, int status, const char *location)
{
    result_reset_hop(&j->res);
    j->res.url_effective = j->target.url;
    j->res.status = status;
    j->res.location = location;
    next_after(j, &opts, 1000);
}

Test(next, method_is_get_or_post_with_a_body)
{
    struct job *j = make_job(NULL, "http://h/");

    cr_expect_str_eq(j->req.method, "GET");
    opts.data = "a=b";
    opts.data_len = 3;
    j = make_job(NULL, "http://h/");
    cr_expect_str_eq(j->req.method, "POST");
    cr_expect_str_eq(j->req.body, "a=b");
    opts.method = "PUT";
    j = make_job(NULL, "http://h/");
    cr_expect_str_eq(j->req.method, "PUT");
    j = make_job("DELETE", "http://h/");
    cr_expect_str_eq(j->req.method, "DELETE");
}

Test(next, an_accepted_status_is_final_and_no_error)
{
    struct job *j = make_job("GET", "http://h/");

    answer(j, 204, NULL);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.error.class, ERR_NONE);
    cr_expect_eq(j->res.attempts, 1);
    cr_expect_eq(j->res.done_us, 1000);
}

Test(next, another_status_is_an_http_error)
{
    struct job *j = make_job("GET", "http://h/");

    answer(j, 404, NULL);
    cr_expect_eq(j->res.error.class, ERR_HTTP);
    cr_expect_str_eq(j->res.error.code, "http_404");
    cr_expect_not(j->res.error.retryable);
    j = make_job("GET", "http://h/");
    answer(j, 503, NULL);
    cr_expect(j->res.error.retryable);
}

Test(next, redirects_change_the_method_as_browsers_do)
{
    static const struct {
        int status;
        const char *before, *after;
        bool keeps_body;
    } cases[] = {
        {301, "POST", "GET", false},      {302, "POST", "GET", false},
        {303, "POST", "GET", false},      {307, "POST", "POST", true},
        {308, "POST", "POST", true},      {301, "GET", "GET", false},
        {303, "HEAD", "HEAD", false},     {301, "PUT", "PUT", false},
        {303, "PUT", "GET", false},       {303, "DELETE", "GET", false},
        {302, "DELETE", "DELETE", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct job *j = make_job(cases[i].before, "http://h/");
        answer(j, cases[i].status, "/next");
        cr_expect_eq(j->next, JOB_HOP);
        cr_expect_str_eq(j->req.method, cases[i].after, "%d %s",
                         cases[i].status, cases[i].before);
        cr_expect_eq(j->req.body != NULL, cases[i].keeps_body, "%d %s",
                     cases[i].status, cases[i].before);
        cr_expect_str_eq(j->target.url, "http://h/next");
        cr_expect_eq(j->res.num_redirects, 1);
        cr_expect_eq(j->res.attempts, 0, "a hop is no attempt");
    }
}

Test(next, a_dropped_body_takes_its_headers_along)
{
    struct job *j = make_job("POST", "http://h/");

    add_header(j, "Content-Type", "text/plain");
    add_header(j, "Content-Language", "en");
    add_header(j, "X-Other", "1");
    answer(j, 303, "/next");
    cr_assert_not_null(j->req.headers);
    cr_expect_str_eq(j->req.headers->name, "X-Other");
    cr_expect_null(j->req.headers->next);
}

Test(next, nothing_secret_goes_to_another_origin)
{
    static const char *const locations[] = {
        "http://other/",
        "https://h/",
        "http://h:81/",
    };

    for (size_t i = 0; i < ARRAY_LEN(locations); i++) {
        struct job *j = make_job("GET", "http://h/");
        add_header(j, "Accept-Language", "en");
        add_header(j, "X-Other", "1");
        add_header(j, "Content-Type", "text/plain");
        add_header(j, "authorization", "Basic eDp5");
        add_header(j, "Cookie", "a=b");
        add_header(j, "Host", "h");
        answer(j, 302, locations[i]);
        cr_expect(j->req.is_cross_origin, "%s", locations[i]);
        cr_assert_not_null(j->req.headers);
        cr_expect_str_eq(j->req.headers->name, "Accept-Language");
        cr_expect_null(j->req.headers->next, "%s", locations[i]);
        /* It does not return after a detour either. */
        answer(j, 302, "http://h/");
        cr_expect(j->req.is_cross_origin);
        cr_expect_null(j->req.headers->next);
    }
}

Test(next, a_body_takes_its_own_headers_to_another_origin)
{
    struct job *j = make_job("PUT", "http://h/");

    j->first.body_kind = BODY_RAW;
    j->req = j->first;
    add_header(j, "Content-Type", "text/plain");
    add_header(j, "Content-MD5", "x");
    answer(j, 307, "http://other/");
    cr_assert_not_null(j->req.headers);
    cr_expect_str_eq(j->req.headers->name, "Content-Type");
    cr_expect_null(j->req.headers->next);
    answer(j, 303, "http://third/");
    cr_expect_null(j->req.headers);
}

Test(next, location_trusted_takes_all_but_host_along)
{
    struct job *j = make_job("GET", "http://h/");

    add_header(j, "Authorization", "Basic eDp5");
    add_header(j, "Host", "h");
    opts.location_trusted = true;
    answer(j, 302, "http://other/");
    opts.location_trusted = false;
    cr_assert_not_null(j->req.headers);
    cr_expect_str_eq(j->req.headers->name, "Authorization");
    cr_expect_null(j->req.headers->next);
}

Test(next, the_same_origin_keeps_its_credentials)
{
    struct job *j = make_job("GET", "http://h/");

    add_header(j, "Authorization", "Basic eDp5");
    answer(j, 302, "http://H:80/x");
    cr_expect_not(j->req.is_cross_origin);
    cr_assert_not_null(j->req.headers);
    cr_expect_str_eq(j->req.headers->name, "Authorization");
}

Test(next, more_hops_than_allowed_are_an_error)
{
    struct job *j = make_job("GET", "http://h/");

    opts.max_redirects = 2;
    answer(j, 302, "/1");
    cr_expect_eq(j->next, JOB_HOP);
    answer(j, 302, "/2");
    cr_expect_eq(j->next, JOB_HOP);
    answer(j, 302, "/3");
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_str_eq(j->res.error.code, "too_many");
    cr_expect_eq(j->res.num_redirects, 2);
    cr_expect_eq(j->res.status, 302);
}

Test(next, a_redirect_that_is_not_followed_is_not_counted)
{
    struct job *j = make_job("GET", "http://h/");

    opts.redirects = true;
    answer(j, 302, "/1");
    answer(j, 302, "/2");
    result_fail(&j->res, ERR_TIMEOUT, "queue", PHASE_QUEUE, true, "x");
    next_after(j, &opts, 2000);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.num_redirects, 1);
    cr_assert_not_null(j->res.hops);
    cr_expect_null(j->res.hops->next);
    cr_expect_str_eq(j->res.url_effective, "http://h/1");
}

Test(next, without_redirects_a_3xx_is_the_result)
{
    struct job *j = make_job("GET", "http://h/");

    opts.max_redirects = 0;
    answer(j, 302, "/next");
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.error.class, ERR_NONE);
}

Test(next, a_redirect_that_leads_nowhere_is_an_error)
{
    static const struct {
        const char *location;
        enum error_class class;
        const char *code;
    } cases[] = {
        {NULL, ERR_REDIRECT, "no_location"},
        {"http://[bad", ERR_REDIRECT, "denied"},
        {"ftp://h/", ERR_BLOCKED, "scheme_denied"},
        {"file:///etc/passwd", ERR_BLOCKED, "scheme_denied"},
        {"javascript:alert(1)", ERR_BLOCKED, "scheme_denied"},
        {"MAILTO:me@h", ERR_BLOCKED, "scheme_denied"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct job *j = make_job("GET", "http://h/");
        answer(j, 302, cases[i].location);
        cr_expect_eq(j->next, JOB_FINAL);
        cr_expect_eq(j->res.error.class, cases[i].class);
        cr_expect_str_eq(j->res.error.code, cases[i].code);
    }
}

Test(next, statuses_that_are_no_redirects_are_not_followed)
{
    static const int statuses[] = {300, 304, 305, 306, 201};

    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct job *j = make_job("GET", "http://h/");
        answer(j, statuses[i], "/next");
        cr_expect_eq(j->next, JOB_FINAL, "%d", statuses[i]);
    }
}

static struct job *
failed(int status, uint32_t retries)
{
    struct job *j = make_job("GET", "http://h/");

    opts.retry = retries;
    opts.retry_delay_us = 1000000;
    opts.retry_max_delay_us = 60000000;
    answer(j, status, NULL);
    return j;
}

Test(next, a_passing_failure_is_tried_again)
{
    struct job *j = failed(503, 2);

    cr_expect_eq(j->next, JOB_RETRY);
    cr_expect_geq(j->due_us, 1000);
    cr_expect_leq(j->due_us, 1000 + 1000000);
    cr_expect_eq(j->res.attempts, 1);
    job_begin_hop(j);
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_RETRY);
    job_begin_hop(j);
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.attempts, 3);
    cr_expect_str_eq(j->res.error.code, "http_503");
}

Test(next, a_lasting_failure_is_not_tried_again)
{
    cr_expect_eq(failed(404, 2)->next, JOB_FINAL);
    cr_expect_eq(failed(503, 0)->next, JOB_FINAL);
    cr_expect_eq(failed(200, 2)->next, JOB_FINAL);
}

Test(next, a_post_is_tried_again_only_where_asked_for)
{
    struct job *j = make_job("POST", "http://h/");

    opts.retry = 2;
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_FINAL);
    opts.retry_all_methods = true;
    j = make_job("POST", "http://h/");
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_RETRY);
    cr_expect_str_eq(j->req.method, "POST");
    cr_expect_str_eq(j->req.body, "x=1");
}

/* A hop ends without an answer. */
static enum job_next
end_with(struct job *j, enum evidence evidence)
{
    result_reset_hop(&j->res);
    job_begin_hop(j);
    j->res.url_effective = j->target.url;
    result_fail(&j->res, ERR_PROTOCOL, "empty_reply", PHASE_WAIT, true, "x");
    j->res.evidence = evidence;
    next_after(j, &opts, 1000);
    return j->next;
}

Test(next, a_request_is_repeated_where_that_does_no_harm)
{
    static const struct {
        const char *method;
        enum evidence evidence;
        enum job_next next;
    } cases[] = {
        {"GET", EVIDENCE_NONE, JOB_FINAL},
        {"GET", EVIDENCE_UNSENT, JOB_FINAL},
        {"GET", EVIDENCE_ENDED, JOB_REPEAT},
        {"GET", EVIDENCE_REFUSED, JOB_REPEAT},
        {"POST", EVIDENCE_NONE, JOB_FINAL},
        {"POST", EVIDENCE_ENDED, JOB_FINAL},
        {"POST", EVIDENCE_REFUSED, JOB_REPEAT},
        {"POST", EVIDENCE_WANTS_HTTP1, JOB_REPEAT},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(
            end_with(make_job(cases[i].method, "http://h/"), cases[i].evidence),
            cases[i].next, "case %zu", i);
}

Test(next, repeats_are_counted_and_end_after_five)
{
    struct job *j = make_job("POST", "http://h/");
    int64_t waited_us = 0;

    for (uint32_t n = 1; n <= 5; n++) {
        cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_REPEAT);
        cr_expect_eq(j->res.attempts, n);
        cr_expect_geq(j->due_us - 1000, waited_us, "pauses grow");
        waited_us = j->due_us - 1000;
    }
    cr_expect_gt(waited_us, 0);
    cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_FINAL);
    cr_expect_eq(j->res.attempts, 6);
}

Test(next, a_repeat_that_is_not_sent_is_not_counted)
{
    struct job *j = make_job("POST", "http://h/");

    opts.attempts = true;
    cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_REPEAT);
    result_fail(&j->res, ERR_ABORTED, "run_deadline", PHASE_QUEUE, true, "x");
    next_after(j, &opts, 2000);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.attempts, 1);
    cr_expect_null(j->res.attempt_log->next);
}

Test(next, a_repeat_that_is_not_sent_takes_the_time_it_waited)
{
    struct job *j = make_job("POST", "http://h/");

    end_with(j, EVIDENCE_REFUSED);
    cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_REPEAT);
    cr_assert_gt(j->due_us, 1010);
    result_fail(&j->res, ERR_ABORTED, "interrupted", PHASE_QUEUE, true, "x");
    next_after(j, &opts, 1010);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->attempt_us, 10);
}

Test(next, a_repeat_is_part_of_its_attempt)
{
    struct job *j;

    opts.timeout_us = 1000000;
    j = make_job("GET", "http://h/");
    j->attempt_us = 1000000;
    cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_FINAL, "no time is left");
    opts.retry = 1;
    opts.retry_delay_us = 1000;
    opts.retry_max_delay_us = 1000;
    j = make_job("GET", "http://h/");
    cr_expect_eq(end_with(j, EVIDENCE_REFUSED), JOB_REPEAT);
    cr_expect_eq(end_with(j, EVIDENCE_NONE), JOB_RETRY, "it took no retry");
    job_begin_hop(j);
    cr_expect_eq(end_with(j, EVIDENCE_NONE), JOB_FINAL);
    cr_expect_eq(j->res.attempts, 3);
}

Test(next, a_post_that_never_left_may_be_tried_again)
{
    struct job *j = make_job("POST", "http://h/");

    opts.retry = 1;
    opts.retry_delay_us = 1000;
    opts.retry_max_delay_us = 1000;
    cr_expect_eq(end_with(j, EVIDENCE_UNSENT), JOB_RETRY);
}

Test(next, a_post_that_was_redirected_is_not_tried_again)
{
    static const enum evidence all[] = {EVIDENCE_UNSENT, EVIDENCE_REFUSED};

    opts.retry = 1;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct job *j = make_job("POST", "http://h/");

        answer(j, 307, "/next");
        cr_assert_eq(j->next, JOB_HOP);
        for (int n = 0; n < 6; n++) {
            result_reset_hop(&j->res);
            j->res.url_effective = j->target.url;
            result_fail(&j->res, ERR_CONNECT, "refused", PHASE_CONNECT, true,
                        "refused");
            j->res.evidence = all[i];
            next_after(j, &opts, 1000);
            cr_expect_neq(j->next, JOB_RETRY, "after %d", n);
        }
        cr_expect_eq(j->next, JOB_FINAL);
    }
}

Test(next, retry_after_is_the_least_that_is_waited)
{
    struct job *j = make_job("GET", "http://h/");

    opts.retry = 1;
    opts.retry_delay_us = 1000;
    opts.retry_max_delay_us = 10000000;
    result_reset_hop(&j->res);
    j->res.status = 429;
    j->res.retry_after_us = 5000000;
    next_after(j, &opts, 0);
    cr_expect_eq(j->next, JOB_RETRY);
    cr_expect_geq(j->due_us, 5000000);
    cr_expect_leq(j->due_us, 5001000);

    j = make_job("GET", "http://h/");
    result_reset_hop(&j->res);
    j->res.status = 429;
    j->res.retry_after_us = 20000000;
    next_after(j, &opts, 0);
    cr_expect_eq(j->next, JOB_FINAL, "longer than one is willing to wait");
}

Test(next, no_retry_starts_after_its_time)
{
    struct job *j = make_job("GET", "http://h/");

    opts.retry = 5;
    opts.retry_max_time_us = 2000;
    j->attempt_us = 1000;
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_RETRY);
    opts.retry_max_time_us = 500;
    j = make_job("GET", "http://h/");
    j->attempt_us = 1000;
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_FINAL);
}

/* The length of the wait counts, not the moment at which it is known. */
Test(next, no_retry_is_waited_for_beyond_its_time)
{
    static const struct {
        int64_t retry_after_us;
        enum job_next next;
    } cases[] = {{4000, JOB_RETRY}, {4001, JOB_FINAL}};

    opts.retry = 1;
    opts.retry_max_delay_us = US_PER_S;
    opts.retry_max_time_us = 5000;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct job *j = make_job("GET", "http://h/");

        result_reset_hop(&j->res);
        j->attempt_us = 1000;
        j->res.status = 503;
        j->res.retry_after_us = cases[i].retry_after_us;
        next_after(j, &opts, 1000);
        cr_expect_eq(j->next, cases[i].next, "case %zu", i);
    }
}

/* Another attempt begins with the POST, whatever it was redirected to. */
Test(next, a_post_that_became_a_get_is_not_tried_again)
{
    struct job *j = make_job("POST", "http://h/");

    opts.retry = 1;
    answer(j, 303, "/x");
    cr_assert_str_eq(j->req.method, "GET");
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_FINAL);
}

Test(next, another_attempt_starts_from_the_first_request)
{
    struct job *j = make_job("POST", "http://h/");

    opts.retry = 1;
    opts.redirects = true;
    opts.retry_all_methods = true;
    answer(j, 303, "http://other/");
    cr_expect_eq(j->next, JOB_HOP);
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_RETRY);
    cr_expect_str_eq(j->req.method, "POST");
    cr_expect_str_eq(j->target.url, "http://h/");
    job_begin_hop(j);
    cr_expect_eq(j->res.num_redirects, 0);
    cr_expect_null(j->res.hops);
    cr_expect_eq(j->attempt_us, 0);
}

Test(next, until_it_starts_the_last_attempt_stands)
{
    struct job *j = make_job("GET", "http://h/");

    opts.retry = 1;
    opts.redirects = true;
    answer(j, 302, "/x");
    job_begin_hop(j); /* the hop; nothing new begins */
    j->attempt_us = 700;
    answer(j, 503, NULL);
    cr_expect_eq(j->next, JOB_RETRY);
    cr_expect_eq(j->res.num_redirects, 1);
    cr_expect_not_null(j->res.hops);
    cr_expect_eq(j->attempt_us, 700);
    result_fail(&j->res, ERR_ABORTED, "interrupted", PHASE_QUEUE, true, "x");
    next_after(j, &opts, 2000);
    cr_expect_eq(j->next, JOB_FINAL);
    cr_expect_eq(j->res.attempts, 1, "there was no other one");
}
