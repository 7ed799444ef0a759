/*
 * earlier.h - what an earlier run's result says about a job's request
 * (--since).
 */
#ifndef EARLIER_H
#define EARLIER_H

#include "base/base.h"

struct archived;
struct header;
struct job;

/* How the body compares with the earlier one. */
enum change {
    CHANGE_UNKNOWN, /* the hop failed, or nothing can be compared */
    CHANGE_NEW,     /* there is no earlier answer */
    CHANGE_CHANGED,
    CHANGE_UNCHANGED,
};

/* The last known answer.  In the job's arena; NULL: none. */
struct earlier {
    const char *url; /* the URL that gave it, as in the line */
    const char *etag, *last_modified, *sha256;
    const char *body_path;           /* its file */
    bool is_truncated;               /* the file has only its first bytes */
    const struct archived *archived; /* the archive record with its body */
    int64_t size_download;           /* of its body, on the wire; -1: unknown */
    int status;                      /* the answer's; 0: unknown */

    /* If-None-Match and If-Modified-Since for it; NULL: none are sent */
    struct header *conditions;
};

/*
 * The conditions for the job's current hop, or NULL.  Validators are sent only
 * to the URL that gave them.
 */
const struct header *earlier_conditions(const struct job *j);

/* "new", "changed", "unchanged"; NULL for CHANGE_UNKNOWN. */
const char *earlier_change_name(enum change change);

#endif /* EARLIER_H */
