#include "report/numbers.h"

#include <criterion/criterion.h>

Test(numbers, sizes_have_three_digits)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } cases[] = {
        {0, "0 B"},
        {1023, "1023 B"},
        {1024, "1.00 KiB"},
        {10229, "9.99 KiB"},
        {10239, "10.0 KiB"},
        {102348, "99.9 KiB"},
        {102399, "100 KiB"},
        {1024 * 1024 - 1, "1.00 MiB"},
        {UINT64_C(1536) << 20, "1.50 GiB"},
        {UINT64_C(5) << 60, "5120 PiB"},
    };
    char text[NUMBERS_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_str_eq(numbers_size(cases[i].bytes, text), cases[i].text,
                         "%s, not %s", text, cases[i].text);
}

Test(numbers, counts_have_a_comma_before_each_three_digits)
{
    char text[NUMBERS_COUNT];

    cr_expect_str_eq(numbers_count(0, text), "0");
    cr_expect_str_eq(numbers_count(999, text), "999");
    cr_expect_str_eq(numbers_count(1000, text), "1,000");
    cr_expect_str_eq(numbers_count(1234567, text), "1,234,567");
    cr_expect_str_eq(numbers_count(UINT64_MAX, text),
                     "18,446,744,073,709,551,615");
}

Test(numbers, times_have_three_digits_and_the_unit_that_fits)
{
    static const struct {
        int64_t us;
        const char *text;
    } cases[] = {
        {0, "0 us"},
        {999, "999 us"},
        {1000, "1.00 ms"},
        {12340, "12.3 ms"},
        {999400, "999 ms"},
        {999600, "1.00 s"},
        {3410000, "3.41 s"},
        {59940000, "59.9 s"},
        {59960000, "0:59"},
        {61 * US_PER_S, "1:01"},
        {3600 * US_PER_S, "1:00:00"},
        {240 * 3600 * US_PER_S, "240:00:00"},
    };
    char text[NUMBERS_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_str_eq(numbers_time(cases[i].us, text), cases[i].text,
                         "%s, not %s", text, cases[i].text);
}

Test(numbers, a_clock_shows_hours_where_there_are_some)
{
    char text[NUMBERS_TEXT];

    cr_expect_str_eq(numbers_clock(0, text), "0:00");
    cr_expect_str_eq(numbers_clock(7 * US_PER_S + 999999, text), "0:07");
    cr_expect_str_eq(numbers_clock(754 * US_PER_S, text), "12:34");
    cr_expect_str_eq(numbers_clock(3723 * US_PER_S, text), "1:02:03");
}

Test(numbers, rates_are_as_precise_as_they_are_small)
{
    static const struct {
        double per_s;
        const char *text;
    } cases[] = {
        {0, "0.00"},     {0.25, "0.25"}, {7.5, "7.5"},
        {42.04, "42.0"}, {812.6, "813"}, {1e6, "1000000"},
    };
    char text[NUMBERS_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_str_eq(numbers_rate(cases[i].per_s, text), cases[i].text,
                         "%s, not %s", text, cases[i].text);
}
