#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"

/* Write all of it and close; -1 and errno. */
static int
write_and_close(int fd, const struct buf *text)
{
    int ret = fs_write_all(fd, text->data, text->len), err = errno;

    if (close(fd) != 0 && ret == 0)
        return -1;
    errno = err;
    return ret;
}

/* Make a new file beside path and append its name to name, with a NUL.
 * Returns its descriptor, or -1 and errno. */
static int
make_beside(const char *path, struct buf *name)
{
    buf_printf(name, "%s.XXXXXX", path);
    buf_addc(name, '\0');
    return mkostemp(name->data, O_CLOEXEC);
}

/* Remove a file without changing errno. */
static void
take_away(const char *path)
{
    int err = errno;

    (void)unlink(path);
    errno = err;
}

/* A regular file that is there; st is its. */
static int
replace(const char *path, const struct stat *st, const struct buf *text)
{
    char *target = realpath(path, NULL); /* a symbolic link stays one */
    struct buf name = BUF_INIT;
    int fd, ret = -1;

    if (!target)
        return -1;
    fd = make_beside(target, &name);
    if (fd >= 0) {
        /* Without permission to change the owner, the file is ours. */
        (void)!fchown(fd, st->st_uid, st->st_gid);
        (void)!fchmod(fd, st->st_mode & 07777);
        ret = write_and_close(fd, text);
        if (ret == 0)
            ret = fs_put_in_place(name.data, target);
        else
            take_away(name.data);
    }
    buf_fini(&name);
    free(target);
    return ret;
}

int
replace_file(const char *path, mode_t mode, const struct buf *text)
{
    struct stat st;
    bool is_new = stat(path, &st) != 0;
    int fd, ret;

    /* O_NONBLOCK: a pipe without a reader is an error and no endless wait. */
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
              mode);
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return write_and_close(fd, text);
    close(fd);
    ret = replace(path, &st, text);
    if (ret != 0 && is_new)
        take_away(path);
    return ret;
}

int
replace_or_overwrite(const char *path, mode_t mode, const struct buf *text)
{
    int fd, ret = replace_file(path, mode, text);

    if (ret == 0 || (errno != EACCES && errno != EPERM && errno != EBUSY))
        return ret;
    fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    return fd < 0 ? -1 : write_and_close(fd, text);
}

int
replace_check(const char *path)
{
    struct buf name = BUF_INIT;
    struct stat st;
    bool is_there = stat(path, &st) == 0;
    int fd;

    if (is_there && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return -1;
    if (is_there && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (is_there && !S_ISREG(st.st_mode))
        return 0;
    fd = make_beside(path, &name);
    if (fd >= 0) {
        take_away(name.data);
        close(fd);
    }
    buf_fini(&name);
    return fd >= 0 ? 0 : -1;
}
