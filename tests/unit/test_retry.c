#include "sched/retry.h"

#include <criterion/criterion.h>

Test(retry, the_wait_doubles_up_to_its_most)
{
    static const struct {
        uint32_t nretries;
        int64_t base_us, max_us;
        int64_t most_us; /* of all waits; they come near it */
    } cases[] = {
        {1, 1000000, 60000000, 1000000},
        {2, 1000000, 60000000, 2000000},
        {3, 1000000, 60000000, 4000000},
        {6, 1000000, 60000000, 32000000},
        {7, 1000000, 60000000, 60000000},
        {1000, 1000000, 60000000, 60000000},
        {UINT32_MAX, 1, INT64_MAX, INT64_MAX},
        {1, 5000000, 2000000, 2000000},
        {3, 300000, 300000, 300000},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t longest_us = 0, shortest_us = INT64_MAX;
        uint64_t random = 42;
        double sum = 0;

        for (int n = 0; n < 1000; n++) {
            int64_t us = retry_backoff_us(cases[i].nretries, cases[i].base_us,
                                          cases[i].max_us, &random);

            longest_us = us > longest_us ? us : longest_us;
            shortest_us = us < shortest_us ? us : shortest_us;
            sum += (double)us;
        }
        cr_assert_geq(shortest_us, 0);
        cr_assert_leq(longest_us, cases[i].most_us, "case %zu", i);
        cr_assert_lt(shortest_us, cases[i].most_us / 50, "full jitter");
        cr_assert_gt(longest_us, cases[i].most_us / 50 * 49, "case %zu", i);
        cr_assert_gt(sum / 1000, (double)cases[i].most_us * 0.45);
        cr_assert_lt(sum / 1000, (double)cases[i].most_us * 0.55);
    }
}

Test(retry, no_delay_is_no_delay)
{
    uint64_t random = 1;

    for (uint32_t n = 1; n < 100; n++) {
        cr_assert_eq(retry_backoff_us(n, 0, 60000000, &random), 0);
        cr_assert_eq(retry_backoff_us(n, 1000000, 0, &random), 0);
    }
}

Test(retry, random_numbers_depend_on_the_seed_alone)
{
    uint64_t a = 7, b = 7, c = 8;
    int nsame = 0;

    for (int i = 0; i < 100; i++) {
        uint64_t x = retry_random(&a);

        cr_assert_eq(x, retry_random(&b));
        nsame += x == retry_random(&c);
    }
    cr_assert_eq(nsame, 0);
}
