/* The order of turns, and how many jobs may be in flight.  Names: test_names.c.
 * */
#include "addr_text.h"
#include "sched_fixture.h"

#include "base/map.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#define A "http://a:80"
#define B "http://b:80"
#define C "http://c:80"
#define T "https://t:443"

static void
expect_order(struct fixture *f, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cr_assert_str_eq(fx_next_key(f), keys[i], "at %zu", i);
}

/* ---- turns -------------------------------------------------------------- */

Test(sched, an_empty_scheduler_has_nothing_to_start_or_to_wait_for)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1);
    cr_assert_null(fx_lookup(&f));
    cr_assert_null(sched_take(f.s, TAKE_ANY, f.now_us));
    cr_assert_null(sched_take(f.s, TAKE_EXPIRED, f.now_us));
    fx_stop(&f);
    sched_free(NULL);
}

Test(sched, hosts_take_turns_in_order_of_arrival)
{
    static const char *const order[] = {A, B, C, A, B, A, A};
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 4);
    fx_add_n(&f, B, 2);
    fx_add_n(&f, C, 1);
    expect_order(&f, order, ARRAY_LEN(order));
    cr_assert_str_empty(fx_next_key(&f));
    fx_stop(&f);
}

Test(sched, a_host_that_comes_late_has_the_next_turn)
{
    static const char *const order[] = {C, A, B, A, B};
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 9);
    fx_add_n(&f, B, 9);
    cr_assert_str_eq(fx_next_key(&f), A);
    cr_assert_str_eq(fx_next_key(&f), B);
    fx_add(&f, C);
    expect_order(&f, order, ARRAY_LEN(order));
    fx_stop(&f);
}

/* Five hosts with 40 jobs each and two connections; rate 0: none. */
static void
start_crowd(struct fixture *f, double rate)
{
    struct sched_config c = FX_CONFIG;
    char key[32];

    c.rate = rate;
    c.limit = c.concurrency = 2;
    fx_start(f, &c);
    for (int i = 0; i < 5; i++) {
        snprintf(key, sizeof(key), "http://h%d:80", i);
        fx_add_n(f, key, 40);
    }
    sched_set_window_full(f->s, true);
}

Test(sched, a_turn_in_a_crowd_uses_its_connection_several_times)
{
    struct fixture f;
    struct job *other, *j;

    start_crowd(&f, 0);
    other = fx_next(&f);
    for (unsigned i = 1; i <= SCHED_TURN_MOST; i++) {
        j = fx_next(&f);
        cr_assert_null(fx_next(&f));
        cr_assert_str_eq(j->target.key, "http://h1:80", "job %u", i);
        cr_assert_eq(j->keep_conn, i < SCHED_TURN_MOST, "job %u", i);
        fx_done(&f, j, "1.1");
    }
    cr_assert_str_eq(fx_next_key(&f), "http://h2:80");
    fx_done(&f, other, "1.1");
    cr_assert_str_eq(fx_next_key(&f), "http://h0:80");
    fx_stop(&f);
}

Test(sched, a_turn_in_a_crowd_is_over_after_a_slow_answer)
{
    struct fixture f;
    struct job *j;

    start_crowd(&f, 0);
    cr_assert(fx_next(&f)->keep_conn);
    j = fx_next(&f);
    cr_assert(j->keep_conn);
    cr_assert_null(fx_next(&f));
    f.now_us += US_PER_S;
    fx_done(&f, j, "1.1");
    j = fx_next(&f);
    cr_assert_str_eq(j->target.key, "http://h1:80");
    cr_assert_not(j->keep_conn);
    fx_done(&f, j, "1.1");
    cr_assert_str_eq(fx_next_key(&f), "http://h2:80");
    fx_stop(&f);
}

Test(sched, a_crowd_that_waits_for_the_rate_takes_turns_of_one)
{
    struct fixture f;
    char key[32];

    start_crowd(&f, 10);
    for (int i = 0; i < 10; i++) {
        struct job *j = fx_next(&f);

        cr_assert_not_null(j);
        snprintf(key, sizeof(key), "http://h%d:80", i % 5);
        cr_assert_str_eq(j->target.key, key);
        cr_assert_null(fx_next(&f));
        fx_done(&f, j, "1.1");
        f.now_us += US_PER_S / 10;
    }
    fx_stop(&f);
}

Test(sched, a_turn_in_a_crowd_is_over_after_a_failure)
{
    struct fixture f;

    start_crowd(&f, 0);
    cr_assert_eq(fx_next_all(&f), 2);
    fx_done(&f, f.inflight[0], NULL);
    cr_assert_str_eq(fx_next_key(&f), "http://h2:80");
    fx_stop(&f);
}

/* Two hosts with 200 jobs each and three connections. */
static void
start_pair(struct fixture *f)
{
    struct sched_config c = FX_CONFIG;

    c.limit = c.concurrency = 3;
    fx_start(f, &c);
    fx_add_n(f, A, 200);
    fx_add_n(f, B, 200);
    cr_assert_eq(fx_next_all(f), 3);
    sched_set_window_full(f->s, true);
}

Test(sched, hosts_that_fit_keep_their_connections)
{
    struct fixture f;
    size_t nmoved = 0, nof_a = 0;

    start_pair(&f);
    for (int i = 0; i < 300; i++) {
        char from[32];

        snprintf(from, sizeof(from), "%s", f.inflight[0]->target.key);
        nof_a += strcmp(from, A) == 0;
        cr_assert(f.inflight[0]->keep_conn);
        fx_done(&f, f.inflight[0], "1.1");
        nmoved += strcmp(fx_next_key(&f), from) != 0;
        cr_assert_null(fx_next(&f));
    }
    cr_expect_lt(nmoved, 20);
    cr_expect_gt(nmoved, 3,
                 "the third connection is not always the same one's");
    cr_expect(nof_a > 120 && nof_a < 180, "%zu", nof_a);
    fx_stop(&f);
}

