/*
 * replace.h - files that are written whole or not at all.
 */
#ifndef REPLACE_H
#define REPLACE_H

#include "base/base.h"

#include <sys/types.h>

struct buf;

/*
 * Make text all that a file has.  It is written beside the file and renamed,
 * so that nobody ever finds half of it, and a failure leaves the file as it
 * was.  A symbolic link stays one, and a file keeps its mode; mode is for one
 * that is not there yet.  A pipe or a device is written to as it is.
 *
 * returns  -1 and errno; ENXIO: a pipe that nobody reads from
 */
NODISCARD int replace_file(const char *path, mode_t mode,
                           const struct buf *text);

/*
 * Would replace_file() be allowed to?  Leaves nothing behind.  Asked when a
 * run begins, for what is written when it is over.
 *
 * returns  -1 and errno
 */
NODISCARD int replace_check(const char *path);

#endif /* REPLACE_H */
