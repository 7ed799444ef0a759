#include "input/source.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/csv.h"
#include "input/lines.h"
#include "input/operands.h"
#include "input/sitemap.h"

/* Bytes per read(2): a pipe's capacity. */
#define READ_BYTES (64 * 1024)

/* How often one call of source_next() reads from a file without finding a
 * record.
 */
#define FILE_READS 32

struct source {
    struct operands *operands;
    const char *place; /* name of the open input, for messages */
    struct lines *lines;
    struct csv_head *head;   /* columns of the open table; NULL: not read yet */
    struct sitemap *sitemap; /* the parser; NULL: the inputs are not sitemaps */
    bool has_sitemaps;
    char separator;       /* of tables; 0: the inputs are lines */
    uint64_t line;        /* number of the last line taken */
    uint64_t taken_bytes; /* of the open input */
    int fd;               /* of the open input; -1: none */
    bool is_file;         /* read(2) waits only for the disk */
    bool is_ended;        /* read to its end, but lines may be left */
    bool is_waiting;      /* until source_readable() */
    bool failed;          /* an input could not be read */
};

struct source *
source_new(const char *const *operands, size_t n)
{
    struct source *s = xcalloc(1, sizeof(*s));

    s->operands = operands_new(operands, n);
    s->lines = lines_new();
    s->fd = -1;
    return s;
}

bool
source_reads(const struct source *s, const char *path)
{
    return operands_have(s->operands, path);
}

void
source_set_separator(struct source *s, char separator)
{
    s->separator = separator;
    lines_set_separator(s->lines, separator);
}

void
source_set_sitemap(struct source *s)
{
    s->has_sitemaps = true;
}

void
source_set_output(struct source *s, int fd)
{
    operands_set_output(s->operands, fd);
}

bool
source_may_be_read(const struct source *s)
{
    return operands_may_be_read(s->operands);
}

/* Close the open input.  Standard input stays open, since the next file would
 * otherwise get its descriptor. */
static void
close_input(struct source *s)
{
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    s->fd = -1;
    s->is_waiting = false;
    csv_head_free(s->head);
    s->head = NULL;
    sitemap_free(s->sitemap);
    s->sitemap = NULL;
}

void
source_free(struct source *s)
{
    if (!s)
        return;
    close_input(s);
    operands_free(s->operands);
    lines_free(s->lines);
    free(s);
}

/* Read from an operand that was opened. */
static void
set_input(struct source *s, const struct operand *from)
{
    s->fd = from->fd;
    s->is_file = from->is_file;
    s->place = from->text;
    s->is_ended = false;
    s->line = 0;
    s->taken_bytes = 0;
    lines_reset(s->lines);
    if (s->has_sitemaps)
        s->sitemap = sitemap_new();
}

/* Make a record of a URL that is an operand. */
static void
set_url(const char *url, struct record *rec)
{
    struct span text = span_trim_mark((struct span){url, strlen(url)});

    *rec = (struct record){
        .text = text.p,
        .len = text.len,
        .flaw = text.len > LINE_MAX_BYTES ? RECORD_TOO_LONG : RECORD_OK,
    };
}

/* Make a record of a line.  Returns false if it is none. */
static bool
set_record(const struct source *s, const struct line *line, struct record *rec)
{
    struct span whole = {line->text, line->len};
    /* Files that were joined have a byte order mark in the middle. */
    struct span text = span_trim_mark(whole);
    size_t indent = (size_t)(text.p - whole.p);

    if (text.len == 0) {
        if (!line->is_too_long)
            return false;
        /* A line cut after a megabyte of blanks is not dropped silently. */
        text = whole;
        indent = 0;
    }
    if (text.p[0] == '#')
        return false;
    rec->text = text.p;
    rec->len = text.len;
    rec->indent = indent;
    rec->place = s->place;
    rec->line = line->number;
    rec->flaw = RECORD_OK;
    rec->why = NULL;
    rec->head = NULL;
    if (line->is_too_long)
        rec->flaw = RECORD_TOO_LONG;
    else if (memchr(text.p, '\0', text.len))
        rec->flaw = RECORD_HAS_NUL;
    return true;
}

