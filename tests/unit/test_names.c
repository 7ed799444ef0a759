/* The scheduler's look-ups: which names, when, and what it does with them. */
#include "addr_text.h"
#include "sched_fixture.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#define A       "http://a:80"
#define B       "http://b:80"
#define C       "http://c:80"
#define NUMERIC "http://192.0.2.7:80"

static struct sched_config
lookup_config(int64_t ttl_us)
{
    struct sched_config c = FX_CONFIG;

    c.lookup = true;
    c.dns_ttl_us = ttl_us;
    return c;
}

static void
start(struct fixture *f)
{
    struct sched_config c = lookup_config(10 * US_PER_S);

    fx_start(f, &c);
}

Test(names, a_host_starts_when_its_name_is_resolved)
{
    struct fixture f;
    struct origin *h;
    const struct job *j;

    start(&f);
    fx_add(&f, A);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1);
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    cr_assert_null(fx_next(&f));
    cr_assert_null(fx_lookup(&f), "once is enough");
    fx_resolve(&f, h, "192.0.2.1");
    j = fx_next(&f);
    cr_assert_str_eq(j->target.key, A);
    cr_assert_str_eq(addr_list_text(j->addrs), "192.0.2.1");
    fx_stop(&f);
}

Test(names, names_are_looked_up_in_order_of_arrival)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add(&f, B);
    fx_add(&f, A);
    fx_add(&f, B);
    fx_add(&f, C);
    cr_assert_str_eq(fx_lookup_name(&f, &h), "b");
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    cr_assert_str_eq(fx_lookup_name(&f, &h), "c");
    fx_stop(&f);
}

Test(names, a_hops_host_is_looked_up_first)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add(&f, A);
    fx_add(&f, B);
    fx_add_hop(&f, C);
    cr_assert_str_eq(fx_lookup_name(&f, &h), "c");
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    fx_stop(&f);
}

Test(names, only_names_are_looked_up_that_we_connect_to)
{
    static const struct {
        const char *key;
        bool lookup, is_looked_up;
    } cases[] = {
        {A, true, true},
        {A, false, false},
        {NUMERIC, true, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = lookup_config(US_PER_S);
        struct fixture f;
        struct job *j;

        c.lookup = cases[i].lookup;
        fx_start(&f, &c);
        j = fx_job(&f, cases[i].key);
        sched_add(f.s, j, f.now_us);
        cr_assert_eq(fx_lookup(&f) != NULL, cases[i].is_looked_up);
        cr_assert_eq(!fx_next(&f), cases[i].is_looked_up, "case %zu", i);
        cr_assert_eq(j->addrs.n, 0);
        fx_stop(&f);
    }
}

Test(names, a_name_without_an_answer_delays_no_other)
{
    struct fixture f;
    struct origin *dead, *h;

    start(&f);
    fx_add(&f, A);
    fx_add(&f, B);
    fx_add(&f, NUMERIC);
    cr_assert_str_eq(fx_next_key(&f), NUMERIC);
    dead = fx_lookup(&f);
    h = fx_lookup(&f);
    fx_resolve(&f, h, "192.0.2.1");
    cr_assert_str_eq(fx_next_key(&f), B);
    cr_assert_eq(fx_fail(&f, dead), 1);
    fx_stop(&f);
}

Test(names, few_names_are_looked_up_ahead)
{
    static const struct {
        uint32_t concurrency;
        size_t ahead;
    } cases[] = {{1, 64}, {32, 64}, {33, 66}, {100, 200}};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = lookup_config(10 * US_PER_S);
        size_t ahead = cases[i].ahead;
        struct fixture f;
        char key[32];

        c.limit = c.concurrency = cases[i].concurrency;
        fx_start(&f, &c);
        for (int n = 0; n < 500; n++) {
            snprintf(key, sizeof(key), "http://h%d:80", n);
            fx_add(&f, key);
        }
        cr_assert_eq(fx_resolve_all(&f, "192.0.2.1"), ahead);
        cr_assert_eq(fx_next_all(&f), c.concurrency);
        cr_assert_eq(fx_resolve_all(&f, "192.0.2.1"), c.concurrency,
                     "as many as have left");
        fx_stop(&f);
    }
}

