/*
 * jump_clock.c - to be preloaded: a wall clock that jumps.
 *
 * It is wrong by an hour more, and then by an hour less, in turns of
 * JUMP_MS milliseconds.  The monotonic clock is left alone, as in the world.
 */
#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define HOUR_S 3600

typedef long syscall_function(long, ...);

static syscall_function *
true_syscall(void)
{
    static syscall_function *found;

    if (!found)
        found = (syscall_function *)dlsym(RTLD_NEXT, "syscall");
    return found;
}

static int
true_time(clockid_t id, struct timespec *t)
{
    return (int)true_syscall()(SYS_clock_gettime, id, t);
}

/* How wrong the clock is now, in seconds. */
static time_t
error_s(void)
{
    const char *turn_ms = getenv("JUMP_MS");
    struct timespec t;
    long long ms;

    if (!turn_ms || true_time(CLOCK_MONOTONIC, &t) != 0)
        return 0;
    ms = (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    return ms / atoi(turn_ms) % 2 ? HOUR_S : -HOUR_S;
}

int
clock_gettime(clockid_t id, struct timespec *t)
{
    int ret = true_time(id, t);

    if (ret == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
        t->tv_sec += error_s();
    return ret;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec t;

    (void)zone;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    now->tv_sec = t.tv_sec;
    now->tv_usec = t.tv_nsec / 1000;
    return 0;
}

time_t
time(time_t *result)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    if (result)
        *result = t.tv_sec;
    return t.tv_sec;
}

/* libev calls the kernel by itself. */
long
syscall(long number, ...)
{
    long args[6];
    va_list list;

    va_start(list, number);
    for (int i = 0; i < 6; i++)
        args[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_clock_gettime)
        return clock_gettime((clockid_t)args[0], (struct timespec *)args[1]);
    return true_syscall()(number, args[0], args[1], args[2], args[3], args[4],
                          args[5]);
}
