/*
 * page_time.c - what happened over time: the charts of a report's page, each
 * with its table.
 */
#include "report/page_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "report/numbers.h"
#include "report/page_chart.h"

#define NLINES 3 /* percentiles that are drawn */

static const int percents[NLINES] = {50, 95, 99};
static const char *const line_classes[NLINES] = {"l-p50", "l-p95", "l-p99"};

const char *
page_kind_name(enum timeline_kind kind)
{
    static const char *const names[TIMELINE_NKINDS] = {
        [TIMELINE_OK] = "ok",
        [TIMELINE_CONTENT] = "response not accepted",
        [TIMELINE_TIMEOUT] = "timeout",
        [TIMELINE_NETWORK] = "no whole response",
        [TIMELINE_OURS] = "not sent or stopped",
    };

    return names[kind];
}

const char *
page_kind_class(enum timeline_kind kind)
{
    static const char *const classes[TIMELINE_NKINDS] = {
        [TIMELINE_OK] = "k-ok",           [TIMELINE_CONTENT] = "k-content",
        [TIMELINE_TIMEOUT] = "k-timeout", [TIMELINE_NETWORK] = "k-network",
        [TIMELINE_OURS] = "k-ours",
    };

    return classes[kind];
}

/* -------------------------------------------------------- stretches of time */

/* A run as its charts need it. */
struct course {
    const struct view *view;
    const struct timeline *timeline;
    size_t n; /* buckets */
    int64_t width_us;
    struct chart_mark ticks[CHART_MOMENTS];
    size_t nticks;
};

/* How long a bucket lasted, in seconds: the last one is cut by the run's end.
 * It counts as half of one at least, lest little in no time be a peak. */
static double
seconds_of(const struct course *c, size_t i)
{
    int64_t rest = c->view->end->elapsed_us - (int64_t)i * c->width_us;

    if (rest > c->width_us)
        rest = c->width_us;
    if (rest < c->width_us / 2)
        rest = c->width_us / 2;
    return (double)rest / 1e6;
}

/* "from 12:00 to 12:30": where a bucket is. */
static void
put_stretch(struct buf *out, const struct course *c, size_t i)
{
    char from[NUMBERS_TEXT], to[NUMBERS_TEXT];
    int64_t at = (int64_t)i * c->width_us;

    buf_printf(out, "%s to %s", i == 0 ? "0" : numbers_time(at, from),
               numbers_time(at + c->width_us, to));
}

static void
put_wall(struct buf *out, const struct course *c, size_t i)
{
    char text[CLOCK_TEXT];

    clock_format(c->view->end->started_wall_us + (int64_t)i * c->width_us,
                 text);
    buf_printf(out, "%.10s %.8s", text, text + 11);
}

static void
begin_hint(struct buf *out, const struct course *c, size_t i)
{
    put_stretch(out, c, i);
    buf_addstr(out, "\n(from ");
    put_wall(out, c, i);
    buf_addstr(out, " UTC)");
}

/* A row's head. */
static void
begin_row(struct buf *out, const struct course *c, size_t i)
{
    buf_addstr(out, "<tr><th scope=\"row\">");
    put_stretch(out, c, i);
    buf_addstr(out, "</th><td>");
    put_wall(out, c, i);
    buf_addstr(out, "</td>");
}

#define ROW_HEAD                                                               \
    "<th scope=\"col\">Since the start</th>"                                   \
    "<th scope=\"col\">From (UTC)</th>"

/* The slot with the greatest sum of series from first on. */
static size_t
find_peak(const double *values, size_t nslots, size_t nseries, double *peak)
{
    size_t best = 0;

    *peak = -1;
    for (size_t i = 0; i < nslots; i++) {
        double sum = 0;

        for (size_t k = 0; k < nseries; k++)
            sum += values[i * nseries + k];
        if (sum > *peak) {
            *peak = sum;
            best = i;
        }
    }
    return best;
}

