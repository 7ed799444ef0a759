/*
 * sched.h - decides which job may start next, and when to ask again.
 *
 * Holds each job between source and engine: in queues per origin (redirects,
 * retries, new jobs), the origins that may start a job in a ring (round robin),
 * and everything that waits for a time (retries, paused origins, rates) in
 * heaps.
 * Counts what is in flight per origin, per engine and in total, so that no
 * limit is ever exceeded.  Knows no clock, no socket and no name server: the
 * caller passes the time in, and answers requests for look-ups.
 *
 * All times are monotonic microseconds and never run backwards.
 */
#ifndef SCHED_H
#define SCHED_H

#include "base/addr.h"
#include "base/base.h"
#include "job/job.h"

struct origin;
struct sched;

/* The most engines that connections can be divided among. */
#define SCHED_MAX_ENGINES 64

/* How many jobs an origin sends over a connection before it leaves that to
 * another origin: see turn.c. */
#define SCHED_TURN_MOST 16

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
    unsigned spread; /* engines that an origin's streams may spread over if it
                        has many; 0 and 1: one */
    int64_t dns_ttl_us;         /* how long addresses are valid */
    bool lookup;                /* names are resolved through us */
    int64_t queue_timeout_us;   /* waiting for one hop, 0: no limit */
    int64_t retry_max_time_us;  /* no retry starts later than this after the
                                   first attempt, 0: no limit */
    double rate;                /* requests a second, 0: no limit */
    double rate_per_host;       /* the same to one host */
    uint32_t max_host_failures; /* to connect, in a row; 0: no limit */
    uint32_t auto_limit; /* 0: limit is fixed; else it varies from limit up to
                            this (autolimit.h) */
    bool reserve_conns;  /* an origin that has not answered leaves most free
                      connections to others (pacing.c) */
};

NODISCARD struct sched *sched_new(const struct sched_config *config);

/* Free a scheduler.  It must hold no job (see TAKE_ANY). */
void sched_free(struct sched *s);

/*
 * The current limit.  Engines must get their parts of it before the next
 * sched_next().  With auto_limit it may change in sched_done() only.
 */
uint32_t sched_limit(const struct sched *s);
uint32_t sched_limit_of(const struct sched *s, unsigned e);

/* Why the limit does not grow, for people; NULL if unknown. */
const char *sched_limit_reason(const struct sched *s);

/* With auto_limit: how busy our threads were recently, 0 to 1. */
void sched_note_cpu(struct sched *s, double share);

/* The share of completed requests that ended while every connection was in use
 * and others waited for one: 0 to 1. */
double sched_held_up(const struct sched *s);

/* How many of --limit's (--limit-per-host's) connections engine e may open. */
uint32_t sched_engine_limit(const struct sched_config *c, unsigned e);
uint32_t sched_engine_limit_per_host(const struct sched_config *c, unsigned e);

/* Queue a new job behind the others of its host (target.key). */
void sched_add(struct sched *s, struct job *j, int64_t now_us);

/*
 * Queue a redirect's next hop: before the origin's new jobs, behind hops
 * already waiting.  The origin goes before others, so that a chain continues
 * at once if there is room.
 */
void sched_add_hop(struct sched *s, struct job *j, int64_t now_us);

/*
 * Queue a job for another attempt at due_us, before new jobs of its origin.
 * Until then it occupies no slot, and does not count as waiting for queue_us
 * and --queue-timeout.
 */
void sched_add_retry(struct sched *s, struct job *j, int64_t due_us,
                     int64_t now_us);

/*
 * The server of j, which is in flight, asked for a pause (429, 503): no job of
 * its origin starts before until_us.  Afterwards half as many requests as now
 * may be in flight, and one more after each response without a pause, up to
 * the limits.  Call before sched_done().  If j is to have another attempt
 * there (its target is the one it started with), it goes before new jobs of
 * the origin.
 */
void sched_pause_host(struct sched *s, struct job *j, int64_t until_us,
                      int64_t now_us);

/*
 * Take the next job that may start now.  It counts as in flight until
 * sched_done().  Sets these fields of the job:
 *
 *   engine, queue_us, dns_us, is_protocol_probe
 *   tells_when_sent     there is a rate per host
 *   addrs, proxy_addrs  in its arena
 *   multiplex           the origin speaks HTTP/2
 *   post_needs_fresh_conn
 *                       the request must not be sent twice, and the origin once
 *                       ended a connection without an answer to such a request
 *   keep_conn           the connection may be needed again: another job of the
 *                       origin (of any origin, if a proxy gets the requests
 *                       themselves) is queued, or may come from the input
 *   ends_turn           another origin waits for the connection (turn.c)
 *
 * A retry that would start too late (retry_max_time_us) is taken, too: its host
 * is NULL, it is not in flight, and its result is that of its last attempt.
 *
 * Origins take turns of one job each, and longer ones while they wait for each
 * other's connections (turn.c).
 *
 * wait_us  set if none may start: time until one may start, expire, become
 *          overdue or be taken by TAKE_DOWN; -1 if only another call here can
 *          change that
 */
