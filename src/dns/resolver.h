/*
 * resolver.h - resolves names to addresses, with c-ares on the control loop.
 *
 * Concurrent look-ups of one name share one query.  Answers are kept for a
 * while; failures are shared by all waiters and not kept. /etc/hosts, search
 * domains and localhost work as in getaddrinfo(3).  Uses no thread and does
 * not block.
 */
#ifndef RESOLVER_H
#define RESOLVER_H

#include "base/addr.h"
#include "base/base.h"

struct ev_loop;
struct resolver;

struct resolver_config {
    int family;          /* 0: both, 4, 6 */
    int64_t ttl_us;      /* how long an answer is kept; 0: not at all */
    const char *servers; /* "192.0.2.1:53,[2001:db8::1]", NULL: the system's */
};

enum resolver_status {
    RESOLVER_OK,
    RESOLVER_NOT_FOUND, /* no such name, or it has no address */
    RESOLVER_FAILED,    /* the servers failed, refused or can't be reached */
};

struct resolver_answer {
    enum resolver_status status;
    struct addr_list addrs; /* the family to prefer first; at least 1 where
                               RESOLVER_OK, 64 at most */
    int64_t resolved_at_us; /* when it came from the server */
    const char *message;    /* if it failed: why, by the library */
};

/*
 * The answer is valid until the callback returns.  It may look up more
 * names, but not free the resolver.
 */
typedef void resolver_cb(void *ctx, const struct resolver_answer *answer);

/*
 * Returns NULL and sets *why if the servers can't be used.
 *
 * IPv6 is preferred if the machine has a global IPv6 address to send from, and
 * not asked for if it has no IPv6 at all.  The hosts file is read once, here;
 * CARES_HOSTS in the environment names another one.
 */
NODISCARD struct resolver *resolver_new(struct ev_loop *loop,
                                        const struct resolver_config *config,
                                        const char **why);

/* Free it.  Callbacks that are due are not called.  NULL is fine. */
void resolver_free(struct resolver *r);

/*
 * Look a name up.  cb is called once: before this returns if the answer is
 * known (a kept one, the hosts file, localhost), else from the loop.  If no
 * server answers, that takes 12 s or more for each server.
 *
 * A name that the servers refuse while they have many queries is asked for
 * again, four times at most and every four seconds.  Without room
 * (resolver_has_room()) the query waits here for its turn.
 */
void resolver_lookup(struct resolver *r, const char *name, resolver_cb *cb,
                     void *ctx);

/*
 * May another query start now?  At most 64 queries may be open (128 if only one
 * family is asked for).  A query no longer counts once it has been open for a
 * quarter of a second, or, if many names were not answered lately, for 16 ms:
 * so 10,000 names that are never answered delay the next one by 5 seconds.  If
 * 16,384 names are unanswered, the next one waits until one is given up.
 */
bool resolver_has_room(const struct resolver *r);

/* The version of c-ares that is in use. */
const char *resolver_library(void);

#endif /* RESOLVER_H */
