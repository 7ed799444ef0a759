/*
 * next.h - decides what follows a hop: the final result, a redirect's next hop
 * or a retry.
 *
 * Pure: depends only on the job and the options.
 */
#ifndef NEXT_H
#define NEXT_H

#include "base/base.h"

struct job;
struct opts;

/*
 * Judge a finished hop (j->res) and set j->next.  JOB_HOP: target and req are
 * those of the next hop.  JOB_REPEAT: they are unchanged, due at due_us.
 * JOB_RETRY: they are those of the first hop, due at due_us.  JOB_FINAL: the
 * result is complete.
 */
void next_after(struct job *j, const struct opts *opts, int64_t now_us);

/*
 * Set up the first hop.  The options supply the method and body if the record
 * has none.
 */
void next_first(struct job *j, const struct opts *opts);

#endif /* NEXT_H */
