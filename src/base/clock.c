#include "base/clock.h"

#include <string.h>
#include <sched.h>
#include <time.h>

/* 0000-01-01T00:00:00Z and the end of year 9999: RFC 3339 ends there. */
#define FIRST_SECOND INT64_C(-62167219200)
#define LAST_SECOND  INT64_C(253402300799)

#define DAY_S 86400

/* Bytes of a moment up to its second. */
#define SECOND_TEXT 19

struct date {
    unsigned year, month, day;
};

static int64_t
read_clock(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

int64_t
clock_now_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t
clock_wall_us(void)
{
    return read_clock(CLOCK_REALTIME);
}

/*
 * Days since 0000-03-01 to a date.  Years are counted from March, so that
 * the leap day is the last of its year; 153 days are five months of 30.6.
 */
static struct date
date_of(unsigned days)
{
    unsigned era = days / 146097; /* 400 years */
    unsigned doe = days % 146097;
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned month = (5 * doy + 2) / 153; /* 0 is March */
    struct date d;

    d.day = doy - (153 * month + 2) / 5 + 1;
    d.month = month < 10 ? month + 3 : month - 9;
    d.year = era * 400 + yoe + (d.month <= 2 ? 1 : 0);
    return d;
}

static void
put_digits(char *p, unsigned value, size_t n)
{
    while (n-- > 0) {
        p[n] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* The second's text, "0000-00-00T00:00:00". */
static void
format_second(int64_t s, char *text)
{
    unsigned of_day;
    struct date d;

    /* 146097 - 60 days lie between 1 March of year -400 and year 0. */
    s = s - FIRST_SECOND + (146097 - 60) * (int64_t)DAY_S;
    d = date_of((unsigned)(s / DAY_S));
    d.year -= 400;
    of_day = (unsigned)(s % DAY_S);

    for (size_t i = 0; i < SECOND_TEXT; i++)
        text[i] = "0000-00-00T00:00:00"[i];
    put_digits(text, d.year, 4);
    put_digits(text + 5, d.month, 2);
    put_digits(text + 8, d.day, 2);
    put_digits(text + 11, of_day / 3600, 2);
    put_digits(text + 14, of_day / 60 % 60, 2);
    put_digits(text + 17, of_day % 60, 2);
}

/*
 * By hand, since every result line has one: gmtime_r() takes a lock, and
 * both it and strftime() look at the locale and time zone.  Lines come by the
 * thousand in a second, so its text is kept; each thread has its own.
 */
void
clock_format(int64_t wall_us, char text[CLOCK_TEXT])
{
    static _Thread_local struct {
        int64_t s;
        char text[SECOND_TEXT];
    } last = {.s = INT64_MIN};
    int64_t us = wall_us % US_PER_S;
    int64_t s = wall_us / US_PER_S;

    if (us < 0) {
        us += US_PER_S;
        s--;
    }
    if (s < FIRST_SECOND) {
        s = FIRST_SECOND;
        us = 0;
    } else if (s > LAST_SECOND) {
        s = LAST_SECOND;
        us = US_PER_S - 1;
    }
    if (s != last.s) {
        format_second(s, last.text);
        last.s = s;
    }
    memcpy(text, last.text, SECOND_TEXT);
    memcpy(text + SECOND_TEXT, ".000Z", 6);
    put_digits(text + SECOND_TEXT + 1, (unsigned)(us / US_PER_MS), 3);
}

int64_t
clock_cpu_us(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

unsigned
clock_ncpus(void)
{
    cpu_set_t cpus;

    if (sched_getaffinity(0, sizeof(cpus), &cpus) != 0)
        return 1;
    return (unsigned)CPU_COUNT(&cpus);
}
