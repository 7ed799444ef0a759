/*
 * beneath.h - files beneath one folder, for paths that strangers write.
 *
 * No path leads out of the folder: neither "..", nor an absolute path that does
 * not begin with the folder's own, nor a symbolic link.  A link that stays
 * within the folder is followed.  Any thread may use it.
 */
#ifndef BENEATH_H
#define BENEATH_H

#include "base/base.h"

struct beneath;

/* Open a folder.  NULL and errno. */
NODISCARD struct beneath *beneath_new(const char *dir);
void beneath_free(struct beneath *b); /* NULL is fine */

/*
 * Open a file for reading, without waiting for the writer of a pipe.  A
 * relative path is looked for in the folder and then, as one would type it, in
 * the current folder.  -1 and errno: EXDEV where it leads out.
 */
NODISCARD int beneath_open(const struct beneath *b, const char *path);

#endif /* BENEATH_H */
