#include "report/progress.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/term.h"
#include "job/options.h"
#include "report/status_line.h"
#include "report/tally.h"

/* Time between two drawings: on a terminal, elsewhere, and on a terminal that
 * cannot erase a line. */
#define LIVE_US  (100 * US_PER_MS)
#define PLAIN_US US_PER_S
#define DUMB_US  (10 * US_PER_S)

/* The rate is measured over NSAMPLES * SAMPLE_US. */
#define NSAMPLES  10
#define SAMPLE_US (500 * US_PER_MS)

/* Wide enough for any line. */
#define ANY_WIDTH 1000

enum mode {
    MODE_OFF,
    MODE_LIVE,  /* one line that is redrawn */
    MODE_PLAIN, /* line after line */
};

/* The number of results at a time. */
struct sample {
    int64_t us;
    uint64_t n;
};

struct progress {
    enum mode mode;
    int64_t interval_us;
    bool is_undecided; /* other processes may print to the terminal */
    bool is_drawn;     /* the line is on the terminal */
    bool was_drawn;    /* the line has been drawn at least once */
    struct sample samples[NSAMPLES];
    size_t nsamples, newest; /* samples is a ring */
    struct buf line;
};

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

/* With --output only messages go to the terminal, and lines of --format=text
 * are printed above the status line. */
static bool
is_wanted(const struct opts *opts)
{
    if (opts->quiet || opts->progress == PROGRESS_NEVER)
        return false;
    if (opts->progress == PROGRESS_ALWAYS)
        return true;
    return isatty(STDERR_FILENO) &&
           (opts->output || opts->text_is_cut || !isatty(STDOUT_FILENO));
}

/* Can results reach the terminal through a pipe? */
static bool
is_piped(const struct opts *opts)
{
    struct stat st;

    return opts->progress == PROGRESS_AUTO && !opts->output &&
           fstat(STDOUT_FILENO, &st) == 0 &&
           (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
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
    p->is_undecided = is_piped(opts);
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

/* Write p->line if that is possible at once: a late status line is useless.
 * Uses one write(2), so that lines stay whole. */
static bool
write_line(const struct progress *p)
{
    struct pollfd fd = {.fd = STDERR_FILENO, .events = POLLOUT};

    return poll(&fd, 1, 0) == 1 && (fd.revents & POLLOUT) &&
           write(STDERR_FILENO, p->line.data, p->line.len) > 0;
}

/* A background job of a shell must not write to the terminal. */
static bool
is_in_background(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);

    return foreground >= 0 && foreground != getpgrp();
}

/* Print a line of its own, prefixed with our name like a message. */
static void
print_line(struct progress *p, const struct progress_facts *f)
{
    buf_clear(&p->line);
    if (term_is_capable(STDERR_FILENO))
        buf_addstr(&p->line, TERM_ERASE);
    buf_addstr(&p->line, "fanfetch: ");
    status_line_format(&p->line, f, recent_rate(p, f), ANY_WIDTH, false);
    buf_addc(&p->line, '\n');
    if (write_line(p))
        p->is_drawn = false;
}

static void
draw_line(struct progress *p, const struct progress_facts *f)
{
    /* Ask each time, since a terminal's size may change.  Leave the last
     * column free: the cursor behind it would wrap. */
    size_t width = term_width(STDERR_FILENO) - 1;

    if (is_in_background())
        return;
    buf_clear(&p->line);
    buf_addstr(&p->line, TERM_ERASE);
    status_line_format(&p->line, f, recent_rate(p, f), width,
                       term_has_colors(STDERR_FILENO));
    buf_addc(&p->line, '\r');
    if (write_line(p))
        p->is_drawn = p->was_drawn = true;
}

/*
 * At the first drawing the rest of a pipeline has been started.  If it prints
 * to our terminal ("| jq"), draw no status line.
 */
static void
decide(struct progress *p)
{
    p->is_undecided = false;
    if (term_is_shared(STDERR_FILENO))
        p->mode = MODE_OFF;
}

void
progress_draw(struct progress *p, const struct progress_facts *f)
{
    if (p->is_undecided)
        decide(p);
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

bool
progress_is_live(const struct progress *p)
{
    return p->mode == MODE_LIVE;
}

bool
progress_was_drawn(const struct progress *p)
{
    return p->was_drawn;
}

bool
progress_hide(struct progress *p)
{
    if (!p->is_drawn)
        return false;
    buf_clear(&p->line);
    buf_addstr(&p->line, TERM_ERASE);
    if (write_line(p))
        p->is_drawn = false;
    return true;
}

void
progress_end(struct progress *p, const struct progress_facts *f)
{
    if (p->is_undecided)
        decide(p);
    if (p->mode == MODE_PLAIN)
        print_line(p, f);
    (void)progress_hide(p);
}
