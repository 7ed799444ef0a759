/* Reasons for which origins wait for a moment. */
#include "sched_fixture.h"

#include "sched/rate.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#define A "http://a:80"
#define B "http://b:80"
#define T "https://t:443"
#define S US_PER_S

/* ---- retries ------------------------------------------------------------ */

/* A job in flight is told to wait for another attempt. */
static void
retry(struct fixture *f, struct job *j, int64_t due_us)
{
    fx_remove(f, j);
    sched_done(f->s, j, f->now_us);
    sched_add_retry(f->s, j, due_us, f->now_us);
    sched_check(f->s);
}

Test(pacing, a_retry_waits_for_its_moment_and_holds_no_slot)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;

    c.concurrency = c.limit = 1;
    fx_start(&f, &c);
    fx_add(&f, A);
    j = fx_next(&f);
    retry(&f, j, f.now_us + 500);
    cr_assert_eq(j->due_us, f.now_us + 500);
    cr_assert_eq(sched_nqueued(f.s), 1);
    cr_assert_eq(sched_ninflight(f.s), 0);
    cr_assert_eq(sched_check(f.s), 0);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 500);
    fx_add(&f, B);
    cr_assert_str_eq(fx_next_key(&f), B);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1, "there is no room for it");
    f.now_us += 499;
    fx_done_all(&f, "1.1");
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 1);
    f.now_us += 31;
    cr_assert_eq(fx_next(&f), j);
    cr_assert_eq(j->queue_us, 30, "from where it was due");
    fx_stop(&f);
}

Test(pacing,
     retries_go_before_new_jobs_of_their_host_but_not_before_other_hosts)
{
    struct fixture f;
    struct job *j;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    j = fx_next(&f);
    retry(&f, j, f.now_us + 10);
    fx_add(&f, B);
    fx_add(&f, A);
    f.now_us += 10;
    cr_assert_str_eq(fx_next_key(&f), B);
    cr_assert_eq(fx_next(&f), j);
    cr_assert_str_eq(fx_next_key(&f), A);
    fx_stop(&f);
}

Test(pacing, retries_come_in_the_order_in_which_they_are_due)
{
    static const int64_t due_us[] = {50, 10, 40, 10, 30, -5, 0};
    static const uint64_t order[] = {5, 6, 1, 3, 4, 2, 0};
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, ARRAY_LEN(due_us));
    fx_next_all(&f);
    for (size_t i = 0; i < ARRAY_LEN(due_us); i++)
        retry(&f, f.inflight[0], f.now_us + due_us[i]);
    f.now_us += 60;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        const struct job *j = fx_next(&f);

        cr_assert_eq(j->index, order[i]);
        cr_assert_eq(j->queue_us, f.now_us - j->due_us);
        cr_assert_leq(j->queue_us, 60, "not due before it was given");
    }
    fx_stop(&f);
}

Test(pacing, a_retry_can_be_taken_to_abort_it)
{
    struct fixture f;
    struct job *j;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    j = fx_next(&f);
    retry(&f, j, f.now_us + 10);
    fx_add(&f, B);
    fx_drop(&f, sched_take(f.s, TAKE_ANY, f.now_us));
    cr_assert_eq(sched_take(f.s, TAKE_ANY, f.now_us), j);
    fx_drop(&f, j);
    cr_assert_null(sched_take(f.s, TAKE_ANY, f.now_us));
    cr_assert_eq(sched_nqueued(f.s), 0);
    fx_stop(&f);
}

Test(pacing, the_wait_for_an_attempt_is_not_the_queues)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;

    c.queue_timeout_us = 100;
    c.concurrency = 1;
    fx_start(&f, &c);
    fx_add(&f, A);
    j = fx_next(&f);
    retry(&f, j, f.now_us + 1000);
    f.now_us += 999;
    cr_assert_null(sched_take(f.s, TAKE_EXPIRED, f.now_us));
    fx_add(&f, B);
    fx_next(&f);
    f.now_us += 1;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 100);
    f.now_us += 100;
    cr_assert_eq(sched_take(f.s, TAKE_EXPIRED, f.now_us), j);
    fx_drop(&f, j);
    fx_stop(&f);
}

/* ---- pauses ------------------------------------------------------------- */

static void
done_with_status(struct fixture *f, struct job *j, int status)
{
    j->res.status = status;
    fx_done(f, j, "1.1");
}