Test(sched, a_host_without_a_connection_gets_the_next_one_of_two)
{
    struct fixture f;

    start_pair(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 2);
    fx_add_n(&f, C, 5);
    cr_assert_null(fx_next(&f));
    cr_assert(fx_done_one(&f, B, "1.1"));
    cr_assert_str_eq(fx_next_key(&f), B, "its only one");
    cr_assert_null(fx_next(&f));
    cr_assert(fx_done_one(&f, A, "1.1"));
    cr_assert_str_eq(fx_next_key(&f), C);
    fx_stop(&f);
}

Test(sched, the_jobs_of_a_host_keep_their_order)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 9);
    for (uint64_t i = 0; i < 9; i++)
        cr_assert_eq(fx_next(&f)->index, i);
    fx_stop(&f);
}

Test(sched, a_slow_host_does_not_starve_others)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    char key[32];

    c.limit_per_host = 2;
    fx_start(&f, &c);
    fx_add_n(&f, A, 100);
    for (int i = 0; i < 50; i++) {
        snprintf(key, sizeof(key), "http://fast%d:80", i);
        fx_add(&f, key);
    }
    /* The slow one never answers; the others do at once. */
    for (int n = 0; n < 50;) {
        struct job *j = fx_next(&f);

        cr_assert_not_null(j, "after %d of the others", n);
        if (strcmp(j->target.key, A) != 0) {
            fx_done(&f, j, "1.1");
            n++;
        }
    }
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 2);
    cr_assert_eq(sched_nqueued(f.s), 98);
    fx_stop(&f);
}

Test(sched, a_hop_goes_before_all_that_wait)
{
    static const char *const order[] = {B, C, A, B};
    struct fixture f;
    const struct job *hop;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 2);
    fx_add_n(&f, B, 2);
    hop = fx_add_hop(&f, B);
    fx_add_hop(&f, C);
    cr_assert_eq(fx_next(&f), hop, "before its host's others, and the host");
    expect_order(&f, order + 1, 3);
    fx_stop(&f);
}

Test(sched, hops_of_a_host_keep_their_order)
{
    struct fixture f;
    const struct job *first, *second;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    first = fx_add_hop(&f, A);
    second = fx_add_hop(&f, A);
    cr_assert_eq(fx_next(&f), first);
    cr_assert_eq(fx_next(&f), second);
    cr_assert_eq(fx_next(&f)->index, 0);
    fx_stop(&f);
}

Test(sched, a_hop_waits_for_its_host_to_have_room)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    const struct job *hop;

    c.limit_per_host = 1;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    fx_next(&f);
    hop = fx_add_hop(&f, A);
    cr_assert_null(fx_next(&f));
    fx_done_all(&f, "1.1");
    cr_assert_eq(fx_next(&f), hop);
    fx_stop(&f);
}

/* ---- limits ------------------------------------------------------------- */

Test(sched, no_more_are_in_flight_than_allowed)
{
    static const struct {
        uint32_t limit, concurrency;
        size_t ninflight; /* of 50 jobs for 5 hosts */
    } cases[] = {
        {10, 10, 10}, {10, 1, 1}, {10, 7, 7}, {7, 10, 7}, {100, 100, 50},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = FX_CONFIG;
        struct fixture f;
        char key[32];

        c.limit = cases[i].limit;
        c.concurrency = cases[i].concurrency;
        fx_start(&f, &c);
        for (int n = 0; n < 50; n++) {
            snprintf(key, sizeof(key), "http://h%d:80", n % 5);
            fx_add(&f, key);
        }
        cr_assert_eq(fx_next_all(&f), cases[i].ninflight, "case %zu", i);
        cr_assert_eq(f.wait_us, -1);
        cr_assert_eq(sched_ninflight(f.s), cases[i].ninflight);
        cr_assert_eq(sched_nqueued(f.s), 50 - cases[i].ninflight);
        if (cases[i].ninflight < 50) {
            fx_done(&f, f.inflight[0], "1.1");
            cr_assert_eq(fx_next_all(&f), 1, "one out, one in");
        }
        fx_stop(&f);
    }
}

Test(sched, a_host_gets_the_smaller_of_its_two_limits)
{
    static const struct {
        uint32_t limit_per_host, concurrency_per_host;
        size_t ninflight;
    } cases[] = {{0, 0, 10}, {3, 0, 3}, {0, 4, 4}, {3, 4, 3}, {4, 3, 3}};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = FX_CONFIG;
        struct fixture f;

        c.limit_per_host = cases[i].limit_per_host;
        c.concurrency_per_host = cases[i].concurrency_per_host;
        fx_start(&f, &c);
        fx_add_n(&f, A, 20);
        cr_assert_eq(fx_next_all(&f), cases[i].ninflight, "case %zu", i);
        fx_stop(&f);
    }
}

Test(sched, the_engines_parts_add_up_to_the_limits)
{
    static const struct {
        unsigned nengines;
        uint32_t limit, limit_per_host;
        uint32_t most; /* of limit_per_host in one engine */
    } cases[] = {
        {1, 1, 1, 1},   {2, 100, 0, 0},  {3, 100, 7, 3},
        {4, 100, 4, 1}, {5, 9, 5, 1},    {4, 100, 3, 1},
        {4, 100, 1, 1}, {64, 64, 70, 2}, {7, 1000, 50, 8},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = FX_CONFIG;
        uint32_t limit = 0, per_host = 0, most = 0;

        c.nengines = cases[i].nengines;
        c.limit = cases[i].limit;
        c.limit_per_host = cases[i].limit_per_host;
        for (unsigned e = 0; e < c.nengines; e++) {
            uint32_t share = sched_engine_limit_per_host(&c, e);

            cr_assert_gt(sched_engine_limit(&c, e), 0);
            limit += sched_engine_limit(&c, e);
            per_host += share;
            most = share > most ? share : most;
        }
        cr_assert_eq(limit, c.limit, "case %zu", i);
        cr_assert_eq(most, cases[i].most, "case %zu", i);
        if (c.limit_per_host >= c.nengines)
            cr_assert_eq(per_host, c.limit_per_host, "case %zu", i);
    }
}

