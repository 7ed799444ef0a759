/*
 * state.h - the scheduler's state, and the functions that the files of sched/
 * share.
 */
#ifndef STATE_H
#define STATE_H

#include "base/base.h"
#include "base/heap.h"
#include "base/list.h"
#include "sched/autolimit.h"
#include "sched/origin.h"
#include "sched/rate.h"
#include "sched/sched.h"
#include "sched/slots.h"

/* Origins in line: those whose turn comes first, then the others. */
struct line {
    struct list first, rest;
};

/* Origins whose POSTs get fresh connections, as a table of bits by a hash of
 * the key.  Its size is fixed: a collision only costs another connection. */
#define LOST_POST_BITS (UINT64_C(1) << 16)

/* How much a silent origin leaves to other origins: see pacing.c. */
enum reserve {
    RESERVE_NOTHING, /* no other origin can come */
    RESERVE_SOME,    /* another one may come later */
    RESERVE_MOST,    /* others have jobs, or are being read */
};

struct sched {
    struct sched_config config;
    struct map *origins; /* by key */
    struct list all;     /* all origins; those with queued jobs first */
    struct slots slots;
    struct autolimit autolimit; /* used with config.auto_limit */
    uint64_t ndone;             /* hops completed */
    uint64_t nheld_up;          /* those of them that sched_held_up() counts */
    struct line ring;           /* PLACE_RING */
    struct list unserved;   /* PLACE_RING, too: had nothing in flight then */
    size_t nring;           /* origins in PLACE_RING */
    struct line lookups;    /* PLACE_LOOKUP */
    struct list down;       /* PLACE_DOWN */
    struct list throttled;  /* PLACE_THROTTLED */
    struct heap paused;     /* PLACE_PAUSED */
    struct heap remembered; /* PLACE_REMEMBERED */
    struct heap retries;    /* jobs waiting for another attempt (pacing.c) */
    struct rate rate;       /* over all hosts */
    struct list aging; /* origins by the age of their addresses, oldest first */
    struct heap expiring; /* see queue_timeout.c */
    struct heap overdue;  /* see lookup_timeout.c */
    size_t nfresh;        /* origins in the ring not used since their look-up */
    size_t nqueued;
    size_t nlooking; /* those of them whose origins are being looked up */
    uint32_t ninflight;
    uint8_t lost_post[LOST_POST_BITS / 8];
    bool is_full; /* origins wait for connections that others have */
    bool is_window_full;
    bool is_input_idle;
    enum reserve reserve; /* RESERVE_MOST again when a job is queued */
    bool has_input_ended;
};

/* ---- sched.c ---- */

/* The origin of the job's target, created if it is not known. */
struct origin *sched_origin_of(struct sched *s, const struct job *j);

/* Take a job out of a queue of the origin, by the link that points to it, as
 * it is not to start: for sched_take().  Ends with place_update(). */
NODISCARD struct job *sched_withdraw(struct sched *s, struct origin *h,
                                     enum origin_queue from, struct job **at,
                                     int64_t now_us);

/* Withdraw the job that would be the origin's next one. */
NODISCARD struct job *sched_withdraw_next(struct sched *s, struct origin *h,
                                          int64_t now_us);

/* Queue a job that has waited since since_us.  s->nqueued counts it. */
void sched_queue(struct sched *s, struct job *j, enum origin_queue to,
                 int64_t since_us, int64_t now_us);

/* Is the origin in the ring for its first turn since its look-up? */
static inline bool
origin_is_fresh(const struct origin *h)
{
    return h->place == PLACE_RING && h->needs_lookup && h->is_unused;
}

