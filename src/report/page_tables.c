/*
 * page_tables.c - statuses, errors, hosts and slow requests: the tables of a
 * report's page.
 */
#include "report/page_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "job/http.h"
#include "report/html.h"
#include "report/numbers.h"

/* A bar as long as a share, with a fill for its kind of outcome. */
static void
put_bar(struct buf *out, const char *class, uint64_t n, uint64_t all)
{
    double percent = all > 0 ? 100 * (double)n / (double)all : 0;

    buf_printf(out,
               "<svg class=\"bar\" width=\"100%%\" height=\"12\" "
               "aria-hidden=\"true\"><rect class=\"%s\" width=\"%.2f%%\" "
               "height=\"12\"/></svg>",
               class, fmax(percent, 0.4));
}

/* Count, share and bar of a row. */
static void
put_amount(struct buf *out, const char *key, const char *class, uint64_t n,
           uint64_t all)
{
    buf_addstr(out, "<td>");
    page_count(out, key, n);
    buf_addstr(out, "</td><td>");
    page_share(out, n, all);
    buf_addstr(out, "</td><td class=\"wide\">");
    put_bar(out, class, n, all);
    buf_addstr(out, "</td>");
}

/* A row of examples below the row that they belong to. */
static void
put_examples(struct buf *out, const struct example_urls *urls)
{
    if (urls->n == 0)
        return;
    buf_addstr(out, "<tr class=\"more\"><td colspan=\"4\">");
    page_urls(out, urls);
    buf_addstr(out, "</td></tr>\n");
}

/* ------------------------------------------------------------- statuses */

/* A status is good by itself, or not; --accept may see it otherwise. */
static const char *
class_of_status(int status)
{
    return page_kind_class(status < 400 ? TIMELINE_OK : TIMELINE_CONTENT);
}

static void
put_status(const struct view *v, int status)
{
    uint64_t n = v->summary->by_status[status];
    char key[PAGE_KEY], name[NUMBERS_TEXT];
    struct buf *out = v->out;

    snprintf(name, sizeof(name), "%d", status);
    buf_printf(out, "<tr><th scope=\"row\">%d <span class=\"name\">%s</span>",
               status, http_reason(status));
    buf_addstr(out, "</th>");
    put_amount(out, page_key(key, "status_codes", name),
               class_of_status(status), n, tally_total(&v->summary->tally));
    buf_addstr(out, "</tr>\n");
    put_examples(out, examples_of_status(v->page->examples, status));
}

void
page_statuses(const struct view *v)
{
    const uint64_t *counts = v->summary->by_status;
    size_t i = tally_next(counts, NSTATUSES, 0);

    if (!i)
        return;
    buf_addstr(v->out, "<section>\n<h2>Statuses</h2>\n");
    page_table(v->out, "Statuses",
               "<th scope=\"col\">Status</th><th scope=\"col\">Results</th>"
               "<th scope=\"col\">Of all</th>"
               "<td class=\"wide\"></td>");
    for (; i; i = tally_next(counts, NSTATUSES, i))
        put_status(v, (int)i);
    page_table_end(v->out);
    buf_addstr(v->out, "</section>\n");
}

/* --------------------------------------------------------------- errors */

static void
put_error(const struct view *v, const struct example_error *e)
{
    struct buf *out = v->out;

    buf_addstr(out, "<tr><th scope=\"row\" class=\"code\">");
    html_text(out, e->code);
    buf_addstr(out, "</th>");
    put_amount(out, NULL, page_kind_class(timeline_kind_of(e->class)), e->n,
               tally_total(&v->summary->tally));
    buf_addstr(out, "</tr>\n<tr class=\"more\"><td colspan=\"4\">");
    if (e->message) {
        buf_addstr(out, "<p class=\"message\">");
        html_text(out, e->message);
        buf_addstr(out, "</p>");
    }
    page_urls(out, &e->urls);
    buf_addstr(out, "</td></tr>\n");
}

/* A class, and below it its codes.  Those of class http are told by the
 * statuses. */
