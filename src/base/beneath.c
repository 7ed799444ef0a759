#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/openat2.h>

#include "base/alloc.h"
#include "base/buf.h"

#define FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

struct beneath {
    int fd;
    char *real;  /* the folder's path without links */
    char *given; /* absolute, as it was given */
};

/* A path made absolute, as text. */
static char *
absolute(const char *path)
{
    struct buf out = BUF_INIT;
    char *cwd = *path == '/' ? NULL : getcwd(NULL, 0);

    if (cwd)
        buf_printf(&out, "%s/", strcmp(cwd, "/") == 0 ? "" : cwd);
    buf_addstr(&out, path);
    while (out.len > 1 && out.data[out.len - 1] == '/')
        out.len--;
    buf_addc(&out, '\0');
    free(cwd);
    return out.data;
}

struct beneath *
beneath_new(const char *dir)
{
    char *real = realpath(dir, NULL);
    struct beneath *b;
    int fd;

    if (!real)
        return NULL;
    fd = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        free(real);
        return NULL;
    }
    b = xcalloc(1, sizeof(*b));
    b->fd = fd;
    b->real = real;
    b->given = absolute(dir);
    return b;
}

void
beneath_free(struct beneath *b)
{
    if (!b)
        return;
    close(b->fd);
    free(b->real);
    free(b->given);
    free(b);
}

/*
 * The part of an absolute path below dir, or NULL if the path is not below it.
 */
static const char *
path_below(const char *path, const char *dir)
{
    size_t len = strcmp(dir, "/") == 0 ? 0 : strlen(dir);

    if (strncmp(path, dir, len) != 0 || path[len] != '/')
        return NULL;
    path += len;
    return path + strspn(path, "/");
}

/*
 * Linux < 5.6 and some system call filters have no openat2().  Open the file
 * with O_PATH, which does not touch it, and ask the kernel where it is.
 */
static int
open_and_ask(const struct beneath *b, const char *path)
{
    char link[64], *real;
    int fd = openat(b->fd, path, O_PATH | O_CLOEXEC), opened = -1, err;

    if (fd < 0)
        return -1;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    real = realpath(link, NULL);
    errno = EXDEV;
    if (real && path_below(real, b->real))
        opened = open(link, FLAGS);
    err = errno;
    free(real);
    close(fd);
    errno = err;
    return opened;
}

static int
open_relative(const struct beneath *b, const char *path)
{
    struct open_how how = {
        .flags = FLAGS,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long fd = syscall(SYS_openat2, b->fd, path, &how, sizeof(how));

    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        return open_and_ask(b, path);
    return (int)fd;
}

static int
open_absolute(const struct beneath *b, const char *path)
{
    const char *rest = path_below(path, b->given);

    if (!rest)
        rest = path_below(path, b->real);
    if (!rest) {
        errno = EXDEV;
        return -1;
    }
    return open_relative(b, rest);
}

int
beneath_open(const struct beneath *b, const char *path)
{
    char *full;
    int fd, err;

    if (*path == '/')
        return open_absolute(b, path);
    fd = open_relative(b, path);
    if (fd >= 0 || errno != ENOENT)
        return fd;
    full = absolute(path);
    fd = open_absolute(b, full);
    /*
     * The file is missing.  Report that rather than that it would be outside.
     */
    err = fd < 0 && errno == EXDEV ? ENOENT : errno;
    free(full);
    errno = err;
    return fd;
}
