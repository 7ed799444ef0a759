/*
 * trace.h - what happened to each record and when, one JSON line per event
 * (--trace).
 *
 * In the control thread alone.  Moments are monotonic microseconds; a line
 * has them in seconds since trace_new().  What happened within a hop is
 * written when the hop is over.
 */
#ifndef TRACE_H
#define TRACE_H

#include "base/base.h"

struct job;
struct opts;
struct trace;

/* Replace the file opts->trace, or write to that pipe.  NULL: it can't be
 * written to; it was reported. */
NODISCARD struct trace *trace_new(const struct opts *opts, int64_t now_us);
void trace_free(struct trace *t); /* NULL is fine */

/* A job entered the scheduler for its first hop. */
void trace_queued(struct trace *t, const struct job *j, int64_t now_us);

/* It was handed to its engine; before it, that its name was resolved. */
void trace_started(struct trace *t, struct job *j, int64_t now_us);

/* Its hop is over: what happened in it.  Before trace_next(). */
void trace_hop(struct trace *t, const struct job *j);

/* Its host gets less (wait_us is 0), or nothing for wait_us. */
void trace_paused(struct trace *t, const struct job *j, int64_t wait_us,
                  int64_t now_us);

/* It is redirected, repeated or retried, by j->next; or done. */
void trace_next(struct trace *t, const struct job *j, int64_t now_us);
void trace_done(struct trace *t, const struct job *j, int64_t now_us);

/* Write what is pending, as far as nobody has to be waited for. */
void trace_flush(struct trace *t);

/* Write the rest and close the file.  -1: something is missing in it, which
 * was reported.  NULL is fine. */
NODISCARD int trace_end(struct trace *t);

#endif /* TRACE_H */
