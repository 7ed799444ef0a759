/*
 * fuzz_units.c - durations, sizes, counts and rates, against other ways to
 * read the same number.
 */
#include "fuzz.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"

/* One of these must follow the number. */
static bool
is_suffix(const char *s, const char *const *suffixes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(s, suffixes[i]) == 0)
            return true;
    }
    return false;
}

static void
check_duration(const char *s)
{
    static const char *const suffixes[] = {"", "ms", "s", "m", "h"};
    static const double units[] = {1e6, 1e3, 1e6, 60e6, 3600e6};
    const char *rest = s + strspn(s, "0123456789.");
    int64_t us = -4711;
    double expected;

    if (units_duration(s, &us) != 0) {
        check(us == -4711);
        return;
    }
    check(rest != s && us >= 0);
    check(is_suffix(rest, suffixes, ARRAY_LEN(suffixes)));
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        if (strcmp(rest, suffixes[i]) != 0)
            continue;
        expected = strtod(s, NULL) * units[i];
        /* A positive duration is at least 1. */
        if (us == 1 && expected < 1 && s[strspn(s, "0.")] >= '1' &&
            s[strspn(s, "0.")] <= '9')
            continue;
        /* Cut off, and both sides have 53 bits. */
        check((double)us <= expected * (1 + 1e-15) + 1e-6);
        check((double)us >= expected * (1 - 1e-15) - 1 - 1e-6);
    }
}

static void
check_size(const char *s)
{
    const char *rest = s + strspn(s, "0123456789");
    unsigned long long expected;
    int64_t bytes = -4711;

    if (units_size(s, &bytes) != 0) {
        check(bytes == -4711);
        return;
    }
    check(rest != s && strlen(rest) <= 1);
    errno = 0;
    expected = strtoull(s, NULL, 10);
    check(errno == 0);
    if (*rest != '\0')
        expected <<= 10 * (strchr("kmg", *rest | 0x20) - "kmg" + 1);
    check((unsigned long long)bytes == expected);
}

static void
check_count(const char *s)
{
    uint32_t n = 4711;

    if (units_count(s, &n) != 0) {
        check(n == 4711);
        return;
    }
    check(s[strspn(s, "0123456789")] == '\0');
    errno = 0;
    check(strtoull(s, NULL, 10) == n && errno == 0);
}

static void
check_rate(const char *s)
{
    static const char *const suffixes[] = {"", "/s", "/m", "/h"};
    static const double units[] = {1, 1, 60, 3600};
    const char *rest = s + strspn(s, "0123456789.");
    double per_s = -4711;

    if (units_rate(s, &per_s) != 0) {
        check(per_s == -4711);
        return;
    }
    check(isfinite(per_s) && per_s > 0);
    check(is_suffix(rest, suffixes, ARRAY_LEN(suffixes)));
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        double expected = strtod(s, NULL) / units[i];

        /* The smallest numbers have fewer bits. */
        if (strcmp(rest, suffixes[i]) == 0 && expected > 1e-300)
            check(fabs(per_s / expected - 1) < 1e-12);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *s = malloc(size + 1);

    check(s);
    if (size > 0)
        memcpy(s, data, size);
    s[size] = '\0';
    check_duration(s);
    check_size(s);
    check_count(s);
    check_rate(s);
    free(s);
    return 0;
}
