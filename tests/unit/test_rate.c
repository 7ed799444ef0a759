#include "sched/rate.h"

#include <criterion/criterion.h>

#include <math.h>

/* Take as many as go within the time; the timer is late_us late. */
static int
take_for(struct rate *r, int64_t from_us, int64_t for_us, int64_t late_us)
{
    int64_t now_us = from_us;
    int n = 0;

    while (now_us < from_us + for_us) {
        while (rate_opens_at_us(r) <= now_us) {
            rate_take(r, now_us);
            r->is_awaited = true;
            n++;
        }
        now_us = rate_opens_at_us(r) + late_us;
    }
    return n;
}

Test(rate, without_a_rate_all_go_at_once)
{
    struct rate r;

    rate_init(&r, 0);
    for (int i = 0; i < 1000; i++) {
        cr_assert_leq(rate_opens_at_us(&r), 0);
        rate_take(&r, 0);
    }
}

Test(rate, events_are_evenly_spaced)
{
    static const struct {
        double per_s;
        int64_t interval_us;
    } cases[] = {
        {1, 1000000},
        {20, 50000},
        {0.5, 2000000},
        {1000, 1000},
        {1.0 / 3600, INT64_C(3600000000)},
        {3, 333334},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t now_us = 5 * US_PER_S;
        struct rate r;

        rate_init(&r, cases[i].per_s);
        cr_assert_leq(rate_opens_at_us(&r), now_us, "the first at once");
        for (int n = 0; n < 10; n++) {
            rate_take(&r, now_us);
            cr_assert_lt(
                llabs(rate_opens_at_us(&r) - now_us - cases[i].interval_us), 3,
                "case %zu", i);
            now_us = rate_opens_at_us(&r);
            cr_assert_geq(now_us * 1000, r.next_ns, "not too early");
        }
    }
}

Test(rate, idle_time_is_not_saved_up)
{
    static const double rates[] = {0.1, 1, 20, 1000, 100000};

    for (size_t i = 0; i < ARRAY_LEN(rates); i++) {
        int64_t now_us = 1000 * US_PER_S;
        struct rate r;

        rate_init(&r, rates[i]);
        rate_take(&r, 0);
        rate_take(&r, now_us);
        cr_assert_gt(rate_opens_at_us(&r), now_us, "%g", rates[i]);
    }
}

Test(rate, the_rate_is_reached_and_not_exceeded_though_timers_are_late)
{
    static const double rates[] = {5, 20, 333, 1000, 2500, 10000};
    static const int64_t late_us[] = {0, 100, 1000, 4900};

    for (size_t i = 0; i < ARRAY_LEN(rates); i++) {
        for (size_t k = 0; k < ARRAY_LEN(late_us); k++) {
            struct rate r;
            int n;

            rate_init(&r, rates[i]);
            n = take_for(&r, US_PER_S, 100 * US_PER_S, late_us[k]);
            cr_assert_lt(fabs(n - 100 * rates[i]), 2 + rates[i] * 0.01,
                         "%d at %g/s, %d us late", n, rates[i],
                         (int)late_us[k]);
        }
    }
}

Test(rate, a_long_stop_is_made_good_for_a_moment_only)
{
    struct rate r;
    int n = 0;

    rate_init(&r, 1000);
    rate_take(&r, US_PER_S);
    r.is_awaited = true;
    while (rate_opens_at_us(&r) <= 60 * US_PER_S) {
        rate_take(&r, 60 * US_PER_S);
        n++;
    }
    cr_assert_leq(n, 1 + RATE_SLACK_US / US_PER_MS);
}

Test(rate, a_rate_next_to_nothing_is_almost_never)
{
    struct rate r;

    rate_init(&r, 1e-300);
    rate_take(&r, 0);
    cr_assert_gt(rate_opens_at_us(&r), INT64_C(1000000) * US_PER_S);
}

Test(rate, an_event_that_is_late_puts_the_next_one_off)
{
    struct rate r;

    rate_init(&r, 10);
    rate_take(&r, 0);
    rate_put_off(&r, RATE_SLACK_US);
    cr_expect_eq(rate_opens_at_us(&r), 100 * US_PER_MS, "it is not late");
    rate_put_off(&r, 80 * US_PER_MS);
    cr_expect_eq(rate_opens_at_us(&r), 180 * US_PER_MS - RATE_SLACK_US);
    rate_put_off(&r, 20 * US_PER_MS);
    cr_expect_eq(rate_opens_at_us(&r), 180 * US_PER_MS - RATE_SLACK_US);
    rate_init(&r, 0);
    rate_put_off(&r, US_PER_S);
    cr_expect_eq(rate_opens_at_us(&r), 0, "there is no rate");
}

Test(rate, a_high_rate_permits_several_events_in_a_moment)
{
    struct rate r;

    rate_init(&r, 10);
    cr_expect(rate_has_slack(&r, 0));
    cr_expect_not(rate_has_slack(&r, 1));
    rate_init(&r, 1000);
    cr_expect(rate_has_slack(&r, 5));
    cr_expect_not(rate_has_slack(&r, 6));
    rate_init(&r, 0);
    cr_expect(rate_has_slack(&r, UINT32_MAX));
}
