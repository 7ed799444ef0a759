/*
 * report.h - what is told of a run beside its results: the status line while
 * it goes on, the summary and the page at its end.
 *
 * Keeps the counts that both are made of.  In the control thread alone.
 */
#ifndef REPORT_H
#define REPORT_H

#include "base/base.h"
#include "report/progress.h"

struct job;
struct opts;
struct report;
struct summary_limit;

/* The run begins.  NULL: the summary's file or the page's can't be written; it
 * was reported. */
NODISCARD struct report *report_new(const struct opts *opts);
void report_free(struct report *r); /* NULL is fine */

/* Count a job whose result stands. */
void report_add(struct report *r, const struct job *j);

/* How long between two calls of report_draw(); 0: it has nothing to draw. */
int64_t report_interval_us(const struct report *r);

/* Draw the status line, or print it once and for good.  Of the facts the
 * tally and the time are filled in here. */
void report_draw(struct report *r, struct progress_facts *f);
void report_print(struct report *r, struct progress_facts *f);

/* Take the status line away for a moment; false: none is there. */
bool report_hide(struct report *r);

/*
 * The run is over: take the status line away, write summary and page.
 *
 * connections_opened  over all engines
 * limit               what became of --limit
 * returns             -1: one of them could not be written; it was reported
 */
NODISCARD int report_end(struct report *r, struct progress_facts *f,
                         uint64_t connections_opened,
                         const struct summary_limit *limit);

#endif /* REPORT_H */