/* The host answers j with a 429 and a Retry-After. */
static void
pause_host(struct fixture *f, struct job *j, int64_t for_us)
{
    sched_pause_host(f->s, j, f->now_us + for_us, f->now_us);
    sched_check(f->s);
    done_with_status(f, j, 429);
}

Test(pacing, a_host_that_asks_for_a_pause_gets_it_and_others_go_on)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 3);
    pause_host(&f, fx_next(&f), 5 * S);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 5 * S);
    fx_add(&f, B);
    fx_add_hop(&f, A);
    cr_assert_str_eq(fx_next_key(&f), B);
    f.now_us += 5 * S - 1;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 1);
    f.now_us += 1;
    cr_assert_str_eq(fx_next_key(&f), A);
    fx_stop(&f);
}

/* The same, and j wants another attempt. */
static void
turn_away(struct fixture *f, struct job *j, int64_t for_us, int64_t due_us)
{
    sched_pause_host(f->s, j, f->now_us + for_us, f->now_us);
    j->res.status = 429;
    retry(f, j, due_us);
}

Test(pacing, jobs_that_were_turned_away_go_before_new_jobs)
{
    struct fixture f;
    struct job *a, *b;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 2);
    a = fx_next(&f);
    b = fx_next(&f);
    fx_add_n(&f, A, 2);
    turn_away(&f, a, 100, f.now_us + 190);
    turn_away(&f, b, 100, f.now_us + 150);
    f.now_us += 99;
    cr_assert_null(fx_next(&f));
    f.now_us += 1;
    a->waited_us = 190;
    cr_assert_eq(fx_next(&f), a, "in the order in which they came");
    cr_assert_eq(a->waited_us, 100, "what it really waited");
    cr_assert_eq(a->queue_us, 0);
    cr_assert_eq(fx_next_all(&f), 0, "one at a time for now");
    done_with_status(&f, a, 200);
    cr_assert_eq(fx_next(&f), b);
    cr_assert_eq(fx_next_all(&f), 1, "a new one");
    fx_stop(&f);
}

Test(pacing, jobs_that_were_turned_away_have_times_of_their_own_otherwise)
{
    struct fixture f;
    struct job *a, *b;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 2);
    a = fx_next(&f);
    b = fx_next(&f);
    turn_away(&f, a, 100, f.now_us + 190);
    turn_away(&f, b, 100, f.now_us + 150);
    f.now_us += 100;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 50, "nobody else wants to go");
    f.now_us += 50;
    cr_assert_eq(fx_next(&f), b);
    f.now_us += 40;
    cr_assert_null(fx_next(&f));
    done_with_status(&f, b, 200);
    cr_assert_eq(fx_next(&f), a);
    fx_stop(&f);
}

Test(pacing, a_hop_goes_before_those_that_were_turned_away)
{
    struct fixture f;
    struct job *a;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    a = fx_next(&f);
    turn_away(&f, a, 100, f.now_us + 1000);
    fx_add_hop(&f, A);
    f.now_us += 100;
    cr_assert_neq(fx_next(&f), a);
    fx_stop(&f);
}

Test(pacing, a_job_whose_redirect_was_turned_away_starts_again_elsewhere)
{
    struct fixture f;
    struct job *a;

    fx_start(&f, &FX_CONFIG);
    fx_add_hop(&f, B);
    a = fx_next(&f);
    a->target.key = A; /* where its next attempt begins */
    turn_away(&f, a, 100, f.now_us + 1000);
    fx_add(&f, A);
    fx_add(&f, B);
    f.now_us += 100;
    cr_assert_neq(fx_next(&f), a);
    cr_assert_neq(fx_next(&f), a);
    fx_stop(&f);
}

Test(pacing, a_job_that_was_turned_away_can_be_taken_to_abort_it)
{
    struct fixture f;
    struct job *a;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    a = fx_next(&f);
    turn_away(&f, a, 100, f.now_us + 1000);
    f.now_us += 200;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(sched_check(f.s), 1, "kept for it");
    cr_assert_eq(sched_take(f.s, TAKE_ANY, f.now_us), a);
    sched_check(f.s);
    cr_assert_eq(sched_check(f.s), 0);
    fx_drop(&f, a);
    fx_stop(&f);
}

