#include "base/clock.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* 0000-01-01T00:00:00Z and the end of year 9999, the range of RFC 3339. */
#define FIRST_SECOND INT64_C(-62167219200)
#define LAST_SECOND  INT64_C(253402300799)

/* Length of a time's text up to and including its seconds. */
#define SECOND_TEXT 19

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

static void
put_digits(char *p, unsigned value, size_t n)
{
    while (n-- > 0) {
        p[n] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* Write "0000-00-00T00:00:00".  (strftime() leaves a year below 1000 short.) */
static void
format_second(int64_t s, char text[CLOCK_TEXT])
{
    time_t t = s;
    struct tm tm;

    gmtime_r(&t, &tm);
    snprintf(text, CLOCK_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u",
             (unsigned)tm.tm_year + 1900, (unsigned)tm.tm_mon + 1,
             (unsigned)tm.tm_mday, (unsigned)tm.tm_hour, (unsigned)tm.tm_min,
             (unsigned)tm.tm_sec);
}

/*
 * Each thread keeps the text of the last second it formatted: every result
 * line has a time, thousands of lines come in a second, and gmtime_r() takes a
 * lock.
 */
void
clock_format(int64_t wall_us, char text[CLOCK_TEXT])
{
    static _Thread_local struct {
        int64_t s;
        char text[CLOCK_TEXT];
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
