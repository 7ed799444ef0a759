/*
 * engine.h - runs transfers with a curl multi handle on a thread's libev loop.
 *
 * An engine knows nothing of lists, retries or limits.  It takes a job that
 * may start, runs one hop of it, fills job->res and passes the job to the
 * callback.  It never gets more jobs than may run at once.
 *
 * Several engines may share a thread, because libcurl walks over all
 * connections of a multi handle for each request: with 5,000 connections a
 * request costs 77 us of CPU, with 100 only 20 us.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "base/base.h"
#include "job/job.h"

struct body_env;
struct capture_env;
struct cookies;
struct engine;
struct mail;
struct opts;
struct pace;
struct thread;

struct engine_config {
    struct thread *thread; /* must not be running yet */
    const struct opts *opts;
    const struct body_env *bodies;
    const struct capture_env *captures; /* NULL: there is no archive */
    struct cookies *cookies;            /* NULL: none are kept */
    struct pace *pace;                  /* --limit-rate; NULL: no limit */
    uint32_t limit;          /* connections, CURLMOPT_MAX_TOTAL_CONNECTIONS */
    uint32_t limit_per_host; /* CURLMOPT_MAX_HOST_CONNECTIONS, 0: none */

    /* A hop is over.  Called in the engine's thread; the callee may change the
     * job, and must commit its body and free its capture.  If it returns true,
     * the job goes to the outbox; else it is the callee's. */
    bool (*on_hop)(void *ctx, struct job *j, int64_t now_us);
    void *ctx;

    /* The outbox was empty and no longer is.  Called in the engine's thread. */
    void (*wake)(void *wake_ctx);
    void *wake_ctx;
};

/* Returns NULL if it cannot be created, which was reported. */
NODISCARD struct engine *engine_new(const struct engine_config *config);

/* Its thread must not be running. */
void engine_free(struct engine *e);

/* Hand over jobs; the list is empty afterwards. */
void engine_put(struct engine *e, struct job_list *jobs);

/* Take done jobs, and word of requests that left.  mail has no jobs. */
void engine_take(struct engine *e, struct mail *mail);

/* Set how many connections the engine may have for jobs put later.  Idle
 * connections above the limit are closed.  Safe from any thread. */
void engine_set_limit(struct engine *e, uint32_t limit);

/*
 * End all transfers at once: each job comes back with the error class
 * aborted and this code ("interrupted"), a string constant.
 */
void engine_abort(struct engine *e, const char *code);

/* Connections opened so far, and sockets open now.  Any thread. */
struct engine_stats {
    uint64_t nopened;
    uint64_t nopen;
};
void engine_stats(const struct engine *e, struct engine_stats *stats);

#endif /* ENGINE_H */
