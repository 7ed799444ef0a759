/*
 * files.h - checks the files that a run writes: no two options share a file,
 * none replaces a file that fanfetch did not write, and no body replaces one.
 */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "base/base.h"

struct opts;
struct source;
struct store;

/*
 * Check each file that an option would write, before any is opened.  A file is
 * refused if it is an input of the run, the file of another option or standard
 * output, or if it exists and holds something else than the option writes.
 * Only regular files are examined.
 *
 * returns  -1: a file was refused and reported
 */
NODISCARD int files_check(const struct opts *opts, const struct source *s);

/* Keep the names of the run's own files, its lists among them, from bodies:
 * a stranger's list names files, too. */
void files_reserve(const struct opts *opts, struct store *store);

/* Checks of the beginning of a file that would be overwritten.  An empty one
 * is always accepted. */
bool files_is_jar(const char *p, size_t len);
bool files_is_summary(const char *p, size_t len);
bool files_is_page(const char *p, size_t len);

/* Is it a file of result lines? any_first: with --fields a line may begin with
 * any key, otherwise only with a key that no request has. */
bool files_is_results(const char *p, size_t len, bool any_first);

#endif /* APP_FILES_H */
