#include "input/source.h"

#include "base/alloc.h"
#include "base/diag.h"
#include "input/lines.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes per read(2): what a pipe holds. */
#define READ_BYTES (64 * 1024)

/* Reads from a file in one call of source_next(), while no record shows. */
#define FILE_READS 32

struct source {
    const char *const *operands; /* the command line's */
    size_t noperands;
    size_t next;       /* the operand to open next */
    const char *place; /* of the open one, for messages */
    struct lines *lines;
    uint64_t line;    /* number of the last line taken */
    int fd;           /* of the open input, -1: none */
    bool is_file;     /* read(2) waits for a disk and for nobody else */
    bool is_ended;    /* read to its end, lines may be left */
    bool is_waiting;  /* until source_readable() */
    bool stdin_taken; /* opened before, so it is at its end now */
    bool failed;
};

struct source *
source_new(const char *const *operands, size_t n)
{
    static const char *const standard_input[] = {"-"};
    struct source *s = xcalloc(1, sizeof(*s));

    s->operands = n > 0 ? operands : standard_input;
    s->noperands = n > 0 ? n : 1;
    s->lines = lines_new();
    s->fd = -1;
    return s;
}

/* Leave the open input.  Standard input stays open, or the next file would
 * become it. */
static void
close_input(struct source *s)
{
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    s->fd = -1;
    s->is_waiting = false;
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

static void
report_open(struct source *s, const char *name, int error)
{
    if (s->fd == STDIN_FILENO)
        diag_error("cannot read standard input: %s", strerror(error));
    else
        diag_error("cannot open '%s': %s", name, strerror(error));
    s->failed = true;
}

/* Start to read an operand that is no URL; one that can't be is reported. */
static void
open_input(struct source *s, const char *name)
{
    bool is_stdin = strcmp(name, "-") == 0;
    struct stat st;

    if (is_stdin && s->stdin_taken)
        return;
    s->stdin_taken |= is_stdin;
    /* O_NONBLOCK: a FIFO that nobody writes to would hold up open(2).
     * Standard input keeps its mode, which it shares with the shell. */
    s->fd = is_stdin ? STDIN_FILENO
                     : open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0 || fstat(s->fd, &st) < 0) {
        report_open(s, name, errno);
        close_input(s);
    } else if (S_ISDIR(st.st_mode)) {
        report_open(s, name, EISDIR);
        close_input(s);
    } else {
        s->is_file = S_ISREG(st.st_mode) || S_ISBLK(st.st_mode);
        s->is_ended = false;
        s->line = 0;
        s->place = is_stdin ? "standard input" : name;
        lines_reset(s->lines);
    }
}

/* Go on to the next operand; true: it is a record by itself. */
static bool
next_operand(struct source *s, struct record *rec)
{
    const char *text = s->operands[s->next++];

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

/* Make a record of a line; false: it is none. */
static bool
set_record(const struct source *s, const struct line *line, struct record *rec)
{
    struct span whole = {line->text, line->len};
    struct span text = span_trim(whole);

    if (text.len == 0) {
        if (!line->is_too_long)
            return false;
        /* Who knows what follows a megabyte of blanks: nothing is dropped
         * without a word. */
        text = whole;
    }
    if (text.p[0] == '#')
        return false;
    rec->text = text.p;
    rec->len = text.len;
    rec->place = s->place;
    rec->line = line->number;
    rec->flaw = RECORD_OK;
    if (line->is_too_long)
        rec->flaw = RECORD_TOO_LONG;
    else if (memchr(text.p, '\0', text.len))
        rec->flaw = RECORD_HAS_NUL;
    return true;
}

static bool
next_line(struct source *s, struct record *rec)
{
    struct line line;

    while (lines_next(s->lines, &line)) {
        s->line = line.number;
        if (set_record(s, &line, rec))
            return true;
    }
    return false;
}

/* Would read(2) return at once?  Asked even after a wake-up, since another
 * process may read the same pipe or terminal. */
static bool
can_read(const struct source *s)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};

    return s->is_file || poll(&p, 1, 0) > 0;
}

/* Read once; false: there is nothing now. */
static bool
read_input(struct source *s)
{
    size_t size;
    char *space = lines_space(s->lines, &size);
    ssize_t n;

    if (!can_read(s))
        return false;
    n = read(s->fd, space, size < READ_BYTES ? size : READ_BYTES);
    if (n > 0) {
        lines_filled(s->lines, (size_t)n);
    } else if (n == 0) {
        lines_end(s->lines);
        s->is_ended = true;
    } else if (errno == EAGAIN) {
        return false;
    } else if (errno != EINTR) {
        /* A line that was cut off here is dropped, since the beginning of
         * a URL is another URL; the message has its number. */
        diag_error("%s:%llu: cannot read: %s", s->place,
                   (unsigned long long)s->line + 1, strerror(errno));
        s->failed = true;
        close_input(s);
    }
    return true;
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
        } else if (next_line(s, rec)) {
            return SOURCE_RECORD;
        } else if (s->is_ended) {
            close_input(s);
        } else if (nreads == (s->is_file ? FILE_READS : 1) || !read_input(s)) {
            s->is_waiting = true;
            return SOURCE_WAIT;
        } else {
            nreads++;
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
