/*
 * page_spread.c - how times and sizes are distributed: a chart of each, its
 * table, and the percentiles.
 */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>

#include "report/numbers.h"
#include "report/page_chart.h"

#define MAX_BARS  64
#define MAX_TICKS 8

static const double percents[] = {50, 90, 95, 99};

/* A distribution: ranges, each beginning where the one before ends. */
struct spread {
    const struct view *view;
    const struct histogram *h;
    const char *(*name)(int64_t value, char text[NUMBERS_TEXT]);
    bool (*is_round)(int64_t limit); /* has it a label? */
    int64_t limits[MAX_BARS + 1];    /* n + 1 of them */
    double values[MAX_BARS];         /* results in each range */
    size_t n;
    const char *unit; /* "requests" */
};

/* --------------------------------------------------------------- ranges */

/* The limit after value: a tenth of a power of ten on a logarithmic scale, but
 * for rounding.  With is_coarse 1, 2 or 5 times such a power. */
static int64_t
next_time(int64_t value, bool is_coarse)
{
    static const int64_t fine[] = {10, 12, 16, 20, 25, 32, 40, 50, 63, 80, 100};
    static const int64_t coarse[] = {10, 20, 50, 100};
    const int64_t *steps = is_coarse ? coarse : fine;
    int64_t decade = 1;

    if (value < 10)
        return 10;
    while (value >= 100 * decade)
        decade *= 10;
    while (*steps * decade <= value)
        steps++;
    return *steps * decade;
}

static int64_t
next_size(int64_t value, bool is_coarse)
{
    if (value < 16)
        return value == 0 ? 1 : 16; /* no bytes are a range of their own */
    return is_coarse ? 4 * value : 2 * value;
}

/* Fill in the ranges between the least and the greatest value; false: they are
 * too many. */
static bool
find_ranges(struct spread *s, int64_t (*next)(int64_t, bool), bool is_coarse)
{
    int64_t from = 0, to = next(0, is_coarse);

    s->n = 0;
    for (; from <= s->h->max; from = to, to = next(to, is_coarse)) {
        if (to <= s->h->min)
            continue;
        if (s->n == MAX_BARS)
            return false;
        s->limits[s->n] = from;
        s->values[s->n++] = (double)histogram_count(s->h, from, to);
        s->limits[s->n] = to;
    }
    return true;
}

/* ---------------------------------------------------------------- chart */

/* The name of a limit. */
static const char *
name_limit(const struct spread *s, size_t i, char text[NUMBERS_TEXT])
{
    (void)s->name(s->limits[i], text);
    return chart_drop_zeros(text);
}

static void
tell_range(struct buf *out, const void *ctx, size_t i)
{
    const struct spread *s = ctx;
    char from[NUMBERS_TEXT], to[NUMBERS_TEXT];

    if (s->values[i] > 0)
        buf_printf(out, "%s to %s: %.0f %s", name_limit(s, i, from),
                   name_limit(s, i + 1, to), s->values[i], s->unit);
}

/* A power of ten. */
static bool
is_round_time(int64_t us)
{
    while (us > 0 && us % 10 == 0)
        us /= 10;
    return us == 1;
}

/* A power of 32: 32 B, 1 KiB, 32 KiB, 1 MiB. */
static bool
is_round_size(int64_t bytes)
{
    int64_t rest = bytes;

    while (rest > 0 && rest % 32 == 0)
        rest /= 32;
    return rest == 1 && bytes > 1;
}

/* Labels at round limits, or at all of them where there are few. */
static size_t
find_ticks(const struct spread *s, struct chart_mark ticks[MAX_TICKS])
{
    size_t n = 0;

    for (size_t i = 0; i <= s->n && n < MAX_TICKS; i++) {
        if (s->n >= MAX_TICKS && !s->is_round(s->limits[i]))
            continue;
        ticks[n].at = (double)i / (double)s->n;
        (void)name_limit(s, i, ticks[n++].text);
    }
    return n;
}

/* The place of a value from 0 to 1, by its logarithm within the range. */
static double
place(const struct spread *s, int64_t value)
{
    size_t i = 0;
    double from, to;

    while (i + 1 < s->n && value >= s->limits[i + 1])
        i++;
    from = log((double)s->limits[i] + 1);
    to = log((double)s->limits[i + 1] + 1);
    return ((double)i +
            fmin((log((double)value + 1) - from) / (to - from), 1)) /
           (double)s->n;
}

static size_t
find_lines(const struct spread *s, struct chart_mark lines[])
{
    static const int drawn[] = {50, 95, 99};

    for (size_t i = 0; i < ARRAY_LEN(drawn); i++) {
        int64_t value = histogram_percentile(s->h, drawn[i]);
        char text[NUMBERS_TEXT];

        lines[i].at = place(s, value);
        snprintf(lines[i].text, sizeof(lines[i].text), "p%d %s", drawn[i],
                 s->name(value, text));
    }
    return ARRAY_LEN(drawn);
}

