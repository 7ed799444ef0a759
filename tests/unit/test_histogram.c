#include "base/alloc.h"
#include "report/histogram.h"

#include <math.h>
#include <stdlib.h>

#include <criterion/criterion.h>

static struct histogram *
hist_make(void)
{
    return xcalloc(1, sizeof(struct histogram));
}

Test(histogram, an_empty_histogram_has_no_percentiles)
{
    struct histogram *h = hist_make();

    cr_expect_eq(histogram_percentile(h, 0), -1);
    cr_expect_eq(histogram_percentile(h, 50), -1);
    cr_expect_eq(histogram_count(h, 0, INT64_MAX), 0);
    free(h);
}

Test(histogram, one_value_is_every_percentile)
{
    static const int64_t values[] = {0, 1, 255, 256, 1000003, INT64_MAX};

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct histogram *h = hist_make();

        histogram_add(h, values[i]);
        cr_expect_eq(h->min, values[i]);
        cr_expect_eq(h->max, values[i]);
        for (int percent = 0; percent <= 100; percent += 25)
            cr_expect_eq(histogram_percentile(h, percent), values[i],
                         "%d%% of %ld", percent, (long)values[i]);
        free(h);
    }
}

Test(histogram, small_values_are_exact)
{
    struct histogram *h = hist_make();

    for (int i = 1; i <= 200; i++)
        histogram_add(h, i);
    cr_expect_eq(histogram_percentile(h, 0), 1);
    cr_expect_eq(histogram_percentile(h, 50), 100);
    cr_expect_eq(histogram_percentile(h, 99), 198);
    cr_expect_eq(histogram_percentile(h, 99.4), 199);
    cr_expect_eq(histogram_percentile(h, 100), 200);
    free(h);
}

Test(histogram, a_negative_value_is_zero)
{
    struct histogram *h = hist_make();

    histogram_add(h, -5);
    cr_expect_eq(h->min, 0);
    cr_expect_eq(histogram_percentile(h, 50), 0);
    free(h);
}

/* Though the middle of their range is. */
Test(histogram, no_percentile_is_outside_of_what_came)
{
    struct histogram *least = hist_make(), *most = hist_make();

    /* Otherwise both would be reported as 1028. */
    histogram_add(most, 0);
    histogram_add(least, 5000);
    for (int i = 0; i < 2; i++) {
        histogram_add(most, 1024);
        histogram_add(least, 1031);
    }
    cr_expect_eq(histogram_percentile(most, 50), 1024);
    cr_expect_eq(histogram_percentile(least, 50), 1031);
    free(least);
    free(most);
}

/* Between a much smaller and a much greater one, so that neither clamps. */
Test(histogram, every_size_of_value_is_told_within_half_a_percent)
{
    for (double v = 1; v < 9e18; v *= 1.0313) {
        struct histogram *h = hist_make();
        int64_t value = (int64_t)v, got;

        histogram_add(h, 0);
        histogram_add(h, value);
        histogram_add(h, INT64_MAX);
        got = histogram_percentile(h, 50);
        cr_expect_leq(fabs((double)got - (double)value), 0.005 * v,
                      "%ld came out as %ld", (long)value, (long)got);
        free(h);
    }
}

/* Against the sorted values themselves, over five powers of ten. */
Test(histogram, percentiles_agree_with_sorting)
{
    enum { N = 20000 };
    struct histogram *h = hist_make();
    int64_t *values = xcalloc(N, sizeof(*values));

    /* Ascending by construction, added in another order. */
    for (int i = 0; i < N; i++)
        values[i] = (int64_t)pow(10, 2 + 5.0 * i / N);
    for (int i = 0; i < N; i++)
        histogram_add(h, values[i * 7919 % N]);
    for (int p = 1; p <= 100; p++) {
        int rank = N * p / 100; /* a whole number */
        double want = (double)values[rank - 1];

        cr_expect_leq(fabs((double)histogram_percentile(h, p) - want),
                      0.01 * want, "percentile %d", p);
    }
    free(values);
    free(h);
}

Test(histogram, each_value_is_counted_in_one_range)
{
    static const int64_t limits[] = {0, 10, 1000, 5000, 1000000, INT64_MAX};
    struct histogram *h = hist_make();
    uint64_t sum = 0;

    for (int64_t v = 0; v < 100000; v += 7)
        histogram_add(h, v);
    for (size_t i = 0; i + 1 < ARRAY_LEN(limits); i++)
        sum += histogram_count(h, limits[i], limits[i + 1]);
    cr_expect_eq(sum, h->n);
    cr_expect_eq(histogram_count(h, 0, 10), 2, "0 and 7");
    cr_expect_eq(histogram_count(h, 1000000, INT64_MAX), 0);
    free(h);
}

/* Against the larger one, over all powers of two up to 2^40. */
Test(histogram, a_small_histogram_is_less_than_four_percent_off)
{
    for (double v = 1; v < 1e12; v *= 1.0313) {
        struct histogram_small h = {0};
        int64_t value = (int64_t)v, got;

        histogram_small_add(&h, -1);
        histogram_small_add(&h, value);
        histogram_small_add(&h, INT64_MAX);
        got = histogram_small_percentile(&h, 50);
        cr_expect_leq(fabs((double)got - (double)value), 0.0321 * v,
                      "%ld came out as %ld", (long)value, (long)got);
        cr_expect_eq(histogram_small_percentile(&h, 0), 0);
        cr_expect_eq(histogram_small_percentile(&h, 100), INT64_MAX);
    }
}

Test(histogram, merged_small_histograms_have_all_values)
{
    struct histogram_small a = {0}, b = {0}, all = {0}, none = {0};

    cr_expect_eq(histogram_small_percentile(&none, 50), -1);
    for (int64_t v = 0; v < 100000; v += 37) {
        histogram_small_add(v % 3 ? &a : &b, v * v);
        histogram_small_add(&all, v * v);
    }
    histogram_small_merge(&none, &b);
    histogram_small_merge(&none, &a);
    histogram_small_merge(&none, &(struct histogram_small){0});
    cr_expect_eq(none.n, all.n);
    for (int p = 0; p <= 100; p++)
        cr_expect_eq(histogram_small_percentile(&none, p),
                     histogram_small_percentile(&all, p), "p%d", p);
}

Test(histogram, a_count_of_a_small_histogram_does_not_overflow)
{
    struct histogram_small h = {0};

    histogram_small_add(&h, 10);
    histogram_small_add(&h, 20);
    for (int i = 0; i < 40; i++) {
        struct histogram_small same = h;

        histogram_small_merge(&h, &same);
    }
    cr_expect_eq(h.n, UINT64_C(2) << 40);
    for (int p = 0; p <= 100; p++) {
        cr_expect_geq(histogram_small_percentile(&h, p), 10);
        cr_expect_leq(histogram_small_percentile(&h, p), 20);
    }
}
