#include "output/summary.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/hist.h"
#include "job.h"
#include "output/human.h"
#include "output/json.h"
#include "output/tally.h"
#include "output/top.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hosts that sums are kept for, and that are told in each order. */
#define HOSTS_KEPT 1000
#define HOSTS_TOLD 10

/* Rows of a picture's part; what is left is counted in one more. */
#define MAX_ROWS 12

#define NSTATUSES 1000

struct summary {
    struct tally tally;
    uint64_t by_status[NSTATUSES]; /* results that have one */
    uint64_t attempts, num_redirects;
    uint64_t connections_reused; /* results whose last hop used an open one */
    struct hist time_total;      /* of results that were sent */
    struct hist time_queue;      /* of results that were queued */
    struct top *hosts;
    struct buf name; /* of the current host */
};

struct summary *
summary_new(void)
{
    struct summary *s = xcalloc(1, sizeof(*s));

    s->hosts = top_new(HOSTS_KEPT);
    return s;
}

void
summary_free(struct summary *s)
{
    if (!s)
        return;
    top_free(s->hosts);
    buf_fini(&s->name);
    free(s);
}

/* "https://example.com", "http://[::1]:8080". */
static void
set_name(struct buf *name, const struct target *t)
{
    bool is_v6 = strchr(t->host, ':') != NULL;

    buf_clear(name);
    buf_addstr(name, t->scheme);
    buf_addstr(name, is_v6 ? "://[" : "://");
    buf_addstr(name, t->host);
    if (is_v6)
        buf_addc(name, ']');
    if (t->port != (t->is_tls ? 443 : 80))
        buf_printf(name, ":%u", (unsigned)t->port);
}

void
summary_add(struct summary *s, const struct job *j)
{
    const struct result *r = &j->res;

    tally_add(&s->tally, r);
    if (r->status > 0 && r->status < NSTATUSES)
        s->by_status[r->status]++;
    s->attempts += r->attempts;
    s->num_redirects += r->num_redirects;
    s->connections_reused += r->reused > 0;
    if (r->was_sent)
        hist_add(&s->time_total, j->attempt_us);
    if (!j->target.host)
        return; /* its URL makes no sense */
    hist_add(&s->time_queue, j->queue_us);
    set_name(&s->name, &j->target);
    top_add(s->hosts, s->name.data, s->name.len, r,
            r->was_sent ? j->attempt_us : -1);
}

/* Results per second; 0 for a run without a duration. */
static double
records_per_second(const struct summary *s, const struct summary_end *end)
{
    if (end->elapsed_us <= 0)
        return 0;
    return (double)tally_total(&s->tally) * 1e6 / (double)end->elapsed_us;
}

/* ---------------------------------------------------------------- JSON */

/* A key with its comma, but for the object's first one. */
static void
put_key(struct buf *out, const char *key)
{
    if (out->data[out->len - 1] != '{')
        buf_addc(out, ',');
    buf_printf(out, "\"%s\":", key);
}

static void
put_count(struct buf *out, const char *key, uint64_t n)
{
    put_key(out, key);
    jsonw_uint(out, n);
}

static void
put_seconds(struct buf *out, const char *key, int64_t us)
{
    put_key(out, key);
    jsonw_seconds(out, us);
}

static void
put_moment(struct buf *out, const char *key, int64_t wall_us)
{
    char text[CLOCK_TEXT];

    clock_format(wall_us, text);
    put_key(out, key);
    jsonw_string(out, text);
}

static void
put_statuses(struct buf *out, const struct summary *s)
{
    char key[16];

    put_key(out, "status_codes");
    buf_addc(out, '{');
    for (int i = 0; i < NSTATUSES; i++) {
        if (s->by_status[i] == 0)
            continue;
        snprintf(key, sizeof(key), "%d", i);
        put_count(out, key, s->by_status[i]);
    }
    buf_addc(out, '}');
}

static void
put_classes(struct buf *out, const struct tally *t)
{
    put_key(out, "error_classes");
    buf_addc(out, '{');
    for (int i = 0; i < TALLY_NCLASSES; i++) {
        if (t->by_class[i] > 0)
            put_count(out, result_class_name((enum error_class)i),
                      t->by_class[i]);
    }
    buf_addc(out, '}');
}

static void
put_hist(struct buf *out, const char *key, const struct hist *h)
{
    put_key(out, key);
    if (h->n == 0) {
        buf_addstr(out, "null");
        return;
    }
    buf_addc(out, '{');
    put_seconds(out, "min", h->min);
    put_seconds(out, "p50", hist_percentile(h, 50));
    put_seconds(out, "p90", hist_percentile(h, 90));
    put_seconds(out, "p99", hist_percentile(h, 99));
    put_seconds(out, "max", h->max);
    buf_addc(out, '}');
}