static void
put_chart(const struct spread *s, const char *id, const char *title)
{
    static const char *const classes[] = {"k-spread"};
    struct chart_mark ticks[MAX_TICKS], lines[3];
    char about[200], p50[NUMBERS_TEXT], p99[NUMBERS_TEXT];

    snprintf(about, sizeof(about),
             "%zu ranges on a logarithmic scale. Half of all %s are at most "
             "%s, 99 %% at most %s. The table below has all figures.",
             s->n, s->unit, s->name(histogram_percentile(s->h, 50), p50),
             s->name(histogram_percentile(s->h, 99), p99));
    chart_bars(s->view->out, &(struct chart){
                                 .id = id,
                                 .title = title,
                                 .description = about,
                                 .scale = CHART_NUMBER,
                                 .nslots = s->n,
                                 .nseries = 1,
                                 .values = s->values,
                                 .classes = classes,
                                 .ticks = ticks,
                                 .nticks = find_ticks(s, ticks),
                                 .lines = lines,
                                 .nlines = find_lines(s, lines),
                                 .tell = tell_range,
                                 .ctx = s,
                             });
}

static void
put_table(const struct spread *s, const char *label)
{
    struct buf *out = s->view->out;

    page_details(out, label,
                 "<th scope=\"col\">From</th><th scope=\"col\">to less than"
                 "</th><th scope=\"col\">number</th><th scope=\"col\">share"
                 "</th>");
    for (size_t i = 0; i < s->n; i++) {
        char from[NUMBERS_TEXT], to[NUMBERS_TEXT];

        buf_printf(out, "<tr><th scope=\"row\">%s</th><td>%s</td><td>",
                   name_limit(s, i, from), name_limit(s, i + 1, to));
        page_count(out, NULL, (uint64_t)s->values[i]);
        buf_addstr(out, "</td><td>");
        page_share(out, (uint64_t)s->values[i], s->h->n);
        buf_addstr(out, "</td></tr>\n");
    }
}

static const char *
name_size(int64_t bytes, char text[NUMBERS_TEXT])
{
    return numbers_size((uint64_t)bytes, text);
}

static void
put_spread(struct spread *s, const char *id, const char *title,
           int64_t (*next)(int64_t, bool))
{
    if (!find_ranges(s, next, false))
        (void)find_ranges(s, next, true);
    page_figure(s->view->out, title, NULL);
    put_chart(s, id, title);
    put_table(s, title);
    page_figure_end(s->view->out);
}

/* ---------------------------------------------------------- percentiles */

static void
put_row(struct buf *out, const char *name, const char *key,
        const struct histogram *h,
        void (*put)(struct buf *, const char *, int64_t))
{
    static const char *const names[] = {"p50", "p90", "p95", "p99"};
    char full[PAGE_KEY];

    buf_printf(out, "<tr><th scope=\"row\">%s</th><td>", name);
    put(out, key ? page_key(full, key, "min") : NULL,
        histogram_percentile(h, 0));
    for (size_t i = 0; i < ARRAY_LEN(percents); i++) {
        buf_addstr(out, "</td><td>");
        put(out, key ? page_key(full, key, names[i]) : NULL,
            histogram_percentile(h, percents[i]));
    }
    buf_addstr(out, "</td><td>");
    put(out, key ? page_key(full, key, "max") : NULL,
        histogram_percentile(h, 100));
    buf_addstr(out, "</td></tr>\n");
}

static void
put_size(struct buf *out, const char *key, int64_t bytes)
{
    if (bytes >= 0)
        page_size(out, key, (uint64_t)bytes);
    else
        buf_addstr(out, "&ndash;");
}

static void
put_percentiles(const struct view *v)
{
    const struct summary *s = v->summary;
    struct buf *out = v->out;

    buf_addstr(out, "<div class=\"pinned\">");
    page_table(out, "Percentiles of times and sizes",
               "<th scope=\"col\">Of the whole run</th>"
               "<th scope=\"col\">min</th><th scope=\"col\">p50</th>"
               "<th scope=\"col\">p90</th><th scope=\"col\">p95</th>"
               "<th scope=\"col\">p99</th><th scope=\"col\">max</th>");
    put_row(out, "Time of a request", "time_total", &s->time_total, page_time);
    put_row(out, "Wait in our queue", "time_queue", &s->time_queue, page_time);
    put_row(out, "Size of a body", NULL, &v->page->sizes, put_size);
    page_table_end(out);
    buf_addstr(out, "</div>\n");
}

void
page_distributions(const struct view *v)
{
    struct spread times = {
        .view = v,
        .h = &v->summary->time_total,
        .name = numbers_time,
        .is_round = is_round_time,
        .unit = "requests",
    };
    struct spread sizes = {
        .view = v,
        .h = &v->page->sizes,
        .name = name_size,
        .is_round = is_round_size,
        .unit = "bodies",
    };

    if (times.h->n == 0)
        return;
    buf_addstr(v->out, "<section>\n<h2>Times and sizes</h2>\n");
    put_percentiles(v);
    buf_addstr(v->out, "<div class=\"pair\">\n");
    put_spread(&times, "spread", "How long requests took", next_time);
    if (sizes.h->n > 0)
        put_spread(&sizes, "sizes", "How large bodies are", next_size);
    buf_addstr(v->out, "</div>\n</section>\n");
}
