#include <criterion/criterion.h>

#include <string.h>

#include "addr_text.h"
#include "cli/opts.h"
#include "job/job.h"
#include "url/access.h"
#include "url/hostset.h"
#include "url/route.h"

static struct job_pool *pool;
static struct job *job;

static void
setup(void)
{
    pool = job_pool_new();
    job = job_new(pool);
}

static void
teardown(void)
{
    job_free(pool, job);
    job_pool_free(pool);
}

TestSuite(access, .init = setup, .fini = teardown);

/* The code of what stands in the way of a URL and then of its addresses. */
static const char *
judge(const struct opts *opts, const char *url, const char *addrs)
{
    static struct url_flaw flaw;
    static struct addr v[4];

    cr_assert_eq(
        url_parse(url, strlen(url), "https", &job->mem, &job->target, &flaw),
        0);
    route_select(opts, &job->target, &job->mem);
    job->addrs = addr_list_of(addrs, v, ARRAY_LEN(v));
    if (access_check_url(opts, &job->target, &flaw) ||
        access_filter(opts, job, &flaw))
        return flaw.code;
    return "pass";
}

Test(access, without_options_nothing_is_refused)
{
    struct opts opts = {0};

    cr_expect_str_eq(judge(&opts, "http://127.0.0.1/", NULL), "pass");
    cr_expect_str_eq(judge(&opts, "http://a.test/", "10.0.0.1"), "pass");
    cr_expect_not(access_is_on(&opts));
}

