#include "body/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"

/*
 * Time is limited by callouts: PCRE2 calls us before each item of the
 * expression, and one item takes no longer than one pass over the body.
 * PCRE2's own match limit is no bound: it restarts at each position where a
 * match may begin, and does not count what a possessive repeat skips.  With
 * "[^x]*y" a MiB takes hours without reaching that limit.
 *
 * PCRE2's JIT is not used: with callouts it omits its most effective
 * optimisations, such as searching for a letter that every match must contain.
 */

/* Memory of a match, in KiB. */
#define HEAP_MAX_KIB (16 * 1024)

/* Number of callouts between two checks of the clock. */
#define LOOK_EVERY 8

struct expect {
    pcre2_general_context *memory;
    pcre2_code *code;
};

static void *
take_memory(PCRE2_SIZE size, void *arg)
{
    (void)arg;
    return xmalloc(size);
}

static void
give_memory(void *p, void *arg)
{
    (void)arg;
    free(p);
}

static pcre2_code *
compile(pcre2_general_context *memory, const char *regex, size_t len,
        struct expect_flaw *flaw)
{
    pcre2_compile_context *limits = pcre2_compile_context_create(memory);
    pcre2_code *code;
    int error = 0;

    flaw->at = 0;
    pcre2_set_max_pattern_length(limits, EXPECT_MAX_BYTES);
    code = pcre2_compile((PCRE2_SPTR)regex, len,
                         PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
                             PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT,
                         &error, &flaw->at, limits);
    if (!code)
        pcre2_get_error_message(error, (PCRE2_UCHAR *)flaw->what,
                                sizeof(flaw->what));
    pcre2_compile_context_free(limits);
    return code;
}

struct expect *
expect_new(const char *regex, size_t len, struct expect_flaw *flaw)
{
    struct expect *e = xcalloc(1, sizeof(*e));

    e->memory = pcre2_general_context_create(take_memory, give_memory, NULL);
    e->code = compile(e->memory, regex, len, flaw);
    if (!e->code) {
        expect_free(e);
        return NULL;
    }
    return e;
}

void
expect_free(struct expect *e)
{
    if (!e)
        return;
    pcre2_code_free(e->code);
    pcre2_general_context_free(e->memory);
    free(e);
}

/* ------------------------------------------------------------------- time */

struct stopwatch {
    unsigned ncalls;
    int64_t limit_us;
    int64_t end_us;     /* coarse clock: when to check cpu_end_us */
    int64_t cpu_end_us; /* end by the thread's CPU time */
};

static int64_t
read_clock(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

static void
stopwatch_start(struct stopwatch *w, size_t len)
{
    size_t nmib = len / (1024 * 1024);

    w->ncalls = 0;
    w->limit_us = EXPECT_MIB_US * (int64_t)(nmib ? nmib : 1);
    w->end_us = read_clock(CLOCK_MONOTONIC_COARSE) + w->limit_us;
    w->cpu_end_us = read_clock(CLOCK_THREAD_CPUTIME_ID) + w->limit_us;
}

/* Reading the CPU time is a system call, so check the cheap clock first. */
static int
on_callout(pcre2_callout_block *block, void *arg)
{
    struct stopwatch *w = arg;

    (void)block;
    if (++w->ncalls % LOOK_EVERY != 0 ||
        read_clock(CLOCK_MONOTONIC_COARSE) < w->end_us)
        return 0;
    w->end_us += US_PER_MS;
    return read_clock(CLOCK_THREAD_CPUTIME_ID) < w->cpu_end_us
               ? 0
               : PCRE2_ERROR_CALLOUT;
}

/* --------------------------------------------------------------- matching */

static void
explain(int error, const struct stopwatch *w, char why[EXPECT_TEXT])
{
    if (error == PCRE2_ERROR_CALLOUT)
        snprintf(why, EXPECT_TEXT, "more than %lld ms of CPU time",
                 (long long)(w->limit_us / US_PER_MS));
    else
        pcre2_get_error_message(error, (PCRE2_UCHAR *)why, EXPECT_TEXT);
}

static int
match(const struct expect *e, const char *data, size_t len, struct stopwatch *w)
{
    pcre2_match_context *limits = pcre2_match_context_create(e->memory);
    pcre2_match_data *found = pcre2_match_data_create(1, e->memory);
    int rc;

    pcre2_set_heap_limit(limits, HEAP_MAX_KIB);
    pcre2_set_callout(limits, on_callout, w);
    rc = pcre2_match(e->code, (PCRE2_SPTR)data, len, 0, 0, found, limits);
    pcre2_match_data_free(found);
    pcre2_match_context_free(limits);
    return rc;
}

enum expect_verdict
expect_match(const struct expect *e, const char *data, size_t len,
             char why[EXPECT_TEXT])
{
    struct stopwatch w;
    int rc;

    stopwatch_start(&w, len);
    rc = match(e, len ? data : "", len, &w);
    if (rc >= 0)
        return EXPECT_MET;
    if (rc == PCRE2_ERROR_NOMATCH)
        return EXPECT_MISSED;
    explain(rc, &w, why);
    return EXPECT_GAVE_UP;
}
