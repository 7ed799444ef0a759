#include "engine/pace.h"

#include <criterion/criterion.h>

/*
 * The bytes of `nhosts` hosts that always have more, in `s` seconds of invented
 * time.  Each is asked as the wait says, and `late_us` later.
 */
static int64_t
bytes_in(struct pace *p, unsigned nhosts, int64_t s, int64_t late_us)
{
    int64_t next[64] = {0}, sum = 0, wait;

    cr_assert_leq(nhosts, 64u);
    for (int64_t now = 1; now < s * US_PER_S; now += 100)
        for (unsigned h = 0; h < nhosts; h++) {
            size_t n;

            if (now < next[h])
                continue;
            n = pace_allow(p, h + 1, now, &wait);
            if (n == 0) {
                cr_assert_gt(wait, 0);
                next[h] = now + wait + late_us;
                continue;
            }
            pace_note(p, h + 1, n, now);
            sum += (int64_t)n;
        }
    return sum;
}

static void
check_rate(int64_t run, int64_t host, unsigned nhosts, int64_t want)
{
    static const int64_t lates[] = {0, 1000, 5000, 20000};

    for (size_t i = 0; i < ARRAY_LEN(lates); i++) {
        struct pace *p = pace_new(run, host);
        int64_t got = bytes_in(p, nhosts, 20, lates[i]) / 20;

        cr_assert(got > want * 97 / 100 && got < want * 103 / 100,
                  "%u hosts, %lld us late: %lld bytes/s, not %lld", nhosts,
                  (long long)lates[i], (long long)got, (long long)want);
        pace_free(p);
    }
}

Test(pace, the_run_has_its_rate)
{
    check_rate(1000000, 0, 1, 1000000);
    check_rate(1000000, 0, 50, 1000000);
    check_rate(100000000, 0, 10, 100000000);
    check_rate(20000, 0, 5, 20000);
}

Test(pace, each_host_has_its_rate)
{
    check_rate(0, 100000, 1, 100000);
    check_rate(0, 100000, 30, 3000000);
}

Test(pace, the_smaller_sum_counts)
{
    check_rate(1000000, 100000, 5, 500000);
    check_rate(1000000, 100000, 40, 1000000);
}

Test(pace, idle_time_is_not_saved_up)
{
    struct pace *p = pace_new(1000000, 0);
    int64_t now = 1, got = 0, wait;

    pace_note(p, 1, 1000, now);
    now += 100 * US_PER_S;
    for (size_t n; (n = pace_allow(p, 1, now, &wait)) > 0; got += (int64_t)n)
        pace_note(p, 1, n, now);
    cr_assert_leq(got, 200000, "%lld bytes at once", (long long)got);
    pace_free(p);
}

Test(pace, a_debt_is_paid)
{
    struct pace *p = pace_new(1000, 0);
    int64_t wait;

    pace_note(p, 1, 10000, US_PER_S);
    cr_assert_eq(pace_allow(p, 1, 2 * US_PER_S, &wait), 0);
    cr_assert(wait > 8 * US_PER_S && wait <= 9 * US_PER_S, "%lld",
              (long long)wait);
    pace_free(p);
}

Test(pace, many_hosts_are_forgotten)
{
    struct pace *p = pace_new(0, 1000);
    int64_t wait;

    for (uint64_t h = 1; h < 100000; h++)
        pace_note(p, h * 7919, 1, (int64_t)h * US_PER_S);
    pace_note(p, 5, 100000, INT64_C(100000) * US_PER_S);
    cr_assert_eq(pace_allow(p, 5, INT64_C(100001) * US_PER_S, &wait), 0);
    cr_assert_gt(pace_allow(p, 6, INT64_C(100001) * US_PER_S, &wait), 0);
    pace_free(p);
}

Test(pace, without_a_limit_there_is_none)
{
    cr_assert_null(pace_new(0, 0));
}
