#include "report/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_parts.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/json_writer.h"
#include "body/digest.h"
#include "job/job.h"
#include "job/options.h"
#include "report/html.h"
#include "report/numbers.h"

struct page *
page_new(const struct opts *opts)
{
    struct page *p = xcalloc(1, sizeof(*p));

    p->opts = opts;
    p->timeline = timeline_new();
    p->examples = examples_new(opts->show_secrets);
    return p;
}

void
page_free(struct page *p)
{
    if (!p)
        return;
    timeline_free(p->timeline);
    examples_free(p->examples);
    free(p);
}

void
page_add(struct page *p, const struct job *j, int64_t started_us)
{
    const struct result *r = &j->res;
    int64_t time_us = r->attempts > 0 ? j->attempt_us : -1;

    timeline_add(p->timeline, r->done_us - started_us, r, time_us);
    examples_add(p->examples, j, time_us);
    if (r->status != 0)
        histogram_add(&p->sizes, r->size_body);
}

/* -------------------------------------------------------------- figures */

static void
begin_data(struct buf *out, const char *key)
{
    buf_addstr(out, "<data ");
    if (key)
        buf_printf(out, "data-key=\"%s\" ", key);
    buf_addstr(out, "value=\"");
}

void
page_count(struct buf *out, const char *key, uint64_t n)
{
    char text[NUMBERS_COUNT];

    begin_data(out, key);
    buf_printf(out, "%" PRIu64 "\">%s</data>", n, numbers_count(n, text));
}

void
page_size(struct buf *out, const char *key, uint64_t bytes)
{
    char text[NUMBERS_TEXT];

    begin_data(out, key);
    buf_printf(out, "%" PRIu64 "\">%s</data>", bytes,
               numbers_size(bytes, text));
}

void
page_time(struct buf *out, const char *key, int64_t us)
{
    char text[NUMBERS_TEXT];

    if (us < 0) {
        buf_addstr(out, "&ndash;");
        return;
    }
    begin_data(out, key);
    jsonw_seconds(out, us);
    buf_printf(out, "\">%s</data>", numbers_time(us, text));
}

const char *
page_key(char key[PAGE_KEY], const char *prefix, const char *name)
{
    snprintf(key, PAGE_KEY, "%s.%s", prefix, name);
    return key;
}

void
page_share(struct buf *out, uint64_t n, uint64_t all)
{
    double percent = all > 0 ? 100 * (double)n / (double)all : 0;

    if (n > 0 && percent < 0.05)
        buf_addstr(out, "&lt; 0.1 %");
    else if (n < all && percent >= 99.95)
        buf_addstr(out, "&gt; 99.9 %");
    else
        buf_printf(out, "%.*f %%", n == 0 || n == all ? 0 : 1, percent);
}

/* --------------------------------------------------------------- tables */

void
page_table(struct buf *out, const char *label, const char *columns)
{
    buf_printf(out,
               "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
               "aria-label=\"%s\"><table>\n<thead><tr>%s</tr></thead>\n",
               label, columns);
}

void
page_table_end(struct buf *out)
{
    buf_addstr(out, "</table></div>\n");
}

void
page_figure(struct buf *out, const char *title, const char *note)
{
    buf_printf(out, "<figure>\n<figcaption><h3>%s</h3>", title);
    if (note)
        buf_printf(out, "<p>%s</p>", note);
    buf_addstr(out, "</figcaption>\n");
}

void
page_details(struct buf *out, const char *label, const char *columns)
{
    buf_addstr(out, "<details><summary>Table</summary>\n");
    page_table(out, label, columns);
}

void
page_figure_end(struct buf *out)
{
    page_table_end(out);
    buf_addstr(out, "</details>\n</figure>\n");
}

void
page_url(struct buf *out, const struct example *e)
{
    if (e->url)
        buf_addstr(out, "<code>");
    else
        buf_addstr(out, "<em>a record that cannot be read</em>");
    if (e->url) {
        html_text(out, e->url);
        buf_addstr(out, "</code>");
    }
    buf_printf(out, " <span class=\"index\">record %" PRIu64 "</span>",
               e->index);
}

void
page_urls(struct buf *out, const struct example_urls *urls)
{
    if (urls->n == 0)
        return;
    buf_addstr(out, "<ul class=\"urls\">");
    for (size_t i = 0; i < urls->n; i++) {
        buf_addstr(out, "<li>");
        page_url(out, &urls->v[i]);
        buf_addstr(out, "</li>");
    }
    buf_addstr(out, "</ul>");
}

/* ----------------------------------------------------------------- head */

/* The style sheet's hash as a policy names it, so that no other style that
 * got into the page would be applied. */
static void
put_style_hash(struct buf *out)
{
    struct digest *d = digest_new();
    unsigned char bytes[(DIGEST_TEXT - 1) / 2];
    struct buf quoted = BUF_INIT;
    char text[DIGEST_TEXT];

    digest_add(d, page_style, strlen(page_style));
    digest_finish(d, text);
    digest_free(d);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        char hex[3] = {text[2 * i], text[2 * i + 1]};

        bytes[i] = (unsigned char)strtoul(hex, NULL, 16);
    }
    jsonw_base64(&quoted, bytes, sizeof(bytes));
    buf_printf(out, "'sha256-%.*s'", (int)quoted.len - 2, quoted.data + 1);
    buf_fini(&quoted);
}

