/*
 * resume.h - a result file read back, so that a run goes on where an earlier
 * one stopped.
 *
 * The file is all there is: no side file can be lost or be wrong.  It was
 * appended to in whole lines, so after any crash it is whole lines and at
 * most one torn one, which is cut off.
 *
 * A record is known by what it asks: method, URL, id, and headers and body of
 * its own.  Its place in the list does not matter, so a list may be sorted,
 * added to and cut between runs; of n equal records n results are wanted.
 *
 * Takes 16 bytes and a bit of memory for each result; of one that is to be
 * fetched again, if it left a file.
 */
#ifndef RESUME_H
#define RESUME_H

#include "base/base.h"

struct resume;

/* What a record asks. */
struct resume_record {
    const char *method; /* as asked, of the options where it has none */
    const char *url;    /* as given, url_len bytes; NULL for none */
    size_t url_len;
    const char *id;           /* JSON text; NULL: null */
    const char *request_hash; /* request_hash()'s, may be NULL */
    bool is_repeat;           /* --unique: of a record before it */
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

/* Is there a result for this record, which is no other record's yet? */
bool resume_take(struct resume *r, const struct resume_record *rec);

/*
 * May this file (body_path) be replaced, since it belongs to a result that is
 * fetched again, and to none that stays?  From any thread.
 */
bool resume_may_replace(const struct resume *r, const char *path);

/* How many results were kept, and how many of them are no record's yet. */
size_t resume_len(const struct resume *r);
size_t resume_nleft(const struct resume *r);

#endif /* RESUME_H */