Test(pacing, a_pause_is_remembered_without_jobs_and_then_forgotten)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add(&f, A);
    pause_host(&f, fx_next(&f), 5 * S);
    cr_assert_eq(sched_check(f.s), 1);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, -1, "nobody waits for it");
    f.now_us += 2 * S;
    fx_add(&f, A);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 3 * S);
    f.now_us += 3 * S;
    cr_assert_not_null(fx_next(&f));
    pause_host(&f, f.inflight[0], 5 * S);
    f.now_us += 5 * S;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(sched_check(f.s), 0);
    fx_stop(&f);
}

Test(pacing, of_two_pauses_the_longer_holds)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 5);
    fx_next(&f);
    fx_next(&f);
    pause_host(&f, f.inflight[0], 9 * S);
    pause_host(&f, f.inflight[0], 2 * S);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 9 * S);
    fx_stop(&f);
}

Test(pacing,
     after_a_pause_half_as_many_are_in_flight_and_then_one_more_at_a_time)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 100);
    cr_assert_eq(fx_next_all(&f), 10);
    /* All ten are turned away: that is one halving. */
    while (f.ninflight > 0)
        pause_host(&f, f.inflight[0], S);
    f.now_us += S;
    for (size_t may = 5; may < 10; may++) {
        fx_next_all(&f);
        cr_assert_eq(f.ninflight, may);
        done_with_status(&f, f.inflight[0], 200);
    }
    fx_next_all(&f);
    cr_assert_eq(f.ninflight, 10, "as many as its limits say");
    fx_stop(&f);
}

Test(pacing, a_host_that_goes_on_asking_is_left_with_one)
{
    struct fixture f;

    fx_start(&f, &FX_CONFIG);
    fx_add_n(&f, A, 100);
    for (int i = 0; i < 5; i++) {
        fx_next_all(&f);
        while (f.ninflight > 0)
            pause_host(&f, f.inflight[0], S);
        f.now_us += S;
    }
    cr_assert_eq(fx_next_all(&f), 1);
    done_with_status(&f, f.inflight[0], 0);
    cr_assert_eq(fx_next_all(&f), 1, "a failure is no reason for more");
    done_with_status(&f, f.inflight[0], 503);
    cr_assert_eq(fx_next_all(&f), 1);
    done_with_status(&f, f.inflight[0], 404);
    cr_assert_eq(fx_next_all(&f), 2);
    fx_stop(&f);
}

Test(pacing, a_paused_host_is_not_looked_up)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.lookup = true;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    pause_host(&f, fx_next(&f), 60 * S);
    f.now_us += 9 * S;
    cr_assert_null(fx_lookup(&f), "no refresh that would be too old");
    f.now_us += 50 * S;
    cr_assert_null(fx_lookup(&f));
    f.now_us += S;
    cr_assert_null(fx_next(&f));
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    cr_assert_str_eq(fx_next_key(&f), A);
    fx_stop(&f);
}

Test(pacing, jobs_of_a_paused_host_expire)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    struct job *j;

    c.queue_timeout_us = S;
    fx_start(&f, &c);
    fx_add_n(&f, A, 2);
    pause_host(&f, fx_next(&f), 60 * S);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, S);
    f.now_us += S;
    j = sched_take(f.s, TAKE_EXPIRED, f.now_us);
    cr_assert_not_null(j);
    fx_drop(&f, j);
    sched_check(f.s);
    fx_stop(&f);
}

/* ---- rates -------------------------------------------------------------- */

Test(pacing, the_rate_holds_over_all_hosts)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;
    int64_t start_us;

    c.rate = 10;
    fx_start(&f, &c);
    start_us = f.now_us;
    fx_add_n(&f, A, 5);
    fx_add_n(&f, B, 5);
    for (int i = 0; i < 10; i++) {
        cr_assert_str_eq(fx_next_key(&f), i % 2 ? B : A);
        cr_assert_eq(f.now_us, start_us + i * S / 10);
        cr_assert_null(fx_next(&f));
        if (i < 9)
            cr_assert_eq(f.wait_us, S / 10);
        f.now_us += S / 10;
    }
    cr_assert_eq(f.wait_us, -1, "nobody waits for the next one");
    f.now_us += 100 * S;
    fx_done_all(&f, "1.1");
    fx_add_n(&f, A, 2);
    cr_assert_eq(fx_next_all(&f), 1, "no burst after idle time");
    fx_stop(&f);
}

