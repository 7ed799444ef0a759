#include "input/lines.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define BOM "\xef\xbb\xbf"
#define MAX LINE_MAX_BYTES

/* Put bytes in, as much of them as there is space for. */
static size_t
feed(struct lines *l, const char *data, size_t len)
{
    size_t size;
    char *space = lines_space(l, &size);

    cr_assert_gt(size, 0);
    if (len > size)
        len = size;
    memcpy(space, data, len);
    lines_filled(l, len);
    return len;
}

/* n times c, as a piece of its own each 64 KiB. */
static void
feed_run(struct lines *l, char c, size_t n)
{
    char piece[64 * 1024];

    memset(piece, c, sizeof(piece));
    while (n > 0)
        n -= feed(l, piece, n < sizeof(piece) ? n : sizeof(piece));
}

/* Write what comes out to out as "text|text|", with "!" for a NUL byte. */
static void
drain(struct lines *l, char *out, uint64_t *number)
{
    struct line line;

    while (lines_next(l, &line)) {
        cr_expect_eq(line.number, ++*number);
        cr_expect_not(line.is_too_long);
        out += strlen(out);
        for (size_t i = 0; i < line.len; i++)
            *out++ = line.text[i] ? line.text[i] : '!';
        memcpy(out, "|", 2);
    }
}

/* All of the text in pieces of one size. */
static void
split(struct lines *l, const char *data, size_t len, size_t piece, char *out)
{
    uint64_t number = 0;

    out[0] = '\0';
    for (size_t at = 0; at < len; at += piece) {
        size_t n = len - at < piece ? len - at : piece;

        cr_assert_eq(feed(l, data + at, n), n);
        drain(l, out, &number);
    }
    lines_end(l);
    drain(l, out, &number);
}

Test(lines, are_the_same_whatever_the_pieces)
{
#define ROW(text, out)                                                         \
    {                                                                          \
        text, sizeof(text) - 1, out                                            \
    }
    static const struct {
        const char *text;
        size_t len;
        const char *out;
    } rows[] = {
        ROW("", ""),
        ROW("\n", "|"),
        ROW("a", "a|"),
        ROW("a\n", "a|"),
        ROW("a\nb", "a|b|"),
        ROW("a\n\n\nb\n", "a|||b|"),
        ROW("a\r\nb\r\n", "a|b|"),
        ROW("\r\n\r\n", "||"),
        /* Only the CR that stands before LF is part of the line's end. */
        ROW("a\r\r\nb\rc\n", "a\r|b\rc|"),
        ROW("a\r", "a\r|"),
        ROW("a\0b\nc\0\n\0", "a!b|c!|!|"),
        ROW(BOM, ""),
        ROW(BOM "\n", "|"),
        ROW(BOM "a\nb\n", "a|b|"),
        ROW(BOM BOM "a\n", BOM "a|"),
        ROW("a" BOM "\n" BOM "b\n", "a" BOM "|" BOM "b|"),
        ROW("\n" BOM "a", "|" BOM "a|"),
        ROW("\xef", "\xef|"),
        ROW("\xef\xbb", "\xef\xbb|"),
        ROW("\xef\xbb\n\xbf", "\xef\xbb|\xbf|"),
        ROW("\xef\nab", "\xef|ab|"),
    };
    struct lines *l = lines_new();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t piece = 1; piece <= rows[i].len + 1; piece++) {
            char out[64];

            lines_reset(l);
            split(l, rows[i].text, rows[i].len, piece, out);
            cr_expect_str_eq(out, rows[i].out, "row %zu in pieces of %zu: '%s'",
                             i, piece, out);
        }
    }
    lines_free(l);
}

Test(lines, wait_for_their_end)
{
    struct lines *l = lines_new();
    struct line line;

    cr_expect_not(lines_next(l, &line));
    feed(l, "http://a/", 9);
    cr_expect_not(lines_next(l, &line));
    feed(l, "b\nhttp", 6);
    cr_assert(lines_next(l, &line));
    cr_expect_eq(line.len, 10);
    cr_expect_arr_eq(line.text, "http://a/b", 10);
    cr_expect_not(lines_next(l, &line));
    lines_free(l);
}

