/*
 * source.h - reads the inputs in order, one record at a time and only on
 * demand.
 *
 * The operands of the command line in order: a URL is a record; files and
 * standard input consist of lines (lines.h).  Blank lines and lines that start
 * with '#' are skipped.  In tables (csv.h) the first record names the columns
 * and the others are rows; blank lines are skipped and there are no comments.
 * Only source_next() reads, and it never blocks: if a pipe, terminal or socket
 * has nothing to read, the caller waits for source_fd().
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "base/base.h"

struct csv_head;
struct source;

enum source_status {
    SOURCE_RECORD, /* *rec is set */
    SOURCE_WAIT,   /* nothing to read: wait until source_fd() is readable */
    SOURCE_END,    /* no more records */
};

enum record_flaw {
    RECORD_OK,
    RECORD_TOO_LONG, /* over LINE_MAX_BYTES; text is its beginning */
    RECORD_HAS_NUL,
    RECORD_BAD_QUOTES, /* in a table; text is its first line */
    RECORD_BAD_XML,    /* in a sitemap, which is not read further; no text */
};

/* A record's text.  Valid until the next call. */
struct record {
    const char *text;  /* without surrounding white space (except in a row), CR
                          and BOM */
    size_t len;        /* at least 1 */
    size_t indent;     /* bytes of white space before it in its line */
    const char *place; /* file name, "standard input" or NULL for an operand;
                          lives as long as the source and the operands */
    uint64_t line;     /* 1-based, 0 for an operand */
    enum record_flaw flaw;
    /* For RECORD_BAD_QUOTES and RECORD_BAD_XML: what is wrong. */
    const char *why;
    const struct csv_head *head; /* the row's columns; NULL: it is not a row */
};

/* operands are borrowed; n == 0 means "-". */
NODISCARD struct source *source_new(const char *const *operands, size_t n);
void source_free(struct source *s); /* NULL is fine */

/*
 * Read the inputs as tables with this separator.  Call before the first
 * record.  An input without a valid header row counts as unreadable.
 */
void source_set_separator(struct source *s, char separator);

/* Read the inputs as sitemaps (sitemap.h): records are then JSON requests.
 * Call before the first record. */
void source_set_sitemap(struct source *s);

/* Is the file of that name one of the inputs? */
bool source_reads(const struct source *s, const char *path);

/*
 * Set where results go.  If an input is the same file it counts as unreadable,
 * since each result would become a record.
 */
void source_set_output(struct source *s, int fd);

/* May there be records: is any input there?  Call after source_set_output(). */
bool source_may_be_read(const struct source *s);

/*
 * The next record.  SOURCE_WAIT is also returned, even for a file, after much
 * was read without finding a record, so that signals and sockets are handled;
 * and then again until source_readable().
 */
NODISCARD enum source_status source_next(struct source *s, struct record *rec);

/* Report that source_fd() is readable. */
void source_readable(struct source *s);

/*
 * The descriptor to wait for; -1: none.  It may be a file on disk, which epoll
 * refuses but libev's watchers accept.
 */
int source_fd(const struct source *s);

/* Could some input not be opened or read?  Each was reported on stderr, and
 * the others were read. */
bool source_failed(const struct source *s);

/* Could one of these not be opened for want of descriptors or memory? */
bool source_was_denied(const struct source *s);

/*
 * How much of the input was taken, of how much; all of it at the end.  Returns
 * false if the total is unknown because some input is neither a file nor a
 * URL.
 */
bool source_progress(const struct source *s, uint64_t *done_bytes,
                     uint64_t *total_bytes);

#endif /* SOURCE_H */
