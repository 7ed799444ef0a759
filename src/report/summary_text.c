/*
 * summary_text.c - writes the summary for people, small enough for one screen:
 * bars for statuses, errors and times, and hosts.
 */
#include "report/totals.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/term.h"
#include "report/numbers.h"

/* Rows of each part; if there are more, the last row sums up the others. */
#define COUNT_ROWS 4
#define TIME_ROWS  5
#define HOST_ROWS  3

#define MIN_WIDTH  40
#define MAX_WIDTH  100
#define WIDE       66 /* columns for all that is said of hosts */
#define VERY_WIDE  80 /* columns for all that is said of times */
#define TITLE      8  /* columns of a part's title, "Slowest" */
#define LABEL      15 /* of a bar's name */
#define COUNT      9
#define BAR_COLUMN (TITLE + LABEL + 1 + COUNT + 2)

/* The limits of ranges: 100 us, 200 us, 500 us ... 10^13 us. */
#define MAX_RANGES 40

struct canvas {
    struct buf *out;
    size_t width;
    bool has_colors;
    uint64_t all; /* number of results that fills a bar */
};

/* Write the title in the first row of its part only. */
static void
draw_title(const struct canvas *c, const char *title, size_t row)
{
    buf_printf(c->out, "%-*s", TITLE, row == 0 ? title : "");
}

/* "timeout    12  ####" */
static void
draw_bar(const struct canvas *c, const char *label, uint64_t n, bool is_red)
{
    double share = c->all > 0 ? (double)n / (double)c->all : 0;
    size_t len = (size_t)(share * (double)(c->width - BAR_COLUMN) + 0.5);

    is_red = is_red && c->has_colors && n > 0;
    if (len == 0 && n > 0)
        len = 1;
    buf_printf(c->out, "%-*s %*" PRIu64 "%s%s", LABEL, label, COUNT, n,
               len > 0 ? "  " : "", is_red ? TERM_RED : "");
    while (len-- > 0)
        buf_addc(c->out, '#');
    buf_addstr(c->out, is_red ? TERM_PLAIN "\n" : "\n");
}

/* -------------------------------------------------------------- totals */

/* Append to the line, or start the next one if it does not fit. */
static void PRINTF_LIKE(3, 4)
    draw_piece(const struct canvas *c, size_t *at, const char *fmt, ...)
{
    char text[3 * NUMBERS_TEXT];
    va_list args;
    size_t len;

    va_start(args, fmt);
    len = (size_t)vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    assert(len < sizeof(text));
    /* A comma may follow. */
    if (*at > 0 && *at + 2 + len + 1 > c->width) {
        buf_addstr(c->out, ",\n");
        *at = 0;
    } else if (*at > 0) {
        buf_addstr(c->out, ", ");
        *at += 2;
    }
    buf_add(c->out, text, len);
    *at += len;
}

static void
draw_totals(const struct canvas *c, const struct summary *s,
            const struct summary_end *end)
{
    const struct tally *t = &s->tally;
    char text[NUMBERS_TEXT];
    size_t at = 0;

    draw_piece(c, &at, "%" PRIu64 " records in %s", tally_total(t),
               numbers_time(end->elapsed_us, text));
    draw_piece(c, &at, "%s a second", numbers_rate(summary_rate(s, end), text));
    draw_piece(c, &at, "%" PRIu64 " ok", t->nok);
    draw_piece(c, &at, "%" PRIu64 " failed", t->nfailed - t->nunsent);
    if (t->nunsent > 0)
        draw_piece(c, &at, "%" PRIu64 " not sent", t->nunsent);
    if (end->nskipped > 0)
        draw_piece(c, &at, "%" PRIu64 " skipped", end->nskipped);
    buf_addc(c->out, '\n');
    at = 0;
    draw_piece(c, &at, "%s received", numbers_size(t->size_download, text));
    draw_piece(c, &at, "%s decoded", numbers_size(t->size_body, text));
    draw_piece(c, &at, "%" PRIu64 " connections opened",
               end->connections_opened);
    draw_piece(c, &at, "%" PRIu64 " reused", s->connections_reused);
    buf_addc(c->out, '\n');
    if (!end->tells_change)
        return;
    at = 0;
    draw_piece(c, &at, "%" PRIu64 " new", s->by_change[CHANGE_NEW]);
    draw_piece(c, &at, "%" PRIu64 " changed", s->by_change[CHANGE_CHANGED]);
    draw_piece(c, &at, "%" PRIu64 " unchanged", s->by_change[CHANGE_UNCHANGED]);
    draw_piece(c, &at, "%s saved", numbers_size(s->bytes_saved, text));
    buf_addc(c->out, '\n');
}

/* Shorter runs are not advised. */
#define LONG_RUN_US (10 * US_PER_S)

