/*
 * beneath.h - opens files below one folder, for paths that strangers write.
 *
 * No path can leave the folder: not with "..", not as an absolute path that
 * does not start with the folder's own, and not through a symbolic link.
 * Links that stay within the folder are followed.  Safe from any thread.
 */
#ifndef BENEATH_H
#define BENEATH_H

#include "base/base.h"

struct beneath;

/* Open a folder.  NULL and errno. */
NODISCARD struct beneath *beneath_new(const char *dir);
void beneath_free(struct beneath *b); /* NULL is fine */

/*
 * Open a file for reading without waiting for the writer of a pipe.  A
 * relative path is looked up in the folder first and then in the current
 * folder, as a user would type it.  Returns -1 and sets errno: EXDEV if the
 * path leaves the folder.
 */
NODISCARD int beneath_open(const struct beneath *b, const char *path);

#endif /* BENEATH_H */
