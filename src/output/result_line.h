/*
 * result_line.h - a job's result as one JSON line.
 *
 * The core keys always, in a fixed order, null for what is unknown; others
 * by option.  Runs in any thread, on a job of its own.
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
 * Append the JSON value of one key, name_len bytes of name; nothing where the
 * line would not have it.  The result must be final, as above.
 */
void result_line_value(const struct job *j, const struct opts *opts,
                       const char *name, size_t name_len, struct buf *out);

/* Is it a key of the result line, one that --fields may name? */
bool result_line_is_field(const char *name, size_t len);

/* A key of the line. */
struct result_line_key {
    const char *name; /* len bytes */
    size_t len;
    bool is_core; /* each line has it, without --fields */
};

/* The key of the table's i-th row; false: there are no more. */
bool result_line_key(size_t i, struct result_line_key *key);

#endif /* RESULT_LINE_H */
