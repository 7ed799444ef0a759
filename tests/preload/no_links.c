/*
 * no_links.c - to be preloaded: a file system that renames only with
 * overwriting, and that has no hard links, such as s3fs.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef long syscall_function(long, ...);

long
syscall(long number, ...)
{
    static syscall_function *found;
    long a[6];
    va_list args;

    if (number == SYS_renameat2) {
        errno = EINVAL;
        return -1;
    }
    va_start(args, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, long);
    va_end(args);
    if (!found)
        found = (syscall_function *)dlsym(RTLD_NEXT, "syscall");
    return found(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int
linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    (void)from_dir, (void)from, (void)to_dir, (void)to, (void)flags;
    errno = EPERM;
    return -1;
}
