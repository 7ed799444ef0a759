/*
 * result_line.h - formats a job's result as a JSON line.
 *
 * Core keys are always there, in a fixed order, with null for unknown values;
 * options add others.  Safe in any thread for a job of its own.
 */
#ifndef RESULT_LINE_H
#define RESULT_LINE_H

#include "base/base.h"

struct buf;
struct job;
struct opts;

/*
 * Write j's line, newline included, to j->line.  The result must be final:
 * res.done_us set, res.error set or not.  Neither may be NULL.
 */
void result_line_write(struct job *j, const struct opts *opts);

/*
 * Append the JSON value of one key, name_len bytes of name, or nothing if the
 * line would not have it.  The result must be final, as above.
 */
void result_line_value(const struct job *j, const struct opts *opts,
                       const char *name, size_t name_len, struct buf *out);

/* Is it a key of the result line, which --fields may name? */
bool result_line_is_field(const char *name, size_t len);

/* A key of the line. */
struct result_line_key {
    const char *name; /* len bytes */
    size_t len;
    bool is_core; /* in every line, unless --fields is given */
};

/* Get the key of the i-th row.  Returns false if there is none. */
bool result_line_key(size_t i, struct result_line_key *key);

#endif /* RESULT_LINE_H */
