/*
 * slots.h - the connections of all engines: who may open one, and who waits.
 *
 * The user's limits are shared out over the engines, so that each of them
 * can keep its part without asking the others.  A host that may start a job
 * but for a connection is parked with every engine that would do; the engine
 * that gets one free serves those in the order they came.  Private to sched/.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include "base/base.h"
#include "base/list.h"
#include "sched/sched.h"

struct origin;

struct slots {
    const struct sched_config *config;
    uint64_t roomy;  /* bit per engine: may open another connection */
    uint64_t wanted; /* bit per engine: hosts are parked there */
    unsigned turn;   /* engine whose parked hosts are served next */
    size_t nbusy;    /* hosts with a job in flight */
    struct {
        uint32_t limit;  /* connections it may have, 0: none */
        uint32_t nconns; /* connections that jobs in flight need */
        struct list parked;
    } engines[SCHED_MAX_ENGINES];
};

/* The config's limit has changed.  Engines may have more connections than
 * their new part for a while. */
void slots_set_limit(struct slots *sl);

void slots_init(struct slots *sl, const struct sched_config *config);

/* Does its next job need a connection, or is it one more stream of one? */
bool slots_needs_conn(const struct origin *h);

/* The engine for the host's next job, -1: all that it may use are full.
 * Its own limits must leave room (origin_room()). */
int slots_pick(const struct slots *sl, const struct origin *h);

/* Count a job of h into or out of engine e. */
void slots_take(struct slots *sl, struct origin *h, unsigned e);
void slots_release(struct slots *sl, struct origin *h, unsigned e);

/* Wait for a connection; again where what h may use has changed. */
void slots_park(struct slots *sl, struct origin *h);
void slots_unpark(struct slots *sl, struct origin *h);

/* The host that was parked first with an engine that has room, NULL: none;
 * and that it got it. */
struct origin *slots_next_parked(const struct slots *sl, unsigned *e);
void slots_serve_parked(struct slots *sl, struct origin *h, unsigned e);

/*
 * What a response in engine e told about the host's protocol.  A host that
 * multiplexes moves to that engine; one that went there from its home by
 * origin_may_spread() has streams in both.  One that no longer does has no room
 * until its streams fit the limits as connections.
 */
void slots_learn(struct slots *sl, struct origin *h, bool multiplexes,
                 unsigned e);

/* Are the counts within the limits, and what they say? */
void slots_check(const struct slots *sl);

#endif /* SLOTS_H */
