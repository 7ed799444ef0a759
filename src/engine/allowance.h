/*
 * allowance.h - limits how many bytes libcurl may read in one call.
 *
 * In one call libcurl reads a connection until nothing is left.  A server that
 * sends irrelevant HTTP/2 frames (PRIORITY, WINDOW_UPDATE, unknown ones) or a
 * million tiny chunks faster than they are processed could occupy the thread
 * indefinitely, so that time-outs and all other transfers of the thread wait.
 * libcurl has no option against that and calls no callback meanwhile.
 *
 * The program therefore has its own recv(), which the dynamic linker gives to
 * libcurl instead of libc's.  When the allowance of a call is used up it
 * returns EAGAIN; the socket stays readable, and libcurl reads the rest in
 * another turn.  Threads without an allowance, and calls with flags, are not
 * affected.  What is read is counted by connection, datagrams too.
 *
 * The program's own send() charges the allowance, too, since TLS and HTTP/2
 * answer some of what they read while they read it.
 *
 * If the peer has ended the connection, send() reports success.  Otherwise
 * libcurl would give up all transfers of the connection at once, even those
 * whose answers, or a GOAWAY, are still to be read.  So libcurl reads these
 * first and learns of the end by reading.
 */
#ifndef ALLOWANCE_H
#define ALLOWANCE_H

#include "base/base.h"

/* A new turn of this thread's loop begins. */
void allowance_begin_turn(void);

/* A bound on what may be read from a descriptor (--limit-rate). */
struct allowance_bound {
    /* How many bytes may be read now; 0: none, and slow.c waits until
     * some may be. */
    size_t (*allow)(void *ctx, int fd);
    /* n bytes were read. */
    void (*note)(void *ctx, int fd, size_t n);
    void *ctx;
};

/* The marks of a descriptor are a set of these facts about its connection. */

/* Bytes could not be sent.  When nothing more can be read, recv() reports an
 * error, so that the end is not taken for the end of a body. */
#define MARK_BROKEN 1
/* Its requests are streams, each of which tells its own end, so recv() may
 * report an end without an error: see libcurl_forgets_streams(). */
#define MARK_STREAMS 2
/* The peer reset the connection, and not each of its streams learns of it from
 * libcurl. */
#define MARK_RESET 4
/* send() was called, with or without success. */
#define MARK_SENT 8
/* TLS has ended, in order or by an error: nothing that comes can be read. */
#define MARK_TLS_OVER 16
/* HTTP/3: the connection takes no more requests. */
#define MARK_LEAVING 32
/*
 * Since the event loop has last announced something to be read, recv() has
 * found nothing more (MARK_EMPTY), or something was sent (both).  recv() then
 * returns EAGAIN without a look, since libcurl waits for the loop after that.
 * poll() does so for MARK_AWAITED alone: it is also asked whether a kept
 * connection is quiet, which may have changed since recv().
 */
#define MARK_EMPTY   64
#define MARK_AWAITED 128

/* The bytes read from each descriptor below n, and its marks.  One call of
 * libcurl may read several descriptors. */
struct allowance_counts {
    size_t *by_fd;
    size_t n;
    uint8_t *marks; /* MARK_..., by descriptor; 0 for a new connection */
};

/* Something is there to be read: take MARK_EMPTY away. */
void allowance_note_readable(int fd);

/* Is it marked MARK_AWAITED? */
bool allowance_is_awaited(int fd);

/* The descriptor that this thread has read last. */
int allowance_last_read(void);

/* TLS over a descriptor has ended: mark it. */
void allowance_note_tls_over(int fd);

/* The descriptor that was read last takes no more requests: mark it. */
void allowance_note_leaving(void);

/* Does that descriptor take no more requests? */
bool allowance_is_leaving(int fd);

/* Was allowance_note_tls_over() called in this thread since the last call? */
bool allowance_take_tls_over(void);

/* What was read costs as much as n bytes more. */
void allowance_charge(size_t n);

/* libcurl is about to be called.  NULL: there is no bound. */
void allowance_begin_call(const struct allowance_bound *bound,
                          const struct allowance_counts *counts);

#endif /* ALLOWANCE_H */
