/*
 * fs.h - files and descriptors.
 */
#ifndef FS_H
#define FS_H

#include "base/base.h"

/*
 * Where an fd from 0 to 2 is closed, open /dev/null there, so that no file
 * or socket gets its number.  It is open the wrong way round: reading stdin
 * and writing stdout fail with EBADF as they would have, and no result is
 * thrown away in silence.  -1 and errno.
 */
NODISCARD int fs_open_std(void);

/* Write all of it, waiting where that takes a while.  -1 and errno. */
NODISCARD int fs_write_all(int fd, const void *data, size_t len);

struct iovec;

/* The same of n pieces, which are used up: their lengths become 0. */
NODISCARD int fs_writev_all(int fd, struct iovec *pieces, size_t n);

/*
 * Lock a file for this process, waiting a moment: one whose process was just
 * killed stays locked until that is gone.  What is no regular file, such as
 * /dev/null, is everybody's and not locked.  -1 and errno,
 * EWOULDBLOCK where another process has the lock.
 */
NODISCARD int fs_lock(int fd);

/* Rename a finished file over target; where that fails it is removed.  -1 and
 * errno. */
NODISCARD int fs_put_in_place(const char *file, const char *target);

struct stat;

/* Are both of one file? */
bool fs_is_same(const struct stat *a, const struct stat *b);

/* And has it not been written to in between, as far as size and time tell? */
bool fs_is_unchanged(const struct stat *a, const struct stat *b);

/*
 * Raise the soft limit of open files to the hard one.
 * Returns how many descriptors this process may have open.
 */
size_t fs_raise_nofile(void);

#endif /* FS_H */