NODISCARD struct job *sched_next(struct sched *s, int64_t now_us,
                                 int64_t *wait_us);

/*
 * A job's hop is over: its slot is free and j->host is unset.  The scheduler
 * learns about the origin from j->res: http_version, status, error.
 */
void sched_done(struct sched *s, struct job *j, int64_t now_us);

/*
 * The connection of a protocol probe is made, so the origin's other jobs may
 * start.  Reads only j's host and engine.  Call before sched_done().
 *
 * http_version  the agreed version, "2" or "1.1"; NULL: not known yet
 */
void sched_connected(struct sched *s, struct job *j, const char *http_version,
                     int64_t now_us);

/*
 * The request of a job with tells_when_sent is about to leave.  Reads only
 * what the scheduler has set in j.  Call before sched_done().
 *
 * was_reused  over a kept connection
 */
void sched_sent(struct sched *s, struct job *j, bool was_reused,
                int64_t now_us);

/*
 * The next origin whose name must be looked up before its jobs can start, or
 * NULL.  It is then being looked up until sched_resolved(), or until
 * sched_take_failed() has returned NULL.  Only as many origins are returned as
 * could soon start; a busy origin is returned before its addresses expire.
 */
NODISCARD struct origin *sched_next_lookup(struct sched *s, int64_t now_us);
const char *sched_origin_name(const struct origin *h);
uint16_t sched_origin_port(const struct origin *h);

/* The name of its proxy, if that must be looked up, too; NULL: it need not.
 * The origin's own name may then be an address. */
const char *sched_origin_proxy(const struct origin *h, uint16_t *port);

/* The proxy's addresses, at least one; call before sched_resolved(). */
void sched_proxy_resolved(struct origin *h, struct addr_list addrs);

/*
 * addrs has at least one address; they are copied.  Addresses of one family
 * take turns.  They are valid for the configured time, of which age_us has
 * passed (for a cached answer). h may be freed.
 */
void sched_resolved(struct sched *s, struct origin *h, struct addr_list addrs,
                    int64_t age_us, int64_t now_us);

/*
 * After a failed look-up, take the origin's waiting jobs one by one.  Returns
 * NULL at the end, when h may be freed.  Sets queue_us and dns_us.  If the old
 * addresses are still valid, nothing has failed: returns NULL at once.
 */
NODISCARD struct job *sched_take_failed(struct sched *s, struct origin *h,
                                        int64_t now_us);

/* Jobs that are taken without being started. */
enum sched_take {
    /* The look-up takes longer than the job may wait: its connect_timeout_us,
     * or the rest of its timeout_us.  The look-up continues. */
    TAKE_OVERDUE,
    /* The origin is down: max_host_failures jobs in a row could not connect.
     * After 10 s, and twice as long after each failure, one job is sent as a
     * probe. */
    TAKE_DOWN,
    /* The current hop has waited in its queue for queue_timeout_us.  Waiting
     * for the look-up does not count. */
    TAKE_EXPIRED,
    TAKE_ANY, /* any job that is held, in order to abort it */
};

/* Take one of these jobs, or NULL if there is none.  Sets queue_us, and dns_us
 * where it waited for its look-up. */
NODISCARD struct job *sched_take(struct sched *s, enum sched_take why,
                                 int64_t now_us);

/* Take all jobs that wait for an attempt, the first or another one.  Those that
 * are in the midst of one (JOB_HOP, JOB_REPEAT) stay. */
void sched_take_attempts(struct sched *s, struct job_list *out, int64_t now_us);

/* Tell whether reading has stopped because enough jobs are held. */
void sched_set_window_full(struct sched *s, bool is_full);

/* Tell whether there is nothing to read just now: then no new origin can
 * appear soon. */
void sched_set_input_idle(struct sched *s, bool is_idle);

/* No more input will come: connections that no job waits for may be closed at
 * once. */
void sched_input_ended(struct sched *s);

size_t sched_nqueued(const struct sched *s);  /* jobs held, including retries */
size_t sched_nlooking(const struct sched *s); /* those of them whose names are
                                                 being looked up */
size_t sched_ninflight(const struct sched *s); /* handed out, not done */

size_t sched_nbusy(const struct sched *s); /* origins with jobs in flight */

/* A self-check for tests: check all invariants with assert().  Returns the
 * number of origins known now. */
size_t sched_check(const struct sched *s);

#endif /* SCHED_H */