/* ------------------------------------------------------ outcomes over time */

/* Failures are at the bottom, where they are easy to compare. */
static const enum timeline_kind stack[TIMELINE_NKINDS] = {
    TIMELINE_OURS,    TIMELINE_NETWORK, TIMELINE_TIMEOUT,
    TIMELINE_CONTENT, TIMELINE_OK,
};

static void
tell_outcomes(struct buf *out, const void *ctx, size_t i)
{
    const struct course *c = ctx;
    const struct timeline_bucket *b = timeline_bucket(c->timeline, i);

    if (timeline_total(b) == 0)
        return;
    begin_hint(out, c, i);
    for (size_t k = 0; k < TIMELINE_NKINDS; k++) {
        if (b->by_kind[k] > 0)
            buf_printf(out, "\n%s: %" PRIu64,
                       page_kind_name((enum timeline_kind)k), b->by_kind[k]);
    }
}

static void
put_outcome_legend(const struct course *c)
{
    struct buf *out = c->view->out;

    buf_addstr(out, "<ul class=\"legend\">");
    for (size_t k = 0; k < TIMELINE_NKINDS; k++) {
        uint64_t n = 0;

        for (size_t i = 0; i < c->n; i++)
            n += timeline_bucket(c->timeline, i)->by_kind[k];
        buf_printf(out,
                   "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\">"
                   "<rect class=\"%s\" width=\"14\" height=\"14\"/></svg>%s ",
                   page_kind_class((enum timeline_kind)k),
                   page_kind_name((enum timeline_kind)k));
        page_count(out, NULL, n);
        buf_addstr(out, "</li>");
    }
    buf_addstr(out, "</ul>\n");
}

static void
put_outcome_table(const struct course *c)
{
    struct buf *out = c->view->out;

    page_details(out, "Results over time",
                 ROW_HEAD "<th scope=\"col\">ok</th>"
                          "<th scope=\"col\">response not accepted</th>"
                          "<th scope=\"col\">timeout</th>"
                          "<th scope=\"col\">no whole response</th>"
                          "<th scope=\"col\">not sent or stopped</th>"
                          "<th scope=\"col\">results a second</th>");
    for (size_t i = 0; i < c->n; i++) {
        const struct timeline_bucket *b = timeline_bucket(c->timeline, i);
        char text[NUMBERS_TEXT];

        begin_row(out, c, i);
        for (size_t k = 0; k < TIMELINE_NKINDS; k++) {
            buf_addstr(out, "<td>");
            page_count(out, NULL, b->by_kind[k]);
            buf_addstr(out, "</td>");
        }
        buf_printf(
            out, "<td>%s</td></tr>\n",
            numbers_rate((double)timeline_total(b) / seconds_of(c, i), text));
    }
}

/* Bars of the kinds stack[0] to stack[nkinds - 1]. */
static void
draw_outcomes(const struct course *c, size_t nkinds, const char *id,
              const char *title)
{
    double *values = xcalloc(c->n * nkinds, sizeof(*values)), peak;
    const char *classes[TIMELINE_NKINDS];
    char about[300], width[NUMBERS_TEXT], at[NUMBERS_TEXT], rate[NUMBERS_TEXT];
    size_t best;

    for (size_t k = 0; k < nkinds; k++) {
        classes[k] = page_kind_class(stack[k]);
        for (size_t i = 0; i < c->n; i++)
            values[i * nkinds + k] =
                (double)timeline_bucket(c->timeline, i)->by_kind[stack[k]] /
                seconds_of(c, i);
    }
    best = find_peak(values, c->n, nkinds, &peak);
    snprintf(about, sizeof(about),
             "%zu bars of %s each. The highest is of %s results a second, %s "
             "after the start. The table below has all figures.",
             c->n, numbers_time(c->width_us, width), numbers_rate(peak, rate),
             numbers_time((int64_t)best * c->width_us, at));
    chart_bars(c->view->out, &(struct chart){
                                 .id = id,
                                 .title = title,
                                 .description = about,
                                 .scale = CHART_NUMBER,
                                 .nslots = c->n,
                                 .nseries = nkinds,
                                 .values = values,
                                 .classes = classes,
                                 .ticks = c->ticks,
                                 .nticks = c->nticks,
                                 .tell = tell_outcomes,
                                 .ctx = c,
                             });
    free(values);
}

