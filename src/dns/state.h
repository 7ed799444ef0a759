/*
 * state.h - the resolver's state, private to resolver.c, name.c and query.c.
 */
#ifndef DNS_STATE_H
#define DNS_STATE_H

#include <ev.h>

#include "base/list.h"
#include "dns/families.h"
#include "dns/resolver.h"

struct addrs;
struct channel;
struct hosts_file;
struct map;
struct search;

/* The longest name: 253 bytes and a trailing dot. */
#define MAX_NAME 254

/*
 * A name's states, from its first look-up until its answer is forgotten:
 *
 *            room          0.25 s or less          1 s
 *   QUEUED ----------> YOUNG ----------> OLD ----------> SILENT
 *       ^                |                |                 |
 *       | next domain    +----------------+--------+--------+ c-ares has an
 *       +------------------------------------------+          answer
 *                                                  |
 *                                  +---------------+
 *                                  |---------> AGAIN  refused, for 4 s, then
 *                                  |                  QUEUED
 *                                  |---------> HALF  of one family, for 50 ms
 *                                  v            |
 *                                 DONE <--------+  waiters are told
 *               no address, ttl 0  |  |
 *                    freed <-------+  +-----> KEPT  until ttl is over
 *
 * A name is in one list, by its state.  It is also in the map by its text,
 * unless its answer has expired or is DONE without an address.  Each look-up
 * without an answer yet is a waiter of its name.
 */
enum name_state {
    NAME_QUEUED, /* waits for room */
    NAME_YOUNG,  /* asked a moment ago */
    NAME_OLD,    /* asked longer ago */
    NAME_SILENT, /* asked more than SILENT_US ago */
    NAME_AGAIN,  /* was refused, and is asked for again in a while */
    NAME_HALF,   /* has addresses, but one question is open */
    NAME_DONE,   /* answered; the waiters have not been told */
    NAME_KEPT,   /* answered; the answer is valid for a while */
    NAME_NSTATES
};

/* The question for a name's addresses of one family. */
struct question {
    struct name *name;
    bool is_asked;       /* there is no final answer yet */
    int ares_status;     /* of the answer; unset while is_asked */
    bool is_refused;     /* as in struct channel_answer; unset while is_asked */
    struct addrs *found; /* NULL: none yet */
};

struct name {
    struct list_node node;     /* in its state's list */
    struct resolver *resolver; /* back to the owner */
    enum name_state state;     /* which list */
    unsigned nrefs; /* 1, plus 1 for each callback that reads it and for each
                       question that is_asked */
    struct list waiters; /* of struct waiter, oldest first */
    int64_t asked_at_us; /* void in NAME_QUEUED */
    int64_t half_at_us;  /* void before NAME_HALF */
    size_t domain;       /* search_name()'s i */
    unsigned nagain;     /* how often it was NAME_AGAIN */
    bool has_nodata; /* a name in one of the domains exists, without an address
                      */
    struct question questions[2];  /* in the order of the resolver's families */
    struct resolver_answer answer; /* unset before NAME_DONE; owns addrs */
    size_t len;                    /* of text */
    char text[];                   /* lower case: the map's key */
};

/* One look-up. */
struct waiter {
    struct list_node node; /* in its name's list */
    resolver_cb *cb;
    void *ctx;
};

struct resolver {
    struct ev_loop *loop;
    struct channel *channel;
    struct hosts_file *hosts;
    struct search *search;
    struct map *names;               /* text to struct name */
    struct list lists[NAME_NSTATES]; /* all names, oldest first in each */
    size_t counts[NAME_NSTATES];     /* how many each list holds */
    ev_timer tick;                   /* runs while a query is open */
    ev_timer half;                   /* runs while a name is NAME_HALF */
    ev_timer soon;                   /* runs while a name is NAME_DONE */
    size_t nquestions;               /* without an answer */
    struct families families;
    size_t max_young;       /* how many names may be NAME_YOUNG now */
    int64_t fewer_since_us; /* when max_young was last halved */
    unsigned nanswered;     /* answers towards the next increase of max_young */
    bool has_answered;      /* a server has given an address */
    size_t silence; /* names that were NAME_SILENT lately, times SILENT_PARTS */
    int64_t ttl_us;
};

/* ---- name.c ---- */

/* The oldest name in a state, or NULL. */
struct name *name_first(const struct resolver *r, enum name_state state);

void name_set_state(struct name *n, enum name_state state);

/* A new name, NAME_QUEUED and in the map.  text is in lower case. */
NODISCARD struct name *name_new(struct resolver *r, const char *text,
                                size_t len);

/*
 * The name, if it has a valid answer or an open query; NULL: start a new one.
 */
struct name *name_find(struct resolver *r, const char *text, size_t len);

bool name_has_answer(const struct name *n);

/* Forget the answers to the name's questions. */
void name_forget_found(struct name *n);

/* Give up a reference. */
void name_drop(struct name *n);

/* Add a look-up that waits for the answer. */
void name_add_waiter(struct name *n, resolver_cb *cb, void *ctx);

/* Tell a look-up the answer that is there. */
void name_tell(struct name *n, resolver_cb *cb, void *ctx);

/* The name is NAME_DONE: tell its waiters, then keep or forget it. */
void name_tell_waiters(struct name *n);
void name_finish(struct name *n);

/* Free all names of a list, with their waiters. */
void name_free_all(struct list *names);

/* ---- query.c ---- */

/* Once the families are known. */
void query_init(struct resolver *r);

bool query_has_room(const struct resolver *r);

/* Ask for names that are NAME_QUEUED, as far as there is room. */
void query_start_queued(struct resolver *r);

/* Names that were asked for a while ago become NAME_OLD, then NAME_SILENT. */
void query_age(struct resolver *r);

/* How often to call query_age(). */
int64_t query_age_every_us(const struct resolver *r);

/* When the oldest name that is NAME_HALF is answered without its second family;
 * INT64_MAX: there is none. */
int64_t query_half_due_us(const struct resolver *r);

/* Answer the names that were NAME_HALF for long enough. */
void query_end_halves(struct resolver *r);

#endif /* DNS_STATE_H */
