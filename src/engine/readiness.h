/*
 * readiness.h - spares libcurl system calls whose result is known.
 *
 * libcurl polls a socket before it reads what the event loop has announced. The
 * program therefore has its own poll(), as it has its own recv()
 * (allowance.h).  A wrong answer does no harm: reading tells whether there is
 * something.
 *
 * The knowledge holds for one call of libcurl, in the thread that makes it.
 * Other calls and other threads are not affected.
 */
#ifndef READINESS_H
#define READINESS_H

#include <sys/types.h>

#include "base/base.h"

/* A call of libcurl begins or is over: nothing is known. */
void readiness_forget(void);

/* The loop has announced that this socket can be read. */
void readiness_note_readable(int fd);

/* recv() was called for it with room for `room` bytes and returned n; if that
 * is -1, errno is still set. */
void readiness_note_read(int fd, ssize_t n, size_t room);

/* Has the loop announced it for this call? */
bool readiness_is_readable(int fd);

/* Has libcurl just polled the socket, and found nothing to read? */
bool readiness_is_quiet(int fd);

#endif /* READINESS_H */