static void
put_host(struct buf *out, const struct top_entry *e)
{
    buf_addc(out, '{');
    put_key(out, "host");
    jsonw_string(out, e->name);
    put_count(out, "records", e->count);
    put_count(out, "ok", e->count - e->nfailed);
    put_count(out, "failed", e->nfailed);
    put_count(out, "size_download", e->size_download);
    put_key(out, "time_total");
    if (e->ntimed > 0) {
        buf_addc(out, '{');
        put_seconds(out, "mean", top_mean_us(e));
        put_seconds(out, "max", e->max_us);
        buf_addc(out, '}');
    } else {
        buf_addstr(out, "null");
    }
    put_count(out, "records_missed", e->missed);
    buf_addc(out, '}');
}

static void
put_hosts(struct buf *out, const char *key, const struct summary *s,
          enum top_order order)
{
    const struct top_entry *list[HOSTS_TOLD];
    size_t n = top_list(s->hosts, order, list, HOSTS_TOLD);

    put_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_host(out, list[i]);
    }
    buf_addc(out, ']');
}

void
summary_write_json(const struct summary *s, const struct summary_end *end,
                   struct buf *out)
{
    const struct tally *t = &s->tally;

    buf_addc(out, '{');
    put_count(out, "records", tally_total(t));
    put_count(out, "ok", t->nok);
    put_count(out, "failed", t->nfailed);
    put_count(out, "skipped", end->nskipped);
    put_statuses(out, s);
    put_classes(out, t);
    put_count(out, "attempts", s->attempts);
    put_count(out, "num_redirects", s->num_redirects);
    put_count(out, "size_download", t->size_download);
    put_count(out, "size_body", t->size_body);
    put_hist(out, "time_total", &s->time_total);
    put_hist(out, "time_queue", &s->time_queue);
    put_count(out, "connections_opened", end->connections_opened);
    put_count(out, "connections_reused", s->connections_reused);
    put_moment(out, "started_at", end->started_wall_us);
    put_moment(out, "ended_at", end->ended_wall_us);
    put_seconds(out, "elapsed", end->elapsed_us);
    put_key(out, "records_per_second");
    buf_printf(out, "%.3f", records_per_second(s, end));
    put_hosts(out, "hosts", s, TOP_USED);
    put_hosts(out, "hosts_failing", s, TOP_FAILING);
    put_hosts(out, "hosts_slowest", s, TOP_SLOWEST);
    put_key(out, "hosts_exact");
    jsonw_bool(out, top_is_exact(s->hosts));
    buf_addstr(out, "}\n");
}

/* ------------------------------------------------------------- picture */

#define LABEL_WIDTH 19 /* of a bar's name */
#define COUNT_WIDTH 10

/* What stands before a bar: indent, name, blank, count, two blanks. */
#define BAR_COLUMN (2 + LABEL_WIDTH + 1 + COUNT_WIDTH + 2)

/* "  timeout    12  ####": the bar of all would reach the edge. */
static void
draw_bar(struct buf *out, const char *label, uint64_t n, uint64_t all,
         size_t width)
{
    double share = all > 0 ? (double)n / (double)all : 0;
    size_t len = 0;

    if (width > BAR_COLUMN)
        len = (size_t)(share * (double)(width - BAR_COLUMN) + 0.5);
    if (len == 0 && n > 0)
        len = 1;
    buf_printf(out, "  %-*s %*" PRIu64, LABEL_WIDTH, label, COUNT_WIDTH, n);
    if (len > 0)
        buf_addstr(out, "  ");
    while (len-- > 0)
        buf_addc(out, '#');
    buf_addc(out, '\n');
}

static const char *
name_status(size_t i, char text[HUMAN_TEXT])
{
    snprintf(text, HUMAN_TEXT, "%zu", i);
    return text;
}

static const char *
name_class(size_t i, char text[HUMAN_TEXT])
{
    (void)text;
    return result_class_name((enum error_class)i);
}

/* A bar for each of n counts above 0, greatest first. */
struct counts {
    const char *heading;
    const uint64_t *v;
    size_t n;
    const char *(*name)(size_t, char[HUMAN_TEXT]);
};

static void
draw_counts(struct buf *out, const struct counts *c, uint64_t all, size_t width)
{
    size_t i = tally_next(c->v, c->n, 0);
    char text[HUMAN_TEXT];
    uint64_t others = 0;

    if (i == 0)
        return;
    buf_printf(out, "\n%s\n", c->heading);
    for (int row = 0; i && row < MAX_ROWS; row++) {
        draw_bar(out, c->name(i, text), c->v[i], all, width);
        i = tally_next(c->v, c->n, i);
    }
    for (; i; i = tally_next(c->v, c->n, i))
        others += c->v[i];
    if (others > 0)
        draw_bar(out, "others", others, all, width);
}

/* The limits of the picture's ranges: 0, 100 us, 200 us, 500 us, 1 ms ... */
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

