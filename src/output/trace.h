/*
 * trace.h - writes one JSON line per event of a record's life (--trace).
 *
 * Used by the control thread only.  Times are monotonic microseconds; lines
 * have them in seconds since trace_new().  Events within a hop are written
 * when the hop is over.
 */
#ifndef TRACE_H
#define TRACE_H

#include "base/base.h"

struct job;
struct opts;
struct trace;

/* Create or replace the file opts->trace, or write to that pipe.  Returns NULL
 * if it cannot be written, which was reported. */
NODISCARD struct trace *trace_new(const struct opts *opts, int64_t now_us);
void trace_free(struct trace *t); /* NULL is fine */

/* A job entered the scheduler for its first hop. */
void trace_queued(struct trace *t, const struct job *j, int64_t now_us);

/* The job was given to its engine.  Also reports that its name was resolved. */
void trace_started(struct trace *t, struct job *j, int64_t now_us);

/* The job's hop is over: report its events.  Call before trace_next(). */
void trace_hop(struct trace *t, const struct job *j);

/* The job's origin gets fewer requests (wait_us is 0), or none for wait_us. */
void trace_paused(struct trace *t, const struct job *j, int64_t wait_us,
                  int64_t now_us);

/* The job is redirected, repeated or retried, according to j->next; or done. */
void trace_next(struct trace *t, const struct job *j, int64_t now_us);
void trace_done(struct trace *t, const struct job *j, int64_t now_us);

/* Write pending lines without waiting. */
void trace_flush(struct trace *t);

/* Write the rest and close the file.  Returns -1 if lines are missing, which
 * was reported.  NULL is fine. */
NODISCARD int trace_end(struct trace *t);

#endif /* TRACE_H */
