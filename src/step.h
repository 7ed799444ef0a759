/*
 * step.h - what follows a hop: the result, a redirect's next hop or a retry.
 *
 * Pure: looks at the job and the options, and at nothing else.
 */
#ifndef STEP_H
#define STEP_H

#include "base/base.h"

struct job;
struct opts;

/*
 * Judge a finished hop (j->res) and set j->next.  JOB_HOP: target and req
 * are the next hop's.  JOB_RETRY: the first ones again, at due_us.  JOB_FINAL:
 * res.error says what it came to.
 */
void step_after(struct job *j, const struct opts *opts, int64_t now_us);

/*
 * A hop is dispatched.  If an attempt begins with it, forget what the last
 * one left (times, redirects); up to here that stood, in case there is none.
 */
void step_begin(struct job *j);

/*
 * Set the first hop up: what the record leaves open is as the options say
 * (method, body), and target and req become the first ones.
 */
void step_first(struct job *j, const struct opts *opts);

/* Is it a status whose Location is followed?  (RFC 9110, 15.4) */
bool step_is_redirect(int status);

/* May this request be sent twice?  (RFC 9110, 9.2.2) */
bool step_is_idempotent(const char *method);

#endif /* STEP_H */
