/*
 * slots.h - the connections of all engines: which origin may open one, and
 * which waits.
 *
 * The user's limits are divided among the engines, so that each engine can
 * keep its part without asking the others.  An origin that lacks only a
 * connection is blocked with every engine that would do.  An engine with a free
 * connection serves its blocked origins in order of arrival.  Private to
 * sched/.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include "base/base.h"
#include "base/list.h"
#include "sched/sched.h"

struct origin;

struct slots {
    const struct sched_config *config;
    uint64_t roomy;  /* bit per engine: can open another connection */
    uint64_t wanted; /* a bit per engine: set if origins are blocked there */
    unsigned turn;   /* engine whose blocked origins are served next */
    size_t nbusy;    /* origins with a job in flight */
    struct {
        uint32_t limit;  /* connections it may have; 0: no limit */
        uint32_t nconns; /* connections that jobs in flight need */
        struct list blocked;
    } engines[SCHED_MAX_ENGINES];
};

void slots_init(struct slots *sl, const struct sched_config *config);

/* The configured limit has changed.  Engines may exceed their new part for a
 * while. */
void slots_set_limit(struct slots *sl);

/* Does the origin's next job need a connection of its own, rather than a
 * stream? */
bool slots_needs_conn(const struct origin *h);

/* Has engine e a free connection?  It may have fewer than none after the limit
 * was lowered. */
bool slots_have_room(const struct slots *sl, unsigned e);

/* The engine for the origin's next job; -1: all that it may use are full.  Its
 * own limits must allow a job (origin_room()). */
int slots_pick(const struct slots *sl, const struct origin *h);

/* Count a job of h into or out of engine e. */
void slots_take(struct slots *sl, struct origin *h, unsigned e);
void slots_release(struct slots *sl, struct origin *h, unsigned e);

/* Wait for a connection.  Call again when the engines that h may use have
 * changed. */
void slots_block(struct slots *sl, struct origin *h);
void slots_unblock(struct slots *sl, struct origin *h);

/* The origin that was blocked first at engine e, or NULL. */
struct origin *slots_first_blocked(const struct slots *sl, unsigned e);

/* The origin that was blocked first at an engine that has room, or NULL. */
struct origin *slots_next_blocked(const struct slots *sl, unsigned *e);

/* Report that this origin was served. */
void slots_serve_blocked(struct slots *sl, struct origin *h, unsigned e);

/*
 * Learn the origin's protocol from a response in engine e.  An origin that
 * multiplexes moves to that engine; if it spread there from its home
 * (origin_may_spread()) it has streams in both.  An origin that no longer
 * multiplexes gets no more jobs until its streams fit the limits as
 * connections.
 */
void slots_learn(struct slots *sl, struct origin *h, bool multiplexes,
                 unsigned e);

/* Check that the counts are right and within the limits. */
void slots_check(const struct slots *sl);

#endif /* SLOTS_H */
