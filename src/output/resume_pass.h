/*
 * resume_pass.h - reads a result file from its beginning to its end.
 */
#ifndef RESUME_PASS_H
#define RESUME_PASS_H

#include <sys/types.h>

#include "base/span.h"
#include "output/resume_line.h"

/* A line of a result file. */
struct resume_entry {
    struct span text; /* without its newline */
    /* False: an incomplete line, behind which a run without --resume appended
     * its results. */
    bool is_result;
    bool is_kept;            /* a result that is not fetched again */
    struct resume_line seen; /* set if is_result */
};

/* Set the first five, zero the rest. */
struct resume_pass {
    const char *path;  /* for messages */
    int fd;            /* of resume_pass_open() */
    bool retry_failed; /* results that are not ok are fetched again */
    /* Handle a line.  Returns -1 to end the pass; it has reported why. */
    int (*on_line)(void *ctx, const struct resume_entry *e);
    void *ctx;

    /* Set by resume_pass_run(). */
    off_t whole;  /* where the last whole line ends */
    bool is_torn; /* an incomplete line follows it */
    bool is_bare; /* a result without its newline follows it */
};

/* Open a result file for reading.  Returns -1 on failure, which was
 * reported. */
NODISCARD int resume_pass_open(const char *path);

/*
 * Call on_line() for each line, also for a result without its newline at the
 * end of the file.
 *
 * returns  -1 if the file cannot be read or holds something other than results,
 *          which was reported, or if on_line() ended the pass
 */
NODISCARD int resume_pass_run(struct resume_pass *p);

#endif /* RESUME_PASS_H */