static void
put_class(const struct view *v, size_t class,
          const struct example_error *const *list, size_t n)
{
    const char *name = result_class_name((enum error_class) class);
    uint64_t all = tally_total(&v->summary->tally);
    enum timeline_kind kind = timeline_kind_of((enum error_class) class);
    char key[PAGE_KEY];

    buf_printf(v->out,
               "<tbody><tr class=\"class\"><th scope=\"rowgroup\">%s "
               "<span class=\"name\">%s</span></th>",
               name,
               class == ERR_HTTP ? "a status that is not accepted"
                                 : page_kind_name(kind));
    put_amount(v->out, page_key(key, "error_classes", name),
               page_kind_class(kind), v->summary->tally.by_class[class], all);
    buf_addstr(v->out, "</tr>\n");
    for (size_t i = 0; i < n; i++) {
        if ((size_t)list[i]->class == class)
            put_error(v, list[i]);
    }
    buf_addstr(v->out, "</tbody>\n");
}

void
page_errors(const struct view *v)
{
    const struct example_error *list[EXAMPLES_ERRORS];
    const uint64_t *counts = v->summary->tally.by_class;
    size_t n = examples_errors(v->page->examples, list);
    size_t i = tally_next(counts, TALLY_NCLASSES, 0);

    if (!i)
        return;
    buf_addstr(v->out, "<section>\n<h2>Errors</h2>\n");
    page_table(v->out, "Errors",
               "<th scope=\"col\">Class and code</th>"
               "<th scope=\"col\">Results</th><th scope=\"col\">Of all</th>"
               "<td class=\"wide\"></td>");
    for (; i; i = tally_next(counts, TALLY_NCLASSES, i))
        put_class(v, i, list, n);
    page_table_end(v->out);
    if (examples_other_errors(v->page->examples) > 0)
        buf_printf(v->out, "<p>%" PRIu64 " more are of other codes.</p>\n",
                   examples_other_errors(v->page->examples));
    buf_addstr(v->out, "</section>\n");
}

/* ---------------------------------------------------------------- hosts */

/* The times that all hosts of a table are drawn between. */
struct reach {
    int64_t low_us, high_us;
};

static struct reach
find_reach(const struct top_hosts_entry *const *list, size_t n)
{
    struct reach r = {INT64_MAX, 0};

    for (size_t i = 0; i < n; i++) {
        int64_t low = histogram_small_percentile(list[i]->times, 50);
        int64_t high = histogram_small_percentile(list[i]->times, 99);

        if (low >= 0 && low < r.low_us)
            r.low_us = low;
        if (high > r.high_us)
            r.high_us = high;
    }
    if (r.low_us > r.high_us)
        r.low_us = r.high_us;
    return r;
}

static double
place(const struct reach *r, int64_t us)
{
    double low = log((double)r->low_us + 1), high = log((double)r->high_us + 1);

    if (high <= low)
        return 0;
    return 100 * (log((double)us + 1) - low) / (high - low);
}

/* A bar from p50 to p95, and a line on to p99. */
static void
put_range(struct buf *out, const struct reach *r,
          const struct histogram_small *h)
{
    double p50 = place(r, histogram_small_percentile(h, 50));
    double p95 = place(r, histogram_small_percentile(h, 95));
    double p99 = place(r, histogram_small_percentile(h, 99));

    buf_printf(out,
               "<svg class=\"bar\" width=\"100%%\" height=\"12\" "
               "aria-hidden=\"true\"><line class=\"grid\" x1=\"0\" "
               "x2=\"100%%\" y1=\"6\" y2=\"6\"/><line class=\"whisker\" "
               "x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"6\" y2=\"6\"/>"
               "<rect class=\"k-spread\" x=\"%.2f%%\" width=\"%.2f%%\" "
               "height=\"12\"/></svg>",
               p50, p99, fmin(p50, 99), fmax(p95 - p50, 1));
}

static void
put_host(struct buf *out, const char *key, const struct top_hosts_entry *e,
         const struct reach *r)
{
    static const double told[] = {50, 90, 95, 99};
    char full[PAGE_KEY];

    buf_addstr(out, "<tr><th scope=\"row\">");
    html_text(out, e->name);
    buf_addstr(out, "</th><td>");
    page_count(out, page_key(full, key, "records"), e->count);
    if (e->missed > 0)
        buf_printf(out, "<br><small>up to %" PRIu64 " more</small>", e->missed);
    buf_addstr(out, "</td><td>");
    page_count(out, page_key(full, key, "failed"), e->nfailed);
    buf_addstr(out, "</td>");
    for (size_t i = 0; i < ARRAY_LEN(told); i++) {
        buf_addstr(out, "<td>");
        page_time(out, NULL, histogram_small_percentile(e->times, told[i]));
        buf_addstr(out, "</td>");
    }
    buf_addstr(out, "<td>");
    page_time(out, page_key(full, key, "time_total.max"),
              e->ntimed > 0 ? e->max_us : -1);
    buf_addstr(out, "</td><td>");
    page_size(out, page_key(full, key, "size_download"), e->size_download);
    buf_addstr(out, "</td><td class=\"wide\">");
    if (e->ntimed > 0)
        put_range(out, r, e->times);
    buf_addstr(out, "</td></tr>\n");
}

