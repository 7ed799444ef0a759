#include "input/source.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/span.h"
#include "base/utf8.h"
#include "input/csv.h"
#include "input/lines.h"
#include "input/sitemap.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes per read(2): a pipe's capacity. */
#define READ_BYTES (64 * 1024)

/* How often one call of source_next() reads from a file without finding a
 * record.
 */
#define FILE_READS 32

struct source {
    const char *const *operands; /* the command line's */
    size_t noperands;
    size_t next;       /* the operand to open next */
    const char *place; /* name of the open input, for messages */
    struct lines *lines;
    struct csv_head *head;   /* columns of the open table; NULL: not read yet */
    struct sitemap *sitemap; /* the parser; NULL: the inputs are not sitemaps */
    bool has_sitemaps;
    char separator;   /* of tables; 0: the inputs are lines */
    uint64_t line;    /* number of the last line taken */
    int fd;           /* of the open input; -1: none */
    bool is_file;     /* read(2) waits only for the disk */
    bool is_ended;    /* read to its end, but lines may be left */
    bool is_waiting;  /* until source_readable() */
    bool stdin_taken; /* opened before, so it is at its end */
    bool failed;
    bool denied;        /* as there were no descriptors or no memory */
    bool has_output;    /* results go to a file... */
    struct stat output; /* ...this one */

    /* How much of the input was taken; unset unless has_total. */
    bool has_total;
    uint64_t total_bytes; /* of all operands, when we started */
    uint64_t done_bytes;  /* of the operands before the last one */
    uint64_t input_bytes; /* of the last one... */
    uint64_t taken_bytes; /* ...its lines so far */
};

static int
stat_operand(const char *operand, struct stat *st)
{
    return strcmp(operand, "-") == 0 ? fstat(STDIN_FILENO, st)
                                     : stat(operand, st);
}

/*
 * Get the size of an operand.  Returns false if it is unknown before reading.
 */
static bool
get_size(const char *operand, uint64_t *size)
{
    bool is_stdin = strcmp(operand, "-") == 0;
    off_t begin = 0;
    struct stat st;

    *size = 0;
    if (strstr(operand, "://")) {
        *size = strlen(operand);
        return true;
    }
    if (stat_operand(operand, &st) != 0)
        return true; /* it will be reported, and gives no records */
    if (!S_ISREG(st.st_mode))
        return S_ISDIR(st.st_mode);
    if (is_stdin)
        begin = lseek(STDIN_FILENO, 0, SEEK_CUR);
    if (begin >= 0 && begin < st.st_size)
        *size = (uint64_t)(st.st_size - begin);
    return true;
}

/* Add up the sizes of all operands. */
static void
set_total(struct source *s)
{
    bool has_stdin = false;
    uint64_t size;

    for (size_t i = 0; i < s->noperands; i++) {
        bool is_stdin = strcmp(s->operands[i], "-") == 0;

        if (is_stdin && has_stdin)
            continue; /* treated as when its turn comes */
        has_stdin |= is_stdin;
        if (!get_size(s->operands[i], &size))
            return;
        s->total_bytes += size;
    }
    s->has_total = true;
}

bool
source_reads(const struct source *s, const char *path)
{
    struct stat there, st;

    if (stat(path, &there) != 0 || !S_ISREG(there.st_mode))
        return false;
    for (size_t i = 0; i < s->noperands; i++)
        if (!strstr(s->operands[i], "://") &&
            stat_operand(s->operands[i], &st) == 0 && fs_is_same(&st, &there))
            return true;
    return false;
}

struct source *
source_new(const char *const *operands, size_t n)
{
    static const char *const standard_input[] = {"-"};
    struct source *s = xcalloc(1, sizeof(*s));

    s->operands = n > 0 ? operands : standard_input;
    s->noperands = n > 0 ? n : 1;
    s->lines = lines_new();
    s->fd = -1;
    set_total(s);
    return s;
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
    s->has_output = fstat(fd, &s->output) == 0 && S_ISREG(s->output.st_mode);
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
    lines_free(s->lines);
    free(s);
}

/* Does the name of a missing file look like a URL ("example.com",
 * "localhost:8080/a")?  It is never requested: a mistyped file name must not
 * become a request. */
static bool
is_like_url(const char *name)
{
    const char *dot = strchr(name, '.');

    return *name && !strpbrk(name, " \t") && *name != '.' && *name != '/' &&
           (strchr(name, ':') || strncmp(name, "localhost", 9) == 0 ||
            (dot && dot[1] != '\0'));
}

