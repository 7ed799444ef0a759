/*
 * csv.h - parses tables (RFC 4180): the end of a record, its fields, and the
 * columns named by a header row.
 *
 * Fields are separated by a comma, or by a tab for TSV.  A field that begins
 * with a quote ends with one, and may contain separators, newlines and doubled
 * quotes.  A quote elsewhere is an error, and so is one that is never closed:
 * the writer's meaning is then unknown, and a guess could send requests that
 * the list does not mean.
 */
#ifndef CSV_H
#define CSV_H

#include "base/base.h"
#include "base/span.h"

struct arena;

/* Where in a record the scanner stands, between two calls. */
enum csv_state {
    CSV_START,  /* at the start of a field */
    CSV_BARE,   /* in a field without quotes */
    CSV_QUOTED, /* in a quoted field; newlines belong to it */
    CSV_CLOSED, /* behind a quote that closes the field or is the first of a
                   doubled one */
};

enum csv_scan {
    CSV_MORE,  /* the record continues beyond this text */
    CSV_END,   /* the record ends: *at is its newline */
    CSV_STRAY, /* *at is a misplaced quote */
};

/*
 * Find the end of a record in text[*at..len).  Call again when there is more
 * text, keeping *at and *state; both are 0 at the start of a record.
 */
enum csv_scan csv_scan(const char *text, size_t len, char separator,
                       enum csv_state *state, size_t *at);

/* A walk over the fields of a record that csv_scan() accepted. */
struct csv_walk {
    struct span rest;
    char separator;
    bool is_over;
};

void csv_walk_init(struct csv_walk *w, struct span record, char separator);

/*
 * The next field without its quotes; false: there are no more.  A field with
 * doubled quotes is copied to the arena, others point into the record.  With
 * mem NULL nothing is copied and doubled quotes stay.
 */
NODISCARD bool csv_walk_field(struct csv_walk *w, struct arena *mem,
                              struct span *field);

/* The meaning of a column. */
enum csv_role {
    CSV_META, /* returned to the user unchanged */
    CSV_URL,
    CSV_ID,
    CSV_METHOD,
    CSV_BODY,
};

struct csv_column {
    enum csv_role role;
    const char *key; /* for CSV_META: the name as a JSON string */
    size_t key_len;
};

/* The columns of a file. */
struct csv_head;

struct buf;

/*
 * Read a header row.  White space around names is ignored.  Returns NULL if
 * the row is unusable: *why says why, and is valid until the next call with
 * the same buffer.
 */
NODISCARD struct csv_head *csv_head_new(struct span record, char separator,
                                        struct buf *why);
void csv_head_free(struct csv_head *h); /* NULL is fine */

size_t csv_head_ncolumns(const struct csv_head *h);
const struct csv_column *csv_head_column(const struct csv_head *h, size_t i);
char csv_head_separator(const struct csv_head *h);

#endif /* CSV_H */
