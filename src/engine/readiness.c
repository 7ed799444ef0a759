#include "engine/readiness.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <time.h>

#include "engine/allowance.h"

/* Descriptors; -1: none. */
static _Thread_local struct {
    int readable; /* the loop has announced it */
    int unread;   /* the same, until libcurl polls or reads it */
    int empty;    /* recv() has found nothing more behind what it read */
    int quiet;    /* poll() has found nothing */
} mine = {-1, -1, -1, -1};

void
readiness_forget(void)
{
    mine.readable = mine.unread = mine.empty = mine.quiet = -1;
}

void
readiness_note_readable(int fd)
{
    mine.readable = mine.unread = fd;
    allowance_note_readable(fd);
}

void
readiness_note_read(int fd, ssize_t n, size_t room)
{
    if (mine.unread == fd)
        mine.unread = -1;
    if ((n < 0 && errno == EAGAIN) || (n > 0 && (size_t)n < room))
        mine.empty = fd;
    else if (mine.empty == fd)
        mine.empty = -1;
}

bool
readiness_is_readable(int fd)
{
    return mine.readable == fd;
}

bool
readiness_is_quiet(int fd)
{
    return mine.quiet == fd;
}

/* Is it asked for input alone? */
static bool
is_for_input(const struct pollfd *p)
{
    return (p->events & (POLLIN | POLLOUT)) == POLLIN;
}

/* poll() for one socket, without waiting. */
static int
look(struct pollfd *p)
{
    const struct timespec now = {0};
    int n;

    p->revents = 0;
    if (is_for_input(p)) {
        if (p->fd == mine.empty || allowance_is_awaited(p->fd))
            return 0;
        if (p->fd == mine.unread) {
            mine.unread = -1;
            p->revents = p->events & (POLLIN | POLLRDNORM);
            return 1;
        }
    }
    n = ppoll(p, 1, &now, NULL);
    if (is_for_input(p) && n == 0)
        mine.quiet = p->fd;
    else if (n > 0)
        allowance_note_readable(p->fd);
    return n;
}

/* Replaces libc's poll().  The header's declaration would say that the entries
 * are only written. */
int our_poll(struct pollfd *fds, nfds_t nfds, int timeout) __asm__("poll");

__attribute__((visibility("default"), used)) int
our_poll(struct pollfd *fds, nfds_t nfds, int timeout)
{
    struct timespec ts = {timeout / 1000, timeout % 1000 * 1000000L};

    if (nfds == 1 && timeout == 0)
        return look(fds);
    return ppoll(fds, nfds, timeout < 0 ? NULL : &ts, NULL);
}