Test(pacing, each_host_has_a_rate_of_its_own)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.rate_per_host = 2;
    fx_start(&f, &c);
    fx_add_n(&f, A, 3);
    fx_add_n(&f, B, 1);
    cr_assert_eq(fx_next_all(&f), 2);
    cr_assert_eq(f.wait_us, S / 2);
    fx_done_all(&f, "1.1");
    cr_assert_eq(sched_check(f.s), 2, "B's last start counts on");
    f.now_us += S / 4;
    fx_add(&f, B);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, S / 4);
    f.now_us += S / 4;
    cr_assert_eq(fx_next_all(&f), 2);
    cr_assert_eq(f.wait_us, S / 2);
    f.now_us += S / 2;
    cr_assert_eq(fx_next_all(&f), 1);
    fx_done_all(&f, "1.1");
    f.now_us += S;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(sched_check(f.s), 0);
    fx_stop(&f);
}

/* Start a job of A under a rate of 5 a second. */
static struct job *
start_under_rate(struct fixture *f)
{
    struct job *j;

    f->now_us += S / 5;
    j = fx_next(f);
    cr_assert_not_null(j);
    cr_assert(j->tells_when_sent);
    return j;
}

/* Its request leaves, over a kept connection or not. */
static void
leave(struct fixture *f, struct job *j, bool was_reused)
{
    sched_sent(f->s, j, was_reused, f->now_us);
    sched_check(f->s);
}

static void
start_five(struct fixture *f, struct job *jobs[5])
{
    struct sched_config c = FX_CONFIG;

    c.rate_per_host = 5;
    fx_start(f, &c);
    fx_add_n(f, A, 20);
    for (int i = 0; i < 5; i++)
        jobs[i] = start_under_rate(f);
}

Test(pacing, a_rate_counts_requests_that_wait_for_their_connections)
{
    struct job *jobs[5], *j;
    struct fixture f;

    start_five(&f, jobs);
    leave(&f, jobs[0], false);
    fx_done(&f, jobs[0], "1.1");
    j = start_under_rate(&f);
    leave(&f, j, true);
    leave(&f, j, true); /* it answers a challenge */
    fx_done(&f, j, "1.1");
    for (int i = 1; i < 5; i++) {
        f.now_us += S / 5;
        cr_assert_null(fx_next(&f), "%d has not left", i);
        leave(&f, jobs[i], false);
    }
    cr_assert_null(fx_next(&f));
    cr_assert_leq(f.wait_us, S / 5);
    cr_assert_geq(f.wait_us, S / 5 - RATE_SLACK_US);
    start_under_rate(&f);
    fx_stop(&f);
}

Test(pacing, a_connection_that_is_never_made_does_not_stop_its_host)
{
    struct job *jobs[5], *j;
    struct fixture f;

    start_five(&f, jobs);
    leave(&f, jobs[0], true);
    f.now_us += 4 * S;
    cr_assert_null(fx_next(&f));
    f.now_us += S;
    cr_assert_not_null(fx_next(&f), "for five seconds at most");
    for (int i = 1; i < 5; i++)
        fx_done(&f, jobs[i], NULL);
    j = fx_next(&f);
    cr_assert_null(j, "one has not left");
    fx_stop(&f);
}

Test(pacing, a_server_that_keeps_no_connection_gets_its_rate)
{
    struct job *jobs[5];
    struct fixture f;

    start_five(&f, jobs);
    for (int i = 0; i < 5; i++) {
        leave(&f, jobs[i], false);
        fx_done(&f, jobs[i], "1.1");
        jobs[i] = start_under_rate(&f);
    }
    fx_stop(&f);
}

Test(pacing, a_host_that_was_idle_gets_no_burst)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.rate_per_host = 1000;
    fx_start(&f, &c);
    fx_add(&f, A);
    cr_assert_eq(fx_next_all(&f), 1);
    f.now_us += S;
    fx_add_n(&f, A, 5);
    cr_assert_eq(fx_next_all(&f), 1);
    f.now_us += 3 * S / 1000; /* the timer is late, and all wait */
    cr_assert_eq(fx_next_all(&f), 3, "that is made good");
    fx_stop(&f);
}

Test(pacing, hosts_that_wait_for_their_rate_do_not_hold_up_others)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.rate_per_host = 0.001;
    c.limit = c.concurrency = 100;
    fx_start(&f, &c);
    fx_add_n(&f, A, 50);
    cr_assert_str_eq(fx_next_key(&f), A);
    for (int i = 0; i < 20; i++) {
        char key[] = "http://x:80";

        key[7] = (char)('a' + 1 + i);
        fx_add(&f, key);
    }
    cr_assert_eq(fx_next_all(&f), 20);
    fx_stop(&f);
}

