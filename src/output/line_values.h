/*
 * line_values.h - writes values of a kind that several keys of a result line
 * have.
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
    uint64_t wanted; /* a bit for each row that is written where it applies */
};

void line_put_null(const struct line *l);

/* Write a string, where "" means unknown. */
void line_put_known(const struct line *l, const char *s);

/* Write a number, where 0 means unknown. */
void line_put_nonzero(const struct line *l, int n);

/* Write a URL without secrets. */
void line_put_url(const struct line *l, const char *url, size_t len);
void line_put_url_or_null(const struct line *l, const char *url);

/* Write an error's message, which may contain URLs. */
void line_put_message(const struct line *l, const char *text);

/* Write a wall clock time, where -1 means unknown. */
void line_put_moment(const struct line *l, int64_t wall_us);

#endif /* LINE_VALUES_H */
