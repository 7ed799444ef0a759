/*
 * sched.h - decides which job may start next, and when to ask again.
 *
 * Holds each job between source and engine: one first-in first-out queue per
 * host, the hosts that may start one in a ring (round robin), everything that
 * waits for a moment (retries, paused hosts, rates) in heaps by due time.
 * Counts what flies, per host, per engine and over all, so that no limit is
 * ever exceeded.  Knows no clock, no socket and no name server: the time is
 * passed in, look-ups are asked for and answered by the caller.
 *
 * All times are monotonic microseconds and never run backwards.
 */
#ifndef SCHED_H
#define SCHED_H

#include "base/base.h"
#include "job/job.h"

struct origin;
struct sched;

/* The parts that the connections are shared out over. */
#define SCHED_MAX_ENGINES 64

/* Copied by sched_new(). */
struct sched_config {
    unsigned nengines;             /* 1 to SCHED_MAX_ENGINES, up to limit */
    uint32_t limit;                /* connections over all hosts, >= 1 */
    uint32_t limit_per_host;       /* connections to one host, 0: no limit */
    uint32_t concurrency;          /* requests in flight, >= 1 */
    uint32_t concurrency_per_host; /* to one host, 0: no limit */
    bool multiplex;                /* HTTP/2 may be spoken over TLS */
    bool multiplex_plain;          /* HTTP/2 without TLS (prior knowledge) */
    bool upgrade_plain;            /* it may be agreed on there (--http2) */
    unsigned spread;    /* engines that a host's streams may spread over, where
                           there are many; 0 and 1: one */
    int64_t dns_ttl_us; /* how long addresses are good for */
    bool lookup;        /* names are resolved through us */
    int64_t queue_timeout_us;   /* waiting for one hop, 0: no limit */
    double rate;                /* requests a second, 0: no limit */
    double rate_per_host;       /* the same to one host */
    uint32_t max_host_failures; /* to connect, in a row; 0: no limit */
    uint32_t auto_limit;        /* 0: limit stands; else it changes by itself,
                                   from limit up to this: autolimit.h */
    bool is_wary;               /* a host that has not answered leaves most
                                   of what is free to others: pacing.c */
};

NODISCARD struct sched *sched_new(const struct sched_config *config);

/* Free a scheduler.  It must hold no job (see sched_take_any()). */
void sched_free(struct sched *s);

/*
 * The limit as it is now; engines are to get their parts of it before the next
 * sched_next().  With auto_limit it may change in sched_done() only.
 */
uint32_t sched_limit(const struct sched *s);
uint32_t sched_limit_of(const struct sched *s, unsigned e);

/* Is the limit's reason for not growing known?  For people; NULL: no. */
const char *sched_limit_reason(const struct sched *s);

/* With auto_limit: how busy our threads were lately, 0 to 1. */
void sched_note_cpu(struct sched *s, double share);

/* Of the requests that are over, the share that ended while every connection
 * of the limit was in use and others waited for one: 0 to 1. */
double sched_held_up(const struct sched *s);

/* How many of --limit's (--limit-per-host's) connections engine e may open. */
uint32_t sched_engine_limit(const struct sched_config *c, unsigned e);
uint32_t sched_engine_limit_per_host(const struct sched_config *c, unsigned e);

/* Queue a new job behind the others of its host (target.key). */
void sched_add(struct sched *s, struct job *j, int64_t now_us);

/*
 * Queue a redirect's next hop: before its host's other jobs, behind hops that
 * wait already, and the host before the others, so that a chain goes on at
 * once where there is room.
 */
void sched_add_hop(struct sched *s, struct job *j, int64_t now_us);

/*
 * Queue a job for another attempt at due_us, before new jobs of its host.  Up
 * to then it holds no slot, and isn't waiting as far as queue_us and the
 * queue-timeout go.
 */
void sched_add_retry(struct sched *s, struct job *j, int64_t due_us,
                     int64_t now_us);

/*
 * The host of j, which is in flight, asked for a pause (429, 503): no job of
 * it starts before until_us.  Then half as many as now may fly, one more with
 * each response that asks for none, up to the limits.  To be called before
 * sched_done().  Where j is to have another attempt there (its target is the
 * one that it starts with), it goes before new jobs of the host.
 */
void sched_pause_host(struct sched *s, struct job *j, int64_t until_us,
                      int64_t now_us);

