/*
 * mark.h - marks files that belong together by an extended attribute.
 *
 * A file of results and the files of bodies that its runs write have the same
 * mark.  So a later run recognises a body that was stored when a run was killed
 * before its result was written.  File systems without such attributes have no
 * marks, which is no error.
 */
#ifndef MARK_H
#define MARK_H

#include "base/base.h"

/* A mark's size with its NUL. */
#define MARK_TEXT 33

/* Make a random mark. */
void mark_make(char mark[MARK_TEXT]);

/* Set the mark of an open file, if the file system can. */
void mark_set(int fd, const char *mark);

/* Get the mark of an open file.  Returns false if there is none. */
NODISCARD bool mark_get(int fd, char mark[MARK_TEXT]);

/* Has the file at path this mark?  A symbolic link is not followed. */
NODISCARD bool mark_is(const char *path, const char *mark);

#endif /* MARK_H */
