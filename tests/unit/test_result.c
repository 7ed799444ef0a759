#include <criterion/criterion.h>

#include "job/result.h"

Test(result, nothing_of_a_hop_is_left_for_the_next)
{
    static const struct tls_info tls;
    struct hop hop = {.next = NULL};
    struct result r;

    result_init(&r);
    result_fail(&r, ERR_TIMEOUT, "read", PHASE_RECEIVE, true, "slow");
    r.status = 200;
    r.http_version = "2";
    r.remote_ip[0] = '1';
    r.remote_port = 80;
    r.reused = 1;
    r.content_type = r.location = r.body_path = r.sha256 = "x";
    r.content_length = r.size_download = r.size_body = 1;
    r.has_timing = r.is_response_dropped = r.body_truncated = true;
    r.retry_after_us = 1;
    r.tls = &tls;
    buf_addstr(&r.headers, "A: b");
    buf_addstr(&r.body, "text");
    r.attempts = r.num_redirects = 1;
    r.hops = &hop;

    result_reset_hop(&r);
    cr_expect_eq(r.error.class, ERR_NONE);
    cr_expect_eq(r.status, 0);
    cr_expect_null(r.http_version);
    cr_expect_str_empty(r.remote_ip);
    cr_expect_eq(r.remote_port, 0);
    cr_expect_eq(r.reused, -1);
    cr_expect_null(r.content_type);
    cr_expect_null(r.location);
    cr_expect_null(r.body_path);
    cr_expect_null(r.sha256);
    cr_expect_eq(r.content_length, -1);
    cr_expect_eq(r.size_download, 0);
    cr_expect_eq(r.size_body, 0);
    cr_expect_not(r.has_timing);
    cr_expect_not(r.is_response_dropped);
    cr_expect_not(r.body_truncated);
    cr_expect_eq(r.retry_after_us, -1);
    cr_expect_null(r.tls);
    cr_expect_eq(r.headers.len, 0);
    cr_expect_eq(r.body.len, 0);
    /* Values of the whole job stay. */
    cr_expect_eq(r.attempts, 1);
    cr_expect_eq(r.num_redirects, 1);
    cr_expect_eq(r.hops, &hop);
    result_fini(&r);
}
