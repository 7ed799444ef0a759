/*
 * channel.h - c-ares on the control loop: its sockets watched, its servers
 * chosen.
 *
 * What is asked here goes to the servers each time; resolver.h is for names.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include "base/base.h"

struct ares_addrinfo;
struct channel;
struct ev_loop;

struct channel_config {
    struct ev_loop *loop;
    const char *servers; /* "192.0.2.1:53,[2001:db8::1]", NULL: the system's */
    void (*on_work)(void *ctx); /* from the loop: c-ares has worked and may
                                   be called again */
    void *ctx;                  /* on_work's */
};

/*
 * The answer to a question: a status of c-ares and, where that is
 * ARES_SUCCESS, addresses that are the callee's, to be freed by
 * ares_freeaddrinfo().  c-ares may be in the middle of its work, so nothing
 * may be asked from here.
 */
typedef void channel_cb(void *ctx, int ares_status, int ntimeouts,
                        struct ares_addrinfo *ai);

/* NULL where the servers can't be used; the reason is then in *why. */
NODISCARD struct channel *channel_new(const struct channel_config *config,
                                      const char **why);

/* Free it: who waits for an answer is called with ARES_EDESTRUCTION.  NULL is
 * fine. */
void channel_free(struct channel *c);

/*
 * Ask for a name's addresses, family AF_INET, AF_INET6 or AF_UNSPEC for both.
 * cb is called once, before this returns where it fails at once.
 *
 * A server has 2 s, then 4, then 8; between the rounds the next server is
 * asked.  So a lost packet costs 2 s, as does a dead server before a live one,
 * and a name is given up after 14 s times the number of servers.  There is an
 * answer when there is one of both families: until then (1.18) or for 2 s
 * (newer ones) a server that ignores one of the questions keeps us waiting.
 */
void channel_ask(struct channel *c, const char *name, int family,
                 channel_cb *cb, void *ctx);

/* See who has waited for too long: to be called often while anything is asked
 * for.  on_work() is not called. */
void channel_tick(struct channel *c);

#endif /* CHANNEL_H */