Test(pacing, a_busy_host_is_refreshed_while_it_waits_for_its_rate)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.lookup = true;
    c.rate_per_host = 1;
    fx_start(&f, &c);
    fx_add_n(&f, A, 50);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    for (int i = 0; i < 40; i++) {
        struct origin *h;

        cr_assert_not_null(fx_next(&f), "at %d s", i);
        cr_assert_null(fx_next(&f));
        h = fx_lookup(&f);
        if (h)
            fx_resolve(&f, h, "192.0.2.1");
        fx_done_all(&f, "1.1");
        f.now_us += S;
    }
    fx_stop(&f);
}

/* ---- hosts that do not answer ------------------------------------------- */

static void
start_wary(struct fixture *f)
{
    struct sched_config c = FX_CONFIG;

    c.reserve_conns = true;
    c.limit = c.concurrency = 16;
    fx_start(f, &c);
}

static void
time_out(struct fixture *f, const char *key)
{
    for (size_t i = 0; i < f->ninflight; i++) {
        struct job *j = f->inflight[i];

        if (strcmp(j->target.key, key) != 0)
            continue;
        result_fail(&j->res, ERR_TIMEOUT, "x", PHASE_CONNECT, true, "x");
        fx_done(f, j, NULL);
        return;
    }
    cr_assert_fail("none is in flight");
}

Test(pacing, a_host_that_has_not_answered_leaves_room)
{
    struct fixture f;

    start_wary(&f);
    fx_add_n(&f, A, 20);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 4, "a quarter");
    fx_add_n(&f, B, 20);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, B, -1), 3, "a quarter of what is left");
    cr_assert(fx_done_one(&f, B, "1.1"));
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, B, -1), 12, "it has answered");
    cr_assert_eq(fx_ninflight(&f, A, -1), 4);
    fx_stop(&f);
}

Test(pacing, each_silent_host_may_have_one_connection)
{
    char key[32];
    struct fixture f;

    start_wary(&f);
    for (int i = 0; i < 16; i++) {
        sprintf(key, "http://h%d:80", i);
        fx_add_n(&f, key, 2);
    }
    cr_assert_eq(fx_next_all(&f), 16);
    for (int i = 0; i < 16; i++) {
        sprintf(key, "http://h%d:80", i);
        cr_assert_eq(fx_ninflight(&f, key, -1), 1);
    }
    fx_stop(&f);
}

Test(pacing, a_host_that_stops_answering_is_throttled_again)
{
    struct fixture f;

    start_wary(&f);
    fx_add_n(&f, A, 30);
    fx_next_all(&f);
    fx_done_one(&f, A, "1.1");
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 16);
    for (int i = 0; i < 12; i++)
        time_out(&f, A);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 4);
    fx_stop(&f);
}

Test(pacing, a_host_that_is_alone_may_have_all)
{
    enum { ENDED, FULL, NCASES };

    for (int what = 0; what < NCASES; what++) {
        struct fixture f;

        start_wary(&f);
        fx_add_n(&f, A, 20);
        fx_next_all(&f);
        cr_assert_eq(fx_ninflight(&f, A, -1), 4, "others may be further on");
        if (what == ENDED)
            sched_input_ended(f.s);
        sched_set_window_full(f.s, what == FULL);
        cr_assert_eq(fx_next_all(&f), 12);
        fx_stop(&f);
    }
}

Test(pacing, a_host_that_is_alone_for_now_leaves_some_room)
{
    struct fixture f;

    start_wary(&f);
    sched_set_input_idle(f.s, true);
    fx_add_n(&f, A, 20);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 12, "all but a quarter");
    fx_add(&f, B);
    cr_assert_eq(fx_next_all(&f), 1);
    cr_assert_eq(fx_ninflight(&f, B, -1), 1);
    fx_done_one(&f, B, "1.1");
    sched_input_ended(f.s);
    cr_assert_eq(fx_next_all(&f), 4, "none can come any more");
    fx_stop(&f);
}

Test(pacing, throttled_hosts_may_have_what_no_other_host_wants)
{
    struct fixture f;

    start_wary(&f);
    fx_add_n(&f, A, 20);
    fx_add_n(&f, B, 5);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1) + fx_ninflight(&f, B, -1), 6);
    sched_set_input_idle(f.s, true);
    cr_assert_eq(fx_next_all(&f), 0, "others may come");
    sched_input_ended(f.s);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1) + fx_ninflight(&f, B, -1), 16);
    fx_stop(&f);
}

