/*
 * origin.h - what the scheduler knows of an origin: its queues, addresses,
 * protocol and requests in flight.
 *
 * An origin is scheme, name, port and proxy.  It holds no reference to the
 * scheduler; sched.c moves it between lists.  Private to sched/.
 */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "base/base.h"
#include "base/heap.h"
#include "base/list.h"
#include "job/job.h"
#include "sched/addresses.h"
#include "sched/rate.h"
#include "sched/sched.h"

/* Streams that libcurl puts on one HTTP/2 connection, and in one engine before
 * another engine opens a connection too (sched_config.spread). */
#define ORIGIN_STREAMS_PER_CONN   100
#define ORIGIN_STREAMS_PER_ENGINE 50

/* An origin's place: what it waits for.  It has exactly one. */
enum origin_place {
    PLACE_NONE,       /* nothing is queued, or its name is being looked up, or
                         its own limits are reached */
    PLACE_REMEMBERED, /* has no jobs, and is forgotten at until.at_us */
    PLACE_PAUSED,     /* waits until until.at_us: for a pause or its rate */
    PLACE_DOWN,       /* its jobs wait for TAKE_DOWN */
    PLACE_THROTTLED,  /* waits for an answer, or until no other origin can start
                         a job: see pacing.c */
    PLACE_LOOKUP,     /* waits for sched_next_lookup() */
    PLACE_RING,       /* waits for its turn */
    PLACE_BLOCKED,    /* waits for a connection in one of its engines */
};

/* An origin's queues, each in order of arrival.  The first one that is not
 * empty comes next. */
enum origin_queue {
    QUEUE_HOPS,    /* redirects' next hops */
    QUEUE_RETRIES, /* what failed before */
    QUEUE_NEW,
    NQUEUES,
};

enum origin_protocol {
    PROTOCOL_UNKNOWN,   /* HTTP/2 is possible: a protocol probe finds out */
    PROTOCOL_SINGLE,    /* one request per connection at a time */
    PROTOCOL_MULTIPLEX, /* many requests share a connection */
};

/* An origin's part of one engine. */
struct origin_engine {
    struct origin *origin;
    struct list_node blocked; /* in the engine's list of blocked origins */
    uint32_t ninflight;       /* jobs handed to this engine */
    uint32_t nkept_conns;     /* connections that it keeps here: see turn.c */
};

struct origin {
    const char *key; /* stored behind the struct, like all its strings */
    size_t key_len;
    const char *name;       /* to look up */
    uint16_t port;          /* to connect to */
    const char *proxy_name; /* to look up, too; NULL: none */
    uint16_t proxy_port;
    bool needs_lookup;
    bool asks_proxy; /* an HTTP proxy gets the requests themselves, so all
                        origins behind it share the connections to it */
    uint64_t peer;   /* a hash of what it connects to: the proxy if asks_proxy,
                        else its own key */

    struct job_list queues[NQUEUES];
    uint32_t nqueued; /* in all its queues */

    /* In flight. */
    uint32_t ninflight;            /* over all engines */
    enum origin_protocol protocol; /* as last seen */
    bool may_multiplex; /* otherwise its responses' protocol does not matter */
    bool is_connected;  /* a protocol probe has connected */
    uint8_t nfailed;    /* protocol probes in a row that failed */
    bool is_shared;  /* its jobs share connections as streams, in the engines of
                        `shared` */
    uint64_t shared; /* a bit per engine, home among them, if is_shared */
    bool stays_home; /* no connection could be opened in another engine */
    unsigned first;  /* its engine by hash */
    unsigned home;   /* its preferred engine, the first for streams */

    /* HTTP/2 (see learn_max_requests() in history.c). */
    uint64_t ended;             /* the last connection that the server ended */
    uint32_t ended_after;       /* how many requests it took over that */
    uint32_t conn_max_requests; /* how many it takes over each; 0: not known */

    /* Pace: see pacing.c. */
    int64_t paused_until_us; /* the server asked for this pause */
    struct rate rate;
    uint32_t nleaving; /* jobs handed out under the rate whose requests have
                          not left, since their connections are being made */
    int64_t handed_us; /* when the last of them was handed out */
    bool reuses;       /* its requests leave over kept connections */
    uint32_t allowed;  /* requests allowed in flight after a 429 or 503; 0: the
                          limits apply */
    uint32_t nbefore_pause;  /* requests in flight that started before that */
    struct list turned_away; /* jobs that were told to wait, oldest first */
    bool is_answering;       /* its last job got a response */
    int64_t best_wait_us; /* shortest time to a first byte; 0: no response yet,
                             or no auto_limit */

