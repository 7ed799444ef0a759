/*
 * files.h - the files that a run writes: none is another one of the run's,
 * and none has what fanfetch did not write.
 */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "base/base.h"

struct opts;
struct source;

/*
 * Look at each file that an option would write, before one is opened.  One
 * that is a list of the run, the file of another option or standard output is
 * refused, and so is one that exists and holds something else than what the
 * option writes there.  Looks only at regular files.
 *
 * returns  -1: one is refused; it was reported
 */
NODISCARD int files_check(const struct opts *opts, const struct source *s);

/* What the beginning of a file must be, for one that may be written over.
 * Empty is always good. */
bool files_is_jar(const char *p, size_t len);
bool files_is_summary(const char *p, size_t len);
bool files_is_page(const char *p, size_t len);
bool files_is_trace(const char *p, size_t len);

/* Result lines.  any_first: with --fields a line may begin with any key,
 * without it with a key that no request has. */
bool files_is_results(const char *p, size_t len, bool any_first);

#endif /* APP_FILES_H */
