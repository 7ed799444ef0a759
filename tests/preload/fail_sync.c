/*
 * fail_sync.c - to be preloaded: a disk that is full, which is told late, as by
 * NFS.
 */
#include <errno.h>
#include <unistd.h>

int
fsync(int fd)
{
    (void)fd;
    errno = EDQUOT;
    return -1;
}
