/*
 * resume.h - reads a result file back, so that a run continues where an
 * earlier one stopped.
 *
 * The result file is the only state, so no second file can be lost or be
 * wrong.  Lines are appended whole, so after a crash the file consists of
 * whole lines and at most one incomplete line, which is cut off.
 *
 * A record is identified by what it asks: method, URL, id, and its own headers
 * and body.  Its position does not matter, so the list may be sorted, extended
 * and shortened between runs; n equal records need n results.
 *
 * Takes 16 bytes and a bit of memory for each result; for a result that is
 * fetched again, only if it has a file.
 */
#ifndef RESUME_H
#define RESUME_H

#include "base/base.h"

struct resume;

/* Behind the name of the results: the name of the new file. */
#define RESUME_BESIDE ".resume-tmp"

/* The folder of the bodies. */
struct resume_bodies {
    const char *dir;
    /* Remove a file in it, if it has that size; -1: any size. */
    void (*drop)(void *ctx, const char *name, int64_t size);
    void *ctx;
};

/* What a record asks. */
struct resume_record {
    const char *method; /* as requested; the option's if the record has none */
    const char *url;    /* as given, url_len bytes; NULL: none */
    size_t url_len;
    const char *id;           /* JSON text; NULL: null */
    const char *request_hash; /* of request_hash(); may be NULL */
    bool is_repeat;           /* --unique: repeats an earlier record */
    bool is_refused;          /* see result_is_refused() */
};

/*
 * Read a result file.  Results of class `aborted`, and with retry_failed all
 * that are not ok, are fetched again: resume_remove() removes their lines.
 *
 * path         must outlive the resume
 * fd           open for writing, locked (flock(2)); an incomplete last line is
 *              cut off, and a complete one without its newline gets it
 * keeps_files  remember the files of kept results, for resume_has_file(); 16
 *              bytes each
 * returns      NULL if the file cannot be read or holds something other than
 *              results, which was reported; the file is unchanged then
 */
NODISCARD struct resume *resume_load(const char *path, int fd,
                                     bool retry_failed, bool keeps_files);

/*
 * Remove the lines of results that are fetched again, and incomplete lines that
 * a run without --resume left within the file, by writing a new file and
 * renaming it.  Call it once, before the first record, when nothing else can
 * refuse the run: otherwise results would be lost for nothing.
 *
 * The files of these results in the folder of the bodies are dropped, too: if
 * the record fails now, its file would belong to no result, and its name would
 * stay taken.  A file is kept if a kept result names it, or if it has another
 * size now, so somebody else wrote it.
 *
 * bodies   NULL: no file is dropped
 * new_fd   set to a descriptor of the new file, locked too and the caller's, or
 *          to -1 if the file was not replaced
 * returns  -1 on failure, which was reported; the file is unchanged then
 */
NODISCARD int resume_remove(struct resume *r,
                            const struct resume_bodies *bodies, int *new_fd);
void resume_free(struct resume *r); /* NULL is fine */

/* Is there a result for this record that no other record has taken? */
bool resume_take(struct resume *r, const struct resume_record *rec);

/*
 * May this file (body_path) be replaced, because it belongs to a result that
 * is fetched again and to no kept one?  Safe from any thread.
 */
bool resume_may_replace(const struct resume *r, const char *path);

/* With keeps_files: is this file (body_path) that of a kept result?  Safe from
 * any thread. */
bool resume_has_file(const struct resume *r, const char *path);

/* How many of the kept results no record has taken. */
size_t resume_nleft(const struct resume *r);

#endif /* RESUME_H */
