/*
 * path.h - paths of files: which file they name, however they are spelled.
 */
#ifndef PATH_H
#define PATH_H

#include "base/base.h"

struct buf;

/*
 * Append "/part" for each part of a path.  ".", ".." and empty parts are
 * resolved as text, without following links; what out already has counts as
 * the folder that the path begins in.
 */
void path_add_plain(struct buf *out, const char *p, size_t len);

/* Follow the symbolic links at the end of a path, whether or not the file at
 * its end exists.  The caller frees the result. */
NODISCARD char *path_follow(const char *path);

/* Do two paths to files that do not exist yet name the same file? */
bool path_is_same_new(const char *a, const char *b);

/* Create a folder, and those above it that are missing, like mkdir -p.  Returns
 * -1 and sets errno. */
int path_make_folders(const char *path);

#endif /* PATH_H */
