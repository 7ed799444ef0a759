/*
 * resume_files.h - the files of bodies that the results of an earlier run name.
 *
 * Paths are compared however their folder is spelled.  A path takes 16 bytes.
 */
#ifndef RESUME_FILES_H
#define RESUME_FILES_H

#include "base/buf.h"
#include "base/multiset.h"
#include "base/siphash.h"
#include "base/span.h"

struct resume_bodies;
struct resume_line;

struct resume_files {
    struct siphash_key key;
    struct buf cwd; /* the current folder at the start, by path_add_plain() */
    struct multiset left;  /* files of results that are fetched again */
    struct multiset named; /* those of them that a kept result names, too */
    struct multiset owned; /* with keeps_owned: files of kept results */
    bool keeps_owned;
};

/* keeps_owned: remember the files of kept results, too. */
void resume_files_init(struct resume_files *f, bool keeps_owned);
void resume_files_fini(struct resume_files *f);

/* Note the file of a result that is kept or fetched again.  When all are noted,
 * sort `left` and `owned`. */
void resume_files_note(struct resume_files *f, const struct resume_line *seen,
                       bool is_kept);

/* Note in `named` if the file of a kept result is also that of one that is
 * fetched again.  body_path: JSON, p may be NULL.  When all are noted, sort
 * `named`. */
void resume_files_note_named(struct resume_files *f, struct span body_path);

/* Drop the file of a result that is fetched again, if it was written for that
 * result, no kept result names it and it is in the folder of the bodies. */
void resume_files_drop(const struct resume_files *f,
                       const struct resume_bodies *bodies,
                       const struct resume_line *seen);

/* Is it the file of a result that is fetched again, and of no kept one?  Safe
 * from any thread. */
bool resume_files_has_left(const struct resume_files *f, const char *path);

/* Is it the file of a kept result?  Safe from any thread. */
bool resume_files_has_owned(const struct resume_files *f, const char *path);

#endif /* RESUME_FILES_H */
