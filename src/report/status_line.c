#include "report/status_line.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/term.h"
#include "report/numbers.h"
#include "report/progress.h"
#include "report/tally.h"

/* Is the final number of records known? */
static bool
is_all_read(const struct progress_facts *f)
{
    return f->input_ended || f->is_stopping;
}

/*
 * The expected number of records, estimated from the input so far; 0: unknown.
 */
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

/* Records that are done. */
static uint64_t
count_done(const struct progress_facts *f)
{
    return tally_total(f->tally) + f->nskipped;
}

/* The parts of a line, in order. */
enum part {
    PART_STOPPING,
    PART_DONE,
    PART_RATE,
    PART_LEFT,
    PART_OK,
    PART_FAILED,
    PART_UNSENT,
    PART_SKIPPED,
    PART_FLIGHT,
    PART_SIZE,
    PART_TIME,
    NPARTS,
};

/* How much of each part is shown. */
struct look {
    size_t nsteps; /* steps taken to shorten it */
    bool is_short; /* use short forms */
    bool is_tight; /* one blank between parts */
    bool has_colors;
    bool is_hidden[NPARTS + 1];
    size_t nclasses; /* number of error classes shown, the most frequent ones */
};

/* "12% 120/~1000 records", "120/500". */
static void
add_done(struct buf *out, const struct progress_facts *f, bool is_short)
{
    uint64_t done = count_done(f), all = expected(f);

    if (all > 0)
        buf_printf(out, "%3d%% ", (int)(100.0 * (double)done / (double)all));
    buf_printf(out, "%" PRIu64 "/%s%" PRIu64 "%s", done,
               all > 0 && !is_all_read(f) ? "~" : "", all > 0 ? all : f->nread,
               is_short ? "" : " records");
}

/* "ETA 1:02": the time left at the present rate, if both are known. */
static void
add_left(struct buf *out, const struct progress_facts *f, double rate)
{
    uint64_t all = expected(f), done = count_done(f);
    char text[NUMBERS_TEXT];
    double left_us;

    /* While the run stops, the time left is unknown. */
    if (all <= done || rate <= 0 || f->is_stopping)
        return;
    left_us = (double)(all - done) / rate * 1e6;
    if (left_us >= 1e6 && left_us < 100 * 3600 * 1e6)
        buf_printf(out, "ETA %s", numbers_clock((int64_t)left_us, text));
}

/* "34 failed (timeout 20, dns 14)". */
static void
add_failed(struct buf *out, const struct tally *t, const struct look *look)
{
    uint64_t by_class[TALLY_NCLASSES], nfailed = t->nfailed - t->nunsent;
    bool is_red = look->has_colors && nfailed > 0;
    size_t i, n = 0;

    tally_classes(t, by_class);
    i = tally_next(by_class, TALLY_NCLASSES, 0);
    buf_printf(out, "%s%" PRIu64 " failed%s", is_red ? TERM_RED : "", nfailed,
               is_red ? TERM_PLAIN : "");
    if (i == 0 || look->nclasses == 0)
        return;
    for (; i && n < look->nclasses; n++) {
        buf_printf(out, "%s%s %" PRIu64, n ? ", " : " (",
                   result_class_name((enum error_class)i), by_class[i]);
        i = tally_next(by_class, TALLY_NCLASSES, i);
    }
    buf_addstr(out, i ? ", ...)" : ")");
}

/* "12 in flight  3 hosts busy", "12 at 3 hosts". */
static void
add_flight(struct buf *out, const struct progress_facts *f, bool is_short)
{
    const char *plural = f->nbusy == 1 ? "" : "s";

    buf_printf(out, "%" PRIu64 " %s%" PRIu64 " host%s%s", f->ninflight,
               is_short ? "at " : "in flight  ", f->nbusy, plural,
               is_short ? "" : " busy");
    if (f->limit > 0)
        buf_printf(out, " of %" PRIu32, f->limit);
}

static void
add_part(struct buf *out, const struct progress_facts *f, double rate,
         enum part part, const struct look *look)
{
    char text[NUMBERS_TEXT];

    switch (part) {
    case PART_STOPPING:
        buf_addstr(out, f->is_stopping ? "stopping:" : "");
        break;
    case PART_DONE:
        add_done(out, f, look->is_short);
        break;
    case PART_RATE:
        buf_printf(out, "%s/s", numbers_rate(rate, text));
        break;
    case PART_LEFT:
        add_left(out, f, rate);
        break;
    case PART_OK:
        buf_printf(out, "%" PRIu64 " ok", f->tally->nok);
        break;
    case PART_FAILED:
        add_failed(out, f->tally, look);
        break;
    case PART_UNSENT:
        if (f->tally->nunsent > 0)
            buf_printf(out, "%" PRIu64 " not sent", f->tally->nunsent);
        break;
    case PART_SKIPPED:
        if (f->nskipped > 0)
            buf_printf(out, "%" PRIu64 " skipped", f->nskipped);
        break;
    case PART_FLIGHT:
        add_flight(out, f, look->is_short);
        break;
    case PART_SIZE:
        buf_addstr(out, numbers_size(f->tally->size_download, text));
        break;
    case PART_TIME:
        buf_addstr(out, numbers_clock(f->elapsed_us, text));
        break;
    case NPARTS:
        break;
    }
}

/* Remove or shorten one part. */
static bool
take_away(struct look *look)
{
    /* The least important part comes first. */
    static const struct {
        bool is_tight;
        enum part hidden; /* NPARTS: none more */
        size_t nclasses;
    } steps[] = {
        {false, NPARTS, SIZE_MAX}, {false, PART_TIME, SIZE_MAX},
        {true, NPARTS, SIZE_MAX},  {true, PART_SKIPPED, SIZE_MAX},
        {true, NPARTS, 2},         {true, PART_SIZE, 2},
        {true, NPARTS, 1},         {true, NPARTS, 0},
        {true, PART_FLIGHT, 0},    {true, PART_RATE, 0},
        {true, PART_OK, 0},        {true, PART_LEFT, 0},
        {true, PART_FAILED, 0},    {true, PART_STOPPING, 0},
    };

    if (look->nsteps == ARRAY_LEN(steps))
        return false;
    look->is_short = true;
    look->is_tight = steps[look->nsteps].is_tight;
    look->nclasses = steps[look->nsteps].nclasses;
    look->is_hidden[steps[look->nsteps].hidden] = true;
    look->nsteps++;
    return true;
}

static void
add_parts(struct buf *out, const struct progress_facts *f, double rate,
          const struct look *look)
{
    size_t start = out->len;

    for (int i = 0; i < NPARTS; i++) {
        size_t before = out->len, len;

        if (look->is_hidden[i])
            continue;
        if (before > start)
            buf_addstr(out, look->is_tight ? " " : "  ");
        len = out->len;
        add_part(out, f, rate, (enum part)i, look);
        if (out->len == len)
            out->len = before; /* nothing to show */
    }
}

void
status_line_format(struct buf *out, const struct progress_facts *f, double rate,
                   size_t width, bool has_colors)
{
    struct look look = {.nclasses = SIZE_MAX};
    size_t start = out->len;

    add_parts(out, f, rate, &look);
    while (out->len - start > width && take_away(&look)) {
        out->len = start;
        add_parts(out, f, rate, &look);
    }
    if (out->len - start > width) {
        out->len = start + width;
    } else if (has_colors) {
        out->len = start;
        look.has_colors = true;
        add_parts(out, f, rate, &look);
    }
}
