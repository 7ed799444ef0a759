/*
 * lines.h - bytes in pieces of any size to lines of bounded length.
 *
 * No descriptor and no allocation beyond one buffer: the caller reads into
 * lines_space() and takes lines out.  A line over LINE_MAX_BYTES is given
 * once, cut, with its flaw; the rest of it is dropped as it comes.
 *
 * For tables (csv.h) a line is a record: a newline between quotes is part of
 * it.  Where the quotes make no sense the record is given as its first line
 * alone, with its flaw, and the next one begins behind that line: who forgot
 * a quote loses a row, not the file.
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
    const char *flaw; /* what is wrong with a record's quotes, or NULL */
};

NODISCARD struct lines *lines_new(void);
void lines_free(struct lines *l);

/* Start a new file: forget what is left and count from 1. */
void lines_reset(struct lines *l);

/* Give out the records of a table with this separator, 0: plain lines.  To be
 * set before the first byte. */
void lines_set_separator(struct lines *l, char separator);

/* Where to read to, and how much; then say how much came. */
char *lines_space(struct lines *l, size_t *size);
void lines_filled(struct lines *l, size_t n);

/* The file is over: what is left is the last line, newline or not. */
void lines_end(struct lines *l);

/* Take the next line; false: more bytes are needed, or it is over. */
NODISCARD bool lines_next(struct lines *l, struct line *line);

/* Once it is over: was it in a record, too long and so given before, whose
 * quote nobody closed?  What followed is lost then. */
bool lines_is_unclosed(const struct lines *l);

#endif /* LINES_H */
