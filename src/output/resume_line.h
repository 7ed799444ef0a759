/*
 * resume_line.h - what a line of a result file says to a later run.
 */
#ifndef RESUME_LINE_H
#define RESUME_LINE_H

#include "base/base.h"
#include "base/json_reader.h"

/* What makes a request the same as another, as JSON texts, p NULL
 * for none. */
struct resume_asked {
    struct span method, url, id, request_hash;
    bool is_repeat; /* a line that points to another one (--unique) */
};

enum resume_line_kind {
    RESUME_LINE_RESULT,
    RESUME_LINE_TORN, /* half a result of ours */
    RESUME_LINE_OTHER,
};

struct resume_line {
    struct resume_asked asked;
    struct span body_path; /* JSON text, p NULL: none */
    bool is_aborted;
    bool is_ok;
};

/* Read a line without its newline; *seen points into it, and is void but for
 * RESUME_LINE_RESULT. */
enum resume_line_kind resume_line_read(struct span line,
                                       struct resume_line *seen);

/* Is it the beginning of a line of ours, be it only a few bytes? */
bool resume_line_begins(const char *p, size_t len);

#endif /* RESUME_LINE_H */