/* Report an unusable input and go on to the next.  err is 0 if the results go
 * there. */
static void
give_up(struct source *s, const char *name, int err)
{
    const char *why = err ? strerror(err) : "the results go there";

    if (s->fd == STDIN_FILENO)
        diag_error("cannot read standard input: %s", why);
    else if (err == ENOENT && is_like_url(name))
        diag_error("cannot open '%s': %s; a URL needs a scheme: https://%s",
                   name, why, name);
    else
        diag_error("cannot open '%s': %s", name, why);
    s->failed = true;
    s->denied |= err == EMFILE || err == ENFILE || err == ENOMEM;
    close_input(s);
}

/* Open an operand that is not a URL.  One that cannot be opened is reported. */
static void
open_input(struct source *s, const char *name)
{
    bool is_stdin = strcmp(name, "-") == 0;
    struct stat st;

    if (is_stdin && s->stdin_taken)
        return;
    s->stdin_taken |= is_stdin;
    /* Without O_NONBLOCK, open(2) would block on a FIFO without a writer.
     * Standard input keeps its mode, which it shares with the shell. */
    s->fd = is_stdin ? STDIN_FILENO
                     : open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0 || fstat(s->fd, &st) < 0) {
        give_up(s, name, errno);
    } else if (S_ISDIR(st.st_mode)) {
        give_up(s, name, EISDIR);
    } else if (s->has_output && fs_is_same(&st, &s->output)) {
        give_up(s, name, 0);
    } else {
        s->is_file = S_ISREG(st.st_mode) || S_ISBLK(st.st_mode);
        s->is_ended = false;
        s->line = 0;
        s->place = is_stdin ? "standard input" : name;
        lines_reset(s->lines);
        if (s->has_sitemaps)
            s->sitemap = sitemap_new();
    }
}

/* Go on to the next operand.  Returns true if it is itself a record. */
static bool
next_operand(struct source *s, struct record *rec)
{
    const char *text = s->operands[s->next++];

    s->done_bytes += s->input_bytes;
    s->taken_bytes = 0;
    if (s->has_total)
        s->has_total = get_size(text, &s->input_bytes);
    if (!strstr(text, "://")) {
        open_input(s, text);
        return false;
    }

    struct span trimmed = span_trim((struct span){text, strlen(text)});

    *rec = (struct record){
        .text = trimmed.p,
        .len = trimmed.len,
        .flaw = trimmed.len > LINE_MAX_BYTES ? RECORD_TOO_LONG : RECORD_OK,
    };
    return true;
}

/* Remove white space around a line, and a byte order mark: files that were
 * joined have one in the middle. */
static struct span
trim_line(struct span line)
{
    line = span_trim(line);
    line.p = utf8_skip_mark(line.p, &line.len);
    return span_trim(line);
}

/* Make a record of a line.  Returns false if it is none. */
static bool
set_record(const struct source *s, const struct line *line, struct record *rec)
{
    struct span whole = {line->text, line->len};
    struct span text = trim_line(whole);

    if (text.len == 0) {
        if (!line->is_too_long)
            return false;
        /* A line cut after a megabyte of blanks is not dropped silently. */
        text = whole;
    }
    if (text.p[0] == '#')
        return false;
    rec->text = text.p;
    rec->len = text.len;
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

enum source_status
source_next(struct source *s, struct record *rec)
{
    int nreads = 0;

    if (s->is_waiting)
        return SOURCE_WAIT;
    for (;;) {
        if (s->fd < 0) {
            if (s->next == s->noperands)
                return SOURCE_END;
            if (next_operand(s, rec))
                return SOURCE_RECORD;
            nreads = 0;
            continue;
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
    return s->failed;
}

bool
source_was_denied(const struct source *s)
{
    return s->denied;
}

bool
source_progress(const struct source *s, uint64_t *done_bytes,
                uint64_t *total_bytes)
{
    uint64_t taken = s->taken_bytes;

    /* A closed input is done, even if lines were left. */
    if (s->fd < 0 || taken > s->input_bytes)
        taken = s->input_bytes;
    *total_bytes = s->total_bytes;
    *done_bytes = s->done_bytes + taken;
    if (*done_bytes > *total_bytes)
        *done_bytes = *total_bytes; /* a file grew */
    return s->has_total;
}
