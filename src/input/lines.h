/*
 * lines.h - bytes in pieces of any size to lines of bounded length.
 *
 * No descriptor and no allocation beyond one buffer: the caller reads into
 * lines_space() and takes lines out.  A line over LINE_MAX_BYTES is given
 * once, cut, with its flaw; the rest of it is dropped as it comes.
 */
#ifndef LINES_H
#define LINES_H

#include "base/base.h"

#define LINE_MAX_BYTES (1024 * 1024)

struct lines;

struct line {
    const char *text; /* without the line end; valid until the next call here */
    size_t len;
    uint64_t number; /* 1-based */
    bool is_too_long;
};

NODISCARD struct lines *lines_new(void);
void lines_free(struct lines *l);

/* Start a new file: forget what is left and count from 1. */
void lines_reset(struct lines *l);

/* Where to read to, and how much; then say how much came. */
char *lines_space(struct lines *l, size_t *size);
void lines_filled(struct lines *l, size_t n);

/* The file is over: what is left is the last line, newline or not. */
void lines_end(struct lines *l);

/* Take the next line; false: more bytes are needed, or it is over. */
NODISCARD bool lines_next(struct lines *l, struct line *line);

#endif /* LINES_H */
