/*
 * sink.h - writes result lines in batches, whole, without losing any.
 *
 * Lines are collected in a buffer and written in batches that end at the end
 * of a line where possible.  A full pipe, socket or terminal never blocks the
 * control thread: sink_flush() returns SINK_WAIT, and the caller waits until
 * sink_fd() is writable.
 */
#ifndef SINK_H
#define SINK_H

#include "base/base.h"

struct buf;
struct sink;

enum sink_status {
    SINK_OK,     /* nothing is left to write */
    SINK_WAIT,   /* the reader is slow: wait until sink_fd() is writable */
    SINK_CLOSED, /* the reader is gone (EPIPE) */
    SINK_FAILED, /* a write failed; it was reported */
};

/*
 * path NULL: standard output, else a file that is created or appended to; it
 * may also be a device, or a pipe with a reader.  SIGPIPE and SIGXFSZ must be
 * ignored.  Returns NULL if it cannot be opened or written, which was
 * reported.
 */
NODISCARD struct sink *sink_new(const char *path);

/* Free it; lines that were not flushed are lost.  NULL is fine. */
void sink_free(struct sink *s);

/* Add a whole line, which ends in a newline.  It is copied. */
void sink_put(struct sink *s, const char *line, size_t len);

/* Add a whole line, without a copy if it is large and has nothing before it.
 * The sink may take its memory: line is empty afterwards. */
void sink_take(struct sink *s, struct buf *line);

/* Write what can be written now.  After SINK_CLOSED or SINK_FAILED all that
 * comes is dropped and the status stays. */
NODISCARD enum sink_status sink_flush(struct sink *s);

/*
 * Close the output and report late errors (NFS, quotas).  Pending lines are
 * dropped, so flush first.  Returns SINK_OK, or the earlier SINK_CLOSED or
 * SINK_FAILED.  Only sink_free() may follow.
 */
NODISCARD enum sink_status sink_close(struct sink *s);

/* The reader is gone: act as after a write that failed with EPIPE. */
void sink_set_closed(struct sink *s);

/* Continue in another regular file that replaces the first one; takes fd. */
void sink_set_fd(struct sink *s, int fd);

bool sink_is_file(const struct sink *s); /* a regular file, of -o */
int sink_fd(const struct sink *s);
bool sink_is_pipe(const struct sink *s);   /* its reader may go away */
size_t sink_pending(const struct sink *s); /* bytes not written yet */

#endif /* SINK_H */
