/*
 * allowance.h - how many bytes libcurl may read before it has to come back.
 *
 * libcurl reads a connection until nothing is left to read, within one call.  A
 * server that sends HTTP/2 frames that concern no transfer (PRIORITY,
 * WINDOW_UPDATE, unknown ones), or a million tiny chunks, faster than they are
 * dealt with would hold the thread for as long as it likes: time-outs and all
 * other transfers of the thread wait.  libcurl has no option against that, and
 * no callback is called meanwhile.
 *
 * So the program has a recv() of its own, which the dynamic linker gives to
 * libcurl instead of libc's.  When the allowance of a call is used up it says
 * EAGAIN; the socket stays readable, and libcurl gets the rest in another turn.
 * Threads that set no allowance, and sockets that are asked with flags, read as
 * ever.
 */
#ifndef ALLOWANCE_H
#define ALLOWANCE_H

#include "base/base.h"

/* A new turn of this thread's loop begins. */
void allowance_begin_turn(void);

/* A bound on what may be read from a descriptor (--limit-rate). */
struct allowance_bound {
    /* How many bytes may be read now; 0: none, and it is told elsewhere when.
     */
    size_t (*allow)(void *ctx, int fd);
    /* So many were read. */
    void (*note)(void *ctx, int fd, size_t n);
    void *ctx;
};

/* libcurl is about to be called.  NULL: there is no bound. */
void allowance_begin_call(const struct allowance_bound *bound);

/* The bytes that were read since then. */
size_t allowance_used(void);

#endif /* ALLOWANCE_H */