Test(sched, limit_per_host_is_exact_over_engines)
{
    for (unsigned nengines = 1; nengines <= 5; nengines++) {
        for (uint32_t per_host = 1; per_host <= 8; per_host++) {
            struct sched_config c = FX_CONFIG;
            struct fixture f;
            char key[32];

            c.nengines = nengines;
            c.limit = c.concurrency = 1000;
            c.limit_per_host = per_host;
            fx_start(&f, &c);
            for (int h = 0; h < 10; h++) {
                snprintf(key, sizeof(key), "http://h%d:80", h);
                fx_add_n(&f, key, 20);
                cr_assert_eq(fx_next_all(&f), per_host, "%s", key);
                for (unsigned e = 0; e < nengines; e++)
                    cr_assert_leq(fx_ninflight(&f, key, (int)e),
                                  sched_engine_limit_per_host(&c, e));
                /* The number does not fall below that either, whichever of them
                 * ends. */
                while (fx_ninflight(&f, key, -1) == per_host &&
                       sched_nqueued(f.s) > 0) {
                    fx_done_one(&f, key, "1.1");
                    fx_next(&f);
                }
                cr_assert_eq(fx_ninflight(&f, key, -1), per_host);
            }
            fx_stop(&f);
        }
    }
}

Test(sched, each_engine_keeps_its_part_of_the_limit)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.nengines = 4;
    c.limit = c.concurrency = 11;
    fx_start(&f, &c);
    fx_add_n(&f, A, 20);
    cr_assert_eq(fx_next_all(&f), 11, "one host may have them all");
    for (int e = 0; e < 4; e++)
        cr_assert_eq(fx_ninflight(&f, NULL, e), e < 3 ? 3 : 2);
    fx_stop(&f);
}

Test(sched, a_host_starts_in_the_engine_that_its_hash_says)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.nengines = 5;
    fx_start(&f, &c);
    fx_add(&f, A);
    fx_add(&f, B);
    for (int i = 0; i < 2; i++) {
        const struct job *j = fx_next(&f);
        const char *key = j->target.key;

        cr_assert_eq(j->engine, map_stable_hash(key, strlen(key)) % 5);
    }
    fx_stop(&f);
}

/* ---- engines that are full ---------------------------------------------- */

/* Fill keys with hosts whose home is the engine. */
static void
hosts_of_engine(char keys[][32], size_t n, unsigned engine, unsigned nengines)
{
    for (unsigned i = 0; n > 0; i++) {
        snprintf(*keys, sizeof(*keys), "http://n%u:80", i);
        if (map_stable_hash(*keys, strlen(*keys)) % nengines == engine) {
            keys++;
            n--;
        }
    }
}

static void
end_one(struct fixture *f, const char *key, unsigned engine)
{
    for (size_t i = 0; i < f->ninflight; i++) {
        struct job *j = f->inflight[i];

        if (j->engine == engine && strcmp(j->target.key, key) == 0) {
            fx_done(f, j, "1.1");
            return;
        }
    }
    cr_assert_fail("none is in flight");
}

/* Both hosts have the same home, and each has connections elsewhere, too. */
Test(sched, a_host_that_keeps_a_connection_keeps_its_engine)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    char keys[2][32];

    c.nengines = 2;
    c.limit = c.concurrency = 6;
    fx_start(&f, &c);
    hosts_of_engine(keys, 2, 0, 2);
    fx_add_n(&f, keys[0], 100);
    fx_add_n(&f, keys[1], 100);
    cr_assert_eq(fx_next_all(&f), 6);
    for (int i = 0; i < 20; i++) {
        const char *last = keys[i % 2], *first = keys[1 - i % 2];
        size_t last_in_1 = fx_ninflight(&f, last, 1);
        size_t first_in_0 = fx_ninflight(&f, first, 0);

        end_one(&f, first, 0);
        end_one(&f, last, 1);
        cr_assert_eq(fx_next_all(&f), 2);
        cr_assert_eq(fx_ninflight(&f, last, 1), last_in_1, "at %d", i);
        cr_assert_eq(fx_ninflight(&f, first, 0), first_in_0, "at %d", i);
    }
    fx_stop(&f);
}

/* One connection a host makes a host live in one engine. */
static void
start_with_one_connection_a_host(struct fixture *f)
{
    struct sched_config c = FX_CONFIG;

    c.nengines = 2;
    c.limit = 4;
    c.concurrency = 10;
    c.limit_per_host = 1;
    fx_start(f, &c);
}

Test(sched, hosts_of_a_full_engine_do_not_hold_up_others)
{
    struct fixture f;
    char zero[5][32], one[2][32];

    start_with_one_connection_a_host(&f);
    hosts_of_engine(zero, 5, 0, 2);
    hosts_of_engine(one, 2, 1, 2);
    for (int i = 0; i < 5; i++)
        fx_add(&f, zero[i]);
    for (int i = 0; i < 2; i++)
        fx_add(&f, one[i]);
    cr_assert_eq(fx_next_all(&f), 4);
    cr_assert_eq(fx_ninflight(&f, NULL, 0), 2);
    cr_assert_eq(fx_ninflight(&f, NULL, 1), 2);
    cr_assert_eq(f.wait_us, -1);
    fx_stop(&f);
}

Test(sched, hosts_that_wait_for_an_engine_are_served_in_order)
{
    static const int order[] = {0, 1, 2, 3, 2, 3, 4, 5, 4};
    struct fixture f;
    char zero[6][32];

    start_with_one_connection_a_host(&f);
    hosts_of_engine(zero, 6, 0, 2);
    for (int i = 0; i < 5; i++)
        fx_add_n(&f, zero[i], 2);
    cr_assert_eq(fx_next_all(&f), 2);
    fx_add(&f, zero[5]); /* comes when the others wait already */
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        cr_assert_null(fx_next(&f));
        fx_done(&f, f.inflight[0], "1.1");
        cr_assert_str_eq(fx_next_key(&f), zero[order[i]], "at %zu", i);
    }
    fx_stop(&f);
}

