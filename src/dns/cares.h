/*
 * cares.h - a channel of c-ares on the control loop: its options, and its
 * sockets, which it watches.
 */
#ifndef CARES_H
#define CARES_H

#include "base/base.h"
#include "base/list.h"

struct ares_channeldata;
struct ev_loop;

/* How long a server has for its first answer over UDP. */
#define CARES_FIRST_TIMEOUT_MS 2000

/* Set the first three, zero the rest.  Its address must stay the same. */
struct cares {
    struct ev_loop *loop;
    /* Called from the loop when c-ares has worked.  May close it. */
    void (*on_work)(void *ctx);
    void *ctx;
    struct ares_channeldata *ares; /* an ares_channel; NULL: not open */
    struct list socks;             /* its sockets */
};

/*
 * Open it with the system's servers, for questions over UDP or over TCP.
 * Answers are not cached, truncated ones are passed on.
 *
 * more_flags  ARES_FLAG_...
 * returns     NULL, or what is wrong; close it then, too
 */
NODISCARD const char *cares_open(struct cares *c, bool is_udp, int more_flags);

/* Runs the callbacks of open questions.  Does nothing if it is not open. */
void cares_close(struct cares *c);

#endif /* CARES_H */
