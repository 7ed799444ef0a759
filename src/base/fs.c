#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* More descriptors than any run has use for. */
#define MAX_FILES ((size_t)1 << 20)

/* How long another process's lock is waited for. */
#define LOCK_TRIES    20
#define LOCK_PAUSE_MS 50

int
fs_open_std(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        int mode = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        /* The lowest free number is fd: all below it are open by now. */
        if (open("/dev/null", mode) < 0)
            return -1;
    }
    return 0;
}

ssize_t
fs_pread(int fd, void *data, size_t len, off_t at)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n =
            pread(fd, (char *)data + done, len - done, at + (off_t)done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

int
fs_write_all(int fd, const void *data, size_t len)
{
    struct iovec piece = {(void *)(uintptr_t)data, len};

    return fs_writev_all(fd, &piece, 1);
}

/* Can fd be written to within wait_ms?  The write itself finds errors. */
static bool
is_ready(int fd, int wait_ms)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    int n;

    do
        n = poll(&p, 1, wait_ms);
    while (n < 0 && errno == EINTR);
    return n != 0;
}

int
fs_write_to_reader(int fd, const void *data, size_t len, int wait_ms)
{
    const char *at = data;
    struct stat st;
    bool is_small =
        fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode));
    /* A pipe that is ready takes PIPE_BUF bytes without waiting; a socket has
     * room for any message then. */
    size_t most = is_small ? PIPE_BUF : len;

    while (len > 0) {
        ssize_t n;

        if (!is_ready(fd, wait_ms)) {
            errno = ETIMEDOUT;
            return -1;
        }
        n = write(fd, at, len < most ? len : most);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return -1;
        if (n > 0) {
            at += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

int
fs_writev_all(int fd, struct iovec *pieces, size_t n)
{
    size_t at = 0;

    while (at < n) {
        ssize_t done = writev(fd, pieces + at, (int)(n - at));

        if (done < 0 && errno == EAGAIN) {
            /* Another process has made the descriptor non-blocking. */
            (void)is_ready(fd, -1);
        } else if (done < 0 && errno != EINTR) {
            return -1;
        }
        while (at < n && done >= (ssize_t)pieces[at].iov_len) {
            done -= (ssize_t)pieces[at].iov_len;
            pieces[at++].iov_len = 0;
        }
        if (at < n && done > 0) {
            pieces[at].iov_base = (char *)pieces[at].iov_base + done;
            pieces[at].iov_len -= (size_t)done;
        }
    }
    return 0;
}

int
fs_lock(int fd)
{
    static const struct timespec pause = {.tv_nsec = LOCK_PAUSE_MS * 1000000};
    struct stat st;
    int ret = -1;

    if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
        return 0;
    for (int i = 0; i < LOCK_TRIES; i++) {
        ret = flock(fd, LOCK_EX | LOCK_NB);
        if (ret == 0 || errno != EWOULDBLOCK)
            break;
        nanosleep(&pause, NULL);
        errno = EWOULDBLOCK;
    }
    return ret;
}

int
fs_put_in_place(const char *file, const char *target)
{
    int err;

    if (rename(file, target) == 0)
        return 0;
    err = errno;
    (void)unlink(file);
    errno = err;
    return -1;
}

bool
fs_is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool
fs_is_open_as(const char *path, int fd, struct stat *st)
{
    struct stat open;

    return stat(path, st) == 0 && fstat(fd, &open) == 0 &&
           fs_is_same(st, &open);
}

bool
fs_is_unchanged(const struct stat *a, const struct stat *b)
{
    return fs_is_same(a, b) && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

size_t
fs_raise_nofile(void)
{
    struct rlimit limit;
    rlim_t soft;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    soft = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
        soft = limit.rlim_max;
    return soft < MAX_FILES ? (size_t)soft : MAX_FILES;
}

bool
fs_can_open_two(void)
{
    int first = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int second = first >= 0 ? dup(first) : -1;

    if (first >= 0)
        (void)close(first);
    if (second >= 0)
        (void)close(second);
    return second >= 0;
}