/* Two charts: all results, and below it the failed ones alone, on a larger
 * scale. */
static void
put_outcomes(const struct course *c)
{
    const struct tally *t = &c->view->summary->tally;
    struct buf *out = c->view->out;

    page_figure(out, "Results a second, by outcome", NULL);
    put_outcome_legend(c);
    draw_outcomes(c, TIMELINE_NKINDS, "outcomes",
                  "Results a second over time, by outcome");
    if (t->nok > 0 && t->nfailed > 0) {
        buf_addstr(out, "<h4>Of these, failures a second</h4>\n");
        draw_outcomes(c, TIMELINE_NKINDS - 1, "failures",
                      "Failures a second over time, by kind");
    }
    put_outcome_table(c);
    page_figure_end(out);
}

/* --------------------------------------------------------- times over time */

static void
tell_times(struct buf *out, const void *ctx, size_t i)
{
    const struct course *c = ctx;
    const struct histogram_small *h = &timeline_bucket(c->timeline, i)->times;
    char text[NUMBERS_TEXT];

    if (h->n == 0)
        return;
    begin_hint(out, c, i);
    for (size_t k = 0; k < NLINES; k++)
        buf_printf(
            out, "\np%d: %s", percents[k],
            numbers_time(histogram_small_percentile(h, percents[k]), text));
}

static void
put_line_legend(struct buf *out)
{
    static const char *const names[NLINES] = {
        "p50: half of the requests took no longer", "p95", "p99"};

    buf_addstr(out, "<ul class=\"legend\">");
    for (size_t k = 0; k < NLINES; k++)
        buf_printf(out,
                   "<li><svg width=\"30\" height=\"14\" aria-hidden=\"true\">"
                   "<path class=\"line %s\" d=\"M0 7H30\"/></svg>%s</li>",
                   line_classes[k], names[k]);
    buf_addstr(out, "</ul>\n");
}

static void
put_time_table(const struct course *c)
{
    static const double told[] = {0, 50, 90, 95, 99, 100};
    struct buf *out = c->view->out;

    page_details(out, "Times over time",
                 ROW_HEAD
                 "<th scope=\"col\">requests</th>"
                 "<th scope=\"col\">min</th><th scope=\"col\">p50</th>"
                 "<th scope=\"col\">p90</th><th scope=\"col\">p95</th>"
                 "<th scope=\"col\">p99</th><th scope=\"col\">max</th>");
    for (size_t i = 0; i < c->n; i++) {
        const struct histogram_small *h =
            &timeline_bucket(c->timeline, i)->times;

        begin_row(out, c, i);
        buf_addstr(out, "<td>");
        page_count(out, NULL, h->n);
        buf_addstr(out, "</td>");
        for (size_t k = 0; k < ARRAY_LEN(told); k++) {
            buf_addstr(out, "<td>");
            page_time(out, NULL, histogram_small_percentile(h, told[k]));
            buf_addstr(out, "</td>");
        }
        buf_addstr(out, "</tr>\n");
    }
}

