/*
 * fs.h - files and descriptors.
 */
#ifndef FS_H
#define FS_H

#include "base/base.h"

#include <sys/types.h>

/*
 * Open /dev/null on each closed descriptor from 0 to 2, so that no file or
 * socket gets that number.  It is opened in the wrong direction: reading stdin
 * and writing stdout fail with EBADF as before, and no result is silently
 * lost.  Returns -1 and sets errno.
 */
NODISCARD int fs_open_std(void);

/* Read len bytes at an offset, or fewer if the file ends there: some file
 * systems return less than there is.  Returns -1 and sets errno. */
NODISCARD ssize_t fs_pread(int fd, void *data, size_t len, off_t at);

struct iovec;

/* Write all of data, or of n pieces, whose lengths become 0.  Waits if the
 * descriptor blocks.  Returns -1 and sets errno. */
NODISCARD int fs_write_all(int fd, const void *data, size_t len);
NODISCARD int fs_writev_all(int fd, struct iovec *pieces, size_t n);

/* Write all of data, but fail with ETIMEDOUT once the reader of a pipe, socket
 * or terminal has taken nothing for wait_ms. */
NODISCARD int fs_write_to_reader(int fd, const void *data, size_t len,
                                 int wait_ms);

/*
 * Lock a file for this process.  Waits a moment, since a process that was just
 * killed keeps its locks until it is gone.  Only regular files are locked.
 * Returns -1 and sets errno: EWOULDBLOCK if another process has the lock.
 */
NODISCARD int fs_lock(int fd);

/* Rename a finished file over target.  If that fails, remove the file, set
 * errno and return -1. */
NODISCARD int fs_put_in_place(const char *file, const char *target);

struct stat;

/* Are both of the same file? */
bool fs_is_same(const struct stat *a, const struct stat *b);

/* Does the path lead to the file that fd is open on?  If so, sets *st. */
bool fs_is_open_as(const char *path, int fd, struct stat *st);

/* Are both of the same file, with the same size and modification time? */
bool fs_is_unchanged(const struct stat *a, const struct stat *b);

/*
 * Raise the soft limit of open files to the hard one.
 * Returns how many descriptors this process may have open.
 */
size_t fs_raise_nofile(void);

/* Can this process open two more descriptors now? */
bool fs_can_open_two(void);

#endif /* FS_H */
