/*
 * page.h - the report of a run for its owner: one HTML page (--report).
 *
 * The page needs nothing but itself: charts are SVG in it, there is no
 * script, and its policy lets a browser load nothing.  All that comes from a
 * list or a server is text in it.  Memory is constant, some 1 MiB.  In the
 * control thread alone.
 */
#ifndef PAGE_H
#define PAGE_H

#include "base/base.h"

struct buf;
struct job;
struct opts;
struct page;
struct summary;
struct summary_end;

NODISCARD struct page *page_new(const struct opts *opts);
void page_free(struct page *p); /* NULL is fine */

/* Count a job whose result stands; started_us is when the run began, by the
 * monotonic clock. */
void page_add(struct page *p, const struct job *j, int64_t started_us);

/* Append the page.  The summary's hosts must have times
 * (summary_keep_host_times()). */
void page_write(struct page *p, const struct summary *s,
                const struct summary_end *end, struct buf *out);

/* The beginning of a page. */
#define PAGE_START "<!DOCTYPE html>\n<!-- A report of fanfetch's -->\n"

#endif /* PAGE_H */
