/*
 * fuzz_lines.c - bytes to lines, whatever the pieces they come in.
 *
 * The first byte is the size of the pieces, the rest is the file, in which a
 * 0xfe stands for 600,000 times x, so that over-long lines are near.  The
 * oracle cuts the whole file at once.
 */
#include "fuzz.h"

#include <string.h>

#include "base/buf.h"
#include "input/lines.h"

#define RUN_BYTES 600000
#define RUNS_MAX  8

static void
unfold(struct buf *file, const uint8_t *data, size_t size)
{
    int nruns = 0;

    for (size_t i = 0; i < size; i++) {
        if (data[i] != 0xfe) {
            buf_addc(file, (char)data[i]);
        } else if (nruns++ < RUNS_MAX) {
            memset(buf_reserve(file, RUN_BYTES), 'x', RUN_BYTES);
            file->len += RUN_BYTES;
        }
    }
}

/* A line as it should be: compare, and step over it. */
static void
check_line(const struct buf *file, size_t *at, const struct line *line)
{
    const char *text = file->data + *at;
    size_t rest = file->len - *at;
    const char *newline = memchr(text, '\n', rest);
    size_t len = newline ? (size_t)(newline - text) : rest;

    *at += len + (newline != NULL);
    if (newline && len > 0 && text[len - 1] == '\r')
        len--;
    check(line->is_too_long == (len > LINE_MAX_BYTES));
    if (!line->is_too_long)
        check(line->len == len);
    check(line->len <= len);
    check(memcmp(line->text, text, line->len) == 0);
}

/* Take all lines that there are. */
static void
drain(struct lines *l, const struct buf *file, size_t *at, uint64_t *number)
{
    struct line line;

    while (lines_next(l, &line)) {
        check(line.number == ++*number);
        check(*at < file->len);
        check_line(file, at, &line);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf file = BUF_INIT;
    struct lines *l;
    uint64_t number = 0;
    size_t at = 0, fed = 0, piece;

    if (size == 0)
        return 0;
    unfold(&file, data + 1, size - 1);
    /* Runs in single bytes would take all day. */
    piece = (size_t)data[0] + 1 + file.len / 100;
    if (file.len >= 3 && memcmp(file.data, "\xef\xbb\xbf", 3) == 0)
        at = 3;

    l = lines_new();
    while (fed < file.len) {
        size_t space_size, n = file.len - fed;
        char *space = lines_space(l, &space_size);

        check(space_size >= 64 * 1024);
        if (n > piece)
            n = piece;
        if (n > space_size)
            n = space_size;
        memcpy(space, file.data + fed, n);
        lines_filled(l, n);
        fed += n;
        drain(l, &file, &at, &number);
    }
    lines_end(l);
    drain(l, &file, &at, &number);
    check(at == file.len);

    lines_free(l);
    buf_fini(&file);
    return 0;
}