static void
put_times(const struct course *c)
{
    double *values = xcalloc(c->n * NLINES, sizeof(*values));

    for (size_t i = 0; i < c->n; i++) {
        const struct histogram_small *h =
            &timeline_bucket(c->timeline, i)->times;

        for (size_t k = 0; k < NLINES; k++)
            values[i * NLINES + k] =
                (double)histogram_small_percentile(h, percents[k]);
    }
    page_figure(c->view->out, "Time of requests",
                "By when they ended. The scale is logarithmic.");
    put_line_legend(c->view->out);
    chart_lines(c->view->out,
                &(struct chart){
                    .id = "times",
                    .title = "Percentiles of request times over time",
                    .description = "A line each for the percentiles 50, 95 "
                                   "and 99, on a logarithmic scale. The table "
                                   "below has all figures.",
                    .scale = CHART_TIME,
                    .nslots = c->n,
                    .nseries = NLINES,
                    .values = values,
                    .classes = line_classes,
                    .ticks = c->ticks,
                    .nticks = c->nticks,
                    .tell = tell_times,
                    .ctx = c,
                });
    put_time_table(c);
    page_figure_end(c->view->out);
    free(values);
}

/* --------------------------------------------------------- bytes over time */

static void
tell_bytes(struct buf *out, const void *ctx, size_t i)
{
    const struct course *c = ctx;
    const struct timeline_bucket *b = timeline_bucket(c->timeline, i);
    char text[NUMBERS_TEXT];

    if (b->size_download == 0)
        return;
    begin_hint(out, c, i);
    buf_printf(out, "\n%s received", numbers_size(b->size_download, text));
}

static void
put_byte_table(const struct course *c)
{
    struct buf *out = c->view->out;

    page_details(out, "Bytes over time",
                 ROW_HEAD "<th scope=\"col\">received</th>"
                          "<th scope=\"col\">a second</th>");
    for (size_t i = 0; i < c->n; i++) {
        uint64_t bytes = timeline_bucket(c->timeline, i)->size_download;
        char text[NUMBERS_TEXT];

        begin_row(out, c, i);
        buf_addstr(out, "<td>");
        page_size(out, NULL, bytes);
        buf_printf(
            out, "</td><td>%s</td></tr>\n",
            numbers_size((uint64_t)((double)bytes / seconds_of(c, i)), text));
    }
}

static void
put_bytes(const struct course *c)
{
    static const char *const classes[] = {"k-bytes"};
    double *values = xcalloc(c->n, sizeof(*values)), peak;
    char about[200], text[NUMBERS_TEXT], at[NUMBERS_TEXT];
    size_t best;

    for (size_t i = 0; i < c->n; i++)
        values[i] = (double)timeline_bucket(c->timeline, i)->size_download /
                    seconds_of(c, i);
    best = find_peak(values, c->n, 1, &peak);
    snprintf(about, sizeof(about),
             "The highest bar is of %s a second, %s after the start. The "
             "table below has all figures.",
             numbers_size((uint64_t)peak, text),
             numbers_time((int64_t)best * c->width_us, at));
    page_figure(c->view->out, "Bytes received a second",
                "Bodies, as they came over the wire. They count when their "
                "result stands.");
    chart_bars(c->view->out, &(struct chart){
                                 .id = "bytes",
                                 .title = "Bytes a second over time",
                                 .description = about,
                                 .scale = CHART_BYTES,
                                 .nslots = c->n,
                                 .nseries = 1,
                                 .values = values,
                                 .classes = classes,
                                 .ticks = c->ticks,
                                 .nticks = c->nticks,
                                 .tell = tell_bytes,
                                 .ctx = c,
                             });
    put_byte_table(c);
    page_figure_end(c->view->out);
    free(values);
}

void
page_over_time(const struct view *v)
{
    struct course c = {
        .view = v,
        .timeline = v->page->timeline,
        .n = timeline_nbuckets(v->page->timeline),
        .width_us = timeline_width_us(v->page->timeline),
    };

    if (c.n < 2)
        return; /* it was over at once */
    buf_addstr(v->out, "<section>\n<h2>Over time</h2>\n");
    c.nticks = chart_moments((int64_t)c.n * c.width_us, c.ticks);
    put_outcomes(&c);
    if (v->summary->time_total.n > 0)
        put_times(&c);
    if (v->summary->tally.size_download > 0)
        put_bytes(&c);
    buf_addstr(v->out, "</section>\n");
}
