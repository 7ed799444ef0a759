/*
 * files.h - checks the files that a run writes: no two options share a file,
 * and none replaces a file that fanfetch did not write.
 */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "base/base.h"

struct opts;
struct source;

/*
 * Check each file that an option would write, before any is opened.  A file is
 * refused if it is an input of the run, the file of another option or standard
 * output, or if it exists and holds something else than the option writes.
 * Only regular files are examined.  With --create-dirs their folders are
 * created first.
 *
 * returns  -1: a file was refused and reported
 */
NODISCARD int files_check(const struct opts *opts, const struct source *s);

#endif /* APP_FILES_H */
