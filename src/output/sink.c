/*
 * How a write is kept from blocking.  O_NONBLOCK belongs to the open file
 * description, which standard output shares with the shell and its other
 * children; setting it there would break them.  So:
 *
 *     regular file, device   write(2), which does not wait for a reader
 *     pipe, terminal         opened again by way of /proc, which gives our own
 *                            description, and with it O_NONBLOCK
 *     socket                 send(2) with MSG_DONTWAIT, one call at a time
 *     what cannot be opened  poll(2), then no more than a pipe accepts for
 *     again                  sure when it is writable
 *
 * The last case may still block on a terminal that another user owns and that
 * is stopped: a terminal says that it has room, but not how much.
 *
 * A pipe accepts up to PIPE_BUF bytes whole or not at all, so a batch for a
 * pipe ends at the last line within that size: lines of ordinary length are
 * never cut, whoever else writes to the pipe and whenever we are killed.
 */
#include "output/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"

/* A larger buffer is freed once it is empty. */
#define KEEP_BYTES ((size_t)1024 * 1024)

/* Give up on a file system whose inode numbers keep changing. */
#define OPEN_TRIES 10

/* How it is written to, see above. */
enum way {
    WAY_PLAIN,
    WAY_NONBLOCK,
    WAY_SOCKET,
    WAY_POLL,
};

struct sink {
    int fd;      /* where the bytes go */
    bool is_own; /* fd must be closed by us */
    char *path;  /* as given, NULL: standard output */
    enum way way;
    bool is_pipe;    /* its reader may go away */
    bool is_regular; /* a regular file, which may be truncated */
    bool is_begun;   /* something was written to it */
    off_t end;       /* where the file ends if nobody else writes to it */
    struct buf out;  /* lines; the bytes before head are written */
    size_t head;
    size_t torn;             /* bytes written of the line at head; 0: none */
    enum sink_status status; /* SINK_OK until it is SINK_CLOSED or _FAILED */
};

/* Report why the output cannot be written: an errno, or another reason. */
static void
report(const char *path, const char *why)
{
    if (!path)
        diag_error("cannot write to standard output: %s", why);
    else
        diag_error("cannot write to '%s': %s", path, why);
}

/* Open standard output again for a description of our own.  Returns -1 if that
 * fails. */