    /* Failures to connect: see pacing.c. */
    uint32_t nconnect_failures; /* in a row */
    int64_t failures_until_us;  /* until then they are remembered; 0: there are
                                    none */
    int64_t down_until_us;   /* a probe may start from then on; 0: not down */
    int64_t down_for_us;     /* for how long it was down last */
    const struct job *probe; /* the probe in flight; only compared */

    struct addresses addrs;       /* of name */
    struct addresses proxy_addrs; /* of proxy_name */
    size_t addr_turn;          /* jobs handed out: which address comes first */
    int64_t turn_since_us;     /* start of its turn: see turn.c */
    unsigned nturn_jobs;       /* jobs handed out in its turn */
    uint32_t nkept_conns;      /* connections that it keeps, in all engines */
    int64_t resolved_until_us; /* when the addresses expire */
    int64_t refresh_at_us;     /* when to look them up again */
    int64_t looking_since_us;  /* start of the current look-up */
    int64_t lookup_limit_us;   /* see lookup_timeout.c */
    bool is_looking;
    bool is_unused; /* no job was handed out since the last look-up */
    bool lost_turn; /* lost its turn because its addresses had expired */

    /* Where it waits. */
    enum origin_place place;
    struct list_node all; /* all origins; those with queued jobs first */
    /* In the list of its place, except PLACE_BLOCKED. */
    struct list_node waiting;
    struct heap_node until;    /* PLACE_PAUSED, PLACE_REMEMBERED */
    struct list_node aging;    /* due for a refresh, in order of look-up */
    struct heap_node expiring; /* for queue_timeout.c */
    struct heap_node overdue;  /* for lookup_timeout.c */

    struct origin_engine on[]; /* per engine */
};

/* Create the origin of a job's target. */
NODISCARD struct origin *origin_new(const struct job *j,
                                    const struct sched_config *c);

/* Free it; it must be in no list.  NULL is fine. */
void origin_free(struct origin *h);

void origin_push(struct origin *h, struct job *j, enum origin_queue to);

/* Take the job that a queue's link points to, for example the head. */
NODISCARD struct job *origin_take(struct origin *h, enum origin_queue from,
                                  struct job **at);

/* The queue whose head comes next, and the one whose head has waited longest.
 * Some job must be queued. */
enum origin_queue origin_next_queue(const struct origin *h);
enum origin_queue origin_oldest_queue(const struct origin *h);
bool origin_has_hop(const struct origin *h);

/* When j began to wait, not counting its look-up. */
int64_t origin_waiting_since_us(const struct job *j);

/* How many connections it may have in engine e. */
uint32_t origin_share(const struct origin *h, const struct sched_config *c,
                      unsigned e);

/* How many more jobs its own limits allow. */
uint32_t origin_room(const struct origin *h, const struct sched_config *c);

/* The connections that n jobs in engine e count as. */
uint32_t origin_nconns(const struct origin *h, unsigned e, uint32_t n);

/* Do its jobs in engine e share existing connections as streams? */
static inline bool
origin_shares(const struct origin *h, unsigned e)
{
    return h->is_shared && (h->shared >> e & 1) != 0;
}

/* Is engine e its home, or one that its streams may spread to? */
bool origin_is_near(const struct origin *h, const struct sched_config *c,
                    unsigned e);

/* May one job go to engine e, to find out whether others can follow? */
bool origin_may_spread(const struct origin *h, const struct sched_config *c,
                       unsigned e);

/* Can a job use the addresses now, or needs it none? */
bool origin_is_resolved(const struct origin *h, const struct sched_config *c,
                        int64_t now_us);

/* Set j's addresses: all of them, with the next one of each family first. */
void origin_give_addrs(struct origin *h, struct job *j, int64_t now_us);

/* j's hop is over: learn which of its addresses answered. */
void origin_note_peer(struct origin *h, const struct job *j, int64_t now_us);

/* A look-up is over: subtract its time from the wait of jobs that waited only
 * for it. */
void origin_charge_lookup(struct origin *h, size_t njobs, int64_t now_us);

/* Since when the current look-up has been waited for. */
int64_t origin_looking_since_us(const struct origin *h);

/* The part of j's wait caused by the current look-up. */
int64_t origin_lookup_wait_us(const struct origin *h, const struct job *j,
                              int64_t now_us);

#endif /* ORIGIN_H */
