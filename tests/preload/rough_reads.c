/*
 * rough_reads.c - to be preloaded: a disk whose pread() gives a byte at a time
 * (READ_SHORT), or an error beyond an offset (READ_FAILS=OFFSET).
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

typedef ssize_t pread_function(int, void *, size_t, off_t);

ssize_t __pread_chk(int fd, void *data, size_t len, off_t at, size_t room);

ssize_t
pread(int fd, void *data, size_t len, off_t at)
{
    static pread_function *found;
    const char *fails = getenv("READ_FAILS");

    if (!found)
        found = (pread_function *)dlsym(RTLD_NEXT, "pread");
    if (fails && at + (off_t)len > atoll(fails)) {
        errno = EIO;
        return -1;
    }
    return found(fd, data, getenv("READ_SHORT") && len > 1 ? 1 : len, at);
}

ssize_t
__pread_chk(int fd, void *data, size_t len, off_t at, size_t room)
{
    (void)room;
    return pread(fd, data, len, at);
}