Test(sched, a_host_that_waits_for_two_engines_takes_the_first_that_is_free)
{
    for (unsigned e = 0; e < 2; e++) {
        struct sched_config c = FX_CONFIG;
        struct fixture f;

        c.nengines = 2;
        c.limit = 2;
        fx_start(&f, &c);
        fx_add(&f, A);
        fx_add(&f, B);
        cr_assert_eq(fx_next_all(&f), 2);
        fx_add(&f, C);
        cr_assert_null(fx_next(&f));
        fx_done(&f, f.inflight[f.inflight[0]->engine == e ? 0 : 1], "1.1");
        cr_assert_eq(fx_next(&f)->engine, e);
        fx_stop(&f);
    }
}

Test(sched, beyond_its_home_a_host_goes_where_the_most_room_is)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    int home;

    c.nengines = 3;
    c.limit = c.concurrency = 9;
    fx_start(&f, &c);
    fx_add_n(&f, A, 5);
    home = (int)fx_next(&f)->engine;
    cr_assert_eq(fx_next_all(&f), 4);
    for (int e = 0; e < 3; e++)
        cr_assert_eq(fx_ninflight(&f, A, e), e == home ? 3 : 1);
    fx_stop(&f);
}

Test(sched, engines_take_turns_to_serve_hosts_that_wait_for_them)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    char keys[20][32];
    size_t n[2] = {0, 0};

    c.nengines = c.limit = 2;
    c.limit_per_host = 1;
    c.rate = 1;
    fx_start(&f, &c);
    for (unsigned e = 0; e < 2; e++) {
        hosts_of_engine(keys, 20, e, 2);
        for (int i = 0; i < 20; i++)
            fx_add(&f, keys[i]);
    }
    while (f.ninflight < 2) {
        fx_next(&f);
        f.now_us += US_PER_S;
    }
    cr_assert_null(fx_next(&f), "both are full, hosts wait for both");
    fx_done_all(&f, "1.1");
    for (int i = 0; i < 10; i++) {
        struct job *j = fx_next(&f);

        n[j->engine]++;
        fx_done(&f, j, "1.1");
        cr_assert_null(fx_next(&f), "the rate lets one start a second");
        f.now_us += US_PER_S;
    }
    cr_assert_eq(n[0], 5);
    cr_assert_eq(n[1], 5);
    fx_stop(&f);
}

/* ---- requests that can't be repeated ------------------------------------ */

/* A POST to A ends without an answer. */
static void
lose_post(struct fixture *f, int reused)
{
    struct job *j = fx_add(f, A);

    j->req.method = "POST";
    cr_assert_eq(fx_next(f), j);
    j->res.reused = reused;
    result_fail(&j->res, ERR_PROTOCOL, "empty_reply", PHASE_WAIT, false,
                "closed");
    fx_done(f, j, NULL);
}

/* May the next request of that method use a kept connection? */
static bool
may_reuse(struct fixture *f, const char *key, const char *method)
{
    struct job *j = fx_add(f, key);
    bool may;

    j->req.method = method;
    cr_assert_eq(fx_next(f), j);
    may = !j->post_needs_fresh_conn;
    fx_done(f, j, "1.1");
    return may;
}

Test(sched, posts_get_fresh_connections_once_a_kept_one_has_lost_one)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    lose_post(&f, 0);
    cr_assert(may_reuse(&f, A, "POST"), "it was not a kept one");
    lose_post(&f, 1);
    cr_assert_not(may_reuse(&f, A, "POST"));
    cr_assert_not(may_reuse(&f, A, "PATCH"));
    cr_assert(may_reuse(&f, A, "GET"));
    cr_assert(may_reuse(&f, B, "POST"));
    fx_stop(&f);
}

/* ---- HTTP/2 ------------------------------------------------------------- */

static struct sched_config
multiplex_config(uint32_t limit, uint32_t concurrency)
{
    struct sched_config c = FX_CONFIG;

    c.multiplex = true;
    c.limit = limit;
    c.concurrency = concurrency;
    return c;
}

Test(sched, one_job_goes_first_to_an_unknown_tls_host)
{
    struct sched_config c = multiplex_config(10, 10);
    struct fixture f;
    struct job *probe;

    fx_start(&f, &c);
    fx_add_n(&f, T, 5);
    probe = fx_next(&f);
    cr_assert(probe->is_protocol_probe);
    cr_assert_not(probe->multiplex);
    cr_assert_null(fx_next(&f));
    fx_stop(&f);
}

