/*
 * earlier.h - what an earlier run's result says of a job's request (--since).
 */
#ifndef EARLIER_H
#define EARLIER_H

#include "base/base.h"

struct archived;
struct header;
struct job;

/* What has become of the body since then. */
enum change {
    CHANGE_UNKNOWN, /* it failed, or nothing can be compared */
    CHANGE_NEW,     /* there is no earlier answer */
    CHANGE_CHANGED,
    CHANGE_UNCHANGED,
};

/* Of the last answer that is known.  In the job's arena; NULL: none. */
struct earlier {
    const char *url; /* that gave it, as the line has it */
    const char *etag, *last_modified, *sha256;
    const char *body_path;           /* its file */
    const struct archived *archived; /* the record of its body */
    int64_t size_download;           /* of its body, on the wire; -1: unknown */
    int status;                      /* the line's; 0: unknown */

    /* If-None-Match and If-Modified-Since made of it; NULL: none are to be
     * sent. */
    struct header *conditions;
};

/*
 * The conditions that go with the job's current hop: only the URL that gave the
 * validators gets them.  NULL: none.
 */
const struct header *earlier_conditions(const struct job *j);

/* "new", "changed", "unchanged"; NULL for CHANGE_UNKNOWN. */
const char *earlier_change_name(enum change change);

#endif /* EARLIER_H */