static void
put_head(const struct view *v)
{
    const struct tally *t = &v->summary->tally;
    char text[NUMBERS_COUNT];
    struct buf *out = v->out;

    buf_addstr(out, PAGE_START
               "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" "
               "content=\"default-src 'none'; base-uri 'none'; "
               "form-action 'none'; style-src ");
    put_style_hash(out);
    buf_addstr(out,
               "\">\n<meta name=\"viewport\" "
               "content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n"
               "<meta name=\"generator\" content=\"fanfetch " FANFETCH_VERSION
               "\">\n<title>");
    buf_printf(out, "%s records, ", numbers_count(tally_total(t), text));
    buf_printf(out, "%s failed - fanfetch</title>\n",
               numbers_count(t->nfailed, text));
    buf_printf(out, "<style>%s</style>\n</head>\n", page_style);
}

/* --------------------------------------------------------------- header */

static void
put_moment(struct buf *out, const char *key, int64_t wall_us)
{
    char text[CLOCK_TEXT];

    clock_format(wall_us, text);
    buf_printf(out, "<time data-key=\"%s\" datetime=\"%s\">%.10s %.8s</time>",
               key, text, text, text + 11);
}

static void
put_header(const struct view *v)
{
    const struct tally *t = &v->summary->tally;
    const struct summary_end *end = v->end;
    char text[NUMBERS_COUNT];
    struct buf *out = v->out;

    buf_addstr(out, "<header>\n<p class=\"brand\">fanfetch report</p>\n<h1>");
    buf_printf(out, "%s %s", numbers_count(tally_total(t), text),
               tally_total(t) == 1 ? "record" : "records");
    if (tally_total(t) > 0) {
        buf_addstr(out, ", ");
        page_share(out, t->nok, tally_total(t));
        buf_addstr(out, " ok");
    }
    buf_addstr(out, "</h1>\n<p>From ");
    put_moment(out, "started_at", end->started_wall_us);
    buf_addstr(out, " to ");
    put_moment(out, "ended_at", end->ended_wall_us);
    buf_addstr(out, " UTC, ");
    page_time(out, "elapsed", end->elapsed_us);
    buf_addstr(out, ".</p>\n");
    if (end->was_stopped)
        buf_addstr(out, "<p class=\"alert\"><strong>Stopped before its end."
                        "</strong> Records that were not read are not counted."
                        "</p>\n");
    if (v->page->opts->command) {
        buf_addstr(out, "<pre class=\"command\" role=\"region\" tabindex=\"0\" "
                        "aria-label=\"Command line\"><code>");
        html_text(out, v->page->opts->command);
        buf_addstr(out, "</code></pre>\n");
    }
    buf_addstr(out, "</header>\n<main>\n");
}

/* ---------------------------------------------------------------- tiles */

static void
begin_tile(struct buf *out, const char *name)
{
    buf_printf(out, "<div><dt>%s</dt><dd>", name);
}

/* Begin a remark, which goes on up to its end tag. */
static void
begin_remark(struct buf *out)
{
    buf_addstr(out, "</dd><dd class=\"remark\">");
}

static void
end_tile(struct buf *out)
{
    buf_addstr(out, "</dd></div>\n");
}

static void
put_result_tiles(const struct view *v)
{
    const struct tally *t = &v->summary->tally;
    char text[NUMBERS_TEXT];
    struct buf *out = v->out;

    begin_tile(out, "Records");
    page_count(out, "records", tally_total(t));
    begin_remark(out);
    page_count(out, "skipped", v->end->nskipped);
    buf_addstr(out, v->end->nskipped > 0 ? " skipped, with results before"
                                         : " skipped");
    end_tile(out);
    begin_tile(out, "OK");
    page_count(out, "ok", t->nok);
    begin_remark(out);
    page_share(out, t->nok, tally_total(t));
    end_tile(out);
    begin_tile(out, "Failed");
    page_count(out, "failed", t->nfailed);
    begin_remark(out);
    page_share(out, t->nfailed, tally_total(t));
    buf_addstr(out, "; ");
    page_count(out, "not_sent", t->nunsent);
    buf_addstr(out, " never sent");
    end_tile(out);
    begin_tile(out, "Rate");
    buf_printf(out, "<data data-key=\"records_per_second\" value=\"%.3f\">",
               summary_rate(v->summary, v->end));
    buf_printf(out, "%s</data> <small>a second</small>",
               numbers_rate(summary_rate(v->summary, v->end), text));
    begin_remark(out);
    page_count(out, "attempts", v->summary->attempts);
    buf_addstr(out, " requests, ");
    page_count(out, "num_redirects", v->summary->num_redirects);
    buf_addstr(out, " redirects");
    end_tile(out);
}