/* Make a record of a table's row.  Returns false if it is blank. */
static bool
set_row(const struct source *s, const struct line *line, struct record *rec)
{
    size_t nblanks = 0;

    /* Not a tab, which may be the separator. */
    while (nblanks < line->len && line->text[nblanks] == ' ')
        nblanks++;
    if (nblanks == line->len && !line->is_too_long)
        return false;
    *rec = (struct record){
        .text = line->text,
        .len = line->len,
        .place = s->place,
        .line = line->number,
        .why = line->flaw,
        .head = s->head,
    };
    if (line->is_too_long)
        rec->flaw = RECORD_TOO_LONG;
    else if (memchr(line->text, '\0', line->len))
        rec->flaw = RECORD_HAS_NUL;
    else if (line->flaw)
        rec->flaw = RECORD_BAD_QUOTES;
    return true;
}

static void
report_head(struct source *s, uint64_t line, const char *what)
{
    diag_error("%s:%llu: cannot read the table: %s", s->place,
               (unsigned long long)line, what);
    s->failed = true;
}

/* Read the row that names the columns.  Without it the input is unusable. */
static void
read_head(struct source *s, const struct record *rec)
{
    struct buf why = BUF_INIT;
    struct span text = {rec->text, rec->len};

    switch (rec->flaw) {
    case RECORD_TOO_LONG:
        report_head(s, rec->line, "the header row is over 1 MiB");
        break;
    case RECORD_HAS_NUL:
        report_head(s, rec->line, "the header row has a NUL byte in it");
        break;
    case RECORD_BAD_QUOTES:
    case RECORD_BAD_XML:
        report_head(s, rec->line, rec->why);
        break;
    case RECORD_OK:
        s->head = csv_head_new(text, s->separator, &why);
        if (!s->head)
            report_head(s, rec->line, why.data);
        break;
    }
    buf_fini(&why);
}

static bool
set_table_record(struct source *s, const struct line *line, struct record *rec)
{
    if (!set_row(s, line, rec))
        return false;
    if (s->head)
        return true;
    read_head(s, rec);
    if (!s->head)
        close_input(s);
    return false;
}

static bool
next_line(struct source *s, struct record *rec)
{
    struct line line;

    while (s->fd >= 0 && lines_next(s->lines, &line)) {
        s->line = line.number;
        s->taken_bytes += line.len + 1;
        if (s->separator ? set_table_record(s, &line, rec)
                         : set_record(s, &line, rec))
            return true;
    }
    return false;
}

/* Take the next entry of a sitemap. */
static enum sitemap_status
next_entry(struct source *s, struct record *rec)
{
    struct sitemap_entry entry;
    enum sitemap_status status = sitemap_next(s->sitemap, &entry);

    if (status != SITEMAP_RECORD)
        return status;
    s->line = entry.line;
    *rec = (struct record){
        .text = entry.text,
        .len = entry.len,
        .place = s->place,
        .line = entry.line,
        .flaw = entry.flaw ? RECORD_BAD_XML : RECORD_OK,
        .why = entry.flaw,
    };
    if (entry.len > LINE_MAX_BYTES)
        rec->flaw = RECORD_TOO_LONG;
    return status;
}

/* The open input was read to its end. */
static void
end_input(struct source *s)
{
    if (lines_is_unclosed(s->lines)) {
        diag_error("%s:%llu: a quote is never closed: what follows it is lost",
                   s->place, (unsigned long long)s->line);
        s->failed = true;
    }
    close_input(s);
}

/* Would read(2) return at once?  Checked even after a wake-up, since another
 * process may read the same pipe or terminal. */
