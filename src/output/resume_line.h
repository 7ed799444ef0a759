/*
 * resume_line.h - reads a line of a result file for a later run.
 */
#ifndef RESUME_LINE_H
#define RESUME_LINE_H

#include "base/base.h"
#include "base/siphash.h"
#include "base/span.h"

struct buf;

/* What identifies a request, as JSON texts with p NULL for none. */
struct resume_asked {
    struct span method, url, id, request_hash;
    bool is_repeat;  /* refers to another record (--unique) */
    bool is_refused; /* see result_is_refused() */
};

/* The request_hash of a request whose line lacks it, though it has headers or a
 * body of its own: an older version wrote it. */
#define RESUME_HASH_UNKNOWN ((struct span){"\"?\"", 3})

/* A hash that identifies the request independently of the escapes in its
 * texts. text is scratch space. */
struct siphash_hash resume_asked_hash(const struct resume_asked *asked,
                                      const struct siphash_key *key,
                                      struct buf *text);

enum resume_line_kind {
    RESUME_LINE_RESULT,
    RESUME_LINE_TORN, /* an incomplete result of ours, or zeros */
    RESUME_LINE_OTHER,
};

struct resume_line {
    struct resume_asked asked;
    bool is_aborted;
    bool has_ok, has_error, has_change; /* the line has these keys */
    bool is_ok;
    bool is_skipped; /* body_path is a file that was there (--existing keep) */

    /* JSON texts; p NULL: not there, or null. */
    struct span error, body_path, body_truncated, url_effective, status_code,
        size_body, size_download, request_omitted;
    struct span etag, last_modified, sha256, warc_payload;
    /* what the ones above belong to */
    struct span url_earlier, size_earlier, status_earlier;
};

/* Read a line without its newline. *seen points into it, and is set for
 * RESUME_LINE_RESULT only. */
enum resume_line_kind resume_line_read(struct span line,
                                       struct resume_line *seen);

/* Read a line that --fields or jq may have shortened: an object with a URL is a
 * result, and an incomplete object is a torn one. */
enum resume_line_kind resume_line_read_part(struct span line,
                                            struct resume_line *seen);

/* Read a line faster, without checking that it is valid JSON: nor is what *seen
 * points to checked, and is_aborted is not set. */
enum resume_line_kind resume_line_skim(struct span line,
                                       struct resume_line *seen);

/* Get what the line's request asks, with RESUME_HASH_UNKNOWN if its hash is
 * missing. */
struct resume_asked resume_line_asked(const struct resume_line *seen);

/* Read a number.  Returns -1 if the text is not one, or p is NULL. */
int64_t resume_line_number(struct span json);

/* Do these bytes, even if they are few, begin a line of ours? */
bool resume_line_begins(const char *p, size_t len);

#endif /* RESUME_LINE_H */
