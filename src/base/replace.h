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
 * keeps its mode, and its owner where we may set that; a new one gets this
 * mode.  To a pipe or a device the text is written directly.
 *
 * returns  -1 and errno; ENXIO: the pipe has no reader
 */
NODISCARD int replace_file(const char *path, mode_t mode,
                           const struct buf *text);

/*
 * The same.  An existing file is overwritten in place if its folder takes no
 * new file, or if the file is a mount point, as files in containers are.
 */
NODISCARD int replace_or_overwrite(const char *path, mode_t mode,
                                   const struct buf *text);

/*
 * Would replace_file() succeed?  Leaves no file behind.  Called when a run
 * begins, for files that are written at its end.  Returns -1 and sets errno if
 * not.
 */
NODISCARD int replace_check(const char *path);

#endif /* REPLACE_H */