static bool
can_read(const struct source *s)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};

    return s->is_file || poll(&p, 1, 0) > 0;
}

/* n bytes were read, or 0 at the end. */
static void
take_input(struct source *s, size_t n)
{
    s->is_ended = n == 0;
    if (s->sitemap) {
        sitemap_filled(s->sitemap, n);
        s->taken_bytes += n;
        if (n == 0)
            sitemap_end(s->sitemap);
    } else if (n > 0) {
        lines_filled(s->lines, n);
    } else {
        lines_end(s->lines);
    }
}

/* Read once.  Returns false if nothing is available. */
static bool
read_input(struct source *s)
{
    size_t size;
    char *space = s->sitemap ? sitemap_space(s->sitemap, &size)
                             : lines_space(s->lines, &size);
    ssize_t n;

    if (!can_read(s))
        return false;
    n = read(s->fd, space, size < READ_BYTES ? size : READ_BYTES);
    if (n >= 0) {
        take_input(s, (size_t)n);
    } else if (errno == EAGAIN) {
        return false;
    } else if (errno != EINTR) {
        /* A line that was cut off here is dropped, since the beginning of a
         * URL is another URL; the message has its number. */
        diag_error("%s:%llu: cannot read: %s", s->place,
                   (unsigned long long)s->line + 1, strerror(errno));
        s->failed = true;
        close_input(s);
    }
    return true;
}

/* Continue within the open input: return a record, or what to do. */
static enum sitemap_status
next_of_input(struct source *s, struct record *rec)
{
    if (s->sitemap)
        return next_entry(s, rec);
    if (next_line(s, rec))
        return SITEMAP_RECORD;
    if (s->fd < 0)
        return SITEMAP_AGAIN; /* it was not a table */
    if (!s->is_ended)
        return SITEMAP_MORE;
    return SITEMAP_END;
}

/* Go on to the next input, or to an operand that is itself a record. */
static enum source_status
next_operand(struct source *s, struct record *rec)
{
    struct operand next;

    for (;;) {
        switch (operands_next(s->operands, &next)) {
        case OPERAND_END:
            return SOURCE_END;
        case OPERAND_URL:
            set_url(next.text, rec);
            return SOURCE_RECORD;
        case OPERAND_INPUT:
            set_input(s, &next);
            return SOURCE_WAIT;
        case OPERAND_NONE:
            break;
        }
    }
}

enum source_status
source_next(struct source *s, struct record *rec)
{
    int nreads = 0;

    if (s->is_waiting)
        return SOURCE_WAIT;
    for (;;) {
        if (s->fd < 0) {
            enum source_status status = next_operand(s, rec);

            if (status != SOURCE_WAIT)
                return status;
            nreads = 0;
        }
        switch (next_of_input(s, rec)) {
        case SITEMAP_RECORD:
            return SOURCE_RECORD;
        case SITEMAP_END:
            end_input(s);
            break;
        case SITEMAP_AGAIN:
            /* A pipe may have nothing to wake us; it gives 64 KiB per turn. */
            if (!s->is_file || nreads++ < FILE_READS)
                break;
            s->is_waiting = true;
            return SOURCE_WAIT;
        case SITEMAP_MORE:
            if (nreads++ < (s->is_file ? FILE_READS : 1) && read_input(s))
                break;
            s->is_waiting = true;
            return SOURCE_WAIT;
        }
    }
}

void
source_readable(struct source *s)
{
    s->is_waiting = false;
}

int
source_fd(const struct source *s)
{
    return s->fd;
}

bool
source_failed(const struct source *s)
{
    return s->failed || operands_failed(s->operands);
}

bool
source_was_denied(const struct source *s)
{
    return operands_were_denied(s->operands);
}

bool
source_progress(const struct source *s, uint64_t *done_bytes,
                uint64_t *total_bytes)
{
    return operands_progress(s->operands, s->fd >= 0, s->taken_bytes,
                             done_bytes, total_bytes);
}