Test(lines, a_new_file_starts_afresh)
{
    struct lines *l = lines_new();
    struct line line;

    feed(l, "a\nleft over", 11);
    cr_assert(lines_next(l, &line));
    lines_end(l);
    lines_reset(l);
    cr_expect_not(lines_next(l, &line));
    feed(l, BOM "b", 4);
    cr_expect_not(lines_next(l, &line), "the end was that of the last file");
    feed(l, "\n", 1);
    cr_assert(lines_next(l, &line));
    cr_expect_eq(line.number, 1);
    cr_expect_eq(line.len, 1);
    cr_expect_eq(line.text[0], 'b');
    lines_free(l);
}

Test(lines, of_just_the_greatest_length_are_whole)
{
    static const struct {
        const char *before, *after;
        size_t len; /* of the run of x between them */
        bool is_too_long;
    } rows[] = {
        {"", "\n", MAX, false},      {"", "\r\n", MAX, false},
        {"", "", MAX, false},        {BOM, "\r\n", MAX, false},
        {BOM, "", MAX, false},       {"", "\n", MAX + 1, true},
        {"", "\r\n", MAX + 1, true}, {"", "", MAX + 1, true},
        {"", "\r", MAX, true}, /* no line end, and so a byte of it */
        {BOM, "\n", MAX + 1, true},
    };
    struct lines *l = lines_new();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct line line;

        lines_reset(l);
        feed(l, rows[i].before, strlen(rows[i].before));
        feed_run(l, 'x', rows[i].len);
        feed(l, rows[i].after, strlen(rows[i].after));
        lines_end(l);
        cr_assert(lines_next(l, &line), "row %zu", i);
        cr_expect_eq(line.is_too_long, rows[i].is_too_long, "row %zu", i);
        cr_expect_eq(line.len, MAX, "row %zu: %zu", i, line.len);
        cr_expect_eq(line.text[0], 'x', "row %zu", i);
        cr_expect_eq(line.text[MAX - 1], 'x', "row %zu", i);
        cr_expect_not(lines_next(l, &line), "row %zu", i);
    }
    lines_free(l);
}

Test(lines, an_over_long_line_is_given_once_and_the_next_is_whole)
{
    struct lines *l = lines_new();
    struct line line;
    int ngiven = 0;

    feed(l, "a\n", 2);
    cr_assert(lines_next(l, &line));
    for (int i = 0; i < 300; i++) { /* 19 MiB, more than any buffer here */
        feed_run(l, 'x', 64 * 1024);
        while (lines_next(l, &line)) {
            ngiven++;
            cr_expect(line.is_too_long);
            cr_expect_eq(line.number, 2);
            cr_expect_eq(line.len, MAX);
        }
    }
    cr_expect_eq(ngiven, 1);
    feed(l, "x\nb\r\nc", 6);
    cr_assert(lines_next(l, &line));
    cr_expect_eq(line.number, 3);
    cr_expect_not(line.is_too_long);
    cr_expect_eq(line.len, 1);
    cr_expect_eq(line.text[0], 'b');
    lines_end(l);
    cr_assert(lines_next(l, &line));
    cr_expect_eq(line.text[0], 'c');
    cr_expect_not(lines_next(l, &line));
    lines_free(l);
}

Test(lines, an_over_long_line_may_be_the_last)
{
    struct lines *l = lines_new();
    struct line line;

    feed_run(l, 'x', MAX + 2);
    cr_assert(lines_next(l, &line));
    cr_expect(line.is_too_long);
    feed_run(l, 'x', 10);
    lines_end(l);
    cr_expect_not(lines_next(l, &line));
    lines_free(l);
}

Test(lines, leave_64_KiB_of_space_when_all_are_taken)
{
    struct lines *l = lines_new();
    struct line line;
    size_t size, fed = 0;

    /* A line that grows byte by byte behind one that was taken. */
    feed(l, "a\n", 2);
    cr_assert(lines_next(l, &line));
    for (; fed < MAX; fed += 4096) {
        feed_run(l, 'x', 4096);
        cr_assert_not(lines_next(l, &line));
        (void)lines_space(l, &size);
        cr_assert_geq(size, 64 * 1024 - 2, "%zu after %zu", size, fed);
    }
    feed(l, "\r", 1);
    cr_assert_not(lines_next(l, &line));
    (void)lines_space(l, &size);
    cr_expect_geq(size, 64 * 1024);
    lines_free(l);
}
