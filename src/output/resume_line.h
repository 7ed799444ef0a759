/*
 * resume_line.h - what a line of a result file says to a later run.
 */
#ifndef RESUME_LINE_H
#define RESUME_LINE_H

#include "base/base.h"
#include "base/json_reader.h"
#include "base/siphash.h"

struct buf;

/* What makes a request the same as another, as JSON texts, p NULL
 * for none. */
struct resume_asked {
    struct span method, url, id, request_hash;
    bool is_repeat; /* a line that points to another one (--unique) */
};

/* A hash of it that stands for it: whatever escapes a list or another version
 * has written its texts with.  text is for use in between. */
struct siphash_hash resume_asked_hash(const struct resume_asked *asked,
                                      const struct siphash_key *key,
                                      struct buf *text);

enum resume_line_kind {
    RESUME_LINE_RESULT,
    RESUME_LINE_TORN, /* half a result of ours */
    RESUME_LINE_OTHER,
};

struct resume_line {
    struct resume_asked asked;
    bool is_aborted;
    bool has_ok, has_error, has_change; /* the line has these keys */
    bool is_ok;

    /* JSON texts; p NULL: not there, or null. */
    struct span error, body_path, url_effective, status_code, size_download;
    struct span etag, last_modified, sha256, warc_payload;
    struct span url_earlier, size_earlier; /* that the ones above are of */
};

/* Read a line without its newline; *seen points into it, and is void but for
 * RESUME_LINE_RESULT. */
enum resume_line_kind resume_line_read(struct span line,
                                       struct resume_line *seen);

/* The same of a line that --fields or jq may have made shorter: an object
 * with a URL is one, and half an object is a torn one. */
enum resume_line_kind resume_line_read_part(struct span line,
                                            struct resume_line *seen);

/* The same, faster, of a line that need not be JSON all through: what it points
 * to is not checked, nor is is_aborted set. */
enum resume_line_kind resume_line_skim(struct span line,
                                       struct resume_line *seen);

/* Is it the beginning of a line of ours, be it only a few bytes? */
bool resume_line_begins(const char *p, size_t len);

#endif /* RESUME_LINE_H */
