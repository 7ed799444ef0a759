/*
 * line_scan.h - reads the complete lines of a file in order.
 */
#ifndef LINE_SCAN_H
#define LINE_SCAN_H

#include <sys/types.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/span.h"

enum line_scan_status {
    LINE_SCAN_LINE,
    LINE_SCAN_END,    /* rest is the text behind the last newline */
    LINE_SCAN_FAILED, /* see errno */
    LINE_SCAN_OTHER,  /* its first line does not begin as required */
};

/* Set these two and zero the rest to start at the beginning of a file. */
struct line_scan {
    int fd; /* borrowed; its offset is not moved */
    /* Do these bytes begin a valid line, even if they are few?  Called for the
     * first line, which may be gigabytes long in a file of another kind.
     * NULL: accept anything. */
    bool (*begins)(const char *p, size_t len);

    struct buf in;    /* bytes read */
    size_t done;      /* bytes of in returned as lines */
    size_t scanned;   /* how many bytes of `in` after `done` were searched for a
                         newline */
    off_t dropped;    /* bytes of the current line that were not kept */
    off_t read_at;    /* file offset of the next byte to read */
    uint64_t line;    /* number of the last line, 1-based */
    off_t at;         /* file offset of the last line */
    off_t whole;      /* file offset of the text behind that line */
    struct span rest; /* at the end: an incomplete line */
};

void line_scan_fini(struct line_scan *s);

/* The next line without its newline.  Valid until the next call.  Of one that
 * begins with a zero only a part is kept. */
NODISCARD enum line_scan_status line_scan_next(struct line_scan *s,
                                               struct span *line);

#endif /* LINE_SCAN_H */