Test(sched, only_a_host_that_may_multiplex_learns_it_from_a_response)
{
    static const struct {
        const char *key;
        bool multiplex, multiplex_plain, upgrade_plain;
        bool is_multiplex;
    } cases[] = {
        {A, true, false, false, false}, {A, true, false, true, true},
        {A, false, true, false, true},  {T, true, false, false, true},
        {T, false, true, true, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = FX_CONFIG;
        struct fixture f;

        c.limit = 1;
        c.concurrency = 10;
        c.multiplex = cases[i].multiplex;
        c.multiplex_plain = cases[i].multiplex_plain;
        c.upgrade_plain = cases[i].upgrade_plain;
        fx_start(&f, &c);
        fx_add_n(&f, cases[i].key, 5);
        fx_done(&f, fx_next(&f), "2");
        cr_assert_eq(fx_next_all(&f), cases[i].is_multiplex ? 4 : 1, "case %zu",
                     i);
        fx_stop(&f);
    }
}

Test(sched, only_an_unknown_tls_host_needs_a_protocol_probe)
{
    static const struct {
        const char *key;
        bool multiplex, multiplex_plain;
        size_t ninflight; /* of 5 */
        bool is_multiplex;
    } cases[] = {
        {T, true, false, 1, false}, {T, false, false, 5, false},
        {A, true, false, 5, false}, {A, true, true, 5, true},
        {T, false, true, 5, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = FX_CONFIG;
        struct fixture f;

        c.multiplex = cases[i].multiplex;
        c.multiplex_plain = cases[i].multiplex_plain;
        fx_start(&f, &c);
        fx_add_n(&f, cases[i].key, 5);
        cr_assert_eq(fx_next_all(&f), cases[i].ninflight, "case %zu", i);
        cr_assert_eq(f.inflight[0]->is_protocol_probe, cases[i].ninflight == 1);
        cr_assert_eq(f.inflight[0]->multiplex, cases[i].is_multiplex);
        fx_stop(&f);
    }
}

Test(sched, others_follow_once_the_protocol_probe_is_connected)
{
    struct sched_config c = multiplex_config(10, 10);
    struct fixture f;

    c.limit_per_host = 3;
    fx_start(&f, &c);
    fx_add_n(&f, T, 9);
    sched_connected(f.s, fx_next(&f), NULL, f.now_us);
    cr_assert_eq(fx_next_all(&f), 2, "each may need a connection, so far");
    cr_assert_not(f.inflight[2]->is_protocol_probe);
    fx_done(&f, f.inflight[1], "1.1");
    cr_assert_eq(fx_next_all(&f), 1, "and now that is known");
    fx_stop(&f);
}

Test(sched, the_protocol_of_the_probe_is_known_at_once)
{
    static const struct {
        const char *version;
        size_t ninflight; /* of 9, with the protocol probe */
    } cases[] = {{"2", 9}, {"1.1", 3}};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c = multiplex_config(10, 10);
        struct job *probe;
        struct fixture f;

        c.nengines = 2;
        c.limit_per_host = 3;
        fx_start(&f, &c);
        fx_add_n(&f, T, 9);
        probe = fx_next(&f);
        sched_connected(f.s, probe, cases[i].version, f.now_us);
        cr_assert_eq(1 + fx_next_all(&f), cases[i].ninflight, "case %zu", i);
        for (size_t n = 1; n < f.ninflight; n++) {
            cr_assert_eq(f.inflight[n]->multiplex, i == 0);
            cr_assert_not(f.inflight[n]->is_protocol_probe);
            if (i == 0)
                cr_assert_eq(f.inflight[n]->engine, probe->engine);
        }
        fx_stop(&f);
    }
}

Test(sched, a_host_known_as_http1_has_its_limits)
{
    static const char *const versions[] = {"1.0", "1.1"};

    for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
        struct sched_config c = multiplex_config(10, 10);
        struct fixture f;

        c.limit_per_host = 4;
        fx_start(&f, &c);
        fx_add_n(&f, T, 9);
        fx_done(&f, fx_next(&f), versions[i]);
        cr_assert_eq(fx_next_all(&f), 4);
        cr_assert_not(f.inflight[0]->is_protocol_probe);
        cr_assert_not(f.inflight[0]->multiplex);
        fx_stop(&f);
    }
}

Test(sched, the_streams_of_a_host_share_a_hundred_to_a_connection)
{
    static const struct {
        uint32_t limit, limit_per_host, concurrency, concurrency_per_host;
        size_t ninflight; /* of 500 */
    } cases[] = {
        {1, 0, 1000, 0, 100},   {2, 0, 1000, 0, 200}, {9, 3, 1000, 0, 300},
        {9, 0, 150, 0, 150},    {9, 0, 1000, 6, 6},   {9, 1, 1000, 6, 6},
        {9, 1, 1000, 130, 100}, {9, 0, 1000, 0, 500},
    };
    static const char *const versions[] = {"2", "3"};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct sched_config c =
            multiplex_config(cases[i].limit, cases[i].concurrency);
        struct fixture f;

        c.limit_per_host = cases[i].limit_per_host;
        c.concurrency_per_host = cases[i].concurrency_per_host;
        fx_start(&f, &c);
        fx_add_n(&f, T, 501);
        fx_done(&f, fx_next(&f), versions[i % 2]);
        cr_assert_eq(fx_next_all(&f), cases[i].ninflight, "case %zu", i);
        cr_assert(f.inflight[0]->multiplex);
        fx_stop(&f);
    }
}

Test(sched, a_multiplexing_host_stays_in_the_engine_of_its_probe)
{
    struct sched_config c = multiplex_config(8, 100);
    struct fixture f;
    unsigned engine;

    c.nengines = 4;
    c.limit_per_host = 3;
    fx_start(&f, &c);
    fx_add_n(&f, T, 51);
    engine = fx_next(&f)->engine;
    fx_done_all(&f, "2");
    cr_assert_eq(fx_next_all(&f), 50);
    cr_assert_eq(fx_ninflight(&f, T, (int)engine), 50);
    fx_stop(&f);
}

/* Two engines, 100 streams at once: 99 are in flight at home, and a protocol
 * probe elsewhere. */
static struct job *
start_spreading(struct fixture *f, uint32_t limit_per_host)
{
    struct sched_config c = multiplex_config(100, 100);
    unsigned home;
    struct job *j = NULL;

    c.nengines = c.spread = 2;
    c.limit_per_host = limit_per_host;
    fx_start(f, &c);
    fx_add_n(f, T, 300);
    home = fx_next(f)->engine;
    fx_done_all(f, "2");
    cr_assert_eq(fx_next_all(f), 100);
    for (size_t i = 0; i < f->ninflight; i++) {
        if (f->inflight[i]->engine == home)
            continue;
        cr_assert_null(j, "one goes first");
        j = f->inflight[i];
        cr_assert(j->is_protocol_probe);
    }
    return j;
}

/* A job ends: the server takes so many requests over its connection. */
static void
leave_out(struct fixture *f, uint64_t connection, uint32_t nth)
{
    struct job *j = f->inflight[0];

    j->res.evidence = EVIDENCE_REFUSED;
    j->res.connection = connection;
    j->res.conn_nrequests = nth;
    fx_done(f, j, NULL);
}

Test(sched, a_server_gets_no_more_than_a_connection_takes)
{
    struct sched_config c = multiplex_config(100, 100);
    struct fixture f;
    struct job *j;

    fx_start(&f, &c);
    fx_add_n(&f, T, 500);
    fx_done(&f, fx_next(&f), "2");
    cr_assert_eq(fx_next_all(&f), 100);
    leave_out(&f, 1, 20);
    leave_out(&f, 1, 20);
    leave_out(&f, 2, 19);
    cr_assert_eq(fx_next_all(&f), 3, "no two of them took as many");
    leave_out(&f, 3, 19);
    cr_assert_eq(fx_next_all(&f), 0);
    while (f.ninflight > 18)
        fx_done(&f, f.inflight[0], "2");
    cr_assert_eq(fx_next_all(&f), 1);
    j = f.inflight[0];
    j->res.conn_nrequests = 20;
    fx_done(&f, j, "2");
    cr_assert_eq(fx_next_all(&f), 82, "it takes more now");
    fx_stop(&f);
}