Test(pacing, the_host_that_answers_first_has_the_rest)
{
    struct fixture f;
    size_t before;

    /* Both are silent and no other host can come: both are released. */
    start_wary(&f);
    sched_input_ended(f.s);
    fx_add_n(&f, A, 30);
    fx_add_n(&f, B, 30);
    fx_next_all(&f);
    before = fx_ninflight(&f, A, -1);
    cr_assert_eq(before + fx_ninflight(&f, B, -1), 16);
    cr_assert_gt(fx_ninflight(&f, B, -1), 0);
    for (int i = 0; i < 20; i++) {
        cr_assert(fx_done_one(&f, B, "1.1"));
        fx_next_all(&f);
    }
    cr_assert_leq(fx_ninflight(&f, A, -1), before + 1, "it had its turn once");
    cr_assert_geq(fx_ninflight(&f, B, -1), 15 - before);
    fx_stop(&f);
}

Test(pacing, a_paused_host_counts_as_one_with_jobs)
{
    struct fixture f;

    start_wary(&f);
    sched_input_ended(f.s);
    fx_add_n(&f, B, 2);
    pause_host(&f, fx_next(&f), 1000);
    fx_add_n(&f, A, 20);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 4);
    f.now_us += 1000;
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, B, -1), 1);
    cr_assert_eq(fx_ninflight(&f, A, -1), 15, "all others");
    fx_stop(&f);
}

Test(pacing, throttling_limits_connections_not_streams)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.reserve_conns = true;
    c.limit = 8;
    c.concurrency = 800;
    fx_start(&f, &c);
    fx_add_n(&f, A, 20);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, A, -1), 2);
    fx_stop(&f);
}

/* ---- hosts that are down ------------------------------------------------ */

static void
start_with_failures(struct fixture *f, uint32_t n)
{
    struct sched_config c = FX_CONFIG;

    c.max_host_failures = n;
    fx_start(f, &c);
}

static void
fail(struct fixture *f, struct job *j, enum error_class class, enum phase phase)
{
    if (class != ERR_NONE)
        result_fail(&j->res, class, "x", phase, true, "x");
    fx_done(f, j, NULL);
}

static void
refuse(struct fixture *f, struct job *j)
{
    fail(f, j, ERR_CONNECT, PHASE_CONNECT);
}

static size_t
take_down(struct fixture *f)
{
    struct job *j;
    size_t n;

    for (n = 0; (j = sched_take(f->s, TAKE_DOWN, f->now_us)); n++) {
        sched_check(f->s);
        fx_drop(f, j);
    }
    return n;
}

Test(pacing, a_host_that_cannot_be_reached_is_given_up)
{
    struct fixture f;

    start_with_failures(&f, 3);
    fx_add_n(&f, A, 10);
    fx_add(&f, B);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(take_down(&f), 0);
        while (fx_ninflight(&f, A, -1) == 0)
            fx_next(&f);
        refuse(&f, f.inflight[f.ninflight - 1]);
    }
    cr_assert_eq(take_down(&f), 7);
    fx_next_all(&f);
    cr_assert_eq(fx_ninflight(&f, B, -1), 1);
    fx_add_n(&f, A, 2);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(take_down(&f), 2, "those that come later, too");
    fx_stop(&f);
}

Test(pacing, a_retry_for_a_host_that_was_given_up_is_not_forgotten)
{
    struct fixture f;
    struct job *j;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    j = fx_next(&f);
    result_fail(&j->res, ERR_CONNECT, "x", PHASE_CONNECT, true, "x");
    retry(&f, j, f.now_us + 1000);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 1000);
    f.now_us += 1000;
    cr_assert_eq(take_down(&f), 0);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(f.wait_us, 0, "there is something to do now");
    cr_assert_eq(take_down(&f), 1);
    fx_stop(&f);
}

