#include "input/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "input/csv.h"

/* The least space that lines_space() offers when no lines are left. */
#define SPACE_MIN (64 * 1024)

/* The longest line with CR and LF, and space to read behind it. */
#define LINES_CAP (LINE_MAX_BYTES + 2 + SPACE_MIN)

#define BOM_LEN (sizeof(UTF8_MARK) - 1)

static const char stray_quote[] = "a quote in the midst of a field";

struct lines {
    size_t start;         /* first byte not yet returned */
    size_t end;           /* end of the bytes read */
    size_t scanned;       /* there is no end of a line from start to here */
    uint64_t number;      /* of the last line given */
    char separator;       /* of the fields of a table; 0: plain lines */
    enum csv_state state; /* of the record at scanned */
    const char *flaw; /* error of the record at start: only its first line is
                         returned */
    bool is_fresh;    /* a byte order mark may still come */
    bool is_ended;    /* nothing more is read */
    bool is_dropping; /* within the rest of a line that is too long */
    char data[];      /* LINES_CAP bytes; pages never used cost nothing */
};

struct lines *
lines_new(void)
{
    struct lines *l = xmalloc(sizeof(*l) + LINES_CAP);

    l->separator = '\0';
    lines_reset(l);
    return l;
}

void
lines_free(struct lines *l)
{
    free(l);
}

void
lines_reset(struct lines *l)
{
    l->start = l->end = l->scanned = 0;
    l->number = 0;
    l->state = CSV_START;
    l->flaw = NULL;
    l->is_fresh = true;
    l->is_ended = false;
    l->is_dropping = false;
}

void
lines_set_separator(struct lines *l, char separator)
{
    l->separator = separator;
}

/*
 * The rest of the data moves to the front here, not when lines are taken.  So
 * at most the beginning of one line moves per read, and no byte moves twice.
 */
char *
lines_space(struct lines *l, size_t *size)
{
    if (l->start > 0) {
        memmove(l->data, l->data + l->start, l->end - l->start);
        l->end -= l->start;
        l->scanned -= l->start;
        l->start = 0;
    }
    *size = LINES_CAP - l->end;
    return l->data + l->end;
}

void
lines_filled(struct lines *l, size_t n)
{
    l->end += n;
}

void
lines_end(struct lines *l)
{
    l->is_ended = true;
}

/* Skip a byte order mark.  Returns false if more bytes are needed to decide. */
static bool
skip_bom(struct lines *l)
{
    const char *text = l->data + l->start;
    size_t len = l->end - l->start;
    bool is_like = memcmp(text, UTF8_MARK, len < BOM_LEN ? len : BOM_LEN) == 0;

    if (is_like && len < BOM_LEN && !l->is_ended)
        return false;
    if (is_like && len >= BOM_LEN)
        l->start = l->scanned = l->start + BOM_LEN;
    l->is_fresh = false;
    return true;
}

/* Drop the rest of a line that is too long.  Returns false if its end has not
 * come. */
static bool
drop_rest(struct lines *l)
{
    const char *text = l->data + l->start;
    const char *newline = memchr(text, '\n', l->end - l->start);

    l->start = newline ? (size_t)(newline + 1 - l->data) : l->end;
    l->scanned = l->start;
    l->is_dropping = !newline;
    return newline != NULL;
}

/* Return the first len bytes as a line, and skip to next. */
static void
take(struct lines *l, size_t len, size_t next, struct line *line)
{
    line->text = l->data + l->start;
    line->is_too_long = len > LINE_MAX_BYTES;
    line->len = line->is_too_long ? LINE_MAX_BYTES : len;
    line->number = ++l->number;
    line->flaw = l->flaw;
    l->start = l->scanned = l->start + next;
}

/* Return the next line.  Returns false if there is none yet. */
static bool
next_line(struct lines *l, struct line *line)
{
    const char *text = l->data + l->start;
    const char *newline =
        memchr(l->data + l->scanned, '\n', l->end - l->scanned);

    if (newline) {
        size_t len = (size_t)(newline - text);
        bool has_cr = len > 0 && text[len - 1] == '\r';

        take(l, len - has_cr, len + 1, line);
        return true;
    }

    size_t len = l->end - l->start;

    l->scanned = l->end;
    if (len > LINE_MAX_BYTES + 1) { /* one more byte, which may be a CR */
        take(l, len, len, line);
        l->is_dropping = true;
        return true;
    }
    if (l->is_ended && len > 0) {
        take(l, len, len, line);
        return true;
    }
    return false;
}

/*
 * Records.
 */

static enum csv_scan
scan(struct lines *l)
{
    return csv_scan(l->data, l->end, l->separator, &l->state, &l->scanned);
}

/* The record at start is invalid: its first line will be returned instead. */
static void
set_flaw(struct lines *l, const char *flaw)
{
    l->flaw = flaw;
    l->state = CSV_START;
    l->scanned = l->start;
}

/* Return the record up to end, which is a newline or the end of the file. */
static void
take_record(struct lines *l, size_t end, struct line *line)
{
    const char *text = l->data + l->start;
    size_t len = end - l->start, next = len + (end < l->end);
    bool has_cr = len > 0 && text[len - 1] == '\r';
    uint64_t nmore = 0;

    for (const char *p = text; (p = memchr(p, '\n', len - (size_t)(p - text)));
         p++)
        nmore++;
    take(l, len - has_cr, next, line);
    l->number += nmore;
    l->state = CSV_START;
}

/* Drop the rest of a record or line that is too long.  Returns false if its
 * end has not come. */
static bool
drop(struct lines *l)
{
    if (l->separator && !l->flaw) {
        enum csv_scan found = scan(l);

        for (size_t i = l->start; i < l->scanned; i++)
            l->number += l->data[i] == '\n';
        l->start = l->scanned += found == CSV_END;
        if (found == CSV_MORE)
            return false;
        l->state = CSV_START;
        l->is_dropping = false;
        if (found == CSV_END)
            return true;
        l->flaw = stray_quote; /* up to the next line, at least */
    }
    if (!drop_rest(l))
        return false;
    l->flaw = NULL;
    return true;
}

static bool
next_record(struct lines *l, struct line *line)
{
    size_t len;

    switch (scan(l)) {
    case CSV_END:
        take_record(l, l->scanned, line);
        return true;
    case CSV_STRAY:
        set_flaw(l, stray_quote);
        break;
    case CSV_MORE:
        len = l->end - l->start;
        if (len > LINE_MAX_BYTES + 1) {
            enum csv_state state = l->state;

            take_record(l, l->end, line);
            l->state = state;
            l->is_dropping = true;
            return true;
        }
        if (!l->is_ended || len == 0)
            return false;
        if (l->state != CSV_QUOTED) {
            take_record(l, l->end, line);
            return true;
        }
        set_flaw(l, "a quote that is never closed");
        break;
    }
    return false;
}

bool
lines_next(struct lines *l, struct line *line)
{
    bool is_there;

    if (l->is_dropping && !drop(l))
        return false;
    if (l->is_fresh && !skip_bom(l))
        return false;
    if (!l->separator)
        return next_line(l, line);
    if (!l->flaw && next_record(l, line))
        return true;
    if (!l->flaw)
        return false;
    is_there = next_line(l, line);
    if (is_there && !l->is_dropping)
        l->flaw = NULL;
    return is_there;
}

bool
lines_is_unclosed(const struct lines *l)
{
    return l->is_ended && l->is_dropping && l->separator && !l->flaw &&
           l->state == CSV_QUOTED;
}
