#include "report/tally.h"

#include <criterion/criterion.h>

static void
add(struct tally *t, enum error_class class, int64_t wire, int64_t body)
{
    struct result r;

    result_init(&r);
    if (class != ERR_NONE)
        result_fail(&r, class, "x", PHASE_WAIT, true, "x");
    r.size_download = wire;
    r.size_body = body;
    tally_add(t, &r);
    result_fini(&r);
}

Test(tally, counts_by_class_and_sums_sizes)
{
    struct tally t = {0};

    add(&t, ERR_NONE, 10, 100);
    add(&t, ERR_TIMEOUT, 1, 1);
    add(&t, ERR_TIMEOUT, 0, 0);
    add(&t, ERR_ABORTED, 0, 0);
    cr_expect_eq(t.nok, 1);
    cr_expect_eq(t.nfailed, 3);
    cr_expect_eq(tally_total(&t), 4);
    cr_expect_eq(t.by_class[ERR_TIMEOUT], 2);
    cr_expect_eq(t.by_class[ERR_ABORTED], 1);
    cr_expect_eq(t.by_class[ERR_NONE], 0);
    cr_expect_eq(t.size_download, 11);
    cr_expect_eq(t.size_body, 101);
}

Test(tally, next_goes_from_the_greatest_to_the_smallest)
{
    static const uint64_t counts[] = {99, 3, 0, 7, 3, 1, 7};
    static const size_t order[] = {3, 6, 1, 4, 5, 0};
    size_t i = 0;

    for (size_t n = 0; n < ARRAY_LEN(order); n++) {
        i = tally_next(counts, ARRAY_LEN(counts), i);
        cr_assert_eq(i, order[n], "%zu: %zu", n, i);
    }
}

Test(tally, there_is_no_next_where_all_are_0)
{
    static const uint64_t counts[] = {5, 0, 0};

    cr_expect_eq(tally_next(counts, ARRAY_LEN(counts), 0), 0);
}
