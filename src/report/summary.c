#include "report/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json_writer.h"
#include "job/job.h"

/* Hosts that sums are kept for. */
#define HOSTS_KEPT 1000

struct summary *
summary_new(void)
{
    struct summary *s = xcalloc(1, sizeof(*s));

    s->hosts = top_hosts_new(HOSTS_KEPT);
    return s;
}

void
summary_free(struct summary *s)
{
    if (!s)
        return;
    top_hosts_free(s->hosts);
    buf_fini(&s->name);
    free(s);
}

void
summary_keep_host_times(struct summary *s)
{
    top_hosts_keep_times(s->hosts);
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
    int status = result_status(r);

    tally_add(&s->tally, r);
    if (status > 0 && status < NSTATUSES)
        s->by_status[status]++;
    s->by_change[r->change]++;
    if (r->change == CHANGE_UNCHANGED && r->size_earlier > 0)
        s->bytes_saved += (uint64_t)r->size_earlier;
    s->attempts += r->attempts;
    s->num_redirects += r->num_redirects;
    s->connections_reused += r->reused > 0;
    if (r->attempts > 0)
        histogram_add(&s->time_total, j->attempt_us);
    if (!j->target.host)
        return; /* its URL is invalid */
    histogram_add(&s->time_queue, j->queue_us);
    if (tally_is_unsent(r))
        return; /* nothing was sent to its host */
    set_name(&s->name, &j->target);
    top_hosts_add(s->hosts, s->name.data, s->name.len, r,
                  r->attempts > 0 ? j->attempt_us : -1);
}

double
summary_rate(const struct summary *s, const struct summary_end *end)
{
    if (end->elapsed_us <= 0)
        return 0;
    return (double)tally_total(&s->tally) * 1e6 / (double)end->elapsed_us;
}

/* ---------------------------------------------------------------- JSON */

/* Write a key, with a comma unless it is the first. */
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

/* Write the counts of --since. */
static void
put_changes(struct buf *out, const struct summary *s)
{
    put_count(out, "new", s->by_change[CHANGE_NEW]);
    put_count(out, "changed", s->by_change[CHANGE_CHANGED]);
    put_count(out, "unchanged", s->by_change[CHANGE_UNCHANGED]);
    put_count(out, "bytes_saved", s->bytes_saved);
}

static void
put_hist(struct buf *out, const char *key, const struct histogram *h)
{
    put_key(out, key);
    if (h->n == 0) {
        buf_addstr(out, "null");
        return;
    }
    buf_addc(out, '{');
    put_seconds(out, "min", h->min);
    put_seconds(out, "p50", histogram_percentile(h, 50));
    put_seconds(out, "p90", histogram_percentile(h, 90));
    put_seconds(out, "p95", histogram_percentile(h, 95));
    put_seconds(out, "p99", histogram_percentile(h, 99));
    put_seconds(out, "max", h->max);
    buf_addc(out, '}');
}

static void
put_host(struct buf *out, const struct top_hosts_entry *e)
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
        put_seconds(out, "mean", top_hosts_mean_us(e));
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
          enum top_hosts_order order)
{
    const struct top_hosts_entry *list[SUMMARY_HOSTS];
    size_t n = top_hosts_list(s->hosts, order, list, SUMMARY_HOSTS);

    put_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_host(out, list[i]);
    }
    buf_addc(out, ']');
}

static void
put_limit(struct buf *out, const struct summary_limit *l)
{
    put_count(out, "limit", l->limit);
    put_key(out, "limit_is_auto");
    jsonw_bool(out, l->is_auto);
    put_key(out, "limit_held_up");
    buf_printf(out, "%.3f", l->held_up);
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
    put_count(out, "not_sent", t->nunsent);
    put_count(out, "skipped", end->nskipped);
    put_statuses(out, s);
    put_classes(out, t);
    if (end->tells_change)
        put_changes(out, s);
    put_count(out, "attempts", s->attempts);
    put_count(out, "num_redirects", s->num_redirects);
    put_count(out, "size_download", t->size_download);
    put_count(out, "size_body", t->size_body);
    put_hist(out, "time_total", &s->time_total);
    put_hist(out, "time_queue", &s->time_queue);
    put_count(out, "connections_opened", end->connections_opened);
    put_count(out, "connections_reused", s->connections_reused);
    put_limit(out, &end->limit);
    put_moment(out, "started_at", end->started_wall_us);
    put_moment(out, "ended_at", end->ended_wall_us);
    put_seconds(out, "elapsed", end->elapsed_us);
    put_key(out, "records_per_second");
    buf_printf(out, "%.3f", summary_rate(s, end));
    put_hosts(out, "hosts", s, TOP_HOSTS_USED);
    put_hosts(out, "hosts_failing", s, TOP_HOSTS_FAILING);
    put_hosts(out, "hosts_slowest", s, TOP_HOSTS_SLOWEST);
    put_key(out, "hosts_exact");
    jsonw_bool(out, top_hosts_is_exact(s->hosts));
    buf_addstr(out, "}\n");
}
