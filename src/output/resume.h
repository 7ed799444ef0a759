/*
 * resume.h - a result file read back, so that a run goes on where an earlier
 * one stopped.
 *
 * The file is all there is: no side file can be lost or be wrong.  It was
 * appended to in whole lines, so after any crash it is whole lines and at
 * most one torn one, which is cut off.  A record counts as done if the file
 * has a result for its index, for the same request.
 *
 * Takes 16 bytes of memory for each result, wherever in the list it belongs;
 * of one that is to be fetched again, if it left a file.
 */
#ifndef RESUME_H
#define RESUME_H

#include "base/base.h"

struct resume;

enum resume_match {
    RESUME_NONE,    /* no result yet: fetch it */
    RESUME_DONE,    /* there is one */
    RESUME_CHANGED, /* there is one for another request of this index */
};

/*
 * Read a result file.  Results of class `aborted`, and with retry_failed all
 * that are not ok, are to be fetched again: their lines are taken out, by way
 * of a new file beside it and rename(2).  So are torn lines that a run without
 * --resume has left within the file.
 *
 * fd       open for writing, locked (flock(2)); a torn line is cut off
 * new_fd   set to a descriptor of the new file, locked as well and the
 *          caller's, or to -1 where the file is still the same
 * returns  NULL where the file can't be read or holds something else than
 *          results; it was reported, and the file is as it was
 */
NODISCARD struct resume *resume_load(const char *path, int fd,
                                     bool retry_failed, int *new_fd);
void resume_free(struct resume *r); /* NULL is fine */

/* Is there a result for this record? */
enum resume_match resume_find(const struct resume *r, uint64_t index,
                              const char *url, size_t url_len, const char *id);

/* Did a result of this index, which is to be fetched again, leave its body in
 * that file (body_path)? */
bool resume_left_body(const struct resume *r, uint64_t index, const char *path);

/* How many results were kept. */
size_t resume_len(const struct resume *r);

#endif /* RESUME_H */
