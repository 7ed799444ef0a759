#include "input/lines.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The least that lines_space() offers once all lines are taken. */
#define SPACE_MIN (64 * 1024)

/* The longest line and its CR and LF, and room to read behind it. */
#define LINES_CAP (LINE_MAX_BYTES + 2 + SPACE_MIN)

static const char byte_order_mark[] = "\xef\xbb\xbf";
#define BOM_LEN (sizeof(byte_order_mark) - 1)

struct lines {
    size_t start;     /* first byte that was not given out */
    size_t end;       /* behind the last byte read */
    size_t scanned;   /* no newline from start to here */
    uint64_t number;  /* of the last line given */
    bool is_fresh;    /* a BOM may still come */
    bool is_ended;    /* nothing more is read */
    bool is_dropping; /* in the rest of an over-long line */
    char data[];      /* LINES_CAP bytes; pages never used cost nothing */
};

struct lines *
lines_new(void)
{
    struct lines *l = xmalloc(sizeof(*l) + LINES_CAP);

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
    l->is_fresh = true;
    l->is_ended = false;
    l->is_dropping = false;
}

/*
 * What is left moves to the front here and not as lines are taken: then it
 * is the beginning of one line out of the last read at most, whatever the
 * size of the pieces, so that no byte moves twice.
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

/* Step over a BOM; false: there are too few bytes to tell. */
static bool
skip_bom(struct lines *l)
{
    const char *text = l->data + l->start;
    size_t len = l->end - l->start;
    bool is_like =
        memcmp(text, byte_order_mark, len < BOM_LEN ? len : BOM_LEN) == 0;

    if (is_like && len < BOM_LEN && !l->is_ended)
        return false;
    if (is_like && len >= BOM_LEN)
        l->start = l->scanned = l->start + BOM_LEN;
    l->is_fresh = false;
    return true;
}

/* Drop the rest of an over-long line; false: it isn't over yet. */
static bool
drop_rest(struct lines *l)
{
    const char *text = l->data + l->start;
    const char *newline = memchr(text, '\n', l->end - l->start);

    l->start = newline ? (size_t)(newline + 1 - l->data) : l->end;
    l->scanned = l->start;
    l->is_dropping = newline == NULL;
    return newline != NULL;
}

/* Give out the first len bytes, and step over the next too. */
static void
take(struct lines *l, size_t len, size_t next, struct line *line)
{
    line->text = l->data + l->start;
    line->is_too_long = len > LINE_MAX_BYTES;
    line->len = line->is_too_long ? LINE_MAX_BYTES : len;
    line->number = ++l->number;
    l->start = l->scanned = l->start + next;
}

bool
lines_next(struct lines *l, struct line *line)
{
    if (l->is_dropping && !drop_rest(l))
        return false;
    if (l->is_fresh && !skip_bom(l))
        return false;

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
    if (len > LINE_MAX_BYTES + 1) { /* one more: that may be a CR */
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