static void
put_hosts(const struct view *v, const char *title, const char *key,
          enum top_hosts_order order)
{
    const struct top_hosts_entry *list[SUMMARY_HOSTS];
    size_t n = top_hosts_list(v->summary->hosts, order, list, SUMMARY_HOSTS);
    struct reach reach = find_reach(list, n);
    char columns[700], low[NUMBERS_TEXT], high[NUMBERS_TEXT];

    if (n == 0)
        return;
    snprintf(columns, sizeof(columns),
             "<th scope=\"col\">Host</th><th scope=\"col\">Results</th>"
             "<th scope=\"col\">Failed</th><th scope=\"col\">p50</th>"
             "<th scope=\"col\">p90</th><th scope=\"col\">p95</th>"
             "<th scope=\"col\">p99</th><th scope=\"col\">max</th>"
             "<th scope=\"col\">Received</th>"
             "<td class=\"wide\"><div class=\"scale\"><span>%s</span> "
             "<span>bar: p50 to p95, line: to p99</span> <span>%s</span></div>"
             "</td>",
             numbers_time(reach.low_us, low),
             numbers_time(reach.high_us, high));
    buf_printf(v->out, "<h3>%s</h3>\n<div class=\"pinned\">", title);
    page_table(v->out, title, columns);
    for (size_t i = 0; i < n; i++) {
        char full[PAGE_KEY];

        snprintf(full, sizeof(full), "%s.%zu", key, i);
        put_host(v->out, full, list[i], &reach);
    }
    page_table_end(v->out);
    buf_addstr(v->out, "</div>\n");
}

void
page_hosts(const struct view *v)
{
    const struct top_hosts_entry *first[1];

    if (top_hosts_list(v->summary->hosts, TOP_HOSTS_USED, first, 1) == 0)
        return;
    buf_addstr(v->out, "<section>\n<h2>Hosts</h2>\n");
    if (!top_hosts_is_exact(v->summary->hosts))
        buf_addstr(v->out, "<p class=\"alert\">There were too many hosts to "
                           "watch them all: some may be missing, and figures "
                           "may be too low.</p>\n");
    put_hosts(v, "With most failures", "hosts_failing", TOP_HOSTS_FAILING);
    put_hosts(v, "Slowest by mean time", "hosts_slowest", TOP_HOSTS_SLOWEST);
    put_hosts(v, "With most results", "hosts", TOP_HOSTS_USED);
    buf_addstr(v->out, "</section>\n");
}

/* -------------------------------------------------------- slow requests */

void
page_slowest(const struct view *v)
{
    const struct example_slow *list;
    size_t n = examples_slow(v->page->examples, &list);
    struct buf *out = v->out;

    if (n == 0)
        return;
    buf_addstr(out, "<section>\n<h2>Slowest requests</h2>\n");
    page_table(out, "Slowest requests",
               "<th scope=\"col\">Time</th><th scope=\"col\">Outcome</th>"
               "<th scope=\"col\" class=\"text\">URL</th>");
    for (size_t i = 0; i < n; i++) {
        buf_addstr(out, "<tr><th scope=\"row\">");
        page_time(out, NULL, list[i].time_us);
        buf_addstr(out, "</th><td>");
        if (list[i].status)
            buf_printf(out, "%d ", list[i].status);
        if (list[i].class != ERR_NONE)
            buf_addstr(out, result_class_name(list[i].class));
        buf_addstr(out, "</td><td class=\"text\">");
        page_url(out, &list[i].record);
        buf_addstr(out, "</td></tr>\n");
    }
    page_table_end(out);
    buf_addstr(out, "</section>\n");
}
