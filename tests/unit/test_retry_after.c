#include "engine/retry_after.h"

#include <criterion/criterion.h>

#include "base/clock.h"

/* Sun, 06 Nov 1994 08:49:37 GMT and half a second. */
#define NOW_US (INT64_C(784111777) * US_PER_S + 500 * US_PER_MS)

#define YEARS_100_S (INT64_C(36525) * 24 * 3600)

static void
expect_s(const char *value, int64_t seconds)
{
    int64_t got = retry_after_us(value, NOW_US);

    cr_expect_eq(got, seconds < 0 ? -1 : seconds * US_PER_S,
                 "'%s': %lld us, not %lld s", value, (long long)got,
                 (long long)seconds);
}

Test(retry_after, seconds_are_a_number)
{
    expect_s("0", 0);
    expect_s("1", 1);
    expect_s(" 120", 120);
    expect_s("0007", 7);
    expect_s("5 seconds", 5);
    expect_s("3, 4", 3);
}

Test(retry_after, a_date_is_a_moment_to_come_or_0)
{
    expect_s("Sun, 06 Nov 1994 08:49:47 GMT", 10);
    expect_s("Sunday, 06-Nov-94 08:49:47 GMT", 10);
    expect_s("Sun Nov  6 08:49:47 1994", 10);
    expect_s("Sun, 06 Nov 1994 08:49:37 GMT", 0);
    expect_s("Sun, 06 Nov 1994 08:49:36 GMT", 0);
    expect_s("Thu, 01 Jan 1970 00:00:00 GMT", 0);
}

Test(retry_after, other_text_is_no_time)
{
    expect_s("", -1);
    expect_s(" ", -1);
    expect_s("-1", -1);
    expect_s("soon", -1);
    expect_s("0x10", 0);
    expect_s("Sun, 99 Foo 1994", -1);
}

Test(retry_after, no_number_is_too_big)
{
    expect_s("3155760001", YEARS_100_S);
    expect_s("9223372036854775", YEARS_100_S);
    expect_s("9223372036854775807", YEARS_100_S);
    expect_s("99999999999999999999999999", YEARS_100_S);
    expect_s("Fri, 31 Dec 9999 23:59:59 GMT", YEARS_100_S);
}