Test(access, private_addresses_are_removed)
{
    struct opts opts = {.deny_private = true};

    cr_expect_str_eq(judge(&opts, "http://8.8.8.8/", NULL), "pass");
    cr_expect_str_eq(judge(&opts, "http://10.0.0.1/", NULL), "private_address");
    cr_expect_str_eq(judge(&opts, "http://2130706433/", NULL),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://0x7f.1/", NULL), "private_address");
    cr_expect_str_eq(judge(&opts, "http://[fe80::1%25lo]/", NULL),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://a.test/", "10.0.0.1,::1"),
                     "private_address");
    cr_expect_str_eq(
        judge(&opts, "http://a.test/", "10.0.0.1,8.8.8.8,::1,2a00::1"), "pass");
    cr_expect_str_eq(addr_list_text(job->addrs), "8.8.8.8,2a00::1");
}

Test(access, addresses_that_cannot_be_checked_are_refused)
{
    static const char *entries[] = {"a.test::[no:address]:"};
    struct opts opts = {.deny_private = true, .connect_to = {entries, 1}};

    cr_expect_str_eq(judge(&opts, "http://a.test/", NULL), "host_denied");
}

Test(access, denied_hosts_are_known_by_name_and_address)
{
    static const char *const denied[] = {"a.test", "*.b.test", "192.0.2.0/24"};
    struct opts opts = {.deny = hostset_new(denied, ARRAY_LEN(denied))};

    cr_expect_str_eq(judge(&opts, "http://a.test/", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://A.TEST./", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://x.b.test/", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://b.test/", "8.8.8.8"), "pass");
    cr_expect_str_eq(judge(&opts, "http://192.0.2.1/", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://c.test/", "192.0.2.1"),
                     "host_denied");
    cr_expect_str_eq(judge(&opts, "http://c.test/", "192.0.2.1,10.0.0.1"),
                     "pass");
    cr_expect_str_eq(addr_list_text(job->addrs), "10.0.0.1");
    hostset_free(opts.deny);
}

Test(access, only_allowed_hosts_are_contacted)
{
    static const char *const allowed[] = {"a.test", "*.b.test", "192.0.2.0/24"};
    static const char *const denied[] = {"x.b.test"};
    struct opts opts = {.allow = hostset_new(allowed, ARRAY_LEN(allowed)),
                        .deny = hostset_new(denied, ARRAY_LEN(denied))};

    cr_expect_str_eq(judge(&opts, "http://a.test/", "8.8.8.8"), "pass");
    cr_expect_str_eq(judge(&opts, "http://y.b.test/", "8.8.8.8"), "pass");
    cr_expect_str_eq(judge(&opts, "http://x.b.test/", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://c.test/", "8.8.8.8"), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://c.test/", "192.0.2.1"), "pass");
    cr_expect_str_eq(judge(&opts, "http://8.8.8.8/", NULL), "host_denied");
    cr_expect_str_eq(judge(&opts, "http://192.0.2.8/", NULL), "pass");
    hostset_free(opts.allow);
    hostset_free(opts.deny);
}

Test(access, without_networks_a_name_is_refused_before_its_look_up)
{
    static const char *const allowed[] = {"a.test"};
    struct opts opts = {.allow = hostset_new(allowed, ARRAY_LEN(allowed))};
    struct url_flaw flaw;

    cr_expect_str_eq(judge(&opts, "http://a.test/", "8.8.8.8"), "pass");
    (void)judge(&opts, "http://c.test/", NULL);
    cr_expect_eq(access_check_url(&opts, &job->target, &flaw), -1);
    cr_expect_str_eq(flaw.message, "'c.test' is not among the allowed hosts");
    hostset_free(opts.allow);
}

Test(access, only_an_allowed_address_may_be_private)
{
    static const char *const allowed[] = {"a.test", "10.0.0.0/8"};
    struct opts opts = {.deny_private = true,
                        .allow = hostset_new(allowed, ARRAY_LEN(allowed))};

    cr_expect_str_eq(judge(&opts, "http://10.1.1.1/", NULL), "pass");
    cr_expect_str_eq(judge(&opts, "http://a.test/", "10.1.1.1"), "pass");
    cr_expect_str_eq(judge(&opts, "http://a.test/", "192.168.1.1"),
                     "private_address");
    hostset_free(opts.allow);
}

Test(access, behind_a_proxy_only_the_name_is_checked)
{
    static const char *const allowed[] = {"a.test", "192.0.2.0/24"};
    struct opts opts = {.deny_private = true,
                        .proxy_http = "http://127.0.0.1:3128"};

    cr_expect_str_eq(judge(&opts, "http://10.0.0.1/", NULL), "private_address");
    cr_expect_str_eq(judge(&opts, "http://localhost/", NULL),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://a.localhost./", NULL),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://localhost.test/", "127.0.0.1"),
                     "pass");
    opts.allow = hostset_new(allowed, ARRAY_LEN(allowed));
    cr_expect_str_eq(judge(&opts, "http://c.test/", "127.0.0.1"),
                     "host_denied");
    hostset_free(opts.allow);
}

Test(access, behind_a_unix_socket_only_the_name_is_checked)
{
    static const char *const allowed[] = {"a.test", "192.0.2.0/24"};
    struct opts opts = {.deny_private = true, .unix_socket = "/x"};

    cr_expect_str_eq(judge(&opts, "http://localhost/", NULL),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://a.test/", NULL), "pass");
    opts.allow = hostset_new(allowed, ARRAY_LEN(allowed));
    cr_expect_str_eq(judge(&opts, "http://c.test/", NULL), "host_denied");
    hostset_free(opts.allow);
}

Test(access, addresses_are_checked_if_names_are_looked_up_here)
{
    struct opts opts = {.deny_private = true,
                        .proxy_http = "socks5://127.0.0.1:1080"};

    cr_expect_str_eq(judge(&opts, "http://a.test/", "127.0.0.1"),
                     "private_address");
    cr_expect_str_eq(judge(&opts, "http://a.test/", "8.8.8.8"), "pass");
}

Test(access, the_address_of_connect_to_is_checked)
{
    static const char *entries[] = {"a.test::127.0.0.1:"};
    struct opts opts = {.deny_private = true, .connect_to = {entries, 1}};

    cr_expect_str_eq(judge(&opts, "http://a.test/", NULL), "private_address");
}
