/*
 * state.h - the run's state, and the functions that the files of app/ share.
 *
 * Private to app/.  Used by the control thread only, except for
 * results_on_hop() and app_wake(), which engines call, and results_make().
 */
#ifndef APP_STATE_H
#define APP_STATE_H

#include <ev.h>

#include "base/base.h"
#include "body/body.h"
#include "engine/engine.h"
#include "engine/mailbox.h"
#include "output/sink.h"

struct finisher;
struct job;
struct pace;
struct thread;
struct warc;
struct opts;

enum app_state {
    APP_RUNNING,
    APP_DRAINING, /* starts nothing more; what is in flight is finished */
    APP_ABORTING, /* what is in flight was told to end */
};

struct app {
    const struct opts *opts;
    struct ev_loop *loop;
    struct job_pool *pool;
    struct source *source;
    struct sched *sched;
    struct resolver *resolver;
    struct overrides *overrides;
    struct lookup *lookups; /* under way */
    struct sink *sink;
    struct order *order;       /* NULL: lines are written as they are ready */
    struct select *select;     /* NULL: repeats are fetched too */
    struct trace *trace;       /* NULL: --trace is not given */
    struct report *report;     /* status line, summary */
    struct resume *resume;     /* NULL: nothing is skipped */
    struct since_index *since; /* NULL: no earlier results */
    struct cookies *cookies;   /* NULL: no cookies are kept */
    struct warc *warc;         /* NULL: no archive */
    struct finisher *finisher;
    struct body_env bodies;
    struct thread **threads;
    unsigned nthreads;
    struct engine **engines;
    struct pace *pace;         /* --limit-rate; NULL: no limit */
    struct job_list *outgoing; /* one list per engine, filled in this turn */
    unsigned nengines;
    uint32_t told_limit; /* the limit that the engines know */
    int64_t cpu_at_us,
        cpu_us;       /* when CPU time was last measured, and its value */
    struct mail mail; /* from an engine, while it is handled */

    enum app_state state;
    const char *abort_code; /* why the run stops; NULL while APP_RUNNING */
    int exit_signal;        /* first of SIGINT, SIGTERM; 0: none */
    enum sink_status sink_status; /* of the last flush */
    /* While the run ends, the reader of the output has reader_s to take some of
     * the left_bytes that are pending.  If it takes none, gave_up_on_reader is
     * set. */
    double reader_s;
    size_t left_bytes;
    bool gave_up_on_reader;
    bool input_ended;
    bool reports_rest; /* although aborting: the rest of the list is reported */
    bool wait_input;   /* the source has nothing to read now */
    bool is_busy;      /* this turn left work to do */
    size_t held_bytes; /* cost of all jobs */
    size_t carried_bytes; /* what waiting jobs keep of hops, beyond
                             CARRIED_FREE of each */
    uint64_t nread, nwritten, nfailed;
    uint64_t nunfinished;   /* jobs of no engine that the finisher has */
    uint64_t nskipped;      /* records of nread that an earlier run completed */
    uint64_t nother_shards; /* records of nread that belong to another shard */

    ev_prepare turn;
    ev_idle busy; /* active while there is work: do not sleep */
    ev_async events_ready;
    ev_io input_io, sink_io, reader_io;
    ev_timer wait_timer; /* until the scheduler's next moment */
    ev_timer grace_timer;
    ev_timer deadline_timer;
    ev_timer status_timer; /* until the status line is drawn next */
    ev_signal on_status_asked;
    ev_signal on_int, on_term, on_hup;
};

/* ---- app.c ---- */

/* An engine's outbox is no longer empty (the wake of struct engine_config). */
void app_wake(void *ctx);

/* ---- setup.c ---- */

/* Create the parts of the run.  Returns 0, or an exit status if that failed,
 * which was reported. */
NODISCARD int setup_start(struct app *a);

/* Returns -1 if a file could not be completed. */
int setup_stop(struct app *a);

/* ---- intake.c ---- */

/* Read records while there are any and there is room. */
void intake_read(struct app *a);
void intake_end(const struct app *a); /* report what is left over */
bool intake_has_room(const struct app *a);
bool intake_is_open(const struct app *a); /* are there more records to read? */

/* ---- dispatch.c ---- */

/* Answer jobs that cannot start: host down, or waited too long. */
void dispatch_expire(struct app *a);
/* Start the look-ups that the scheduler asks for.  Returns false if there are
 * none. */
bool dispatch_lookups(struct app *a);
void
dispatch_forget_lookups(struct app *a); /* call when the resolver is gone */

/* Hand out jobs that may start.  Returns when to call again, or -1. */
int64_t dispatch_jobs(struct app *a);

/*
 * False while the reader of the output is slow or --ordered holds many lines.
 */
bool dispatch_may_start(const struct app *a);

/* ---- results.c ---- */

void results_collect(struct app *a);
bool results_have_room(const struct app *a);

/* A job's error was set in the control thread: retry the job, or write its
 * line. */
void results_finish(struct app *a, struct job *j);
void results_finish_aborted(struct app *a, struct job *j);
/* Write the line of a final result. */
void results_write(struct app *a, struct job *j);

/* Called in an engine's thread: decide what follows a hop, and finish it (the
 * on_hop of struct engine_config). */
bool results_on_hop(void *ctx, struct job *j, int64_t now_us);
/* The finish of struct finisher_config. */
void results_make(void *ctx, struct job *j);

/* ---- stop.c ---- */

/* End all transfers, answer all waiting jobs, read no more. */
void stop_abort(struct app *a);
void stop_watch_signals(struct app *a);
void stop_on_grace_over(struct ev_loop *loop, ev_timer *w, int revents);
void stop_on_deadline(struct ev_loop *loop, ev_timer *w, int revents);

#endif /* APP_STATE_H */