Test(names, hosts_that_had_a_turn_do_not_hold_up_look_ups)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;
    char key[32];

    c.limit = c.concurrency = 1;
    fx_start(&f, &c);
    for (int n = 0; n < 64; n++) {
        snprintf(key, sizeof(key), "http://h%d:80", n);
        fx_add_n(&f, key, 50);
    }
    fx_add(&f, A);
    cr_assert_eq(fx_resolve_all(&f, "192.0.2.1"), 64);
    fx_next(&f); /* its 49 others stay in the ring */
    cr_assert_eq(fx_resolve_all(&f, "192.0.2.1"), 1);
    for (unsigned n = 1; fx_ninflight(&f, A, -1) == 0; n++) {
        cr_assert_leq(n, 65 * SCHED_TURN_MOST, "one round, not all 3,200 jobs");
        fx_done_all(&f, "1.1");
        fx_next(&f);
    }
    fx_stop(&f);
}

/* ---- addresses ---------------------------------------------------------- */

Test(names, addresses_take_turns_within_their_family)
{
    static const struct {
        const char *addrs;
        const char *turns[4];
    } cases[] = {
        {"192.0.2.1", {"192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.1"}},
        {"192.0.2.1,192.0.2.2,192.0.2.3",
         {"192.0.2.1,192.0.2.2,192.0.2.3", "192.0.2.2,192.0.2.3,192.0.2.1",
          "192.0.2.3,192.0.2.1,192.0.2.2", "192.0.2.1,192.0.2.2,192.0.2.3"}},
        {"2001:db8::1,192.0.2.1,2001:db8::2",
         {"2001:db8::1,2001:db8::2,192.0.2.1",
          "2001:db8::2,2001:db8::1,192.0.2.1",
          "2001:db8::1,2001:db8::2,192.0.2.1",
          "2001:db8::2,2001:db8::1,192.0.2.1"}},
        {"192.0.2.1,::1,192.0.2.2",
         {"192.0.2.1,192.0.2.2,::1", "192.0.2.2,192.0.2.1,::1",
          "192.0.2.1,192.0.2.2,::1", "192.0.2.2,192.0.2.1,::1"}},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;

        start(&f);
        fx_add_n(&f, A, 4);
        fx_resolve(&f, fx_lookup(&f), cases[i].addrs);
        for (int n = 0; n < 4; n++)
            cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs),
                             cases[i].turns[n]);
        fx_stop(&f);
    }
}

/* A request to the name ends on a new connection to peer. */
static void
connect_to(struct fixture *f, struct job *j, const char *peer)
{
    j->res.reused = 0;
    snprintf(j->res.remote_ip, sizeof(j->res.remote_ip), "%s", peer);
    fx_done(f, j, "1.1");
}

Test(names, an_address_that_does_not_answer_is_tried_last)
{
    struct fixture f;
    struct job *j;

    start(&f);
    fx_add_n(&f, A, 8);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1,192.0.2.2,192.0.2.3,::1");
    connect_to(&f, fx_next(&f), "192.0.2.2");
    j = fx_next(&f);
    cr_assert_str_eq(addr_list_text(j->addrs),
                     "192.0.2.3,192.0.2.2,192.0.2.1,::1");
    connect_to(&f, j, "192.0.2.3");
    j = fx_next(&f);
    cr_assert_str_eq(addr_list_text(j->addrs),
                     "192.0.2.2,192.0.2.3,192.0.2.1,::1");
    /* The other family may have been the faster one. */
    connect_to(&f, j, "::1");
    j = fx_next(&f);
    cr_assert_str_eq(addr_list_text(j->addrs),
                     "192.0.2.3,192.0.2.2,192.0.2.1,::1");
    /* On a kept connection its addresses were not tried. */
    j->res.reused = 1;
    snprintf(j->res.remote_ip, sizeof(j->res.remote_ip), "192.0.2.2");
    fx_done(&f, j, "1.1");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs),
                     "192.0.2.2,192.0.2.3,192.0.2.1,::1");
    fx_stop(&f);
}

