#include "base/units.h"

#include <math.h>
#include <string.h>

#include "base/ascii.h"

/* The digits of a decimal number, pointing into the text. */
struct decimal {
    const char *whole; /* before the point */
    size_t nwhole;
    const char *frac; /* behind it */
    size_t nfrac;
};

static size_t
count_digits(const char *s)
{
    size_t n = 0;

    while (ascii_is_digit(s[n]))
        n++;
    return n;
}

/* Scan "12", "1.5" or ".5".  Returns what follows it, or NULL if there is no
 * number. */
static const char *
scan_decimal(const char *s, struct decimal *d)
{
    d->whole = s;
    d->nwhole = count_digits(s);
    d->frac = s + d->nwhole;
    d->nfrac = 0;
    if (*d->frac == '.') {
        d->frac++;
        d->nfrac = count_digits(d->frac);
        if (d->nfrac == 0)
            return NULL;
    }
    return d->nwhole + d->nfrac > 0 ? d->frac + d->nfrac : NULL;
}

/* Is it more than 0? */
static bool
is_positive(const struct decimal *d)
{
    return strspn(d->whole, "0") < d->nwhole || strspn(d->frac, "0") < d->nfrac;
}

/* Convert digits to a number.  Returns -1 if it exceeds max. */
static int
read_whole(const char *digits, size_t n, uint64_t max, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t digit = (uint64_t)(digits[i] - '0');

        if (*value > (max - digit) / 10)
            return -1;
        *value = *value * 10 + digit;
    }
    return 0;
}

int
units_duration(const char *s, int64_t *us)
{
    static const struct {
        const char *suffix;
        uint64_t us;
    } units[] = {
        {"", US_PER_S},       {"ms", US_PER_MS},      {"s", US_PER_S},
        {"m", 60 * US_PER_S}, {"h", 3600 * US_PER_S},
    };
    struct decimal d;
    const char *suffix = scan_decimal(s, &d);
    uint64_t unit = 0, whole, part = 0;

    for (size_t i = 0; suffix && i < ARRAY_LEN(units); i++) {
        if (strcmp(suffix, units[i].suffix) == 0)
            unit = units[i].us;
    }
    if (unit == 0)
        return -1;
    if (read_whole(d.whole, d.nwhole, INT64_MAX / unit, &whole) != 0)
        return -1;

    /* From the last digit to the first: exact for any number of digits, since
     * rounding down repeatedly gives the same as rounding down once. */
    for (size_t i = d.nfrac; i-- > 0;)
        part = ((uint64_t)(d.frac[i] - '0') * unit + part) / 10;

    if (part > INT64_MAX - whole * unit)
        return -1;
    *us = (int64_t)(whole * unit + part);
    if (*us == 0 && is_positive(&d))
        *us = 1;
    return 0;
}

/* The shift of a size's suffix, or -1 if it is not a suffix. */
static int
size_shift(const char *suffix)
{
    if (suffix[0] == '\0')
        return 0;
    if (suffix[1] != '\0')
        return -1;
    switch (suffix[0]) {
    case 'k':
    case 'K':
        return 10;
    case 'm':
    case 'M':
        return 20;
    case 'g':
    case 'G':
        return 30;
    default:
        return -1;
    }
}

int
units_size(const char *s, int64_t *bytes)
{
    size_t n = count_digits(s);
    int shift = size_shift(s + n);
    uint64_t value;

    if (n == 0 || shift < 0)
        return -1;
    if (read_whole(s, n, (uint64_t)INT64_MAX >> shift, &value) != 0)
        return -1;
    *bytes = (int64_t)(value << shift);
    return 0;
}

int
units_count(const char *s, uint32_t *count)
{
    size_t n = count_digits(s);
    uint64_t value;

    if (n == 0 || s[n] != '\0')
        return -1;
    if (read_whole(s, n, UINT32_MAX, &value) != 0)
        return -1;
    *count = (uint32_t)value;
    return 0;
}

int
units_rate(const char *s, double *per_s)
{
    static const struct {
        const char *suffix;
        double s;
    } units[] = {{"", 1}, {"/s", 1}, {"/m", 60}, {"/h", 3600}};
    struct decimal d;
    const char *suffix = scan_decimal(s, &d);
    double unit = 0, value = 0, part = 0;

    for (size_t i = 0; suffix && i < ARRAY_LEN(units); i++) {
        if (strcmp(suffix, units[i].suffix) == 0)
            unit = units[i].s;
    }
    if (unit == 0)
        return -1;

    /* Not strtod(): it accepts hex, "inf" and the locale's decimal point. */
    for (size_t i = 0; i < d.nwhole; i++)
        value = value * 10 + (d.whole[i] - '0');
    for (size_t i = d.nfrac; i-- > 0;)
        part = (part + (d.frac[i] - '0')) / 10;
    value = (value + part) / unit;

    if (!isfinite(value) || value <= 0)
        return -1;
    *per_s = value;
    return 0;
}