/* Say where --limit is, if it varies, or that another limit would be faster. */
static void
draw_limit(const struct canvas *c, const struct summary_end *end)
{
    const struct summary_limit *l = &end->limit;

    if (l->is_auto)
        buf_printf(c->out, "Limit   %" PRIu32 " connections%s%s\n", l->limit,
                   l->reason ? ", " : "", l->reason ? l->reason : "");
    else if (l->held_up > 0.5 && end->elapsed_us >= LONG_RUN_US)
        buf_printf(c->out,
                   "Limit   %" PRIu32 " connections, all in use %.0f %% "
                   "of the time; see --limit auto\n",
                   l->limit, l->held_up * 100);
}

/* -------------------------------------------------------------- counts */

static const char *
name_status(size_t i, char text[NUMBERS_TEXT])
{
    snprintf(text, NUMBERS_TEXT, "%zu", i);
    return text;
}

static const char *
name_class(size_t i, char text[NUMBERS_TEXT])
{
    (void)text;
    return result_class_name((enum error_class)i);
}

/* A bar for each count above 0, largest first. */
struct counts {
    const char *title;
    const uint64_t *v;
    size_t n;
    const char *(*name)(size_t, char[NUMBERS_TEXT]);
    bool is_red;
};

static void
draw_counts(const struct canvas *c, const struct counts *counts)
{
    size_t i = tally_next(counts->v, counts->n, 0);

    for (size_t row = 0; i && row < COUNT_ROWS; row++) {
        size_t next = tally_next(counts->v, counts->n, i);
        uint64_t n = counts->v[i];
        char text[NUMBERS_TEXT];
        const char *name = counts->name(i, text);

        if (row == COUNT_ROWS - 1 && next) {
            name = "others";
            for (; next; next = tally_next(counts->v, counts->n, next))
                n += counts->v[next];
        }
        draw_title(c, counts->title, row);
        draw_bar(c, name, n, counts->is_red);
        i = next;
    }
}

/* --------------------------------------------------------------- times */

/* How many results have a time of at least from_us and less than to_us. */
struct range {
    int64_t from_us, to_us;
    uint64_t n;
};

/* The limits of ranges: 0, 100 us, 200 us, 500 us, 1 ms ... */
static int64_t
next_limit(int64_t limit)
{
    int64_t decade = 100;

    if (limit == 0)
        return decade;
    while (limit >= 10 * decade)
        decade *= 10;
    return limit == 2 * decade ? 5 * decade : 2 * limit;
}

static size_t
find_ranges(const struct histogram *h, struct range ranges[MAX_RANGES])
{
    size_t n = 0;

    for (int64_t from = 0; from <= h->max && n < MAX_RANGES;
         from = next_limit(from)) {
        int64_t to = next_limit(from);

        if (to > h->min)
            ranges[n++] =
                (struct range){from, to, histogram_count(h, from, to)};
    }
    return n;
}

static uint64_t
pair(const struct range *ranges, size_t i)
{
    return ranges[i].n + ranges[i + 1].n;
}

/*
 * Merge the two neighbours with the fewest results until there are few ranges
 * and no two are empty, so ranges with many results stay small.
 */
static size_t
merge_ranges(struct range *ranges, size_t n)
{
    while (n > 1) {
        size_t best = 0;

        for (size_t i = 1; i + 1 < n; i++) {
            if (pair(ranges, i) < pair(ranges, best))
                best = i;
        }
        if (n <= TIME_ROWS && pair(ranges, best) > 0)
            break;
        ranges[best].to_us = ranges[best + 1].to_us;
        ranges[best].n = pair(ranges, best);
        n--;
        memmove(&ranges[best + 1], &ranges[best + 2],
                (n - best - 1) * sizeof(*ranges));
    }
    return n;
}

/* A limit's unit and its number of units. */
static const char *
unit_of(int64_t us, int64_t *n)
{
    if (us < US_PER_MS) {
        *n = us;
        return "us";
    }
    *n = us < US_PER_S ? us / US_PER_MS : us / US_PER_S;
    return us < US_PER_S ? "ms" : "s";
}

/* "100-200 ms", "500 us-1 ms", "0-10 ms". */
static void
name_range(const struct range *r, char text[2 * NUMBERS_TEXT])
{
    int64_t low, high;
    const char *high_unit = unit_of(r->to_us, &high);
    const char *low_unit = unit_of(r->from_us, &low);

    if (low == 0 || strcmp(low_unit, high_unit) == 0)
        snprintf(text, (size_t)2 * NUMBERS_TEXT, "%" PRId64 "-%" PRId64 " %s",
                 low, high, high_unit);
    else
        snprintf(text, (size_t)2 * NUMBERS_TEXT,
                 "%" PRId64 " %s-%" PRId64 " %s", low, low_unit, high,
                 high_unit);
}