Test(names, an_address_is_tried_last_for_a_while)
{
    struct fixture f;

    start(&f);
    fx_add_n(&f, A, 4);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1,192.0.2.2");
    connect_to(&f, fx_next(&f), "192.0.2.2");
    f.now_us += 100 * US_PER_S;
    /* A new answer of the servers does not end it. */
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1,192.0.2.2");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.2,192.0.2.1");
    f.now_us += 200 * US_PER_S;
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1,192.0.2.2");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.1,192.0.2.2");
    fx_stop(&f);
}

Test(names, an_address_that_answers_again_takes_its_turn)
{
    struct fixture f;

    start(&f);
    fx_add_n(&f, A, 3);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1,192.0.2.2");
    connect_to(&f, fx_next(&f), "192.0.2.2");
    connect_to(&f, fx_next(&f), "192.0.2.1");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.1,192.0.2.2");
    fx_stop(&f);
}

Test(names, a_flood_of_addresses_is_cut)
{
    struct addr addrs[1000];
    struct fixture f;

    start(&f);
    fx_add(&f, A);
    for (size_t i = 0; i < ARRAY_LEN(addrs); i++)
        addrs[i] = addr_of("192.0.2.1");
    sched_resolved(f.s, fx_lookup(&f),
                   (struct addr_list){addrs, ARRAY_LEN(addrs)}, 0, f.now_us);
    cr_assert_leq(fx_next(&f)->addrs.n, 32);
    fx_stop(&f);
}

/* The answer of another look-up's time is not good for as long again. */
Test(names, an_answer_that_is_old_already_is_good_for_the_rest)
{
    struct addr addr = addr_of("192.0.2.1");
    struct fixture f;

    start(&f);
    fx_add_n(&f, A, 2);
    sched_resolved(f.s, fx_lookup(&f), (struct addr_list){&addr, 1},
                   9 * US_PER_S, f.now_us);
    cr_assert_not_null(fx_next(&f));
    f.now_us += US_PER_S + 1;
    cr_assert_null(fx_next(&f));
    cr_assert_not_null(fx_lookup(&f));
    fx_stop(&f);
}

Test(names, old_addresses_are_looked_up_again)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add_n(&f, A, 3);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    f.now_us += 10 * US_PER_S;
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.1",
                     "just good");
    f.now_us += 1;
    cr_assert_null(fx_next(&f));
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    cr_assert_null(fx_next(&f));
    fx_resolve(&f, h, "192.0.2.2");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.2");
    fx_stop(&f);
}

Test(names, a_host_that_lost_its_turn_to_old_addresses_comes_first)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;

    c.concurrency = 2;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    fx_add_n(&f, NUMERIC, 9);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    f.now_us += 11 * US_PER_S;
    cr_assert_str_eq(fx_next_key(&f), NUMERIC, "not A, whose turn it is not");
    cr_assert_str_eq(fx_next_key(&f), NUMERIC, "A had its turn");
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_done_all(&f, "1.1");
    cr_assert_str_eq(fx_next_key(&f), A);
    cr_assert_str_eq(fx_next_key(&f), NUMERIC);
    fx_stop(&f);
}

Test(names, without_a_time_to_live_an_answer_serves_its_moment)
{
    struct sched_config c = lookup_config(0);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, A, 5);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    cr_assert_not_null(fx_next(&f));
    cr_assert_not_null(fx_next(&f));
    f.now_us += US_PER_MS;
    cr_assert_not_null(fx_next(&f));
    f.now_us += 1;
    cr_assert_null(fx_next(&f));
    fx_resolve(&f, fx_lookup(&f), "192.0.2.2");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.2");
    fx_stop(&f);
}