static void
draw_times(struct buf *out, const struct hist *h, size_t width)
{
    char low[HUMAN_TEXT], high[HUMAN_TEXT], label[2 * HUMAN_TEXT];
    uint64_t most = 0;

    for (int64_t from = 0; from <= h->max; from = next_limit(from)) {
        uint64_t n = hist_count(h, from, next_limit(from));

        if (n > most)
            most = n;
    }
    for (int64_t from = 0; from <= h->max; from = next_limit(from)) {
        int64_t to = next_limit(from);

        if (to <= h->min)
            continue;
        snprintf(label, sizeof(label), "%s to %s", human_time(from, low),
                 human_time(to, high));
        draw_bar(out, label, hist_count(h, from, to), most, width);
    }
}

/* "p50 1.2 ms, p90 3 ms, p99 40 ms, max 1 s". */
static void
draw_percentiles(struct buf *out, const char *heading, const struct hist *h)
{
    char p50[HUMAN_TEXT], p90[HUMAN_TEXT], p99[HUMAN_TEXT], max[HUMAN_TEXT];

    buf_printf(out, "\n%s\n  p50 %s, p90 %s, p99 %s, max %s\n", heading,
               human_time(hist_percentile(h, 50), p50),
               human_time(hist_percentile(h, 90), p90),
               human_time(hist_percentile(h, 99), p99),
               human_time(h->max, max));
}

/* What a host's line ends with: records, failed, mean and greatest time. */
#define HOST_COLUMNS 42

/* A host's name in width columns. */
static void
draw_name(struct buf *out, const char *name, size_t width)
{
    struct buf text = BUF_INIT;
    size_t len;

    diag_escape(&text, name, strlen(name));
    len = text.len < width ? text.len : width;
    buf_add(out, text.data, len);
    for (; len < width; len++)
        buf_addc(out, ' ');
    buf_fini(&text);
}

static void
draw_hosts(struct buf *out, const char *heading, const struct summary *s,
           enum top_order order, size_t width)
{
    const struct top_entry *list[HOSTS_TOLD];
    size_t n = top_list(s->hosts, order, list, HOSTS_TOLD);
    size_t name_width = width - 2 - HOST_COLUMNS;

    if (n == 0)
        return;
    buf_printf(out, "\n%-*s%10s%9s%11s%12s\n", (int)name_width + 2, heading,
               "records", "failed", "mean", "max");
    for (size_t i = 0; i < n; i++) {
        const struct top_entry *e = list[i];
        char mean[HUMAN_TEXT] = "-", max[HUMAN_TEXT] = "-";

        if (e->ntimed > 0) {
            human_time(top_mean_us(e), mean);
            human_time(e->max_us, max);
        }
        buf_addstr(out, "  ");
        draw_name(out, e->name, name_width);
        buf_printf(out, "%10" PRIu64 "%9" PRIu64 "%11s%12s\n", e->count,
                   e->nfailed, mean, max);
    }
    if (!top_is_exact(s->hosts))
        buf_addstr(out, "  (there were too many hosts to watch them all)\n");
}

static void
draw_totals(struct buf *out, const struct summary *s,
            const struct summary_end *end)
{
    const struct tally *t = &s->tally;
    char took[HUMAN_TEXT], rate[HUMAN_TEXT], wire[HUMAN_TEXT], body[HUMAN_TEXT];

    buf_printf(out, "%" PRIu64 " records in %s, %s a second\n", tally_total(t),
               human_time(end->elapsed_us, took),
               human_rate(records_per_second(s, end), rate));
    buf_printf(out, "  %" PRIu64 " ok, %" PRIu64 " failed", t->nok, t->nfailed);
    if (end->nskipped > 0)
        buf_printf(out, ", and %" PRIu64 " skipped", end->nskipped);
    buf_addc(out, '\n');
    buf_printf(out, "  %s received, %s decoded\n",
               human_size(t->size_download, wire),
               human_size(t->size_body, body));
    buf_printf(out, "  %" PRIu64 " connections opened, %" PRIu64 " reused\n",
               end->connections_opened, s->connections_reused);
}

void
summary_write_text(const struct summary *s, const struct summary_end *end,
                   size_t width, struct buf *out)
{
    struct counts statuses = {"Status", s->by_status, NSTATUSES, name_status};
    struct counts errors = {"Errors", s->tally.by_class, TALLY_NCLASSES,
                            name_class};
    uint64_t all = tally_total(&s->tally);

    /* A host's line needs 60, and bars longer than that say no more. */
    if (width < 60)
        width = 60;
    if (width > 100)
        width = 100;
    draw_totals(out, s, end);
    draw_counts(out, &statuses, all, width);
    draw_counts(out, &errors, all, width);
    if (s->time_total.n > 0) {
        draw_percentiles(out, "Time", &s->time_total);
        draw_times(out, &s->time_total, width);
    }
    if (s->time_queue.n > 0)
        draw_percentiles(out, "Time in our queue", &s->time_queue);
    draw_hosts(out, "Slowest hosts", s, TOP_SLOWEST, width);
    draw_hosts(out, "Failing hosts", s, TOP_FAILING, width);
}