Test(sched, many_streams_are_spread_over_two_engines)
{
    struct fixture f;
    struct job *probe = start_spreading(&f, 0);
    unsigned other = probe->engine;

    sched_connected(f.s, probe, "2", f.now_us);
    for (int i = 0; i < 49; i++) {
        struct job *j = f.inflight[0] == probe ? f.inflight[1] : f.inflight[0];

        fx_done(&f, j, "2");
        j = fx_next(&f);
        cr_assert_eq(j->engine, other);
        cr_assert_not(j->is_protocol_probe);
    }
    cr_assert_eq(fx_ninflight(&f, T, (int)other), 50);
    for (int i = 0; i < 10; i++) {
        fx_done_one(&f, T, "2");
        fx_next(&f);
    }
    cr_assert_eq(fx_ninflight(&f, T, -1), 100);
    cr_assert_geq(fx_ninflight(&f, T, (int)other), 40);
    cr_assert_leq(fx_ninflight(&f, T, (int)other), 60);
    fx_stop(&f);
}

Test(sched, streams_go_to_engines_that_a_probe_has_reached)
{
    struct fixture f;
    struct job *probe = start_spreading(&f, 0);
    unsigned other = probe->engine;

    fx_done(&f, probe, "2");
    for (int i = 0; i < 10; i++) {
        cr_assert_eq(fx_next(&f)->engine, other);
        fx_done(&f, f.inflight[0], "2");
    }
    fx_stop(&f);
}

Test(sched, streams_stay_where_a_second_connection_could_not_be_opened)
{
    struct fixture f;
    struct job *probe = start_spreading(&f, 0);
    unsigned home = 1 - probe->engine;

    fx_done(&f, probe, NULL);
    while (sched_nqueued(f.s) > 0) {
        cr_assert_gt(fx_next_all(&f), 0);
        cr_assert_eq(fx_ninflight(&f, T, (int)home), f.ninflight);
        fx_done_all(&f, "2");
    }
    fx_stop(&f);
}

Test(sched, streams_are_not_spread_where_one_connection_is_all_they_may_have)
{
    struct fixture f;

    cr_assert_null(start_spreading(&f, 1));
    fx_stop(&f);
}

Test(sched, streams_leave_the_other_connections_to_others)
{
    struct sched_config c = multiplex_config(3, 1000);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, T, 51);
    fx_done(&f, fx_next(&f), "2");
    fx_next(&f);
    fx_add_n(&f, A, 10);
    cr_assert_eq(fx_next_all(&f), 51);
    cr_assert_eq(fx_ninflight(&f, T, -1), 50, "on one");
    cr_assert_eq(fx_ninflight(&f, A, -1), 2, "the other two");
    fx_stop(&f);
}

Test(sched, a_stream_needs_no_connection_where_one_is_open)
{
    struct sched_config c = multiplex_config(1, 1000);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, T, 2);
    fx_done(&f, fx_next(&f), "2");
    fx_next(&f);
    fx_add(&f, A);
    cr_assert_null(fx_next(&f), "the only connection is taken");
    fx_add(&f, T);
    cr_assert_str_eq(fx_next_key(&f), T);
    fx_stop(&f);
}

Test(sched, a_failed_protocol_probe_is_followed_by_another)
{
    struct sched_config c = multiplex_config(100, 100);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, T, 50);
    cr_assert_eq(fx_next_all(&f), 1);
    fx_done_all(&f, NULL);
    cr_assert_gt(fx_next_all(&f), 0);
    cr_assert(f.inflight[0]->is_protocol_probe);
    fx_done_all(&f, "2");
    cr_assert_gt(fx_next_all(&f), 40);
    cr_assert_not(f.inflight[0]->is_protocol_probe);
    fx_stop(&f);
}

Test(sched, a_host_that_never_connects_does_not_fail_one_job_at_a_time)
{
    struct sched_config c = multiplex_config(100, 100);
    struct fixture f;
    int nrounds = 0;

    c.limit_per_host = 20;
    fx_start(&f, &c);
    fx_add_n(&f, T, 100);
    for (; sched_nqueued(f.s) > 0; nrounds++) {
        size_t n = fx_next_all(&f);

        cr_assert_leq(n, 20);
        fx_done_all(&f, NULL);
    }
    cr_assert_lt(nrounds, 12);
    fx_stop(&f);
}

Test(sched, a_host_that_falls_back_to_http1_is_drained_first)
{
    struct sched_config c = multiplex_config(9, 1000);
    struct fixture f;

    c.limit_per_host = 3;
    fx_start(&f, &c);
    fx_add_n(&f, T, 60);
    fx_done(&f, fx_next(&f), "2");
    for (int i = 0; i < 10; i++)
        fx_next(&f);
    fx_done_one(&f, T, "1.1");
    for (int i = 9; i > 3; i--) {
        cr_assert_null(fx_next(&f), "%d streams would be %d connections", i, i);
        fx_done_one(&f, T, NULL);
    }
    cr_assert_null(fx_next(&f), "three connections are all it may have");
    fx_done_one(&f, T, NULL);
    cr_assert_eq(fx_next_all(&f), 1);
    cr_assert_not(f.inflight[2]->multiplex);
    fx_stop(&f);
}

Test(sched, a_host_that_speaks_http2_after_all_opens_up)
{
    struct sched_config c = multiplex_config(9, 1000);
    struct fixture f;

    c.limit_per_host = 3;
    fx_start(&f, &c);
    fx_add_n(&f, T, 60);
    fx_done(&f, fx_next(&f), "1.1");
    cr_assert_eq(fx_next_all(&f), 3);
    fx_done_one(&f, T, "2");
    cr_assert_eq(fx_next_all(&f), 56);
    fx_stop(&f);
}