Test(names, the_job_that_an_answer_was_for_may_come_late)
{
    struct sched_config c = lookup_config(0);
    struct fixture f;

    c.concurrency = 1;
    fx_start(&f, &c);
    fx_add(&f, NUMERIC);
    fx_next(&f);
    fx_add_n(&f, A, 2);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    f.now_us += 30 * US_PER_MS;
    fx_done_all(&f, "1.1");
    cr_assert_str_eq(fx_next_key(&f), A, "else it never would start");
    fx_done_all(&f, "1.1");
    cr_assert_null(fx_next(&f), "the next one wants an answer of its own");
    cr_assert_not_null(fx_lookup(&f));
    fx_stop(&f);
}

/* ---- refreshing --------------------------------------------------------- */

Test(names, a_busy_host_is_looked_up_before_its_addresses_are_old)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add_n(&f, A, 9);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_next(&f);
    f.now_us += 8 * US_PER_S - 1;
    cr_assert_null(fx_lookup(&f));
    f.now_us += 1;
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    cr_assert_null(fx_lookup(&f), "once");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.1",
                     "it goes on");
    f.now_us += 2 * US_PER_S;
    cr_assert_not_null(fx_next(&f));
    fx_resolve(&f, h, "192.0.2.2");
    cr_assert_str_eq(addr_list_text(fx_next(&f)->addrs), "192.0.2.2");
    cr_assert_eq(f.inflight[3]->dns_us, 0, "nobody waited for it");
    f.now_us += 8 * US_PER_S;
    cr_assert_str_eq(fx_lookup_name(&f, &h), "a");
    fx_stop(&f);
}

Test(names, an_idle_host_is_not_looked_up_again)
{
    struct fixture f;

    start(&f);
    fx_add_n(&f, A, 1);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_next(&f);
    f.now_us += 9 * US_PER_S;
    cr_assert_null(fx_lookup(&f), "nothing is queued");
    fx_stop(&f);
}

Test(names, addresses_that_nobody_used_are_not_refreshed)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;

    c.concurrency = 1;
    fx_start(&f, &c);
    fx_add(&f, NUMERIC);
    fx_next(&f);
    fx_add_n(&f, A, 3);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    f.now_us += 9 * US_PER_S;
    cr_assert_null(fx_lookup(&f));
    fx_done_all(&f, "1.1");
    fx_next(&f);
    cr_assert_not_null(fx_lookup(&f), "now they are in use");
    fx_stop(&f);
}

Test(names, a_refresh_that_fails_is_no_failure_yet)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add_n(&f, A, 9);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_next(&f);
    f.now_us += 8 * US_PER_S;
    h = fx_lookup(&f);
    cr_assert_eq(fx_fail(&f, h), 0);
    cr_assert_not_null(fx_next(&f));
    cr_assert_null(fx_lookup(&f), "it is not asked again at once");
    f.now_us += 3 * US_PER_S;
    cr_assert_null(fx_next(&f));
    h = fx_lookup(&f);
    cr_assert_not_null(h);
    cr_assert_eq(fx_fail(&f, h), 7);
    fx_stop(&f);
}

Test(names, a_refresh_that_fails_too_late_costs_the_jobs_that_wait)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add_n(&f, A, 3);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_next(&f);
    f.now_us += 9 * US_PER_S;
    h = fx_lookup(&f);
    f.now_us += 4 * US_PER_S;
    cr_assert_eq(fx_fail(&f, h), 2);
    fx_stop(&f);
}

/* ---- whose wait it is --------------------------------------------------- */

