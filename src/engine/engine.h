/*
 * engine.h - a curl multi handle on a thread's libev loop: jobs in, outcomes
 * out.
 *
 * An engine knows nothing of lists, retries or limits.  It takes a job whose
 * host may start, runs one hop of it, fills job->res and hands the job to
 * the callback.  It is never given more than may run now.
 *
 * Several engines may share a thread, since libcurl walks over all
 * connections of a multi handle with each request: 5,000 of them in one cost
 * 77 us of CPU a request, where 100 cost 20.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "base/base.h"
#include "job/job.h"

struct body_env;
struct capture_env;
struct cookies;
struct engine;
struct opts;
struct pace;
struct thread;

struct engine_config {
    struct thread *thread; /* that is not running yet */
    const struct opts *opts;
    const struct body_env *bodies;
    const struct capture_env *captures; /* NULL: there is no archive */
    struct cookies *cookies;            /* NULL: none are kept */
    struct pace *pace;                  /* --limit-rate; NULL: no limit */
    uint32_t limit;          /* connections, CURLMOPT_MAX_TOTAL_CONNECTIONS */
    uint32_t limit_per_host; /* CURLMOPT_MAX_HOST_CONNECTIONS, 0: none */

    /* A hop is over.  In the engine's thread; the job is the callee's to
     * look at and write to, and goes to the outbox when it returns.  Its
     * body is to be settled by then, and its capture freed. */
    void (*on_hop)(void *ctx, struct job *j, int64_t now_us);
    void *ctx;

    /* Something is in the outbox that was empty.  In the engine's thread. */
    void (*wake)(void *wake_ctx);
    void *wake_ctx;
};

/* NULL: it can't be, which was reported. */
NODISCARD struct engine *engine_new(const struct engine_config *config);

/* Its thread does not run. */
void engine_free(struct engine *e);

/* Hand over jobs; the list is empty afterwards. */
void engine_put(struct engine *e, struct job_list *jobs);

/* A pioneer (is_protocol_probe) whose connection stands.  It is still the
 * engine's or among the done; only its host and engine may be looked at, and
 * before the done ones are dealt with. */
struct engine_connected {
    struct job *job;
    const char
        *http_version; /* a constant, "2" or "1.1"; NULL: not known yet */
};

/* Take what is done, and what is connected. */
struct engine_events {
    struct job_list done;
    struct engine_connected *connected; /* nconnected of them */
    size_t nconnected, cap_connected;   /* cap_connected is room */
};
void engine_news_init(struct engine_events *news);
void engine_news_fini(struct engine_events *news);
void engine_take(struct engine *e, struct engine_events *news);

/* How many connections it may have from now on, for jobs that are put later;
 * idle ones above it are closed.  Any thread. */
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
