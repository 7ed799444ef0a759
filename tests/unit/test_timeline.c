#include "report/timeline.h"

#include <criterion/criterion.h>

#include <stdlib.h>

static struct timeline *t;

static void
set_up(void)
{
    t = timeline_new();
}

static void
tear_down(void)
{
    timeline_free(t);
}

TestSuite(timeline, .init = set_up, .fini = tear_down);

static void
add(int64_t at_us, enum error_class class, int64_t time_us)
{
    struct result r;

    result_init(&r);
    if (class != ERR_NONE)
        result_fail(&r, class, "x", PHASE_WAIT, true, "x");
    r.size_download = 10;
    timeline_add(t, at_us, &r, time_us);
    result_fini(&r);
}

/* Results, timed ones and bytes over all buckets. */
static void
expect_sums(uint64_t n, uint64_t ntimed, uint64_t bytes)
{
    uint64_t total = 0, timed = 0, size = 0;

    for (size_t i = 0; i < TIMELINE_NBUCKETS; i++) {
        const struct timeline_bucket *b = timeline_bucket(t, i);

        total += timeline_total(b);
        timed += b->times.n;
        size += b->size_download;
    }
    cr_expect_eq(total, n);
    cr_expect_eq(timed, ntimed);
    cr_expect_eq(size, bytes);
}

Test(timeline, a_result_is_in_the_bucket_of_its_time)
{
    cr_expect_eq(timeline_nbuckets(t), 0);
    add(-5, ERR_NONE, 10);
    add(timeline_width_us(t) - 1, ERR_TIMEOUT, 20);
    add(timeline_width_us(t), ERR_ABORTED, -1);
    cr_expect_eq(timeline_nbuckets(t), 2);
    cr_expect_eq(timeline_bucket(t, 0)->by_kind[TIMELINE_OK], 1);
    cr_expect_eq(timeline_bucket(t, 0)->by_kind[TIMELINE_TIMEOUT], 1);
    cr_expect_eq(timeline_bucket(t, 1)->by_kind[TIMELINE_OURS], 1);
    expect_sums(3, 2, 30);
}

/* A result each second for two weeks, out of order at times. */
Test(timeline, buckets_double_in_width_and_lose_nothing)
{
    const int64_t n = 14 * 86400;
    int64_t width = timeline_width_us(t);

    for (int64_t i = 0; i < n; i++)
        add((i ^ 5) * US_PER_S, i % 4 ? ERR_NONE : ERR_HTTP, i % 2 ? i : -1);
    expect_sums((uint64_t)n, (uint64_t)n / 2, 10 * (uint64_t)n);
    cr_expect_gt(timeline_nbuckets(t), TIMELINE_NBUCKETS / 2);
    cr_expect_leq(timeline_nbuckets(t), TIMELINE_NBUCKETS);
    while (width < timeline_width_us(t))
        width *= 2;
    cr_expect_eq(width, timeline_width_us(t));
    for (size_t i = 0; i + 1 < timeline_nbuckets(t); i++)
        cr_expect_leq(llabs((int64_t)timeline_total(timeline_bucket(t, i)) -
                            width / US_PER_S),
                      8, "bucket %zu", i);
}

Test(timeline, a_leap_in_time_is_no_trouble)
{
    add(0, ERR_NONE, 1);
    add(INT64_MAX / 2, ERR_NONE, 1);
    expect_sums(2, 2, 20);
    cr_expect_leq(timeline_nbuckets(t), TIMELINE_NBUCKETS);
}

Test(timeline, the_timeline_reaches_to_the_end_of_the_run)
{
    timeline_reach(t, 0);
    cr_expect_eq(timeline_nbuckets(t), 0);
    add(0, ERR_NONE, 1);
    timeline_reach(t, 10 * timeline_width_us(t));
    cr_expect_eq(timeline_nbuckets(t), 10);
    timeline_reach(t, 3600 * US_PER_S);
    cr_expect_eq(timeline_nbuckets(t),
                 (size_t)((3600 * US_PER_S - 1) / timeline_width_us(t)) + 1);
    expect_sums(1, 1, 10);
}
