/*
 * state.h - the run's state, and what the files of app/ do with it.
 *
 * Private to app/.  All of it is the control thread's but for
 * results_on_hop() and app_wake(), which engines call.
 */
#ifndef APP_STATE_H
#define APP_STATE_H

#include <ev.h>

#include "base/base.h"
#include "body/body.h"
#include "engine/engine.h"
#include "output/sink.h"

struct job;
struct pace;
struct thread;
struct warc;
struct opts;

enum app_state {
    APP_RUNNING,
    APP_DRAINING, /* start no more, let what flies finish */
    APP_ABORTING, /* what flies was told to end */
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
    struct order *order;     /* NULL: lines are written as they are ready */
    struct select *pick;     /* NULL: repeats are fetched, too */
    struct trace *trace;     /* NULL: none is written */
    struct report *report;   /* status line, summary */
    struct resume *resume;   /* NULL: all is to be fetched */
    struct since *since;     /* NULL: of an earlier run nothing is known */
    struct cookies *cookies; /* NULL: none are kept */
    struct warc *warc;       /* NULL: there is no archive */
    struct body_env bodies;
    struct thread **threads;
    unsigned nthreads;
    struct engine **engines;
    struct pace *pace;         /* --limit-rate; NULL: no limit */
    struct job_list *outgoing; /* one per engine, of this turn */
    unsigned nengines;
    uint32_t told_limit;       /* the limit that the engines know */
    int64_t cpu_at_us, cpu_us; /* when our CPU time was looked at, and it */
    struct engine_events news;

    enum app_state state;
    const char *abort_code;       /* why, once not running */
    int exit_signal;              /* first of SIGINT, SIGTERM; 0: none */
    enum sink_status sink_status; /* of the last flush */
    bool gave_up;                 /* the reader had its time... */
    size_t left_bytes;            /* ...for what was pending when it began */
    bool input_ended;
    bool reads_on;     /* though aborting: what is left is to be reported */
    bool wait_input;   /* the source has nothing just now */
    bool is_busy;      /* this turn left something to do */
    size_t held_bytes; /* cost of all jobs */
    uint64_t nread, nwritten, nfailed;
    uint64_t nskipped;   /* records of nread that --resume had done... */
    uint64_t nelsewhere; /* ...and that are of another shard */

    ev_prepare turn;
    ev_idle busy; /* there is more to do: don't sleep */
    ev_async news_ready;
    ev_io input_io, sink_io, reader_io;
    ev_timer wait_timer; /* the scheduler's next moment */
    ev_timer grace_timer;
    ev_timer deadline_timer;
    ev_timer status_timer; /* the status line is to be drawn */
    ev_signal on_status_asked;
    ev_signal on_int, on_term, on_hup;
};

/* ---- app.c ---- */

/* Something is in an engine's outbox: struct engine_config's wake. */
void app_wake(void *ctx);

/* ---- setup.c ---- */

/* Make the stations.  An exit status where one can't be, which was
 * reported, or 0. */
NODISCARD int setup_start(struct app *a);

/* -1: something that was to be kept could not be. */
int setup_stop(struct app *a);

/* ---- intake.c ---- */

/* Read as long as there is room for records, and records. */
void intake_read(struct app *a);
void intake_end(const struct app *a); /* say what is left to say */
bool intake_has_room(const struct app *a);
bool intake_is_open(const struct app *a); /* is more to be read? */

/* ---- dispatch.c ---- */

/* Answer those whose host is down, and those that waited for too long. */
void dispatch_expire(struct app *a);
/* Start the look-ups that the scheduler wants.  False: it wants none. */
bool dispatch_lookups(struct app *a);
void dispatch_forget_lookups(struct app *a); /* the resolver is gone */

/* Hand out what may start.  Returns when to look again, -1: no need. */
int64_t dispatch_jobs(struct app *a);

/* Where the reader is slow, or lines wait for one before them, no. */
bool dispatch_may_start(const struct app *a);

/* ---- results.c ---- */

void results_collect(struct app *a);
bool results_have_room(const struct app *a);

/* A job's error was set in the control thread: retry it, or write it. */
void results_settle(struct app *a, struct job *j);
void results_settle_aborted(struct app *a, struct job *j);
/* Its result is final: write its line. */
void results_write(struct app *a, struct job *j);

/* In an engine's thread: what follows, and if it is the end, its line. */
void results_on_hop(void *ctx, struct job *j, int64_t now_us);

/* ---- stop.c ---- */

/* End what flies at once, answer what waits, read no more. */
void stop_abort(struct app *a);
void stop_watch_signals(struct app *a);
void stop_on_grace_over(struct ev_loop *loop, ev_timer *w, int revents);
void stop_on_deadline(struct ev_loop *loop, ev_timer *w, int revents);

#endif /* APP_STATE_H */
