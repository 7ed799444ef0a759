/*
 * csv.h - tables as text (RFC 4180): where a record ends, its fields, the
 * columns that a header row names.
 *
 * Fields are parted by a comma, or a tab for TSV.  A field that begins with
 * a quote ends with one, and may hold separators, newlines and, doubled,
 * quotes.  A quote anywhere else is a flaw and so is one that never ends:
 * what the writer meant can't be known then, and guesses become requests
 * that nobody asked for.
 */
#ifndef CSV_H
#define CSV_H

#include "base/base.h"
#include "base/json_reader.h"

struct arena;

/* Where in a record the scanner is, between two pieces of it. */
enum csv_state {
    CSV_START,  /* at the start of a field */
    CSV_BARE,   /* in one without quotes */
    CSV_QUOTED, /* in one with quotes; a newline belongs to it */
    CSV_CLOSED, /* behind its last quote, or in the midst of a doubled one */
};

enum csv_scan {
    CSV_MORE,  /* the record goes on behind this text */
    CSV_END,   /* it ends: *at is its newline */
    CSV_STRAY, /* *at is where a quote makes no sense */
};

/*
 * Look for a record's end in text[*at..len).  Call again as more comes, *at
 * and *state being kept; both are 0 where a record begins.
 */
enum csv_scan csv_scan(const char *text, size_t len, char separator,
                       enum csv_state *state, size_t *at);

/* A walk over the fields of a record, which csv_scan() found sound. */
struct csv_walk {
    struct span rest;
    char separator;
    bool is_over;
};

void csv_walk_init(struct csv_walk *w, struct span record, char separator);

/*
 * The next field, its quotes taken off; false: there are no more.  Where a
 * doubled quote was in it it is copied to the arena, else it lies in the
 * record.  mem NULL: nothing is copied, doubled quotes stay doubled.
 */
NODISCARD bool csv_walk_field(struct csv_walk *w, struct arena *mem,
                              struct span *field);

/* What a column means. */
enum csv_role {
    CSV_META, /* whatever the user wants back */
    CSV_URL,
    CSV_ID,
    CSV_METHOD,
    CSV_BODY,
};

struct csv_column {
    enum csv_role role;
    const char *key; /* CSV_META: the name as a JSON string */
    size_t key_len;
};

/* The columns of a file. */
struct csv_head;

/*
 * Read a header row.  White space around a name is no part of it.  NULL
 * where a table can't be used with it: *why says so, valid until the next
 * call with the same buffer.
 */
struct buf;
NODISCARD struct csv_head *csv_head_new(struct span record, char separator,
                                        struct buf *why);
void csv_head_free(struct csv_head *h); /* NULL is fine */

size_t csv_head_ncolumns(const struct csv_head *h);
const struct csv_column *csv_head_column(const struct csv_head *h, size_t i);
char csv_head_separator(const struct csv_head *h);

#endif /* CSV_H */
