/*
 * sched_fixture.h - a scheduler with invented jobs and an invented clock.
 *
 * Every call checks the scheduler's whole state (sched_check()).
 */
#ifndef SCHED_FIXTURE_H
#define SCHED_FIXTURE_H

#include "job/job.h"
#include "sched/sched.h"

struct fixture {
    struct sched_config config;
    struct sched *s;
    struct job_pool *pool;
    int64_t now_us;  /* starts at 1000 s */
    int64_t wait_us; /* as the last fx_next() that gave NULL said */
    uint64_t njobs;  /* made so far; the next one's index */
    struct job **inflight;
    size_t ninflight, cap_inflight;
};

/* One engine, 10 connections and requests, no look-ups, DNS good for 10 s. */
extern const struct sched_config FX_CONFIG;

void fx_start(struct fixture *f, const struct sched_config *config);

/* End what is in flight or queued, and check that nothing is left. */
void fx_stop(struct fixture *f);

/*
 * A job for "http://name:80" and the like, not queued yet.  A name of digits
 * and dots is numeric.
 */
struct job *fx_job(struct fixture *f, const char *key);
struct job *fx_add(struct fixture *f, const char *key);
void fx_add_n(struct fixture *f, const char *key, size_t n);
struct job *fx_add_hop(struct fixture *f, const char *key);

/* Hand out: one job, or as many as may start; a job's host is its key. */
struct job *fx_next(struct fixture *f);
size_t fx_next_all(struct fixture *f);
const char *fx_next_key(struct fixture *f); /* "": none */

/* End a job with a response of that version, NULL: it failed. */
void fx_done(struct fixture *f, struct job *j, const char *http_version);

/* Only remove it from the fixture's list of jobs in flight. */
void fx_remove(struct fixture *f, const struct job *j);

/* End the oldest job in flight to the host; false: there is none. */
bool fx_done_one(struct fixture *f, const char *key, const char *http_version);
void fx_done_all(struct fixture *f, const char *http_version);

/* In flight to a host, in an engine; NULL and -1: any. */
size_t fx_ninflight(const struct fixture *f, const char *key, int engine);

/* Look-ups: the name to look up ("": none), then its answer, a comma list. */
struct origin *fx_lookup(struct fixture *f);
const char *fx_lookup_name(struct fixture *f, struct origin **h);
void fx_resolve(struct fixture *f, struct origin *h, const char *addrs);

/* Name and resolve all that may be now.  Returns how many. */
size_t fx_resolve_all(struct fixture *f, const char *addrs);

/* Fail a look-up.  Returns how many jobs that cost. */
size_t fx_fail(struct fixture *f, struct origin *h);

/* A job that left the scheduler without having been in flight. */
void fx_drop(struct fixture *f, struct job *j);

#endif /* SCHED_FIXTURE_H */