Test(names, jobs_that_waited_for_nothing_else_are_charged_with_the_look_up)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;
    struct origin *h;
    struct job *j;

    c.limit_per_host = 2;
    fx_start(&f, &c);
    fx_add(&f, A);
    f.now_us += 100; /* in our queue */
    h = fx_lookup(&f);
    f.now_us += 30;
    fx_add_n(&f, A, 2);
    f.now_us += 1000; /* for the name */
    fx_resolve(&f, h, "192.0.2.1");
    f.now_us += 5; /* and in our queue again */
    j = fx_next(&f);
    cr_assert_eq(j->dns_us, 1030);
    cr_assert_eq(j->queue_us, 105);
    j = fx_next(&f);
    cr_assert_eq(j->dns_us, 1000);
    cr_assert_eq(j->queue_us, 5);
    fx_done_all(&f, "1.1");
    j = fx_next(&f);
    cr_assert_eq(j->dns_us, -1, "it had no room");
    cr_assert_eq(j->queue_us, 1005);
    fx_stop(&f);
}

Test(names, jobs_beyond_the_total_limit_are_not_charged)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;
    struct origin *h;

    c.concurrency = 1;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    h = fx_lookup(&f);
    f.now_us += 70;
    fx_resolve(&f, h, "192.0.2.1");
    cr_assert_eq(fx_next(&f)->dns_us, 70);
    fx_done_all(&f, "1.1");
    cr_assert_eq(fx_next(&f)->dns_us, -1);
    fx_stop(&f);
}

Test(names, a_job_that_came_after_the_answer_is_not_charged)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add(&f, A);
    h = fx_lookup(&f);
    f.now_us += 70;
    fx_resolve(&f, h, "192.0.2.1");
    fx_add_hop(&f, A);
    cr_assert_eq(fx_next(&f)->dns_us, -1);
    cr_assert_eq(fx_next(&f)->dns_us, 70);
    fx_stop(&f);
}

Test(names, a_late_refresh_is_charged_from_where_the_old_addresses_ended)
{
    struct fixture f;
    struct origin *h;
    struct job *j;

    start(&f);
    fx_add_n(&f, A, 2);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    fx_next(&f);
    f.now_us += 9 * US_PER_S;
    h = fx_lookup(&f);
    f.now_us += 3 * US_PER_S;
    fx_resolve(&f, h, "192.0.2.1");
    j = fx_next(&f);
    cr_assert_eq(j->dns_us, 2 * US_PER_S);
    cr_assert_eq(j->queue_us, 10 * US_PER_S);
    fx_stop(&f);
}

Test(names, a_failed_look_up_takes_all_that_wait)
{
    struct fixture f;
    struct origin *h;
    struct job *j;

    start(&f);
    fx_add(&f, A);
    f.now_us += 10;
    h = fx_lookup(&f);
    f.now_us += 200;
    fx_add(&f, A);
    fx_add(&f, B);
    f.now_us += 3000;
    j = sched_take_failed(f.s, h, f.now_us);
    cr_assert_eq(j->index, 0);
    cr_assert_eq(j->queue_us, 10);
    cr_assert_eq(j->dns_us, 3200);
    fx_drop(&f, j);
    j = sched_take_failed(f.s, h, f.now_us);
    cr_assert_eq(j->queue_us, 0);
    cr_assert_eq(j->dns_us, 3000);
    fx_drop(&f, j);
    cr_assert_null(sched_take_failed(f.s, h, f.now_us));
    cr_assert_eq(sched_check(f.s), 1, "B");
    cr_assert_eq(sched_nqueued(f.s), 1);
    fx_stop(&f);
}

Test(names, after_a_failed_look_up_a_new_job_tries_again)
{
    struct fixture f;

    start(&f);
    fx_add(&f, A);
    cr_assert_eq(fx_fail(&f, fx_lookup(&f)), 1);
    fx_add(&f, A);
    cr_assert_not_null(fx_lookup(&f));
    fx_stop(&f);
}

