/*
 * hold_copy.c - to be preloaded: a slow disk.
 *
 * copy_file_range() makes a file "held" in the current folder, and copies
 * nothing before there is a file "go".
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#define LOOK_US 10000

typedef ssize_t copy_function(int, off_t *, int, off_t *, size_t, unsigned);

ssize_t
copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t len,
                unsigned flags)
{
    static copy_function *found;

    close(open("held", O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
    while (access("go", F_OK) != 0)
        usleep(LOOK_US);
    if (!found)
        found = (copy_function *)dlsym(RTLD_NEXT, "copy_file_range");
    return found(from, from_at, to, to_at, len, flags);
}
