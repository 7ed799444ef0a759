#include "sched/autolimit.h"

#include <criterion/criterion.h>

#include "worlds.h"

/* Limits that a user might have chosen. */
static const uint32_t fixed[] = {25, 50, 100, 200, 400, 800, 1600, 4000};

/* The fastest of them that has hardly more failures than the best. */
static struct verdict
best_fixed(const struct world *w)
{
    struct verdict all[ARRAY_LEN(fixed)], best = {.seconds = 1e9};
    double least = 1;

    for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
        all[i] = world_run(w, fixed[i]);
        if (all[i].failed < least)
            least = all[i].failed;
    }
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        if (all[i].failed <= least + 0.005 && all[i].seconds < best.seconds)
            best = all[i];
    return best;
}

Test(autolimit, is_nearly_as_fast_as_the_best_fixed_limit_in_each_world)
{
    for (size_t i = 0; i < nworlds; i++) {
        const struct world *w = &worlds[i];
        struct verdict best = best_fixed(w), own = world_run(w, 0);
        double score = best.seconds / own.seconds;

        cr_expect_geq(score, 0.9, "%s: %.1f s, the best fixed limit takes %.1f",
                      w->name, own.seconds, best.seconds);
        cr_expect_leq(own.failed, best.failed + 0.005,
                      "%s: %.2f %% fail, %.2f with the best fixed limit",
                      w->name, own.failed * 100, best.failed * 100);
    }
}

static const struct autolimit_config CONFIG = {100, 2, 1000};

/* One round of n requests that end alike, in that time. */
static bool
run_round(struct autolimit *a, int64_t *now_us, enum autolimit_sign sign,
          uint32_t n, uint32_t nused, int64_t took_us)
{
    bool has_changed = false;

    for (uint32_t i = 0; i < n; i++) {
        autolimit_note_done(a, sign, nused, 1000, 1000);
        *now_us += took_us / n;
        has_changed |= autolimit_turn(a, *now_us);
    }
    return has_changed;
}

Test(autolimit, doubles_while_that_brings_more)
{
    struct autolimit a;
    int64_t now_us = US_PER_S;

    autolimit_init(&a, &CONFIG, now_us);
    cr_assert_eq(a.limit, 100);
    cr_assert(run_round(&a, &now_us, AUTOLIMIT_GOOD, 100, 100, 400000));
    cr_assert_eq(a.limit, 200);
    cr_assert(run_round(&a, &now_us, AUTOLIMIT_GOOD, 200, 200, 400000));
    cr_assert_eq(a.limit, 400);
}

Test(autolimit, stays_where_there_is_no_more_to_do)
{
    struct autolimit a;
    int64_t now_us = US_PER_S;

    autolimit_init(&a, &CONFIG, now_us);
    for (int i = 0; i < 10; i++)
        cr_assert(!run_round(&a, &now_us, AUTOLIMIT_GOOD, 100, 50, 400000));
    cr_assert_eq(a.limit, 100);
    cr_assert_eq(a.reason, AUTOLIMIT_IDLE);
}

Test(autolimit, steps_back_when_failures_rise)
{
    struct autolimit a;
    int64_t now_us = US_PER_S;

    autolimit_init(&a, &CONFIG, now_us);
    cr_assert(run_round(&a, &now_us, AUTOLIMIT_GOOD, 50, 100, 200000));
    cr_assert(run_round(&a, &now_us, AUTOLIMIT_STRAIN, 10, 200, 10000));
    cr_assert_eq(a.limit, 100);
    cr_assert_eq(a.reason, AUTOLIMIT_FAILING);
}

/* The limit is 200, where many failed, and 100 is good again. */
static int64_t
fail_at_200(struct autolimit *a)
{
    int64_t now_us = US_PER_S;

    autolimit_init(a, &CONFIG, now_us);
    run_round(a, &now_us, AUTOLIMIT_GOOD, 50, 100, 200000);
    run_round(a, &now_us, AUTOLIMIT_STRAIN, 10, 200, 10000);
    run_round(a, &now_us, AUTOLIMIT_STRAIN, 100, 100, 200000); /* as of 200 */
    return now_us;
}

Test(autolimit, returns_where_failures_come_without_the_higher_limit)
{
    struct autolimit a;
    int64_t now_us = fail_at_200(&a);

    cr_assert_eq(a.limit, 100);
    run_round(&a, &now_us, AUTOLIMIT_GOOD, 200, 100, 400000);
    cr_assert_eq(a.limit, 100);
    cr_assert(run_round(&a, &now_us, AUTOLIMIT_STRAIN, 100, 100, 200000));
    cr_assert_eq(a.limit, 200);
}

Test(autolimit, does_not_return_while_failures_have_never_ceased)
{
    struct autolimit a;
    int64_t now_us = fail_at_200(&a);

    for (int i = 0; i < 5; i++)
        run_round(&a, &now_us, AUTOLIMIT_STRAIN, 100, 100, 200000);
    cr_assert_leq(a.limit, 100);
}

Test(autolimit, stays_below_a_limit_that_fails_again)
{
    struct autolimit a;
    int64_t now_us = fail_at_200(&a);

    run_round(&a, &now_us, AUTOLIMIT_GOOD, 200, 100, 400000);
    run_round(&a, &now_us, AUTOLIMIT_STRAIN, 100, 100, 200000);
    cr_assert_eq(a.limit, 200);
    for (int i = 0; i < 4; i++)
        run_round(&a, &now_us, AUTOLIMIT_STRAIN, 50, 200, 200000);
    cr_assert_leq(a.limit, 100);
    run_round(&a, &now_us, AUTOLIMIT_GOOD, 200, 100, 400000);
    run_round(&a, &now_us, AUTOLIMIT_STRAIN, 100, 100, 200000);
    cr_assert_leq(a.limit, 100);
}

Test(autolimit, takes_dead_hosts_for_no_sign)
{
    struct autolimit a;
    int64_t now_us = US_PER_S;

    autolimit_init(&a, &CONFIG, now_us);
    for (int i = 0; i < 3; i++) {
        run_round(&a, &now_us, AUTOLIMIT_DOUBT, 5, 100, 10000);
        run_round(&a, &now_us, AUTOLIMIT_GOOD, a.limit, a.limit, 400000);
    }
    cr_assert_geq(a.limit, 400);
}

Test(autolimit, never_leaves_its_bounds)
{
    struct autolimit a;
    int64_t now_us = US_PER_S;

    autolimit_init(&a, &CONFIG, now_us);
    for (int i = 0; i < 2000; i++) {
        enum autolimit_sign sign =
            i / 100 % 2 ? AUTOLIMIT_STRAIN : AUTOLIMIT_GOOD;

        run_round(&a, &now_us, sign, a.limit, a.limit, 200000);
        cr_assert(a.limit >= 2 && a.limit <= 1000);
    }
}