/* ---- what a job is told ------------------------------------------------- */

Test(sched, the_wait_in_the_queue_is_summed_up_over_hops)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;

    c.concurrency = 1;
    fx_start(&f, &c);
    fx_add(&f, A);
    j = fx_next(&f);
    cr_assert_eq(j->queue_us, 0);
    cr_assert_eq(j->dns_us, -1);
    cr_assert_eq(j->addrs.n, 0);

    fx_add(&f, B);
    f.now_us += 300;
    fx_done_all(&f, "1.1");
    j = fx_next(&f);
    cr_assert_eq(j->queue_us, 300);

    fx_remove(&f, j);
    sched_done(f.s, j, f.now_us);
    sched_add_hop(f.s, j, f.now_us);
    f.now_us += 20;
    cr_assert_eq(fx_next(&f), j);
    cr_assert_eq(j->queue_us, 320);
    fx_stop(&f);
}

Test(sched, a_connection_is_kept_where_more_may_come)
{
    static const struct {
        size_t nothers; /* of the host, queued behind it */
        bool window_full, input_ended, keep;
    } cases[] = {
        {0, false, false, true}, {0, true, false, false},
        {0, false, true, false}, {0, true, true, false},
        {1, false, false, true}, {1, true, false, true},
        {1, false, true, true},  {1, true, true, true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;

        fx_start(&f, &FX_CONFIG);
        fx_add_n(&f, A, 1 + cases[i].nothers);
        fx_add_n(&f, B, 5); /* others' jobs don't count */
        sched_set_window_full(f.s, cases[i].window_full);
        if (cases[i].input_ended)
            sched_input_ended(f.s);
        cr_assert_eq(fx_next(&f)->keep_conn, cases[i].keep, "case %zu", i);
        fx_stop(&f);
    }
}

/* All hosts share the connections over which a proxy gets the requests. */
Test(sched, a_connection_to_a_proxy_is_kept_for_any_host)
{
    struct fixture f;
    char key[48];

    fx_start(&f, &FX_CONFIG);
    for (int i = 0; i < 20; i++) {
        struct job *j;

        snprintf(key, sizeof(key), "http://h%d:80 via http://p", i);
        j = fx_job(&f, key);
        j->target.proxy = "http://p";
        sched_add(f.s, j, f.now_us);
    }
    sched_input_ended(f.s);
    for (int i = 0; i < 20; i++) {
        struct job *j = fx_next(&f);

        cr_assert_eq(j->keep_conn, i < 19, "job %d", i);
        fx_done(&f, j, "1.1");
    }
    fx_stop(&f);
}

/* libcurl 8.14 takes no new stream once one of them wants it closed. */
Test(sched, a_connection_is_kept_while_others_have_streams_there)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.multiplex_plain = true;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    sched_input_ended(f.s);
    cr_assert(fx_next(&f)->keep_conn, "for the second one");
    cr_assert(fx_next(&f)->keep_conn, "for the first one's sake");
    fx_done_all(&f, "2");
    fx_add(&f, A);
    cr_assert_not(fx_next(&f)->keep_conn);
    fx_stop(&f);
}

/* ---- jobs that never start ---------------------------------------------- */

static struct sched_config
timeout_config(int64_t queue_timeout_us)
{
    struct sched_config c = FX_CONFIG;

    c.concurrency = 1;
    c.queue_timeout_us = queue_timeout_us;
    return c;
}

static uint64_t
expire(struct fixture *f)
{
    struct job *j = sched_take(f->s, TAKE_EXPIRED, f->now_us);
    uint64_t index;

    sched_check(f->s);
    if (!j)
        return UINT64_MAX;
    index = j->index;
    cr_assert_geq(j->queue_us, f->config.queue_timeout_us);
    fx_drop(f, j);
    return index;
}

Test(sched, a_job_that_waits_too_long_is_given_back)
{
    struct sched_config c = timeout_config(1000);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, A, 2); /* 0 and 1 */
    fx_next(&f);
    f.now_us += 400;
    fx_add(&f, B); /* 2 */
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 600);
    f.now_us += 599;
    cr_assert_eq(expire(&f), UINT64_MAX);
    f.now_us += 1;
    cr_assert_eq(expire(&f), 1);
    cr_assert_eq(expire(&f), UINT64_MAX);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 400);
    f.now_us += 500;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 0);
    cr_assert_eq(expire(&f), 2);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1);
    fx_stop(&f);
}

Test(sched, without_a_queue_timeout_nothing_expires)
{
    struct sched_config c = timeout_config(0);
    struct fixture f;

    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    fx_next(&f);
    f.now_us += INT64_C(1000000) * US_PER_S;
    cr_assert_eq(expire(&f), UINT64_MAX);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1);
    fx_stop(&f);
}

Test(sched, jobs_expire_in_the_order_in_which_they_came)
{
    struct sched_config c = timeout_config(1000);
    struct fixture f;

    fx_start(&f, &c);
    fx_add(&f, A);
    fx_next(&f);
    for (int i = 0; i < 30; i++) {
        static const char *const keys[] = {C, A, B};

        f.now_us += 1;
        if (i % 7 == 6)
            fx_add_hop(&f, keys[i % 3]);
        else
            fx_add(&f, keys[i % 3]);
    }
    f.now_us += 2000;
    for (uint64_t i = 1; i <= 30; i++)
        cr_assert_eq(expire(&f), i);
    cr_assert_eq(expire(&f), UINT64_MAX);
    fx_stop(&f);
}

Test(sched, jobs_that_were_handed_out_do_not_expire)
{
    struct sched_config c = timeout_config(1000);
    struct fixture f;

    fx_start(&f, &c);
    fx_add(&f, A);
    f.now_us += 10;
    fx_add_n(&f, A, 2);
    fx_next(&f);
    fx_done_all(&f, "1.1");
    fx_next(&f);
    f.now_us += 995;
    cr_assert_eq(expire(&f), UINT64_MAX);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 5);
    f.now_us += 5;
    cr_assert_eq(expire(&f), 2);
    fx_stop(&f);
}