static void
put_other_tiles(const struct view *v)
{
    const struct summary *s = v->summary;
    const struct summary_limit *l = &v->end->limit;
    struct buf *out = v->out;

    begin_tile(out, "Median time");
    page_time(out, NULL, histogram_percentile(&s->time_total, 50));
    begin_remark(out);
    buf_addstr(out, "95 % within ");
    page_time(out, NULL, histogram_percentile(&s->time_total, 95));
    end_tile(out);
    begin_tile(out, "Received");
    page_size(out, "size_download", s->tally.size_download);
    begin_remark(out);
    page_size(out, "size_body", s->tally.size_body);
    buf_addstr(out, " decoded");
    end_tile(out);
    begin_tile(out, "Connections");
    page_count(out, "connections_opened", v->end->connections_opened);
    begin_remark(out);
    page_count(out, "connections_reused", s->connections_reused);
    buf_addstr(out, " results reused one");
    end_tile(out);
    begin_tile(out, "Limit");
    page_count(out, "limit", l->limit);
    begin_remark(out);
    buf_printf(out,
               "%sreached for "
               "<data data-key=\"limit_held_up\" value=\"%.3f\">%.0f %%</data> "
               "of requests",
               l->is_auto ? "auto; " : "", l->held_up, 100 * l->held_up);
    end_tile(out);
}

static void
put_change_tiles(const struct view *v)
{
    const struct summary *s = v->summary;
    struct buf *out = v->out;

    begin_tile(out, "New");
    page_count(out, "new", s->by_change[CHANGE_NEW]);
    end_tile(out);
    begin_tile(out, "Changed");
    page_count(out, "changed", s->by_change[CHANGE_CHANGED]);
    end_tile(out);
    begin_tile(out, "Unchanged");
    page_count(out, "unchanged", s->by_change[CHANGE_UNCHANGED]);
    begin_remark(out);
    page_size(out, "bytes_saved", s->bytes_saved);
    buf_addstr(out, " saved");
    end_tile(out);
}

static void
put_tiles(const struct view *v)
{
    buf_addstr(v->out, "<dl class=\"tiles\">\n");
    put_result_tiles(v);
    put_other_tiles(v);
    if (v->end->tells_change)
        put_change_tiles(v);
    buf_addstr(v->out, "</dl>\n");
}

/* --------------------------------------------------------------- footer */

static void
put_footer(const struct view *v)
{
    struct buf json = BUF_INIT;

    buf_addstr(
        v->out,
        "</main>\n<footer>\n<p>Percentiles of the whole run are less than 1 % "
        "off, those of hosts and of stretches of time less than 4 %. Times are "
        "those of a record's last attempt over all its redirects, without the "
        "wait in our own queue. Sizes are those of bodies.</p>\n<p>Made by "
        "fanfetch " FANFETCH_VERSION ". The page asks no server for anything. "
        "The element <code>summary</code> has the JSON object of "
        "<code>--summary</code>.</p>\n</footer>\n"
        "<script type=\"application/json\" id=\"summary\">");
    summary_write_json(v->summary, v->end, &json);
    html_json(v->out, json.data, json.len);
    buf_addstr(v->out, "</script>\n</body>\n</html>\n");
    buf_fini(&json);
}

/* Fill patterns, so that kinds of outcomes can be told apart without colours,
 * too. */
static const char patterns[] =
    "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\">"
    "<defs>"
    "<pattern id=\"p-content\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect class=\"f-content\" width=\"6\" height=\"6\"/>"
    "<rect class=\"f-gap\" width=\"2\" height=\"6\"/></pattern>"
    "<pattern id=\"p-timeout\" width=\"6\" height=\"5\" "
    "patternUnits=\"userSpaceOnUse\">"
    "<rect class=\"f-timeout\" width=\"6\" height=\"5\"/>"
    "<rect class=\"f-gap\" width=\"6\" height=\"1.5\"/></pattern>"
    "<pattern id=\"p-network\" width=\"5\" height=\"5\" "
    "patternUnits=\"userSpaceOnUse\">"
    "<rect class=\"f-network\" width=\"5\" height=\"5\"/>"
    "<rect class=\"f-gap\" width=\"2\" height=\"2\"/></pattern>"
    "<pattern id=\"p-ours\" width=\"4\" height=\"4\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">"
    "<rect class=\"f-gap\" width=\"4\" height=\"4\"/>"
    "<rect class=\"f-ours\" width=\"2\" height=\"4\"/></pattern>"
    "</defs></svg>\n";

void
page_write(struct page *p, const struct summary *s,
           const struct summary_end *end, struct buf *out)
{
    struct view v = {out, p, s, end};

    timeline_reach(p->timeline, end->elapsed_us);
    put_head(&v);
    buf_addstr(out, "<body>\n");
    buf_addstr(out, patterns);
    put_header(&v);
    put_tiles(&v);
    page_over_time(&v);
    page_distributions(&v);
    page_statuses(&v);
    page_errors(&v);
    page_hosts(&v);
    page_slowest(&v);
    put_footer(&v);
}
