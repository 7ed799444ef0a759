/*
 * channel.h - c-ares on the control loop: its sockets watched, its servers
 * chosen.
 *
 * What is asked here goes to the servers each time; resolver.h is for names.
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
    void (*on_work)(void *ctx); /* from the loop: c-ares has worked and may
                                   be called again */
    void *ctx;                  /* on_work's */
};

/* An answer to a question. */
struct channel_answer {
    int ares_status;
    const struct addrs *addrs; /* at least one where that is ARES_SUCCESS */
    bool is_final; /* false: these fitted into a packet, and the server is
                      asked for all over TCP */
};

/*
 * Called once with a final answer, and perhaps before with one that is not.
 * c-ares may be in the middle of its work, so nothing may be asked from here.
 */
typedef void channel_cb(void *ctx, const struct channel_answer *answer);

/* NULL where the servers can't be used; the reason is then in *why. */
NODISCARD struct channel *channel_new(const struct channel_config *config,
                                      const char **why);

/* Free it: who waits for an answer is called with ARES_EDESTRUCTION.  NULL is
 * fine. */
void channel_free(struct channel *c);

/*
 * Ask for a name's addresses of a family, AF_INET or AF_INET6.  The name is
 * taken as it is: no search domain is tried.  cb may be called before this
 * returns.
 *
 * A server has 2 s, then 4, then 8; between the rounds the next server is
 * asked.  So a lost packet costs 2 s, as does a dead server before a live one,
 * and a name is given up after 14 s times the number of servers.
 */
void channel_ask(struct channel *c, const char *name, int family,
                 channel_cb *cb, void *ctx);

/* See who has waited for too long: to be called often while anything is asked
 * for.  on_work() is not called. */
void channel_tick(struct channel *c);

#endif /* CHANNEL_H */