Test(pacing, only_failures_to_connect_count_and_a_response_ends_the_row)
{
    enum { COUNTS, ENDS_ROW, SAYS_NOTHING };
    static const struct {
        enum error_class class;
        enum phase phase;
        int status;
        int what;
    } cases[] = {
        {ERR_CONNECT, PHASE_CONNECT, 0, COUNTS},
        {ERR_TIMEOUT, PHASE_CONNECT, 0, COUNTS},
        {ERR_TIMEOUT, PHASE_TLS, 0, COUNTS},
        {ERR_TIMEOUT, PHASE_WAIT, 0, ENDS_ROW},
        {ERR_TLS, PHASE_TLS, 0, ENDS_ROW},
        {ERR_CONNECT, PHASE_WAIT, 0, ENDS_ROW},
        {ERR_CONNECT, PHASE_RECEIVE, 200, ENDS_ROW},
        {ERR_PROTOCOL, PHASE_WAIT, 0, ENDS_ROW},
        {ERR_NONE, PHASE_INPUT, 200, ENDS_ROW},
        {ERR_HTTP, PHASE_RECEIVE, 500, ENDS_ROW},
        {ERR_ABORTED, PHASE_QUEUE, 0, SAYS_NOTHING},
        {ERR_PROXY, PHASE_CONNECT, 0, COUNTS},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        struct job *j;

        start_with_failures(&f, 2);
        fx_add_n(&f, A, 5);
        refuse(&f, fx_next(&f));
        j = fx_next(&f);
        j->res.status = cases[i].status;
        fail(&f, j, cases[i].class, cases[i].phase);
        cr_assert_eq(take_down(&f) > 0, cases[i].what == COUNTS, "case %zu", i);
        if (cases[i].what != COUNTS) {
            refuse(&f, fx_next(&f));
            cr_assert_eq(take_down(&f) > 0, cases[i].what == SAYS_NOTHING,
                         "case %zu", i);
        }
        fx_stop(&f);
    }
}

Test(pacing, failures_are_remembered_between_jobs_that_are_apart)
{
    struct fixture f;

    start_with_failures(&f, 3);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(take_down(&f), 0);
        fx_add(&f, A);
        refuse(&f, fx_next(&f));
        f.now_us += 9 * US_PER_S;
    }
    fx_add(&f, A);
    cr_assert_null(fx_next(&f));
    cr_assert_eq(take_down(&f), 1);
    fx_stop(&f);
}

Test(pacing, failures_are_forgotten_where_nobody_asks_for_long)
{
    struct fixture f;

    start_with_failures(&f, 2);
    for (int i = 0; i < 3; i++) {
        fx_add(&f, A);
        refuse(&f, fx_next(&f));
        cr_assert_eq(sched_check(f.s), 1);
        f.now_us += 11 * US_PER_S;
        cr_assert_null(fx_next(&f));
        cr_assert_eq(sched_check(f.s), 0);
    }
    cr_assert_eq(take_down(&f), 0);
    fx_stop(&f);
}

Test(pacing, our_own_errors_are_no_failures_of_the_host)
{
    static const char *const codes[] = {"no_descriptors", "interface"};
    struct fixture f;

    start_with_failures(&f, 2);
    fx_add_n(&f, A, 6);
    for (int i = 0; i < 4; i++) {
        struct job *j = fx_next(&f);

        result_fail(&j->res, ERR_CONNECT, codes[i % 2], PHASE_CONNECT, true,
                    "x");
        fx_done(&f, j, NULL);
        cr_assert_eq(take_down(&f), 0);
    }
    fx_stop(&f);
}

Test(pacing, a_proxy_that_does_not_reach_the_host_counts_but_one_that_denies_it)
{
    struct fixture f;

    start_with_failures(&f, 2);
    fx_add_n(&f, A, 6);
    for (int i = 0; i < 4; i++) {
        struct job *j = fx_next(&f);
        bool is_denied = i < 2;

        result_fail(&j->res, ERR_PROXY, is_denied ? "denied" : "refused",
                    PHASE_CONNECT, !is_denied, "x");
        fx_done(&f, j, NULL);
        cr_assert_eq(take_down(&f), i < 3 ? 0 : 2);
    }
    fx_stop(&f);
}

Test(pacing, without_a_limit_no_host_is_given_up)
{
    struct fixture f;

    start_with_failures(&f, 0);
    fx_add_n(&f, A, 100);
    for (int i = 0; i < 100; i++)
        refuse(&f, fx_next(&f));
    cr_assert_eq(take_down(&f), 0);
    fx_stop(&f);
}