static void
draw_ranges(const struct canvas *c, const struct histogram *h)
{
    struct range ranges[MAX_RANGES];
    size_t n = merge_ranges(ranges, find_ranges(h, ranges));

    for (size_t i = 0; i < n; i++) {
        char text[2 * NUMBERS_TEXT];

        name_range(&ranges[i], text);
        draw_title(c, "Time", i);
        draw_bar(c, text, ranges[i].n, false);
    }
}

/* "p50 1.2 ms  p90 3 ms  p95 9 ms  p99 40 ms  max 1 s", or less of it. */
static void
draw_percentiles(const struct canvas *c, const char *title,
                 const struct histogram *h)
{
    static const int percents[] = {50, 90, 95, 99, 100};
    char text[NUMBERS_TEXT];

    draw_title(c, title, 0);
    for (size_t i = 0; i < ARRAY_LEN(percents); i++) {
        int percent = percents[i];

        if (c->width < WIDE && (percent == 90 || percent == 100))
            continue;
        if (c->width < VERY_WIDE && percent == 95)
            continue;
        if (i > 0)
            buf_addstr(c->out, "  ");
        if (percent == 100)
            buf_addstr(c->out, "max");
        else
            buf_printf(c->out, "p%d", percent);
        buf_printf(c->out, " %s",
                   numbers_time(histogram_percentile(h, percent), text));
    }
    buf_addc(c->out, '\n');
}

/* --------------------------------------------------------------- hosts */

/* Write a host's name in width columns. */
static void
draw_name(struct buf *out, const char *name, size_t width)
{
    struct buf text = BUF_INIT;

    diag_escape(&text, name, strlen(name));
    if (text.len > width)
        text.len = width;
    buf_printf(out, "%-*.*s", (int)width, (int)text.len, text.data);
    buf_fini(&text);
}

/* What is shown about a host: "  143 ms mean   297 ms max", or half of it. */
static void
describe_host(const struct canvas *c, const struct top_hosts_entry *e,
              enum top_hosts_order order, struct buf *out)
{
    char mean[NUMBERS_TEXT], max[NUMBERS_TEXT];

    if (order == TOP_HOSTS_FAILING) {
        buf_printf(out, "  %" PRIu64, e->nfailed);
        if (c->width >= WIDE)
            buf_printf(out, " of %" PRIu64, e->count);
        buf_addstr(out, " failed");
        return;
    }
    buf_printf(out, "%10s mean", numbers_time(top_hosts_mean_us(e), mean));
    if (c->width >= WIDE)
        buf_printf(out, "%10s max", numbers_time(e->max_us, max));
}

static void
draw_hosts(const struct canvas *c, const char *title, const struct summary *s,
           enum top_hosts_order order)
{
    const struct top_hosts_entry *list[HOST_ROWS];
    size_t n = top_hosts_list(s->hosts, order, list, HOST_ROWS);

    for (size_t i = 0; i < n; i++) {
        struct buf text = BUF_INIT;

        describe_host(c, list[i], order, &text);
        draw_title(c, title, i);
        draw_name(c->out, list[i]->name, c->width - TITLE - text.len);
        buf_add(c->out, text.data, text.len);
        buf_addc(c->out, '\n');
        buf_fini(&text);
    }
}

void
summary_write_text(const struct summary *s, const struct summary_end *end,
                   size_t width, bool has_colors, struct buf *out)
{
    struct counts statuses = {"Status", s->by_status, NSTATUSES, name_status,
                              false};
    uint64_t by_class[TALLY_NCLASSES];
    struct counts errors = {"Errors", by_class, TALLY_NCLASSES, name_class,
                            true};
    struct canvas c = {out, width, has_colors, tally_total(&s->tally)};

    if (c.width < MIN_WIDTH)
        c.width = MIN_WIDTH;
    if (c.width > MAX_WIDTH)
        c.width = MAX_WIDTH;
    tally_classes(&s->tally, by_class);
    draw_totals(&c, s, end);
    draw_limit(&c, end);
    draw_counts(&c, &statuses);
    draw_counts(&c, &errors);
    if (s->time_total.n > 0) {
        draw_ranges(&c, &s->time_total);
        draw_percentiles(&c, "", &s->time_total);
    }
    if (s->time_queue.n > 0)
        draw_percentiles(&c, "Queue", &s->time_queue);
    draw_hosts(&c, "Slowest", s, TOP_HOSTS_SLOWEST);
    draw_hosts(&c, "Failing", s, TOP_HOSTS_FAILING);
    if (!top_hosts_is_exact(s->hosts))
        buf_addstr(out, "(too many hosts to watch them all)\n");
}
