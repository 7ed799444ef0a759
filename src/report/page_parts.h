/*
 * page_parts.h - the parts of a report's page, for the files that write them.
 *
 * Private to report/.
 */
#ifndef PAGE_PARTS_H
#define PAGE_PARTS_H

#include "base/base.h"
#include "base/buf.h"
#include "report/examples.h"
#include "report/histogram.h"
#include "report/summary.h"
#include "report/timeline.h"
#include "report/totals.h"

struct opts;

/* The parts of a page beside the summary. */
struct page {
    const struct opts *opts;
    struct timeline *timeline;
    struct examples *examples;
    struct histogram sizes; /* of bodies, decoded, of results with a status */
};

/* A page that is being written. */
struct view {
    struct buf *out;
    const struct page *page;
    const struct summary *summary;
    const struct summary_end *end;
};

/* The style sheet, which is all of the <style> element. */
extern const char page_style[];

/* Parts, in the page's order. */
void page_over_time(const struct view *v);
void page_distributions(const struct view *v);
void page_statuses(const struct view *v);
void page_errors(const struct view *v);
void page_hosts(const struct view *v);
void page_slowest(const struct view *v);

/* The name of a kind of outcome, and its CSS class. */
const char *page_kind_name(enum timeline_kind kind);
const char *page_kind_class(enum timeline_kind kind);

/*
 * A figure for people with the same for programs: <data value=...>.  key is
 * its path in the summary's JSON, "time_total.p95"; NULL: it is not there.
 */
void page_count(struct buf *out, const char *key, uint64_t n);
void page_size(struct buf *out, const char *key, uint64_t bytes);
void page_time(struct buf *out, const char *key, int64_t us); /* -1: none */

/* "12.3 %": the share of n in all.  Only none is shown as 0 %, and only all as
 * 100 %. */
void page_share(struct buf *out, uint64_t n, uint64_t all);

/* The key "PREFIX.NAME" in memory of the caller's; returns it. */
#define PAGE_KEY 80
const char *page_key(char key[PAGE_KEY], const char *prefix, const char *name);

/* Begin and end a table that scrolls where it is too wide.  label is what a
 * screen reader calls it; columns is its first row. */
void page_table(struct buf *out, const char *label, const char *columns);
void page_table_end(struct buf *out);

/*
 * Begin and end a chart's figure; note may be NULL.  page_details() begins the
 * table below the chart, with the arguments of page_table(); page_figure_end()
 * ends the table, too.
 */
void page_figure(struct buf *out, const char *title, const char *note);
void page_details(struct buf *out, const char *label, const char *columns);
void page_figure_end(struct buf *out);

/* Example URLs as a list. */
void page_urls(struct buf *out, const struct example_urls *urls);

/* One URL with its record's number. */
void page_url(struct buf *out, const struct example *e);

#endif /* PAGE_PARTS_H */