static int
reopen_stdout(void)
{
    return open("/proc/self/fd/1",
                O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Choose how to write to s->fd.  Returns -1 and sets errno if it cannot be
 * written. */
static int
choose_way(struct sink *s)
{
    int flags = fcntl(s->fd, F_GETFL);
    struct stat st;
    int own;

    if (flags < 0 || fstat(s->fd, &st) != 0)
        return -1;
    if ((flags & O_ACCMODE) == O_RDONLY) {
        errno = EBADF;
        return -1;
    }
    s->is_regular = S_ISREG(st.st_mode);
    if (S_ISSOCK(st.st_mode)) {
        s->way = WAY_SOCKET;
        s->is_pipe = true;
        return 0;
    }
    s->is_pipe = S_ISFIFO(st.st_mode);
    if (!s->is_pipe && !(S_ISCHR(st.st_mode) && isatty(s->fd))) {
        s->way = WAY_PLAIN;
        return 0;
    }
    own = s->is_own ? s->fd : reopen_stdout();
    s->way = own < 0 ? WAY_POLL : WAY_NONBLOCK;
    if (own >= 0) {
        s->fd = own;
        s->is_own = true;
    }
    return 0;
}

/* Does its path still lead to s->fd? */
static bool
is_in_place(const struct sink *s)
{
    struct stat st;

    return fs_is_open_as(s->path, s->fd, &st);
}

/* Open s->path as s->fd and lock it.  Returns -1 and a reason if that fails. */
static int
open_locked(struct sink *s, const char **why)
{
    /* With O_NONBLOCK a pipe without a reader is an error instead of an
     * endless wait, and a write never blocks.  It has no effect on files. */
    int flags =
        O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

    s->fd = open(s->path, flags, 0666);
    if (s->fd < 0) {
        *why = errno == ENXIO ? "it has no reader" : strerror(errno);
        return -1;
    }
    s->is_own = true;
    /* Two runs on one file would mix their lines, and their indices. */
    if (fs_lock(s->fd) != 0 && errno == EWOULDBLOCK) {
        *why = "another run is writing to it";
        return -1;
    }
    return 0;
}

/* Open path as s->fd.  Returns -1 and a reason if that fails. */
static int
open_path(struct sink *s, const char *path, const char **why)
{
    s->path = xstrdup(path);
    for (int i = 0;; i++) {
        if (open_locked(s, why) != 0)
            return -1;
        /* Meanwhile a run with --resume may have replaced the file and unlocked
         * this one.  Lines in this one would be lost. */
        if (is_in_place(s) || i == OPEN_TRIES)
            return 0;
        close(s->fd);
        s->is_own = false;
    }
}

void
sink_set_fd(struct sink *s, int fd)
{
    if (s->is_own)
        close(s->fd);
    s->fd = fd;
    s->is_own = true;
}

bool
sink_is_file(const struct sink *s)
{
    return s->is_regular && s->path;
}

struct sink *
sink_new(const char *path)
{
    struct sink *s = xcalloc(1, sizeof(*s));
    const char *why = NULL;

    s->fd = STDOUT_FILENO;
    if (path && open_path(s, path, &why) != 0)
        goto fail;
    if (choose_way(s) != 0) {
        why = strerror(errno);
        goto fail;
    }
    return s;

fail:
    report(path, why);
    sink_free(s);
    return NULL;
}

void
sink_free(struct sink *s)
{
    if (!s)
        return;
    if (s->is_own)
        close(s->fd);
    buf_fini(&s->out);
    free(s->path);
    free(s);
}

size_t
sink_pending(const struct sink *s)
{
    return s->out.len - s->head;
}

int
sink_fd(const struct sink *s)
{
    return s->fd;
}

bool
sink_is_pipe(const struct sink *s)
{
    return s->is_pipe;
}

void
sink_put(struct sink *s, const char *line, size_t len)
{
    if (s->status != SINK_OK)
        return;
    /* Move the rest to the front only if that is cheap. */
    if (s->head > sink_pending(s)) {
        buf_consume(&s->out, s->head);
        s->head = 0;
    }
    buf_add(&s->out, line, len);
}

/* Drop pending lines, and the memory of a burst. */
static void
drop_pending(struct sink *s)
{
    buf_clear(&s->out);
    s->head = 0;
    if (s->out.cap > KEEP_BYTES)
        buf_fini(&s->out);
}

void
sink_take(struct sink *s, struct buf *line)
{
    struct buf old = s->out;

    if (s->status != SINK_OK || line->len <= KEEP_BYTES ||
        sink_pending(s) > 0) {
        sink_put(s, line->data, line->len);
        return;
    }
    s->out = *line;
    s->head = 0;
    *line = old;
    buf_clear(line);
}

/* Does our file, which has size bytes, end within a line? */
static bool
ends_torn(const struct sink *s, off_t size)
{
    int fd = open(s->path, O_RDONLY | O_CLOEXEC);
    char last = '\n';

    if (fd < 0)
        return false;
    if (pread(fd, &last, 1, size - 1) != 1)
        last = '\n';
    close(fd);
    return last != '\n';
}

/*
 * Note where the file ends before a batch.  The first batch to a file of our
 * own starts a new line if a killed run left an incomplete one.
 */
static void
find_end(struct sink *s)
{
    struct stat st;

    if (!s->is_regular || fstat(s->fd, &st) != 0)
        return;
    s->end = st.st_size;
    if (s->path && !s->is_begun && s->end > 0 && ends_torn(s, s->end)) {
        while (write(s->fd, "\n", 1) < 0 && errno == EINTR)
            continue;
        s->end++;
    }
    s->is_begun = true;
}

/* How much of the pending bytes the next write gets. */
static size_t
batch_len(const struct sink *s)
{
    const char *start = s->out.data + s->head;
    size_t len = sink_pending(s);
    const char *newline;

    if (s->way == WAY_PLAIN || !s->is_pipe || len <= PIPE_BUF)
        return len;
    newline = memrchr(start, '\n', PIPE_BUF);
    if (!newline) {
        if (s->way == WAY_POLL)
            return PIPE_BUF;
        newline = memchr(start, '\n', len);
    }
    return newline ? (size_t)(newline + 1 - start) : len;
}

/* Can fd be written to without waiting?  The write itself finds errors. */
static bool
is_writable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};

    return poll(&p, 1, 0) != 0;
}

