/*
 * report.h - what is told of a run beside its results: the status line while
 * it goes on, the summary and the page at its end.
 *
 * Keeps the counts for both.  Used by the control thread only.
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

/* Count a job with a final result. */
void report_add(struct report *r, const struct job *j);

/* Time between two calls of report_draw(); 0: nothing to draw. */
int64_t report_interval_us(const struct report *r);

/* Draw the status line, or print it once and permanently.  Fills in the tally
 * and the time in the facts. */
void report_draw(struct report *r, struct progress_facts *f);
void report_print(struct report *r, struct progress_facts *f);

/* Erase the status line for a moment.  Returns false if there is none. */
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
