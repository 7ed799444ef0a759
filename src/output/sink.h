/*
 * sink.h - result lines on their way out: batched, whole, never lost.
 *
 * Lines gather in a buffer and leave in batches, each write(2) ending at the
 * end of a line where the reader can take it.  A pipe, socket or terminal
 * that is full never blocks the control thread: sink_flush() then says so,
 * and the caller waits for sink_fd() to become writable.
 */
#ifndef SINK_H
#define SINK_H

#include "base/base.h"

struct buf;
struct sink;

enum sink_status {
    SINK_OK,     /* nothing is left to write */
    SINK_WAIT,   /* the reader is slow: wait until sink_fd() can be written */
    SINK_CLOSED, /* the reader is gone (EPIPE) */
    SINK_FAILED, /* a write failed; it was reported */
};

/*
 * path NULL: standard output, else a file that is made or appended to.  It
 * may be a device or a pipe that has a reader, too.  SIGPIPE and SIGXFSZ must
 * be ignored.
 * NULL where it can't be opened or written to, which was reported.
 */
NODISCARD struct sink *sink_new(const char *path);

/* Free it; what was not flushed is lost.  NULL is fine. */
void sink_free(struct sink *s);

/* Add a whole line, which ends in a newline.  It is copied. */
void sink_put(struct sink *s, const char *line, size_t len);

/* The same, but a large line is not copied where nothing is before it: the sink
 * takes its memory, and the buffer is another one, empty. */
void sink_take(struct sink *s, struct buf *line);

/* Write what can be written now.  After SINK_CLOSED or SINK_FAILED all that
 * comes is dropped and the status stays. */
NODISCARD enum sink_status sink_flush(struct sink *s);

/*
 * Close: late errors (NFS, quotas) count.  What is pending is dropped, so it
 * comes after a flush.  SINK_OK, or the status that stays: SINK_CLOSED or
 * SINK_FAILED.  Nothing but sink_free() may follow.
 */
NODISCARD enum sink_status sink_close(struct sink *s);

/* The reader was seen to be gone: as if a write had failed with EPIPE. */
void sink_set_closed(struct sink *s);

/* Go on in another regular file in the first one's place; takes fd. */
void sink_set_fd(struct sink *s, int fd);

bool sink_is_file(const struct sink *s); /* a regular file, of -o */
int sink_fd(const struct sink *s);
bool sink_is_pipe(const struct sink *s);   /* its reader can go away */
size_t sink_pending(const struct sink *s); /* bytes not written yet */

#endif /* SINK_H */
