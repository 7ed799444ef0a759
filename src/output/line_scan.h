/*
 * line_scan.h - the whole lines of a file, one after the other.
 */
#ifndef LINE_SCAN_H
#define LINE_SCAN_H

#include <sys/types.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/json_reader.h"

enum line_scan_status {
    LINE_SCAN_LINE,
    LINE_SCAN_END,    /* rest says what stands behind the last newline */
    LINE_SCAN_FAILED, /* see errno */
    LINE_SCAN_OTHER,  /* its first line does not begin as it should */
};

/* All zero but for these two is the beginning of a file. */
struct line_scan {
    int fd; /* borrowed; its offset is not moved */
    /* Does a line begin with these bytes, be they only a few?  Asked of the
     * first line, which may be gigabytes in a file of something else.
     * NULL: it may be anything. */
    bool (*begins)(const char *p, size_t len);

    struct buf in;    /* bytes read */
    size_t done;      /* of these, in lines that were returned */
    size_t scanned;   /* of these, seen to have no newline behind done */
    off_t read_at;    /* file offset of the next byte to read */
    uint64_t line;    /* number of the last line, 1-based */
    off_t at;         /* file offset of the last line */
    off_t whole;      /* ...and of what follows it */
    struct span rest; /* at the end: half a line */
};

void line_scan_fini(struct line_scan *s);

/* The next line without its newline, which follows it; valid until the next
 * call. */
NODISCARD enum line_scan_status line_scan_next(struct line_scan *s,
                                               struct span *line);

#endif /* LINE_SCAN_H */
