/*
 * origin.h - what the scheduler knows of one host: its queue, its addresses,
 * how it speaks, how much of it flies.
 *
 * A host is scheme, name, port and proxy.  It holds no reference to the
 * scheduler; sched.c moves it between the lists.  Private to sched/.
 */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "base/base.h"
#include "base/heap.h"
#include "base/list.h"
#include "job/job.h"
#include "sched/rate.h"
#include "sched/sched.h"

/* Streams that libcurl puts on one HTTP/2 connection, and in an engine before
 * another engine opens one as well (sched_config.spread). */
#define ORIGIN_STREAMS_PER_CONN   100
#define ORIGIN_STREAMS_PER_ENGINE 50

/* Where a host waits.  Just one of them holds at a time. */
enum origin_place {
    PLACE_NONE,       /* for a call: nothing is queued, the name is being looked
                         up, or its own limits are reached */
    PLACE_REMEMBERED, /* for jobs; to be forgotten at gate.at_us */
    PLACE_PAUSED,     /* for the moment gate.at_us: a pause, its rate */
    PLACE_DOWN,       /* for sched_take_down() */
    PLACE_THROTTLED,  /* for an answer, or for being alone: see pacing.c */
    PLACE_LOOKUP,     /* to be named by sched_next_lookup() */
    PLACE_RING,       /* for its turn */
    PLACE_BLOCKED,    /* for a connection in one of its engines */
};

/* Its queues, each in order of arrival; the first that has a job is next. */
enum origin_queue {
    QUEUE_HOPS,    /* redirects' next hops */
    QUEUE_RETRIES, /* what failed before */
    QUEUE_NEW,
    NQUEUES,
};

enum origin_protocol {
    PROTOCOL_UNKNOWN,   /* HTTP/2 is possible: a pioneer finds out */
    PROTOCOL_SINGLE,    /* one request per connection at a time */
    PROTOCOL_MULTIPLEX, /* many share a connection */
};

/* A host's part in one engine. */
struct origin_engine {
    struct origin *host;
    struct list_node parked; /* in the engine's list of waiting hosts */
    uint32_t ninflight;      /* jobs handed to this engine */
};

struct origin {
    const char *key; /* behind the struct, as all its strings */
    size_t key_len;
    const char *name; /* to look up */
    uint16_t port;    /* to connect to */
    bool needs_lookup;

    struct job_list queues[NQUEUES];
    uint32_t nqueued; /* in all of them */

    /* In flight. */
    uint32_t ninflight;            /* over all engines */
    enum origin_protocol protocol; /* as last seen */
    bool may_multiplex; /* else what its responses say is no matter */
    bool is_connected;  /* a pioneer's connection stood */
    uint8_t nfailed;    /* pioneers in a row that came to nothing */
    bool is_shared;     /* its jobs are counted as streams: */
    uint64_t shared;    /* in these engines (bits), home among them */
    bool stays_home;    /* a connection in another engine could not be opened */
    unsigned first;     /* its engine by hash */
    unsigned home;      /* the engine it prefers, and its streams' first */

    /* Pace: see pacing.c. */
    int64_t paused_until_us; /* the server asked for it */
    struct rate rate;
    uint32_t allowed;        /* in flight, after a 429 or 503; 0: the limits */
    uint32_t nbefore;        /* in flight that started before that */
    struct list turned_away; /* retries that it asked to wait, oldest first */
    bool is_answering;       /* its last job came to a response */
    int64_t best_wait_us;    /* shortest time to a first byte; 0: no response
                                yet, or no auto_limit */

    /* Failures to connect: see pacing.c. */
    uint32_t nunreached;        /* in a row */
    int64_t unreached_until_us; /* so long they are worth knowing, 0: none */
    int64_t down_until_us;      /* a probe may go from here on, 0: not down */
    int64_t down_for_us;        /* how long it was given up last */
    const struct job *probe;    /* flies and may end it; only to compare */

    /* Addresses, in one block: the preferred family, then the other. */
    const char **addrs;
    size_t naddrs[2];          /* per family */
    size_t addrs_size;         /* of all as one text */
    size_t turn;               /* hand-outs, which the addresses share */
    int64_t resolved_until_us; /* last moment the addresses are good */
    int64_t refresh_at_us;     /* better look them up again from here on */
    int64_t looking_since_us;  /* start of the look-up that is under way */
    int64_t patience_us;       /* see lookup_timeout.c */
    bool is_looking;
    bool is_unused; /* no job was handed out since the last look-up */
    bool is_owed;   /* had its turn and lost it to an address too old */

    /* Where it waits. */
    enum origin_place place;
    struct list_node all;      /* every host; those with a queue first */
    struct list_node waiting;  /* all lists of hosts but PLACE_BLOCKED's */
    struct heap_node gate;     /* PLACE_PAUSED, PLACE_REMEMBERED */
    struct list_node aging;    /* to be refreshed, in order of look-up */
    struct heap_node expiring; /* when its oldest job has waited too long */
    struct heap_node overdue;  /* when its look-up takes too long for one */

    struct origin_engine on[]; /* per engine */
};

/* A host for a job's target. */
NODISCARD struct origin *origin_new(const struct job *j,
                                    const struct sched_config *c);

/* Free it; it must be in no list.  NULL is fine. */
void origin_free(struct origin *h);

void origin_push(struct origin *h, struct job *j, enum origin_queue to);

/* Take the job that a link of a queue leads to, its head for one. */
NODISCARD struct job *origin_take(struct origin *h, enum origin_queue from,
                                  struct job **at);

/* The queue whose head is next; the one whose head has waited for longest.
 * A job must be queued. */
enum origin_queue origin_next_queue(const struct origin *h);
enum origin_queue origin_oldest_queue(const struct origin *h);
bool origin_has_hop(const struct origin *h);

/* When j began to wait, its wait for the name left out. */
int64_t origin_waiting_since_us(const struct job *j);

/* How many connections it may have in engine e. */
uint32_t origin_share(const struct origin *h, const struct sched_config *c,
                      unsigned e);

/* How many more jobs its own limits allow. */
uint32_t origin_room(const struct origin *h, const struct sched_config *c);

/* Connections that n jobs in engine e are counted as. */
uint32_t origin_nconns(const struct origin *h, unsigned e, uint32_t n);

/* Are its jobs in engine e streams of connections that stand there? */
static inline bool
origin_shares(const struct origin *h, unsigned e)
{
    return h->is_shared && (h->shared >> e & 1) != 0;
}

/* Is engine e its home, or one that its streams may spread to? */
bool origin_is_near(const struct origin *h, const struct sched_config *c,
                    unsigned e);

/* May a job go to engine e alone, to see whether others can follow it? */
bool origin_may_spread(const struct origin *h, const struct sched_config *c,
                       unsigned e);

/* May a job's hand-out use the addresses (or are none needed)? */
bool origin_is_resolved(const struct origin *h, const struct sched_config *c,
                        int64_t now_us);

/* Copy new addresses in, drop the old ones. */
void origin_set_addrs(struct origin *h, const char *const *addrs, size_t n);

/* All addresses with the next one of each family first, NULL: none known. */
const char *origin_next_addrs(struct origin *h, struct arena *mem);

/* A look-up is over: charge the jobs that waited for nothing else. */
void origin_charge_lookup(struct origin *h, size_t njobs, int64_t now_us);

/* Since when the look-up that is under way is waited for. */
int64_t origin_looking_since_us(const struct origin *h);

/* The part of j's wait that is the look-up's which is under way. */
int64_t origin_lookup_wait_us(const struct origin *h, const struct job *j,
                              int64_t now_us);

#endif /* ORIGIN_H */