/* Write up to len bytes.  Returns the number written, or -1 and sets errno. */
static ssize_t
write_some(struct sink *s, const char *start, size_t len)
{
    switch (s->way) {
    case WAY_SOCKET:
        return send(s->fd, start, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    case WAY_POLL:
        if (!is_writable(s->fd)) {
            errno = EAGAIN;
            return -1;
        }
        return write(s->fd, start, len < PIPE_BUF ? len : PIPE_BUF);
    default:
        return write(s->fd, start, len);
    }
}

/* Write one batch.  Another thread that runs out of memory must not interrupt
 * it. */
static ssize_t
write_batch(struct sink *s)
{
    size_t len = batch_len(s);
    ssize_t n;
    int err;

    alloc_hold_exit();
    n = write_some(s, s->out.data + s->head, len);
    err = errno;
    alloc_release_exit();
    errno = err;
    return n;
}

/* n bytes were written. */
static void
note_written(struct sink *s, size_t n)
{
    const char *start = s->out.data + s->head;
    const char *newline = memrchr(start, '\n', n);

    if (newline)
        s->torn = (size_t)(start + n - (newline + 1));
    else
        s->torn += n;
    s->head += n;
    s->end += (off_t)n;
}

/*
 * Remove the incomplete line that a full disk left in a file, but only if the
 * file ends where we expect: otherwise another process has written behind it.
 * Standard output goes back, too: what others write there would leave a gap.
 */
static void
cut_torn_line(struct sink *s)
{
    off_t whole = s->end - (off_t)s->torn;
    struct stat st;

    if (!s->is_regular || s->torn == 0)
        return;
    if (fstat(s->fd, &st) == 0 && st.st_size == s->end &&
        ftruncate(s->fd, whole) == 0) {
        (void)lseek(s->fd, whole, SEEK_SET);
        s->end = whole;
        s->torn = 0;
    }
}

/* Handle the errno of a failed write. */
static enum sink_status
after_error(struct sink *s, int err)
{
    bool is_gone = err == EPIPE;

    if (err == EAGAIN || err == EWOULDBLOCK)
        return SINK_WAIT;
    /* A peer that resets the connection, or a terminal that hangs up. */
    if (s->way == WAY_SOCKET)
        is_gone = is_gone || err == ECONNRESET;
    else if (s->way != WAY_PLAIN && !s->is_pipe)
        is_gone = is_gone || err == EIO;

    s->status = is_gone ? SINK_CLOSED : SINK_FAILED;
    if (!is_gone)
        report(s->path, strerror(err));
    cut_torn_line(s);
    drop_pending(s);
    return s->status;
}

void
sink_set_closed(struct sink *s)
{
    if (s->status != SINK_OK)
        return;
    s->status = SINK_CLOSED;
    drop_pending(s);
}

enum sink_status
sink_flush(struct sink *s)
{
    if (s->status != SINK_OK)
        return s->status;
    if (sink_pending(s) > 0)
        find_end(s);
    while (sink_pending(s) > 0) {
        ssize_t n = write_batch(s);

        if (n >= 0)
            note_written(s, (size_t)n);
        else if (errno != EINTR)
            return after_error(s, errno);
    }
    drop_pending(s);
    return SINK_OK;
}

enum sink_status
sink_close(struct sink *s)
{
    /* Standard output stays open, so that nothing else gets its number.
     * Closing a duplicate also reports late errors. */
    int fd = s->is_own ? s->fd : dup(s->fd);

    s->is_own = false;
    s->fd = -1;
    drop_pending(s);
    if (fd >= 0 && close(fd) != 0 && errno != EINTR && s->status == SINK_OK) {
        report(s->path, strerror(errno));
        s->status = SINK_FAILED;
    }
    return s->status;
}