/*
 * Take a job whose host is given up for now: max_host_failures jobs in a row
 * could not connect.  NULL: there is none.  queue_us is set.  After 10 s, and
 * twice as long each time it fails, one job goes as a probe.
 */
NODISCARD struct job *sched_take_down(struct sched *s, int64_t now_us);

/*
 * Take the next job that may start now.  It counts as in flight until
 * sched_done().  Set are its engine, addrs (in its arena), queue_us, dns_us,
 * is_protocol_probe, multiplex (the host is known to speak HTTP/2),
 * wants_fresh_conn (a request that must not be sent twice, and the host ended
 * a connection without an answer to one) and keep_conn: true where another job
 * of the host is queued, or a retry waits, or another may yet be read: input
 * goes on and the window isn't full.
 *
 * wait_us  set where none may start: time until one may, one expires or is
 *          overdue, or one can be had by sched_take_down(), or -1 where only
 *          another call here can change that
 */
NODISCARD struct job *sched_next(struct sched *s, int64_t now_us,
                                 int64_t *wait_us);

/*
 * A job's hop is over: its slot is free, and j->host is void.  What j->res
 * says of the host is learnt: http_version, status, error.
 */
void sched_done(struct sched *s, struct job *j, int64_t now_us);

/*
 * A pioneer's connection stands: the host's other jobs may follow.  Nothing
 * of j but its host and engine is looked at; to be told before sched_done().
 *
 * http_version  what it is agreed to speak, "2" or "1.1"; NULL: not known yet
 */
void sched_connected(struct sched *s, struct job *j, const char *http_version,
                     int64_t now_us);

/*
 * The next host whose name must be looked up before its jobs can start, or
 * NULL.  It is then "looking" until sched_resolved(), or until
 * sched_take_failed() has returned NULL.  Only as many are named as could
 * soon start; a busy host is named before its addresses are too old.
 */
NODISCARD struct origin *sched_next_lookup(struct sched *s, int64_t now_us);
const char *sched_host_name(const struct origin *h);
uint16_t sched_host_port(const struct origin *h);

/*
 * addrs are n >= 1 numeric addresses in order of preference; copied.  They
 * take turns within their family and are good for the configured time, of
 * which age_us is over (an answer that was kept).  h may be gone afterwards.
 */
void sched_resolved(struct sched *s, struct origin *h, const char *const *addrs,
                    size_t n, int64_t age_us, int64_t now_us);

/*
 * After a failed look-up: take the host's waiting jobs one by one, NULL at
 * the end (h may be gone then).  queue_us and dns_us are set.  Where the old
 * addresses are still good nothing failed: NULL at once.
 */
NODISCARD struct job *sched_take_failed(struct sched *s, struct origin *h,
                                        int64_t now_us);

/*
 * Take a job whose name's look-up takes longer than it may wait for it, which
 * is connect_timeout_us of its request, or what is left of timeout_us; NULL:
 * there is none.  queue_us and dns_us are set.  The look-up goes on.
 */
NODISCARD struct job *sched_take_overdue(struct sched *s, int64_t now_us);

/*
 * Take a job that has waited in its queue for queue_timeout_us, this hop, or
 * NULL.  Waiting for its name's look-up doesn't count.  queue_us is set.
 */
NODISCARD struct job *sched_take_expired(struct sched *s, int64_t now_us);

/* Take any job that is held, NULL when none is: to abort it.  queue_us is
 * brought up to date. */
NODISCARD struct job *sched_take_any(struct sched *s, int64_t now_us);

/* Is reading held up because enough jobs are held? */
void sched_set_window_full(struct sched *s, bool is_full);

/* Is there nothing to read just now?  Then no host is to come either. */
void sched_set_input_idle(struct sched *s, bool is_idle);

/* No more input will come: connections nobody waits for may close at once. */
void sched_input_ended(struct sched *s);

size_t sched_nqueued(const struct sched *s);   /* jobs held, retries too */
size_t sched_ninflight(const struct sched *s); /* handed out, not done */
size_t sched_nhosts(const struct sched *s);    /* hosts known just now */
size_t sched_nbusy(const struct sched *s); /* of these with jobs in flight */

/* For tests: walk over everything and assert what must always hold. */
void sched_check(const struct sched *s);

#endif /* SCHED_H */
