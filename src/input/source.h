/*
 * source.h - the inputs in a row, pulled one record at a time, never ahead
 * of need.
 *
 * The operands of the command line in their order: a URL is a record by
 * itself, a file and standard input are lines (lines.h).  Blank lines and
 * lines that start with '#' are no records.  Where inputs are tables (csv.h)
 * the first record of each names the columns, the others are rows, blank
 * lines are none, and there are no comments.  Nothing is read but by
 * source_next(), and never so that it blocks: where a pipe, terminal or
 * socket has nothing yet, the caller waits for source_fd().
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "base/base.h"

struct csv_head;
struct source;

enum source_status {
    SOURCE_RECORD, /* *rec is set */
    SOURCE_WAIT,   /* nothing yet: wait until source_fd() can be read */
    SOURCE_END,    /* no more records */
};

enum record_flaw {
    RECORD_OK,
    RECORD_TOO_LONG, /* over LINE_MAX_BYTES; text is its beginning */
    RECORD_HAS_NUL,
    RECORD_BAD_QUOTES, /* of a table; text is its first line */
    RECORD_BAD_XML,    /* of a sitemap, whose rest is given up; no text */
};

/* A record's text.  Valid until the next call. */
struct record {
    const char *text;  /* white space (but in a row), CR and BOM around it are
                          gone */
    size_t len;        /* at least 1 */
    const char *place; /* file name, "standard input" or NULL for an operand;
                          lives as long as the source and the operands */
    uint64_t line;     /* 1-based, 0 for an operand */
    enum record_flaw flaw;
    const char *why; /* RECORD_BAD_QUOTES, RECORD_BAD_XML: what is wrong */
    const struct csv_head *head; /* its columns, NULL: it is no row */
};

/* operands are borrowed; n == 0 stands for "-". */
NODISCARD struct source *source_new(const char *const *operands, size_t n);
void source_free(struct source *s); /* NULL is fine */

/*
 * Take the inputs as tables with this separator.  To be called before the
 * first record.  An input without usable header row counts as one that could
 * not be read.
 */
void source_set_separator(struct source *s, char separator);

/* Take the inputs as sitemaps (sitemap.h): a record is a JSON request then.
 * To be called before the first record. */
void source_set_sitemap(struct source *s);

/* Is one of the inputs the file of that name? */
bool source_reads(const struct source *s, const char *path);

/*
 * Where results go.  An input that is the same file counts as one that could
 * not be read: each result would become a record.
 */
void source_set_output(struct source *s, int fd);

/*
 * The next record.  SOURCE_WAIT also comes, from a file too, where much was
 * read and no record was in it, so that signals and sockets get their turn;
 * and again with each call until source_readable().
 */
NODISCARD enum source_status source_next(struct source *s, struct record *rec);

/* Tell that source_fd() became readable. */
void source_readable(struct source *s);

/*
 * What to wait for, -1: nothing.  It may be a file on disk, which epoll
 * refuses and libev's watchers take.
 */
int source_fd(const struct source *s);

/* Some input could not be opened or read; each was reported on stderr and
 * the rest went on. */
bool source_failed(const struct source *s);

/*
 * How much of the input was taken, of how much; all of it at the end.  false:
 * nobody knows, since some of it is neither a file nor a URL.
 */
bool source_progress(const struct source *s, uint64_t *done_bytes,
                     uint64_t *total_bytes);

#endif /* SOURCE_H */
