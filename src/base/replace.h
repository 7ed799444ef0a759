/*
 * replace.h - files that are written whole or not at all.
 */
#ifndef REPLACE_H
#define REPLACE_H

#include "base/base.h"

#include <sys/types.h>

struct buf;

/*
 * Replace the content of a file with text.  The text is written to a new file
 * beside it, which is then renamed: a reader never finds half of it, and a
 * failure leaves the old content.  A symbolic link stays one.  An existing file
 * keeps its mode, and its owner if we may set that; a new one gets this mode.
 * The text is written directly to a pipe or a device.
 *
 * returns  -1 and errno; ENXIO: the pipe has no reader
 */
NODISCARD int replace_file(const char *path, mode_t mode,
                           const struct buf *text);

/*
 * Replace the content of a file as replace_file() does.  If the folder takes no
 * new file, or the file is a mount point, as in containers, overwrite it in
 * place.
 */
NODISCARD int replace_or_overwrite(const char *path, mode_t mode,
                                   const struct buf *text);

/*
 * Would replace_file() succeed?  Returns -1 and sets errno if not.  Leaves no
 * file behind.  Called when a run begins, for files that are written at its
 * end.
 */
NODISCARD int replace_check(const char *path);

#endif /* REPLACE_H */
