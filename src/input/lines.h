/*
 * lines.h - splits bytes, in pieces of any size, into lines of limited length.
 *
 * Uses no descriptor and only one buffer: the caller reads into lines_space()
 * and takes lines.  A line over LINE_MAX_BYTES is returned once, cut and
 * marked; its rest is dropped.
 *
 * For tables (csv.h) a line is a record: newlines between quotes belong to
 * it.  If its quotes are invalid, only the record's first line is returned,
 * marked, and the next record starts behind that line: a missing quote costs
 * one row, not the file.
 */
#ifndef LINES_H
#define LINES_H

#include "base/base.h"

#define LINE_MAX_BYTES (1024 * 1024)

struct lines;

struct line {
    const char *text; /* without the line end; valid until the next call here */
    size_t len;
    uint64_t number; /* 1-based; of a record's first line */
    bool is_too_long;
    const char *flaw; /* what is wrong with a record's quotes; NULL: nothing */
};

NODISCARD struct lines *lines_new(void);
void lines_free(struct lines *l);

/* Start a new file: drop remaining bytes and count from 1. */
void lines_reset(struct lines *l);

/* Return records of a table with this separator; 0: plain lines.  Call before
 * the first byte. */
void lines_set_separator(struct lines *l, char separator);

/* Where to read to, and how much; then report how much was read. */
char *lines_space(struct lines *l, size_t *size);
void lines_filled(struct lines *l, size_t n);

/* The file has ended: the remaining bytes are the last line. */
void lines_end(struct lines *l);

/*
 * Take the next line.  Returns false if more bytes are needed, or at the end.
 */
NODISCARD bool lines_next(struct lines *l, struct line *line);

/* At the end: was it within a record that was too long, and so already
 * returned, and whose quote was never closed?  The text behind it is then
 * lost. */
bool lines_is_unclosed(const struct lines *l);

#endif /* LINES_H */