/* a + b, at most INT64_MAX; b >= 0. */
static inline int64_t
add_us(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* ---- history.c ---- */

/* A response in engine e, or the handshake of its connection, had that HTTP
 * version ("1.1", "2"): learn whether the origin multiplexes. */
void history_note_protocol(struct sched *s, struct origin *h,
                           const char *version, unsigned e);

/* A hop of j is over and no longer in flight: learn from its result. */
void history_note_done(struct sched *s, struct origin *h, const struct job *j);

/* Has the origin's server or proxy closed a kept connection under a POST? */
bool history_has_lost_post(const struct sched *s, const struct origin *h);

/* ---- place.c ---- */

/* Move the origin to its place.  It may be freed. */
void place_update(struct sched *s, struct origin *h, int64_t now_us);

/* Remove the origin from its place, or put it into one.  Call place_update()
 * when the call that changes its state ends. */
void place_leave(struct sched *s, struct origin *h);
void place_enter(struct sched *s, struct origin *h, enum origin_place place);

/* Free an origin that is in no place and has no jobs. */
void place_forget(struct sched *s, struct origin *h);

/* ---- turn.c ---- */

/* A job of h is about to start in engine e: begin a turn, or continue it.
 * Returns true if its connection is closed after it. */
bool turn_advance(const struct sched *s, struct origin *h, unsigned e,
                  int64_t now_us);

/* A job of h is over.  If it left its connection open, h may keep that for its
 * next job.  Call place_update() then. */
void turn_continue(struct sched *s, struct origin *h, const struct job *j,
                   int64_t now_us);

/* The origin leaves the connections that it keeps to others: it has no jobs, or
 * has left the ring. */
void turn_forget(const struct sched *s, struct origin *h);

/* ---- limits.c ---- */

void limits_init(struct sched *s);

/* A job's hop is over; its slot is still counted. */
void limits_note_done(struct sched *s, struct origin *h, const struct job *j,
                      int64_t now_us);

/* ---- pacing.c ---- */

/* Must the origin leave free connections to others? */
bool pacing_is_throttled(const struct sched *s, const struct origin *h);

/* Called when no other origin can start a job.  Releases the throttled origins,
 * as far as no other may still arrive; returns whether it did. */
bool pacing_release(struct sched *s, int64_t now_us);

/* The earliest time at which the origin's pause and rate allow a job. */
int64_t pacing_opens_at_us(const struct origin *h);

/* Is the origin down? */
bool pacing_is_down(const struct origin *h, int64_t now_us);

/* How long an origin without jobs must be remembered. */
int64_t pacing_keeps_until_us(const struct origin *h);

/* Release what waited for a time that has come. */
void pacing_open(struct sched *s, int64_t now_us);

/* The next such time; INT64_MAX: none. */
int64_t pacing_next_us(const struct sched *s);

/* Update the origin's state when a job starts, and when a job's hop is over. */
void pacing_note_start(struct sched *s, struct origin *h, struct job *j,
                       int64_t now_us);
void pacing_note_done(struct sched *s, struct origin *h, struct job *j,
                      int64_t now_us);

/* Before a new job of the origin: queue a job that was turned away first, if
 * any. */
void pacing_recall(struct sched *s, struct origin *h, int64_t now_us);

/* See TAKE_DOWN. */
NODISCARD struct job *pacing_take_down(struct sched *s, int64_t now_us);

/* Take any job that waits for another attempt, or NULL. */
NODISCARD struct job *pacing_take_retry(struct sched *s, int64_t now_us);

/* ---- names.c ---- */

/* Do the origin's jobs wait for its look-up? */
bool names_is_waiting(const struct sched *s, const struct origin *h,
                      int64_t now_us);

/* The origin's addresses were used. */
void names_note_use(struct sched *s, struct origin *h, int64_t now_us);

/* ---- queue_timeout.c ---- */

/* Call when a job was queued, or when waiting starts to count anew. */
void queue_timeout_watch(struct sched *s, struct origin *h, int64_t now_us);

/* See TAKE_EXPIRED. */
NODISCARD struct job *queue_timeout_take(struct sched *s, int64_t now_us);

/* When the next job expires, INT64_MAX: none does. */
int64_t queue_timeout_next_us(struct sched *s, int64_t now_us);

/* ---- lookup_timeout.c ---- */

/* Call when a job was queued. */
void lookup_timeout_add(struct sched *s, struct origin *h, const struct job *j);

/* Call when the origin's look-up begins or ends. */
void lookup_timeout_watch(struct sched *s, struct origin *h);

/* See TAKE_OVERDUE. */
NODISCARD struct job *lookup_timeout_take(struct sched *s, int64_t now_us);

/* When to check for overdue look-ups; INT64_MAX: never. */
int64_t lookup_timeout_next_us(const struct sched *s);

#endif /* STATE_H */
