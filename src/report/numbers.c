#include "report/numbers.h"

#include <inttypes.h>
#include <stdio.h>

/* How many decimals give three digits; large numbers have more digits. */
static int
decimals(double value)
{
    /* A value that rounds to 10 or 100 has one more digit. */
    if (value < 9.995)
        return 2;
    return value < 99.95 ? 1 : 0;
}

const char *
numbers_size(uint64_t bytes, char text[NUMBERS_TEXT])
{
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = (double)bytes / 1024;
    size_t i = 0;

    if (bytes < 1024) {
        snprintf(text, NUMBERS_TEXT, "%" PRIu64 " B", bytes);
        return text;
    }
    for (; value >= 1023.5 && i + 1 < ARRAY_LEN(units); i++)
        value /= 1024;
    snprintf(text, NUMBERS_TEXT, "%.*f %s", decimals(value), value, units[i]);
    return text;
}

const char *
numbers_time(int64_t us, char text[NUMBERS_TEXT])
{
    double ms = (double)us / 1e3, s = (double)us / 1e6;

    if (us < US_PER_MS)
        snprintf(text, NUMBERS_TEXT, "%d us", (int)us);
    else if (ms < 999.5)
        snprintf(text, NUMBERS_TEXT, "%.*f ms", decimals(ms), ms);
    else if (s < 59.95)
        snprintf(text, NUMBERS_TEXT, "%.*f s", decimals(s), s);
    else
        numbers_clock(us, text);
    return text;
}

const char *
numbers_count(uint64_t n, char text[NUMBERS_COUNT])
{
    char digits[NUMBERS_TEXT];
    int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);
    char *p = text;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *p++ = ',';
        *p++ = digits[i];
    }
    *p = '\0';
    return text;
}

const char *
numbers_clock(int64_t us, char text[NUMBERS_TEXT])
{
    int64_t s = us / US_PER_S;
    int h = (int)(s / 3600), min = (int)(s / 60 % 60);

    if (h > 0)
        snprintf(text, NUMBERS_TEXT, "%d:%02d:%02d", h, min, (int)(s % 60));
    else
        snprintf(text, NUMBERS_TEXT, "%d:%02d", min, (int)(s % 60));
    return text;
}

const char *
numbers_rate(double per_s, char text[NUMBERS_TEXT])
{
    int n = decimals(per_s);

    /* Print "7.50" as "7.5". */
    if (per_s >= 1 && n == 2)
        n = 1;
    snprintf(text, NUMBERS_TEXT, "%.*f", n, per_s);
    return text;
}
