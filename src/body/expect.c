#include "body/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"
#include "base/ascii.h"

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

/*
 * How many characters beyond U+00FF, escapes and POSIX classes a class may
 * list. PCRE2 compares them one by one with each character of a body, without a
 * callout between them: 1000 take more than a second for a MiB.  If a class has
 * CLASS_SLOW or more, each callout checks the clock.
 */
#define CLASS_MAX  32
#define CLASS_SLOW 4

/* The last character of Unicode, and what the ends of all ranges may add up to
 * where case is ignored: PCRE2 then looks up each character of a range twice,
 * which takes 5 ms for all characters. */
#define CHAR_LAST  0x10ffff
#define RANGES_MAX (4 * CHAR_LAST)

struct expect {
    pcre2_general_context *memory;
    pcre2_code *code;
    unsigned look_every;
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

/* Is case ignored in a part of the expression?  "(?i)", "(?sx-i:" */
static bool
ignores_case(const char *regex, const char *end)
{
    for (; end - regex > 2; regex++) {
        const char *s = regex + 2;

        if (regex[0] != '(' || regex[1] != '?')
            continue;
        for (; s < end && (ascii_is_alpha(*s) || *s == '^' || *s == '-'); s++)
            if (*s == 'i')
                return true;
    }
    return false;
}

/* The largest character that the end of a range, written at s, may stand for;
 * 0: one below U+0100.  The text at s ends in a NUL. */
static unsigned long
range_end(const char *s)
{
    unsigned char c;

    s += strspn(s, " \t"); /* "(?xx)" allows blanks */
    c = (unsigned char)*s;
    if (c >= 0xc4)
        return c < 0xe0 ? 0x7ff : c < 0xf0 ? 0xffff : CHAR_LAST;
    if (strncmp(s, "\\x{", 3) == 0) {
        unsigned long code = strtoul(s + 3, NULL, 16);

        return code < CHAR_LAST ? code : CHAR_LAST;
    }
    return c == '\\' && s[1] && strchr("oNQE", s[1]) ? CHAR_LAST : 0;
}

/* Would the expression take too long to compile? */
static bool
has_long_ranges(const char *regex, size_t len)
{
    const char *s = regex, *end = regex + len;
    uint64_t sum = 0;

    if (!ignores_case(regex, end))
        return false;
    while ((s = memchr(s, '-', (size_t)(end - s))))
        sum += range_end(++s);
    return sum > RANGES_MAX;
}

struct largest_class {
    const char *regex;
    size_t n; /* of its characters that count */
    size_t at;
};

/* PCRE2 calls this for each item of an expression. */
static int
on_item(pcre2_callout_enumerate_block *block, void *arg)
{
    struct largest_class *most = arg;
    const char *item = most->regex + block->pattern_position;
    size_t n = 0;

    if (item[0] != '[' && strncmp(item, "(?[", 3) != 0)
        return 0;
    for (size_t i = 1; i < block->next_item_length; i++)
        n +=
            (unsigned char)item[i] >= 0xc4 || item[i] == '\\' || item[i] == '[';
    if (n > most->n) {
        most->n = n;
        most->at = block->pattern_position;
    }
    return 0;
}

static void
refuse(struct expect *e, struct expect_flaw *flaw, size_t at, const char *what)
{
    flaw->at = at;
    snprintf(flaw->what, sizeof(flaw->what), "%s", what);
    pcre2_code_free(e->code);
    e->code = NULL;
}

/* Compile the expression, unless one step of that or of a search would take too
 * long. */
static void
compile_within_limits(struct expect *e, const char *regex, size_t len,
                      struct expect_flaw *flaw)
{
    struct largest_class most = {.regex = regex};

    if (len <= EXPECT_MAX_BYTES && has_long_ranges(regex, len)) {
        refuse(e, flaw, 0, "it ignores case and has too many long ranges");
        return;
    }
    e->code = compile(e->memory, regex, len, flaw);
    if (!e->code)
        return;
    (void)pcre2_callout_enumerate(e->code, on_item, &most);
    e->look_every = most.n < CLASS_SLOW ? LOOK_EVERY : 1;
    if (most.n > CLASS_MAX)
        refuse(e, flaw, most.at, "this class lists too many characters");
}

struct expect *
expect_new(const char *regex, size_t len, struct expect_flaw *flaw)
{
    struct expect *e = xcalloc(1, sizeof(*e));

    e->memory = pcre2_general_context_create(take_memory, give_memory, NULL);
    compile_within_limits(e, regex, len, flaw);
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
    unsigned look_every;
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
stopwatch_start(struct stopwatch *w, unsigned look_every, size_t len)
{
    size_t nmib = len / (1024 * 1024);

    w->ncalls = 0;
    w->look_every = look_every;
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
    if (++w->ncalls % w->look_every != 0 ||
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

    stopwatch_start(&w, e->look_every, len);
    rc = match(e, len ? data : "", len, &w);
    if (rc >= 0)
        return EXPECT_MET;
    if (rc == PCRE2_ERROR_NOMATCH)
        return EXPECT_MISSED;
    explain(rc, &w, why);
    return EXPECT_GAVE_UP;
}