Test(names, waiting_for_a_name_is_not_waiting_in_the_queue)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;
    struct origin *h;
    struct job *j;

    c.queue_timeout_us = 1000;
    fx_start(&f, &c);
    fx_add_n(&f, A, 1);
    f.now_us += 400;
    h = fx_lookup(&f);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1);
    f.now_us += 5000;
    cr_assert_null(sched_take(f.s, TAKE_EXPIRED, f.now_us));
    fx_resolve(&f, h, "192.0.2.1");
    f.now_us += 599;
    cr_assert_null(sched_take(f.s, TAKE_EXPIRED, f.now_us));
    f.now_us += 1;
    j = sched_take(f.s, TAKE_EXPIRED, f.now_us);
    cr_assert_not_null(j);
    cr_assert_eq(j->queue_us, 1000);
    cr_assert_eq(j->dns_us, 5000);
    fx_drop(&f, j);
    fx_stop(&f);
}

Test(names, a_job_behind_one_that_was_charged_expires_in_time)
{
    struct sched_config c = lookup_config(10 * US_PER_S);
    struct fixture f;
    struct origin *h;
    struct job *j;

    c.queue_timeout_us = 1000;
    c.concurrency = 2;
    fx_start(&f, &c);
    fx_add_n(&f, A, 3); /* two are charged with 900, and start late */
    h = fx_lookup(&f);
    f.now_us += 500;
    fx_add_n(&f, NUMERIC, 3); /* wait up to 1500 */
    f.now_us += 400;
    fx_resolve(&f, h, "192.0.2.1");
    cr_assert_str_eq(fx_next_key(&f), NUMERIC);
    cr_assert_eq(fx_next(&f)->dns_us, 900);
    fx_done_all(&f, "1.1");
    cr_assert_str_eq(fx_next_key(&f), NUMERIC);
    cr_assert_eq(fx_next(&f)->dns_us, 900);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 100);
    f.now_us += 100;
    j = sched_take(f.s, TAKE_EXPIRED, f.now_us);
    cr_assert_not_null(j);
    cr_assert_eq(j->index, 2);
    cr_assert_eq(j->queue_us, 1000);
    cr_assert_eq(j->dns_us, -1);
    fx_drop(&f, j);
    fx_stop(&f);
}

Test(names, a_host_whose_jobs_were_taken_waits_for_its_answer)
{
    struct fixture f;
    struct origin *h;
    struct job *j;

    for (int fails = 0; fails < 2; fails++) {
        start(&f);
        fx_add(&f, A);
        h = fx_lookup(&f);
        j = sched_take(f.s, TAKE_ANY, f.now_us);
        fx_drop(&f, j);
        cr_assert_eq(sched_check(f.s), 1);
        if (fails)
            cr_assert_eq(fx_fail(&f, h), 0);
        else
            fx_resolve(&f, h, "192.0.2.1");
        cr_assert_eq(sched_check(f.s), 0);
        fx_stop(&f);
    }
}

Test(names, a_scheduler_may_be_freed_while_names_are_looked_up)
{
    struct fixture f;
    struct job *j;

    start(&f);
    fx_add(&f, A);
    cr_assert_not_null(fx_lookup(&f));
    j = sched_take(f.s, TAKE_ANY, f.now_us);
    fx_drop(&f, j);
    fx_stop(&f);
}

Test(names, jobs_that_wait_for_their_name_are_counted_apart)
{
    struct fixture f;
    struct origin *h;

    start(&f);
    fx_add_n(&f, A, 2);
    fx_add(&f, NUMERIC);
    cr_assert_eq(sched_nlooking(f.s), 0, "nobody looks yet");
    h = fx_lookup(&f);
    fx_add(&f, A);
    cr_assert_eq(sched_nlooking(f.s), 3);
    cr_assert_eq(sched_nqueued(f.s), 4);
    fx_drop(&f, sched_take_failed(f.s, h, f.now_us));
    cr_assert_eq(sched_nlooking(f.s), 2);
    fx_resolve(&f, h, "192.0.2.1");
    cr_assert_eq(sched_nlooking(f.s), 0);
    fx_stop(&f);
}