Test(sched, a_hop_has_the_whole_queue_timeout_again)
{
    struct sched_config c = timeout_config(1000);
    struct fixture f;
    struct job *j;

    fx_start(&f, &c);
    fx_add(&f, A);
    f.now_us += 900;
    j = fx_next(&f);
    fx_remove(&f, j);
    sched_done(f.s, j, f.now_us);
    fx_add(&f, B);
    fx_next(&f);
    sched_add_hop(f.s, j, f.now_us);
    f.now_us += 999;
    cr_assert_eq(expire(&f), UINT64_MAX);
    f.now_us += 1;
    cr_assert_eq(expire(&f), 0);
    fx_stop(&f);
}

Test(sched, everything_that_is_queued_can_be_taken)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;
    size_t n = 0;

    c.limit_per_host = 1;
    c.lookup = true;
    fx_start(&f, &c);
    fx_add_n(&f, "http://10.0.0.1:80", 3);
    fx_add_n(&f, A, 3);
    fx_add_hop(&f, A);
    fx_add_n(&f, B, 2);
    cr_assert_not_null(fx_lookup(&f));
    fx_next(&f);
    f.now_us += 7;
    while ((j = sched_take(f.s, TAKE_ANY, f.now_us))) {
        sched_check(f.s);
        cr_assert_eq(j->queue_us + (j->dns_us > 0 ? j->dns_us : 0), 7);
        fx_drop(&f, j);
        n++;
    }
    cr_assert_eq(n, 8);
    cr_assert_eq(sched_nqueued(f.s), 0);
    cr_assert_eq(sched_check(f.s), 2,
                 "one is in flight, one is being looked up");
    fx_stop(&f);
}

/* A job that waits for a second. */
static void
add_later(struct fixture *f, const char *key, enum job_next next)
{
    struct job *j = fx_job(f, key);

    j->next = next;
    sched_add_retry(f->s, j, f->now_us + US_PER_S, f->now_us);
    sched_check(f->s);
}

Test(sched, jobs_in_the_midst_of_an_attempt_stay_when_the_others_are_taken)
{
    struct sched_config c = FX_CONFIG;
    struct job_list taken;
    struct fixture f;
    struct job *j;
    size_t n = 0;

    c.lookup = true;
    fx_start(&f, &c);
    for (int i = 0; i < 2; i++) {
        add_later(&f, A, JOB_REPEAT);
        add_later(&f, A, JOB_RETRY);
        f.now_us += i * US_PER_S;
        cr_assert_null(fx_next(&f)); /* the first two are queued then */
    }
    fx_add_n(&f, A, 2);
    fx_add_n(&f, B, 2);
    fx_add_hop(&f, A)->next = JOB_HOP;
    fx_add_hop(&f, C)->next = JOB_HOP;
    job_list_init(&taken);
    sched_take_attempts(f.s, &taken, f.now_us);
    sched_check(f.s);
    for (; (j = job_list_pop(&taken)); n++) {
        cr_assert_neq(j->next, JOB_HOP);
        cr_assert_neq(j->next, JOB_REPEAT);
        fx_drop(&f, j);
    }
    cr_assert_eq(n, 6, "two retries and four new ones");
    cr_assert_eq(sched_nqueued(f.s), 4, "two repeats and two hops");
    fx_stop(&f);
}

/* ---- memory ------------------------------------------------------------- */

Test(sched, a_host_without_jobs_is_forgotten)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    cr_assert_eq(sched_check(f.s), 1);
    fx_next(&f);
    cr_assert_eq(sched_check(f.s), 1);
    fx_done_all(&f, "1.1");
    cr_assert_eq(sched_check(f.s), 0);
    fx_stop(&f);
}

Test(sched, a_million_hosts_leave_nothing)
{
    struct sched_config c = FX_CONFIG;
    struct addr addr = addr_of("192.0.2.1");
    struct fixture f;
    char key[32];

    c.nengines = 2;
    c.lookup = c.multiplex = true;
    c.queue_timeout_us = US_PER_S;
    fx_start(&f, &c);
    for (int i = 0; i < 1000 * 1000; i++) {
        struct job *j;

        snprintf(key, sizeof(key), "https://h%d:443", i);
        j = fx_job(&f, key);
        sched_add(f.s, j, f.now_us);
        sched_resolved(f.s, sched_next_lookup(f.s, f.now_us),
                       (struct addr_list){&addr, 1}, 0, f.now_us);
        j = sched_next(f.s, f.now_us, &f.wait_us);
        f.now_us += 10;
        sched_done(f.s, j, f.now_us);
        cr_assert_eq(sched_check(f.s), 0);
        job_free(f.pool, j);
    }
    fx_stop(&f);
}

Test(sched, a_host_does_not_depend_on_the_job_that_brought_it)
{
    struct fixture f;
    char key[] = A, name[] = "a";
    struct job *j;

    fx_start(&f, &FX_CONFIG);
    j = fx_job(&f, A);
    j->target.key = key;
    j->target.host = j->target.connect_host = name;
    sched_add(f.s, j, f.now_us);
    fx_add(&f, A);
    cr_assert_eq(fx_next(&f), j);
    fx_done_all(&f, "1.1");
    memset(key, '#', sizeof(key));
    memset(name, '#', sizeof(name));
    fx_add(&f, A);
    cr_assert_eq(sched_check(f.s), 1);
    cr_assert_eq(fx_next_all(&f), 2);
    fx_stop(&f);
}

Test(sched, a_host_keeps_its_connection_where_requests_outnumber_connections)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.limit = 2;
    fx_start(&f, &c);
    fx_add_n(&f, A, 6);
    fx_add_n(&f, B, 6);
    cr_assert_eq(fx_next_all(&f), 2);
    for (int i = 0; i < 4; i++) {
        fx_done_one(&f, A, "1.1");
        cr_assert_str_eq(fx_next_key(&f), A);
        cr_assert_null(fx_next(&f));
    }
    fx_stop(&f);
}