Test(pacing, a_probe_goes_after_ten_seconds_and_then_less_and_less_often)
{
    static const int64_t for_s[] = {10, 20, 40, 80, 160, 320, 600, 600};
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    refuse(&f, fx_next(&f));
    for (size_t i = 0; i < ARRAY_LEN(for_s); i++) {
        f.now_us += for_s[i] * S - 1;
        fx_add(&f, A);
        cr_assert_null(fx_next(&f));
        cr_assert_eq(take_down(&f), 1);
        f.now_us += 1;
        fx_add_n(&f, A, 3);
        cr_assert_eq(take_down(&f), 0);
        cr_assert_eq(fx_next_all(&f), 1, "the probe");
        cr_assert_eq(take_down(&f), 0, "the others wait for it");
        refuse(&f, f.inflight[0]);
        cr_assert_eq(take_down(&f), 2, "after %d s", (int)for_s[i]);
    }
    fx_stop(&f);
}

Test(pacing, jobs_that_were_not_taken_in_time_are_not_down)
{
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add_n(&f, A, 4);
    refuse(&f, fx_next(&f));
    f.now_us += 10 * S;
    cr_assert_eq(take_down(&f), 0);
    cr_assert_eq(fx_next_all(&f), 1, "the probe");
    fx_stop(&f);
}

Test(pacing, a_probe_that_connects_ends_it)
{
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    refuse(&f, fx_next(&f));
    f.now_us += 10 * S;
    fx_add_n(&f, A, 5);
    cr_assert_eq(fx_next_all(&f), 1);
    done_with_status(&f, f.inflight[0], 200);
    cr_assert_eq(fx_next_all(&f), 4);
    refuse(&f, f.inflight[0]);
    fx_done_all(&f, NULL);
    f.now_us += 10 * S;
    fx_add(&f, A);
    cr_assert_eq(fx_next_all(&f), 1, "and it begins with 10 s again");
    fx_stop(&f);
}

Test(pacing, a_probe_that_says_nothing_is_followed_by_another)
{
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    refuse(&f, fx_next(&f));
    f.now_us += 10 * S;
    fx_add_n(&f, A, 2);
    fail(&f, fx_next(&f), ERR_ABORTED, PHASE_QUEUE);
    cr_assert_eq(fx_next_all(&f), 1);
    fx_stop(&f);
}

Test(pacing, jobs_that_were_under_way_do_not_count_against_a_probe)
{
    struct fixture f;
    struct job *probe;

    start_with_failures(&f, 1);
    fx_add_n(&f, A, 4);
    fx_next_all(&f);
    refuse(&f, f.inflight[0]);
    refuse(&f, f.inflight[0]);
    f.now_us += 10 * S;
    fx_add_n(&f, A, 2);
    probe = fx_next(&f);
    cr_assert_not_null(probe, "not 20 s: that was one failure in a row");
    refuse(&f, f.inflight[0]);
    cr_assert_null(fx_next(&f), "one probe at a time");
    cr_assert_eq(take_down(&f), 0);
    done_with_status(&f, probe, 200);
    cr_assert_eq(fx_next_all(&f), 1);
    fx_stop(&f);
}

Test(pacing, a_host_that_was_down_is_forgotten_in_the_end)
{
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    refuse(&f, fx_next(&f));
    f.now_us += 20 * S - 1;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(sched_check(f.s), 1);
    f.now_us += 1;
    cr_assert_null(fx_next(&f));
    cr_assert_eq(sched_check(f.s), 0);
    fx_stop(&f);
}

Test(pacing, a_host_that_is_down_is_not_looked_up)
{
    struct sched_config c = FX_CONFIG;
    struct fixture f;

    c.lookup = true;
    c.max_host_failures = 1;
    fx_start(&f, &c);
    fx_add(&f, A);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    refuse(&f, fx_next(&f));
    f.now_us += 9 * S;
    fx_add(&f, A);
    cr_assert_null(fx_lookup(&f));
    cr_assert_eq(take_down(&f), 1);
    f.now_us += 2 * S;
    fx_add(&f, A);
    fx_resolve(&f, fx_lookup(&f), "192.0.2.1");
    cr_assert_str_eq(fx_next_key(&f), A);
    fx_stop(&f);
}

Test(pacing, a_freed_scheduler_leaves_no_remembered_host)
{
    struct fixture f;

    start_with_failures(&f, 1);
    fx_add(&f, A);
    pause_host(&f, fx_next(&f), 60 * S);
    fx_add(&f, B);
    refuse(&f, fx_next(&f));
    cr_assert_eq(sched_check(f.s), 2);
    fx_stop(&f);
}
