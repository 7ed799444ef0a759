#include "output/progress.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/term.h"
#include "cli/opts.h"
#include "output/human.h"
#include "output/tally.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Between two drawings: on a terminal, elsewhere, and on a terminal that can't
 * erase a line and would fill up. */
#define LIVE_US  (100 * US_PER_MS)
#define PLAIN_US US_PER_S
#define DUMB_US  (10 * US_PER_S)

/* The rate is that of the last NSAMPLES * SAMPLE_US. */
#define NSAMPLES  10
#define SAMPLE_US (500 * US_PER_MS)

/* Wide enough for any line. */
#define ANY_WIDTH 1000

enum mode {
    MODE_OFF,
    MODE_LIVE,  /* one line, drawn again and again */
    MODE_PLAIN, /* line after line */
};

/* How many results there were at a time. */
struct sample {
    int64_t us;
    uint64_t n;
};

struct progress {
    enum mode mode;
    int64_t interval_us;
    bool is_drawn; /* the line is on the terminal */
    struct sample samples[NSAMPLES];
    size_t nsamples, newest; /* samples is a ring */
    struct buf line;
};

/* ---------------------------------------------------------------- text */

/* Is it known how many records there will be? */
static bool
is_all_read(const struct progress_facts *f)
{
    return f->input_ended || f->is_stopping;
}

/* How many there will be, as far as the input so far tells; 0: unknown. */
static uint64_t
expected(const struct progress_facts *f)
{
    double n;

    if (is_all_read(f))
        return f->nread;
    if (f->total_bytes == 0 || f->done_bytes == 0)
        return 0;
    n = (double)f->nread * (double)f->total_bytes / (double)f->done_bytes;
    return n > (double)f->nread ? (uint64_t)n : f->nread;
}

/* Records that are through. */
static uint64_t
count_done(const struct progress_facts *f)
{
    return tally_total(f->tally) + f->nskipped;
}

/* "12% 120/~1000 records", "120/500 records". */
static void
add_done(struct buf *out, const struct progress_facts *f, uint64_t all)
{
    uint64_t done = count_done(f);

    if (all > 0)
        buf_printf(out, "%3d%% ", (int)(100.0 * (double)done / (double)all));
    buf_printf(out, "%" PRIu64 "/%s%" PRIu64 " records", done,
               all > 0 && !is_all_read(f) ? "~" : "", all > 0 ? all : f->nread);
}

/* "  34 failed (timeout 20, dns 14)". */
static void
add_failed(struct buf *out, const struct tally *t)
{
    size_t i = tally_next(t->by_class, TALLY_NCLASSES, 0);
    const char *before = " (";

    buf_printf(out, "  %" PRIu64 " failed", t->nfailed);
    if (i == 0)
        return;
    for (; i; i = tally_next(t->by_class, TALLY_NCLASSES, i)) {
        buf_printf(out, "%s%s %" PRIu64, before,
                   result_class_name((enum error_class)i), t->by_class[i]);
        before = ", ";
    }
    buf_addc(out, ')');
}

/* What the eye looks for comes first: the end may be cut. */
void
progress_format(struct buf *out, const struct progress_facts *f, double rate,
                size_t width)
{
    size_t start = out->len;
    uint64_t all = expected(f), done = count_done(f);
    char text[HUMAN_TEXT];

    if (f->is_stopping)
        buf_addstr(out, "stopping: ");
    add_done(out, f, all);
    buf_printf(out, "  %s/s", human_rate(rate, text));
    if (all > done && rate > 0) {
        double left_us = (double)(all - done) / rate * 1e6;

        if (left_us < 100 * 3600 * 1e6)
            buf_printf(out, "  ETA %s", human_clock((int64_t)left_us, text));
    }
    buf_printf(out, "  %" PRIu64 " ok", f->tally->nok);
    add_failed(out, f->tally);
    if (f->nskipped > 0)
        buf_printf(out, "  %" PRIu64 " skipped", f->nskipped);
    buf_printf(out, "  %" PRIu64 " in flight", f->ninflight);
    buf_printf(out, "  %s", human_size(f->tally->size_download, text));
    buf_printf(out, "  %s", human_clock(f->elapsed_us, text));
    if (out->len - start > width)
        out->len = start + width;
}

/* ---------------------------------------------------------------- rate */

