/*
 * channel.h - asks name servers for addresses, with c-ares: over UDP, and over
 * TCP if an answer does not fit into a packet.
 *
 * Every question here goes to the servers; resolver.h caches answers.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include "base/base.h"

struct addrs;
struct channel;
struct ev_loop;

struct channel_config {
    struct ev_loop *loop;
    const char *servers; /* "192.0.2.1:53,[2001:db8::1]", NULL: the system's */
    void (*on_work)(void *ctx); /* called from the loop when c-ares has worked
                                   and may be called again */
    void *ctx;                  /* on_work's */
};

/* An answer to a question. */
struct channel_answer {
    int ares_status;
    const struct addrs *addrs; /* at least one for ARES_SUCCESS */
    bool is_final;   /* false: the packet was truncated and the server is asked
                        again over TCP */
    bool is_late;    /* a server answered, but after more than two seconds */
    bool is_refused; /* by REFUSED, not SERVFAIL; with several servers known
                        from c-ares 1.32 on */
};

/*
 * Called once with a final answer, and possibly before with one that is not
 * final. c-ares may be in the middle of its work, so ask nothing from here.
 */
typedef void channel_cb(void *ctx, const struct channel_answer *answer);

/* Returns NULL if the servers cannot be used, with the reason in *why. */
NODISCARD struct channel *channel_new(const struct channel_config *config,
                                      const char **why);

/* Free it.  Open questions get ARES_EDESTRUCTION.  NULL is fine. */
void channel_free(struct channel *c);

/*
 * Ask for a name's addresses of a family, AF_INET or AF_INET6.  Search domains
 * are not tried. cb may be called before this returns.
 *
 * A server has 2 s to answer, then 4, then 8; after each round the next server
 * is asked.  A lost packet therefore costs 2 s, as does a dead server before a
 * working one, and a name fails after 12 to 26 s times the number of servers.
 * c-ares >= 1.32 waits less for a server that has answered other questions
 * quickly.  After a truncated answer the question is asked over TCP: each
 * server has 5 s, once, or 1 s while many questions wait for a connection.
 */
void channel_ask(struct channel *c, const char *name, int family,
                 channel_cb *cb, void *ctx);

/* Check for questions that have timed out.  Call often while any is open.
 * Does not call on_work(). */
void channel_tick(struct channel *c);

#endif /* CHANNEL_H */
