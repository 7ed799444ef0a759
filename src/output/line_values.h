/*
 * line_values.h - values of a result line that several keys have.
 *
 * Private to result_line.c and the other line_*.c.
 */
#ifndef LINE_VALUES_H
#define LINE_VALUES_H

#include "base/base.h"
#include "output/line_body.h"

struct buf;
struct job;
struct opts;
struct result;

/* A line being written. */
struct line {
    struct buf *out;
    const struct job *job;
    const struct result *res; /* the job's */
    const struct opts *opts;
    enum body_form body_form;
};

void line_put_null(const struct line *l);

/* A string that may be "" for unknown. */
void line_put_known(const struct line *l, const char *s);

/* A number that may be 0 for unknown. */
void line_put_nonzero(const struct line *l, int n);

/* A URL, without its secrets. */
void line_put_url(const struct line *l, const char *url, size_t len);
void line_put_url_or_null(const struct line *l, const char *url);

/* An error's message, which may quote URLs. */
void line_put_message(const struct line *l, const char *text);

/* A moment of the wall clock, -1 for unknown. */
void line_put_moment(const struct line *l, int64_t wall_us);

#endif /* LINE_VALUES_H */