static void
take_sample(struct progress *p, const struct progress_facts *f)
{
    if (p->nsamples > 0 && f->elapsed_us - p->samples[p->newest].us < SAMPLE_US)
        return;
    p->newest = (p->newest + 1) % NSAMPLES;
    p->samples[p->newest] =
        (struct sample){f->elapsed_us, tally_total(f->tally)};
    if (p->nsamples < NSAMPLES)
        p->nsamples++;
}

/* Results per second since the oldest sample, or since the run began. */
static double
recent_rate(const struct progress *p, const struct progress_facts *f)
{
    struct sample oldest = {0, 0};
    uint64_t n = tally_total(f->tally);

    if (p->nsamples == NSAMPLES)
        oldest = p->samples[(p->newest + 1) % NSAMPLES];
    if (f->elapsed_us <= oldest.us)
        return 0;
    return (double)(n - oldest.n) * 1e6 / (double)(f->elapsed_us - oldest.us);
}

/* ------------------------------------------------------------- drawing */

/* With --output nothing but messages goes to the terminal. */
static bool
is_wanted(const struct opts *opts)
{
    if (opts->quiet || opts->progress == PROGRESS_NEVER)
        return false;
    if (opts->progress == PROGRESS_ALWAYS)
        return true;
    return isatty(STDERR_FILENO) && (opts->output || !isatty(STDOUT_FILENO));
}

struct progress *
progress_new(const struct opts *opts)
{
    struct progress *p = xcalloc(1, sizeof(*p));

    if (!is_wanted(opts))
        return p;
    if (term_is_capable(STDERR_FILENO)) {
        p->mode = MODE_LIVE;
        p->interval_us = LIVE_US;
    } else {
        p->mode = MODE_PLAIN;
        p->interval_us = isatty(STDERR_FILENO) ? DUMB_US : PLAIN_US;
    }
    return p;
}

void
progress_free(struct progress *p)
{
    if (!p)
        return;
    buf_fini(&p->line);
    free(p);
}

int64_t
progress_interval_us(const struct progress *p)
{
    return p->interval_us;
}

/* Write p->line where that is possible at once; a status line that comes
 * later is worth nothing.  One write(2), so that lines stay whole. */
static bool
write_line(const struct progress *p)
{
    struct pollfd fd = {.fd = STDERR_FILENO, .events = POLLOUT};

    return poll(&fd, 1, 0) == 1 && (fd.revents & POLLOUT) &&
           write(STDERR_FILENO, p->line.data, p->line.len) > 0;
}

/* In a shell's background the terminal is someone else's. */
static bool
is_in_background(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);

    return foreground >= 0 && foreground != getpgrp();
}

/* A line of its own, with our name like any message. */
static void
print_line(struct progress *p, const struct progress_facts *f)
{
    buf_clear(&p->line);
    if (term_is_capable(STDERR_FILENO))
        buf_addstr(&p->line, TERM_ERASE_LINE);
    buf_addstr(&p->line, "fanfetch: ");
    progress_format(&p->line, f, recent_rate(p, f), ANY_WIDTH);
    buf_addc(&p->line, '\n');
    if (write_line(p))
        p->is_drawn = false;
}

static void
draw_line(struct progress *p, const struct progress_facts *f)
{
    /* The last column stays free: a cursor behind it would wrap. */
    size_t width = term_width(STDERR_FILENO) - 1;

    if (is_in_background())
        return;
    buf_clear(&p->line);
    buf_addstr(&p->line, TERM_ERASE_LINE);
    progress_format(&p->line, f, recent_rate(p, f), width);
    if (write_line(p))
        p->is_drawn = true;
}

void
progress_draw(struct progress *p, const struct progress_facts *f)
{
    if (p->mode == MODE_LIVE)
        draw_line(p, f);
    else if (p->mode == MODE_PLAIN)
        print_line(p, f);
    take_sample(p, f);
}

void
progress_print(struct progress *p, const struct progress_facts *f)
{
    print_line(p, f);
}

void
progress_end(struct progress *p, const struct progress_facts *f)
{
    if (p->mode == MODE_PLAIN)
        print_line(p, f);
    if (!p->is_drawn)
        return;
    buf_clear(&p->line);
    buf_addstr(&p->line, TERM_ERASE_LINE);
    if (write_line(p))
        p->is_drawn = false;
}
