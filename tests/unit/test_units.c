#include "base/units.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define BAD (-1)

Test(units, durations)
{
    static const struct {
        const char *text;
        int64_t us; /* BAD: none */
    } rows[] = {
        {"0", 0},
        {"10", 10000000},
        {"10s", 10000000},
        {"300ms", 300000},
        {"1.5", 1500000},
        {".5s", 500000},
        {"0.25ms", 250},
        {"5m", 300000000},
        {"1h", INT64_C(3600000000)},
        {"1.5h", INT64_C(5400000000)},
        {"007", 7000000},
        /* Cut off, exactly, whatever the number of digits. */
        {"0.0000019", 1},
        {"0.0009ms", 1}, /* 0 would mean "off" */
        {"0.0000001", 1},
        {"00.00", 0},
        {"0.1", 100000},
        {"0.3333333333333333333333333333333333333333", 333333},
        {"1.9999999999999999999999999999999999999999", 1999999},
        {"0.00000000055555555555h", 1},
        {"0.00000000055555555556h", 2},
        /* INT64_MAX is 9223372036854775807. */
        {"9223372036854.775807", INT64_MAX},
        {"9223372036854.775808", BAD},
        {"9223372036855", BAD},
        {"9223372036854775.807ms", INT64_MAX},
        {"9223372036854775.808ms", BAD},
        {"2562047788h", INT64_C(9223372036800000000)},
        {"2562047789h", BAD},
        {"99999999999999999999999999999999999999", BAD},
        {"", BAD},
        {".", BAD},
        {"s", BAD},
        {"1.", BAD},
        {"1.s", BAD},
        {".s", BAD},
        {"1..5", BAD},
        {"1.5.5", BAD},
        {"-1", BAD},
        {"+1", BAD},
        {" 1", BAD},
        {"1 ", BAD},
        {"1 s", BAD},
        {"1e3", BAD},
        {"0x10", BAD},
        {"1,5", BAD},
        {"1S", BAD},
        {"5M", BAD},
        {"1sec", BAD},
        {"1d", BAD},
        {"1ms ", BAD},
        {"inf", BAD},
        {"nan", BAD},
        {"\xd9\xa1", BAD}, /* an Arabic digit */
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t us = 4711;
        int status = units_duration(rows[i].text, &us);

        if (rows[i].us == BAD) {
            cr_expect_eq(status, -1, "'%s': %" PRId64, rows[i].text, us);
            continue;
        }
        cr_expect_eq(status, 0, "'%s'", rows[i].text);
        cr_expect_eq(us, rows[i].us, "'%s': %" PRId64, rows[i].text, us);
    }
}

Test(units, sizes)
{
    static const struct {
        const char *text;
        int64_t bytes; /* BAD: none */
    } rows[] = {
        {"0", 0},
        {"512", 512},
        {"64k", 65536},
        {"64K", 65536},
        {"10m", 10485760},
        {"10M", 10485760},
        {"1g", 1073741824},
        {"1G", 1073741824},
        {"9223372036854775807", INT64_MAX},
        {"9223372036854775808", BAD},
        {"9007199254740991k", INT64_C(9223372036854774784)},
        {"9007199254740992k", BAD},
        {"8589934591G", INT64_C(9223372035781033984)},
        {"8589934592G", BAD},
        {"18446744073709551617", BAD}, /* 2 to the 64th, and 1 */
        {"", BAD},
        {"k", BAD},
        {"1kk", BAD},
        {"1kB", BAD},
        {"1KiB", BAD},
        {"1.5k", BAD},
        {"-1", BAD},
        {"+1", BAD},
        {" 1", BAD},
        {"1 k", BAD},
        {"1T", BAD},
        {"0x10", BAD},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t bytes = 4711;
        int status = units_size(rows[i].text, &bytes);

        if (rows[i].bytes == BAD) {
            cr_expect_eq(status, -1, "'%s': %" PRId64, rows[i].text, bytes);
            continue;
        }
        cr_expect_eq(status, 0, "'%s'", rows[i].text);
        cr_expect_eq(bytes, rows[i].bytes, "'%s': %" PRId64, rows[i].text,
                     bytes);
    }
}

Test(units, counts)
{
    static const struct {
        const char *text;
        int64_t n; /* BAD: none */
    } rows[] = {
        {"0", 0},
        {"1", 1},
        {"0100", 100},
        {"4294967295", 4294967295},
        {"4294967296", BAD},
        {"18446744073709551617", BAD},
        {"", BAD},
        {"-1", BAD},
        {"+1", BAD},
        {" 1", BAD},
        {"1 ", BAD},
        {"1k", BAD},
        {"1.0", BAD},
        {"0x1", BAD},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint32_t n = 4711;
        int status = units_count(rows[i].text, &n);

        if (rows[i].n == BAD) {
            cr_expect_eq(status, -1, "'%s': %" PRIu32, rows[i].text, n);
            continue;
        }
        cr_expect_eq(status, 0, "'%s'", rows[i].text);
        cr_expect_eq((int64_t)n, rows[i].n, "'%s': %" PRIu32, rows[i].text, n);
    }
}

Test(units, rates)
{
    static const struct {
        const char *text;
        double per_s; /* 0: none */
    } rows[] = {
        {"20", 20},
        {"20/s", 20},
        {"0.5/s", 0.5},
        {".5", 0.5},
        {"30/m", 0.5},
        {"0.5/m", 0.5 / 60},
        {"100/h", 100.0 / 3600},
        {"1000000", 1e6},
        {"0.000000000000000000000000000001", 1e-30},
        {"0", 0},
        {"0.0/s", 0},
        {"", 0},
        {"/s", 0},
        {"1/", 0},
        {"1/d", 0},
        {"1/S", 0},
        {"1 /s", 0},
        {"1/ s", 0},
        {"1/s/s", 0},
        {"1s", 0},
        {"1./s", 0},
        {"-1/s", 0},
        {"+1", 0},
        {"1e3", 0},
        {"inf", 0},
        {"nan", 0},
        {"0x1p3", 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double per_s = 4711;
        int status = units_rate(rows[i].text, &per_s);

        if (rows[i].per_s == 0) {
            cr_expect_eq(status, -1, "'%s': %g", rows[i].text, per_s);
            continue;
        }
        cr_expect_eq(status, 0, "'%s'", rows[i].text);
        cr_expect(fabs(per_s / rows[i].per_s - 1) < 1e-12, "'%s': %.17g",
                  rows[i].text, per_s);
    }
}

Test(units, a_rate_beyond_all_numbers_is_none)
{
    char text[1000] = {0};
    double per_s;

    memset(text, '9', sizeof(text) - 1);
    cr_assert_eq(units_rate(text, &per_s), -1);

    /* Too small to differ from 0. */
    memset(text, '0', sizeof(text) - 1);
    text[1] = '.';
    text[sizeof(text) - 2] = '1';
    cr_assert_eq(units_rate(text, &per_s), -1);
}
