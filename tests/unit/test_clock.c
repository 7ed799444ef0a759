#include "base/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <criterion/criterion.h>

Test(clock, moments_are_written_in_utc_with_milliseconds)
{
    static const struct {
        int64_t us;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {999, "1970-01-01T00:00:00.000Z"},
        {1000, "1970-01-01T00:00:00.001Z"},
        {999999, "1970-01-01T00:00:00.999Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {INT64_C(951782399999999), "2000-02-28T23:59:59.999Z"},
        {INT64_C(951782400000000), "2000-02-29T00:00:00.000Z"},
        {INT64_C(951868800000000), "2000-03-01T00:00:00.000Z"},
        {INT64_C(1795388999112345), "2026-11-22T23:09:59.112Z"},
        {INT64_C(4107542400000000), "2100-03-01T00:00:00.000Z"},
        {INT64_C(253402300799999999), "9999-12-31T23:59:59.999Z"},
        {INT64_C(253402300800000000), "9999-12-31T23:59:59.999Z"},
        {INT64_MAX, "9999-12-31T23:59:59.999Z"},
        {INT64_C(-62167219200000000), "0000-01-01T00:00:00.000Z"},
        {INT64_C(-62167219200000001), "0000-01-01T00:00:00.000Z"},
        {INT64_MIN, "0000-01-01T00:00:00.000Z"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[CLOCK_TEXT];

        memset(text, 'x', sizeof(text));
        clock_format(rows[i].us, text);
        cr_expect_str_eq(text, rows[i].text, "%" PRId64 ": '%s'", rows[i].us,
                         text);
    }
}

/* Each day from 1600 to 2400: four hundred years, and a leap day more. */
Test(clock, agrees_with_the_c_library_on_every_day)
{
    for (int64_t day = -135140; day < 157054; day++) {
        int64_t s = day * 86400 + (day * 7919 % 86400 + 86400) % 86400;
        time_t t = (time_t)s;
        char text[CLOCK_TEXT], expected[CLOCK_TEXT];
        struct tm tm;

        gmtime_r(&t, &tm);
        strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%S.000Z", &tm);
        clock_format(s * US_PER_S, text);
        cr_assert_str_eq(text, expected, "day %" PRId64, day);
    }
}

Test(clock, time_does_not_run_backwards)
{
    int64_t last = clock_now_us();

    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_now_us();

        cr_assert_geq(now, last);
        last = now;
    }
}

Test(clock, both_clocks_count_microseconds)
{
    struct timespec mono, wall;

    clock_gettime(CLOCK_MONOTONIC, &mono);
    clock_gettime(CLOCK_REALTIME, &wall);
    cr_assert_lt(llabs(clock_now_us() / US_PER_S - mono.tv_sec), 30);
    cr_assert_lt(llabs(clock_wall_us() / US_PER_S - wall.tv_sec), 30);
}
