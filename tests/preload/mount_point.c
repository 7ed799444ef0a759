/*
 * mount_point.c - to be preloaded: each file that is there is a mount point, as
 * files of containers are, so no other file can be renamed to it.
 */
#include <errno.h>
#include <stdio.h>

int
rename(const char *from, const char *to)
{
    (void)from, (void)to;
    errno = EBUSY;
    return -1;
}
