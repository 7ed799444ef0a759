#include <criterion/criterion.h>

#include "sched_fixture.h"

#define A       "http://a:80"
#define B       "http://b:80"
#define NUMERIC "http://192.0.2.9:80"
#define S       US_PER_S

static void
start(struct fixture *f)
{
    struct sched_config c = FX_CONFIG;

    c.lookup = true;
    fx_start(f, &c);
}

/* A job that has so long to connect and for all of its attempt; 0: no limit. */
static struct job *
add(struct fixture *f, const char *key, int64_t connect_us, int64_t total_us)
{
    struct job *j = fx_job(f, key);

    j->first.connect_timeout_us = connect_us;
    j->first.timeout_us = total_us;
    sched_add(f->s, j, f->now_us);
    sched_check(f->s);
    return j;
}

/* No job is overdue, and the next one will be after this time (-1: none). */
static void
expect_none(struct fixture *f, int64_t wait_us)
{
    cr_assert_null(sched_take(f->s, TAKE_OVERDUE, f->now_us));
    sched_check(f->s);
    cr_assert_null(fx_next(f));
    cr_assert_eq(f->wait_us, wait_us, "%d s", (int)(f->wait_us / S));
}

static void
expect(struct fixture *f, struct job *want, int64_t dns_us)
{
    struct job *j = sched_take(f->s, TAKE_OVERDUE, f->now_us);

    sched_check(f->s);
    cr_assert_eq(j, want);
    cr_assert_eq(j->dns_us, dns_us);
    cr_assert_eq(j->queue_us, 0);
    fx_drop(f, j);
}

Test(lookup_timeout, each_job_has_its_own_patience)
{
    struct fixture f;
    struct job *slow, *quick, *total;
    struct origin *h;

    start(&f);
    slow = add(&f, A, 30 * S, 0);
    quick = add(&f, A, 2 * S, 300 * S);
    total = add(&f, A, 30 * S, 5 * S);
    h = fx_lookup(&f);
    expect_none(&f, 2 * S);
    f.now_us += 2 * S - 1;
    expect_none(&f, 1);
    f.now_us += 1;
    expect(&f, quick, 2 * S);
    expect_none(&f, 3 * S);
    f.now_us += 3 * S;
    expect(&f, total, 5 * S);
    expect_none(&f, 25 * S);
    f.now_us += 25 * S;
    expect(&f, slow, 30 * S);
    expect_none(&f, -1);
    fx_resolve(&f, h, "192.0.2.1");
    cr_assert_eq(sched_check(f.s), 0);
    fx_stop(&f);
}

Test(lookup_timeout, a_later_job_has_its_whole_time)
{
    struct fixture f;
    struct job *first, *second, *third;

    start(&f);
    first = add(&f, A, 10 * S, 0);
    cr_assert_not_null(fx_lookup(&f));
    f.now_us += 4 * S;
    second = add(&f, A, 10 * S, 0);
    third = add(&f, A, S, 0);
    expect_none(&f, S);
    f.now_us += S;
    expect(&f, third, S);
    f.now_us += 5 * S;
    expect(&f, first, 10 * S);
    expect_none(&f, 4 * S);
    f.now_us += 4 * S;
    expect(&f, second, 10 * S);
    fx_stop(&f);
}

/* A redirected job whose hops took that long, with 10 s in all, is looked up.
 */
static struct job *
add_hop(struct fixture *f, int64_t hops_us)
{
    struct job *j = fx_job(f, A);

    j->first.connect_timeout_us = 30 * S;
    j->first.timeout_us = 10 * S;
    j->attempt_us = hops_us;
    j->res.was_sent = true;
    sched_add_hop(f->s, j, f->now_us);
    cr_assert_not_null(fx_lookup(f));
    return j;
}

Test(lookup_timeout, earlier_hops_count_against_the_attempt)
{
    struct fixture f;
    struct job *j;

    start(&f);
    j = add_hop(&f, 7 * S);
    expect_none(&f, 3 * S);
    f.now_us += 3 * S;
    expect(&f, j, 3 * S);
    fx_stop(&f);
}

Test(lookup_timeout, earlier_hops_may_have_taken_all_of_it)
{
    struct fixture f;
    struct job *j;

    start(&f);
    j = add_hop(&f, 10 * S + 80513);
    expect(&f, j, 0);
    fx_stop(&f);
}

Test(lookup_timeout, an_earlier_attempt_does_not_count)
{
    struct fixture f;
    struct job *j;

    start(&f);
    j = fx_job(&f, A);
    j->first.connect_timeout_us = 30 * S;
    j->first.timeout_us = 10 * S;
    j->attempt_us = 7 * S;
    sched_add_retry(f.s, j, f.now_us, f.now_us);
    cr_assert_null(fx_next(&f));
    cr_assert_not_null(fx_lookup(&f));
    expect_none(&f, 10 * S);
    f.now_us += 10 * S;
    expect(&f, j, 10 * S);
    fx_stop(&f);
}

Test(lookup_timeout, an_answer_ends_it)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    add(&f, A, 2 * S, 0);
    h = fx_lookup(&f);
    f.now_us += S;
    fx_resolve(&f, h, "192.0.2.1");
    f.now_us += 5 * S;
    cr_assert_null(sched_take(f.s, TAKE_OVERDUE, f.now_us));
    cr_assert_not_null(fx_next(&f));
    fx_stop(&f);
}

Test(lookup_timeout, jobs_without_a_limit_or_a_name_are_never_overdue)
{
    struct fixture f;
    struct job *j;

    start(&f);
    add(&f, A, 0, 0);
    add(&f, NUMERIC, S, S);
    cr_assert_not_null(fx_lookup(&f));
    cr_assert_str_eq(fx_next_key(&f), NUMERIC);
    f.now_us += 1000 * S;
    expect_none(&f, -1);
    /* A job with a limit comes after them. */
    j = add(&f, A, S, 0);
    expect_none(&f, S);
    f.now_us += S;
    expect(&f, j, S);
    expect_none(&f, -1);
    fx_stop(&f);
}

Test(lookup_timeout, old_addresses_are_used_until_they_are_too_old)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;

    c.lookup = true;
    c.concurrency = 1;
    fx_start(&f, &c);
    add(&f, A, S, 0);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    cr_assert_not_null(fx_next(&f));
    f.now_us += 8 * S; /* 80 % of their time are over: they are refreshed */
    j = add(&f, A, S, 0);
    cr_assert_not_null(fx_lookup(&f));
    f.now_us += 2 * S + S / 2;
    cr_assert_null(sched_take(f.s, TAKE_OVERDUE, f.now_us));
    f.now_us += S / 2;
    cr_assert_eq(sched_take(f.s, TAKE_OVERDUE, f.now_us), j);
    cr_assert_eq(j->dns_us, S);
    cr_assert_eq(j->queue_us, 2 * S);
    fx_drop(&f, j);
    fx_stop(&f);
}

Test(lookup_timeout, hosts_do_not_mix)
{
    struct fixture f;
    struct job *a, *b;

    start(&f);
    a = add(&f, A, 3 * S, 0);
    b = add(&f, B, 2 * S, 0);
    cr_assert_not_null(fx_lookup(&f));
    cr_assert_not_null(fx_lookup(&f));
    f.now_us += 2 * S;
    expect(&f, b, 2 * S);
    expect_none(&f, S);
    f.now_us += S;
    expect(&f, a, 3 * S);
    fx_stop(&f);
}
