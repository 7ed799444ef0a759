/*
 * since_index.h - where in the file of an earlier run the result of each
 * request is.
 *
 * The file is read once, and the position of each result is kept: 24 bytes for
 * a request, identified by what it asks (resume_line.h), except for the id.  A
 * result is read again when its request comes.  The last result of a request
 * that knows an answer counts: one that is ok, or a failed one under --since,
 * which has carried on what was known.
 */
#ifndef SINCE_INDEX_H
#define SINCE_INDEX_H

#include "base/base.h"

struct buf;
struct job;
struct since_index;
struct span;

/* Read a file.  Returns NULL if it cannot be read or holds something other
 * than results, which was reported. */
NODISCARD struct since_index *since_index_load(const char *path);
void since_index_free(struct since_index *s); /* NULL is fine */

/* Find the earlier result of j's request.  Returns false if there is none; else
 * *line is its line, in text.  Call after next_first(). */
bool since_index_find(const struct since_index *s, struct job *j,
                      struct buf *text, struct span *line);

#endif /* SINCE_INDEX_H */
