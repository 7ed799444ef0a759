#include "job/job.h"
#include "report/examples.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

static struct examples *e;
static struct job_pool *pool;

static void
set_up(void)
{
    e = examples_new(false);
    pool = job_pool_new();
}

static void
tear_down(void)
{
    examples_free(e);
    job_pool_free(pool);
}

TestSuite(examples, .init = set_up, .fini = tear_down);

static void
add(uint64_t index, const char *url, int status, const char *code,
    int64_t time_us)
{
    struct job *j = job_new(pool);

    j->index = index;
    j->url_given = url;
    j->url_given_len = url ? strlen(url) : 0;
    j->res.status = status;
    if (code)
        result_fail(&j->res, status ? ERR_HTTP : ERR_CONNECT, code,
                    PHASE_CONNECT, true, "said of %s", code);
    examples_add(e, j, time_us);
    job_free(pool, j);
}

Test(examples, a_status_has_its_first_urls_without_their_users)
{
    const struct example_urls *urls;

    for (uint64_t i = 0; i < 10; i++)
        add(i, "http://me:pw@h/", 200, NULL, 1);
    urls = examples_of_status(e, 200);
    cr_expect_eq(urls->n, EXAMPLES_URLS);
    for (size_t i = 0; i < urls->n; i++) {
        cr_expect_eq(urls->v[i].index, i);
        cr_expect_str_eq(urls->v[i].url, "http://***@h/");
    }
    cr_expect_eq(examples_of_status(e, 201)->n, 0);
}

Test(examples, a_long_url_is_cut_between_two_characters)
{
    char url[1001];
    const char *got;

    memset(url, 'x', sizeof(url) - 1);
    url[sizeof(url) - 1] = '\0';
    memcpy(url + 299, "\xc3\xa4", 2); /* the cut would be in it */
    add(0, url, 200, NULL, 1);
    got = examples_of_status(e, 200)->v[0].url;
    cr_expect_eq(strlen(got), 299 + 3, "%s", got);
    cr_expect_str_eq(got + 299, "\xe2\x80\xa6");
}

Test(examples, errors_are_told_by_code_most_frequent_first)
{
    const struct example_error *list[EXAMPLES_ERRORS];

    add(0, "http://a/", 0, "refused", 1);
    add(1, NULL, 0, "reset", 1);
    add(2, "http://c/", 0, "reset", 1);
    add(3, "http://d/", 404, "http_404", 1);
    cr_assert_eq(examples_errors(e, list), 2, "those of a status are no kind");
    cr_expect_str_eq(list[0]->code, "reset");
    cr_expect_str_eq(list[0]->message, "said of reset");
    cr_expect_eq(list[0]->n, 2);
    cr_expect_null(list[0]->urls.v[0].url);
    cr_expect_str_eq(list[1]->code, "refused");
    cr_expect_eq(examples_other_errors(e), 0);
}

Test(examples, kinds_of_errors_are_bounded)
{
    const struct example_error *list[EXAMPLES_ERRORS];
    char code[32];

    for (int i = 0; i < EXAMPLES_ERRORS + 10; i++) {
        snprintf(code, sizeof(code), "code_%d", i);
        add(0, "http://a/", 0, code, 1);
    }
    cr_expect_eq(examples_errors(e, list), EXAMPLES_ERRORS);
    cr_expect_eq(examples_other_errors(e), 10);
}

Test(examples, the_slowest_are_kept_in_order)
{
    const struct example_slow *list;

    for (uint64_t i = 0; i < 100; i++)
        add(i, "http://a/", 200, NULL, (int64_t)(i * 37 % 100));
    add(0, "http://a/", 0, "unsent", -1);
    cr_assert_eq(examples_slow(e, &list), EXAMPLES_SLOW);
    for (size_t i = 0; i < EXAMPLES_SLOW; i++)
        cr_expect_eq(list[i].time_us, 99 - (int64_t)i);
}
