/*
 * state.h - the scheduler's state, for the files of sched/ that work on it:
 * sched.c moves hosts and jobs, names.c looks names up, pacing.c keeps what
 * waits for a moment, queue_timeout.c the queue-timeout, lookup_timeout.c how
 * long a look-up may take, check.c checks it all.
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

/* Hosts in line: those whose turn comes first, then the others. */
struct line {
    struct list first, rest;
};

/* Origins whose POSTs want fresh connections, by a hash of their keys: of a
 * fixed size, as one that is taken for another one only connects again. */
#define LOST_POST_BITS (UINT64_C(1) << 16)

struct sched {
    struct sched_config config;
    struct map *hosts; /* by key */
    struct list all;   /* the same; those that have jobs queued first */
    struct slots slots;
    struct autolimit autolimit; /* used with config.auto_limit */
    uint64_t ndone, nheld_up;   /* hops over; of these, see sched_held_up() */
    struct line ring;     /* PLACE_RING */
    struct line lookups;  /* PLACE_LOOKUP */
    struct list down;     /* PLACE_DOWN */
    struct list held;     /* PLACE_THROTTLED */
    struct heap gated;    /* PLACE_PAUSED */
    struct heap kept;     /* PLACE_REMEMBERED */
    struct heap retries;  /* jobs that wait for another attempt: pacing.c */
    struct rate rate;     /* over all hosts */
    struct list aging;    /* by the age of their addresses, oldest first */
    struct heap expiring; /* see queue_timeout.c */
    struct heap overdue;  /* see lookup_timeout.c */
    size_t nfresh;        /* in the ring, not used since their look-up */
    size_t nqueued;
    uint32_t ninflight;
    uint8_t lost_post[LOST_POST_BITS / 8];
    bool is_window_full;
    bool is_input_idle;
    bool is_holding; /* something was queued since pacing_release() */
    bool has_input_ended;
};

/* ---- sched.c ---- */

/* Put the host where it belongs now.  It may be gone afterwards. */
void sched_settle(struct sched *s, struct origin *h, int64_t now_us);

/* The host of the job's target, made where it is not known. */
struct origin *sched_host_of(struct sched *s, const struct job *j);

/* Take the head of one of the host's queues and sum up its wait.  The host
 * is to be settled then. */
NODISCARD struct job *sched_unqueue(struct sched *s, struct origin *h,
                                    enum origin_queue from, int64_t now_us);

/* The same for any of the queue's jobs, by the link that leads to it. */
NODISCARD struct job *sched_unqueue_at(struct sched *s, struct origin *h,
                                       enum origin_queue from, struct job **at,
                                       int64_t now_us);

/* Queue a job that has waited since since_us.  s->nqueued counts it. */
void sched_queue(struct sched *s, struct job *j, enum origin_queue to,
                 int64_t since_us, int64_t now_us);

/* Is the host in the ring for its first turn since its look-up? */
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

/* ---- limits.c ---- */

void limits_init(struct sched *s);

/* A job's hop is over; its slot is still counted. */
void limits_note_done(struct sched *s, struct origin *h, const struct job *j,
                      int64_t now_us);

/* ---- pacing.c ---- */

/* Must the host leave what is free to others? */
bool pacing_is_throttled(const struct sched *s, const struct origin *h);

/* Nobody else wants to start a job: let go those that are held, if nobody
 * else is to come.  False: they stay. */
bool pacing_release(struct sched *s, int64_t now_us);

/* From when on the host's pause and rate allow a job. */
int64_t pacing_opens_at_us(const struct origin *h);

/* Is the host given up for now? */
bool pacing_is_down(const struct origin *h, int64_t now_us);

/* Until when what is known of a host without jobs must be remembered. */
int64_t pacing_keeps_until_us(const struct origin *h);

/* Let go what waited for a moment that is now over. */
void pacing_open(struct sched *s, int64_t now_us);

/* The next such moment, INT64_MAX: none. */
int64_t pacing_next_us(const struct sched *s);

/* A job starts; a job's hop is over: what it tells of the host's state. */
void pacing_note_start(struct sched *s, struct origin *h, const struct job *j,
                       int64_t now_us);
void pacing_note_done(struct sched *s, struct origin *h, const struct job *j,
                      int64_t now_us);

/* Where a new job of the host is next: queue one before it that was turned
 * away, if there is any. */
void pacing_recall(struct sched *s, struct origin *h, int64_t now_us);

/* Take any job that waits for another attempt, or NULL. */
NODISCARD struct job *pacing_take_retry(struct sched *s, int64_t now_us);

/* ---- names.c ---- */

/* Do the host's jobs wait for its look-up now? */
bool names_is_waiting(const struct sched *s, const struct origin *h,
                      int64_t now_us);

/* The host's addresses were handed out. */
void names_note_use(struct sched *s, struct origin *h, int64_t now_us);

/* ---- queue_timeout.c ---- */

/* Something was queued, or how long it has waited is counted anew. */
void queue_timeout_watch(struct sched *s, struct origin *h, int64_t now_us);

/* When the next job expires, INT64_MAX: none does. */
int64_t queue_timeout_next_us(struct sched *s, int64_t now_us);

/* ---- lookup_timeout.c ---- */

/* A job was queued; the host's look-up began or ended. */
void lookup_timeout_add(struct sched *s, struct origin *h, const struct job *j);
void lookup_timeout_watch(struct sched *s, struct origin *h);

/* When to look whether one is overdue, INT64_MAX: never. */
int64_t lookup_timeout_next_us(const struct sched *s);

#endif /* STATE_H */
