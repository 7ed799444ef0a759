/*
 * state.h - an engine's state, private to engine.c, hop.c, flight.c and
 * wiring.c.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include <curl/curl.h>
#include <ev.h>
#include <stdatomic.h>

#include "engine/engine.h"
#include "engine/mailbox.h"
#include "engine/transfer.h"

struct engine {
    struct engine_config config;
    struct ev_loop *loop; /* the thread's */
    CURLM *multi;
    struct sockets *sockets;
    struct transfer_env env;

    /* Written by any thread. */
    struct mailbox inbox;
    ev_async wakeup;
    atomic_uint limit;                /* engine_set_limit()'s */
    _Atomic(const char *) abort_code; /* not NULL: end everything */

    /* Done jobs and word of requests that left, read by the control thread. */
    struct mailbox outbox;

    /* Used by the engine's thread only. */
    ev_timer multi_timer; /* as libcurl asks for */
    ev_timer read_timer;  /* for the transfer in flight that has been silent the
                             longest */
    bool is_read_due; /* its time was over before a turn that has read all */
    ev_timer redirect_timer; /* runs while a redirect's body is read */
    ev_timer held_timer;     /* runs while bodies wait for room */
    ev_timer watchdog;       /* while any is in flight */
    ev_prepare turn;         /* runs at the end of each turn */
    ev_idle busy; /* active while todo holds more than one turn's jobs */
    struct job_list todo;  /* received, not started */
    struct job_list ahead; /* must read the parts of their files first */
    struct job_list done;  /* finished in this turn */
    struct transfer *inflight_head, *inflight_tail; /* longest silent first */
    int64_t turn_work; /* the work that decoders may still do in this turn */
    bool must_check; /* see struct transfer_env; flight_end_stopped() clears it
                      */
    bool has_wrong_version; /* see struct transfer_env */
    size_t npaused;         /* transfers with more to decode */
    uint64_t nactivities;   /* signs of life of all transfers */
    struct transfer *pool;
    size_t npool;
};

/* ---- hop.c ---- */

/* Start a job now, or after the part of its file was read (--continue). */
void hop_begin(struct engine *e, struct job *j, int64_t now_us);

/* Read a slice of the first part that is still to be read. */
void hop_look_ahead(struct engine *e);

/* Take finished transfers out of the multi: nothing else does. */
void hop_collect(struct engine *e);

/* A transfer has waited in libcurl for room for its connection: let it wait on,
 * and start its time anew. */
void hop_restart_wait(struct engine *e, struct transfer *x, int64_t now_us);

/* Take a transfer out of the multi and its job to the outbox. */
void hop_finish(struct engine *e, struct transfer *x, CURLcode code);

/* End all that is in flight. */
void hop_abort_all(struct engine *e, const char *code);

/* Free the transfers that are kept for later jobs. */
void hop_free_pool(struct engine *e);

/* ---- flight.c ---- */

void flight_init(struct engine *e);
void flight_stop(struct engine *e);

/* A transfer starts; it is over. */
void flight_add(struct engine *e, struct transfer *x);
void flight_remove(struct engine *e, struct transfer *x);

/* A byte came for the transfer, or its request was sent, at that time. */
void flight_note_active(struct engine *e, struct transfer *x, int64_t at_us);

/* Derive the timers from what is in flight. */
void flight_arm(struct engine *e);

/* If one of several addresses failed, have libcurl try the next one. */
void flight_try_next_addresses(struct engine *e);

/* Transfers that were not done with decoding share a turn. */
void flight_resume_paused(struct engine *e);

/* The connection with these ends floods us: stop its other transfers. */
void flight_note_flood(struct engine *e, uint64_t ends);

/* End the transfers that libcurl would send again, those that an early answer
 * has completed, and those of connections that are flooded or broken. */
void flight_end_stopped(struct engine *e);

/* ---- wiring.c ---- */

/* Create the engine's sockets and what its transfers share, and set the
 * callbacks of both. */
void wiring_connect(struct engine *e);
void wiring_free(struct engine *e);

/*
 * Do we have to keep the limit per host ourselves?  Through an HTTP proxy
 * libcurl counts all hosts as one, the proxy; the same goes for hosts merged
 * by --connect-to.  With its limit they would wait for each other in libcurl's
 * queue.
 */
bool wiring_counts_hosts(const struct engine_config *c);

#endif /* ENGINE_STATE_H */
