/*
 * next.h - what follows a hop: the result, a redirect's next hop or a retry.
 *
 * Pure: looks at the job and the options, and at nothing else.
 */
#ifndef NEXT_H
#define NEXT_H

#include "base/base.h"

struct job;
struct opts;

/*
 * Judge a finished hop (j->res) and set j->next.  JOB_HOP: target and req
 * are the next hop's.  JOB_REPEAT: they stay, at due_us.  JOB_RETRY: the first
 * ones again, at due_us.  JOB_FINAL: res.error says what it came to.
 */
void next_after(struct job *j, const struct opts *opts, int64_t now_us);

/*
 * Set the first hop up: what the record leaves open is as the options say
 * (method, body), and target and req become the first ones.
 */
void next_first(struct job *j, const struct opts *opts);

#endif /* NEXT_H */
