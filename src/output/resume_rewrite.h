/*
 * resume_rewrite.h - replaces a result file by a copy without the lines of
 * results that are fetched again, for resume_remove().
 */
#ifndef RESUME_REWRITE_H
#define RESUME_REWRITE_H

#include "base/base.h"

struct resume_bodies;
struct resume_files;

/*
 * Write the new file and rename it.  The files of the results that are left out
 * are dropped before it is renamed.
 *
 * files    has all files noted; `named` is filled and sorted here
 * bodies   NULL: no file is dropped
 * returns  a descriptor of the new file, locked and the caller's; or -1 on
 *          failure, which was reported: the file is unchanged then
 */
NODISCARD int resume_rewrite(const char *path, bool retry_failed,
                             struct resume_files *files,
                             const struct resume_bodies *bodies);

#endif /* RESUME_REWRITE_H */
