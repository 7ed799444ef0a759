/*
 * Records of tables: lines.h with a separator.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "input/lines.h"

#include <string.h>

#include <criterion/criterion.h>

/* Feed a file in pieces and write down what comes: number, text, marks. */
static void
split(struct lines *l, const char *file, size_t len, size_t piece,
      struct buf *out)
{
    struct line line;
    size_t fed = 0;

    lines_reset(l);
    buf_clear(out);
    for (;;) {
        while (lines_next(l, &line)) {
            size_t shown = line.len < 40 ? line.len : 4;

            buf_printf(out, "%llu", (unsigned long long)line.number);
            buf_addstr(out, line.is_too_long ? "L" : "");
            buf_addstr(out, line.flaw ? "!" : "");
            buf_printf(out, "[%.*s]", (int)shown, line.text);
        }
        if (fed >= len)
            break;
        size_t size, n = len - fed < piece ? len - fed : piece;
        char *space = lines_space(l, &size);

        memcpy(space, file + fed, n < size ? n : size);
        lines_filled(l, n < size ? n : size);
        fed += n < size ? n : size;
        if (fed == len)
            lines_end(l);
    }
    if (lines_is_unclosed(l))
        buf_addstr(out, "unclosed");
    buf_addc(out, '\0');
}

static struct lines *lines;
static struct buf out;

static void
start(void)
{
    lines = lines_new();
    lines_set_separator(lines, ',');
}

static void
stop(void)
{
    lines_free(lines);
    buf_fini(&out);
}

TestSuite(records, .init = start, .fini = stop);

Test(records, end_where_quotes_allow_it_whatever_the_pieces)
{
    static const struct {
        const char *file, *records;
    } rows[] = {
        {"a,b\nc\n", "1[a,b]2[c]"},
        {"a\r\n\r\nb", "1[a]2[]3[b]"},
        {"\xef\xbb\xbf\"a\nb\",c\nd\n", "1[\"a\nb\",c]3[d]"},
        {"\"a\r\nb\"\r\nd", "1[\"a\r\nb\"]3[d]"},
        {"\"a\"\r", "1[\"a\"]"},
        {"\"\"\"\n\"\"\"\nx", "1[\"\"\"\n\"\"\"]3[x]"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t piece = 1; piece < 20; piece++) {
            split(lines, rows[i].file, strlen(rows[i].file), piece, &out);
            cr_expect_str_eq(out.data, rows[i].records, "%zu by %zu: %s", i,
                             piece, out.data);
        }
    }
}

Test(records, with_bad_quotes_cost_one_line)
{
    static const struct {
        const char *file, *records;
    } rows[] = {
        {"a\"b\nc\n", "1![a\"b]2[c]"},
        {"x\n\"a\"b\nc\nd", "1[x]2![\"a\"b]3[c]4[d]"},
        /* The stray one is two lines on: the first one is at fault. */
        {"\"a,1\nb,2\n\"c\",3\nd\n", "1![\"a,1]2[b,2]3[\"c\",3]4[d]"},
        {"a\n\"b\nc\nd,\"e\"\n", "1[a]2![\"b]3[c]4[d,\"e\"]"},
        {"a\n\"b\nc\n", "1[a]2![\"b]3[c]"},
        {"\"b", "1![\"b]"},
        {"\"b\r\n\"c\r\n", "1![\"b]2![\"c]"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t piece = 1; piece < 20; piece++) {
            split(lines, rows[i].file, strlen(rows[i].file), piece, &out);
            cr_expect_str_eq(out.data, rows[i].records, "%zu by %zu: %s", i,
                             piece, out.data);
        }
    }
}

/* before, n times fill, after. */
static void
split_long(const char *before, char fill, size_t n, const char *after,
           size_t piece)
{
    struct buf file = BUF_INIT;

    buf_addstr(&file, before);
    memset(buf_reserve(&file, n), fill, n);
    file.len += n;
    buf_addstr(&file, after);
    split(lines, file.data, file.len, piece, &out);
    buf_fini(&file);
}

Test(records, over_a_mebibyte_are_given_cut_and_dropped)
{
    static const struct {
        const char *before;
        char fill;
        size_t n;
        const char *after, *records;
    } rows[] = {
        {"\"", 'x', LINE_MAX_BYTES - 2, "\"\nb", "1[\"xxx]2[b]"},
        {"\"", 'x', LINE_MAX_BYTES - 1, "\"\nb", "1L[\"xxx]2[b]"},
        {"\"", 'x', 3 * LINE_MAX_BYTES, "\n\"\nb", "1L[\"xxx]3[b]"},
        {"\"", '\n', 3 * LINE_MAX_BYTES, "\"\nb", "1L[\"\n\n\n]3145730[b]"},
        {"\"", 'x', 2 * LINE_MAX_BYTES, "\",\"\n\"\"\n\"\nb", "1L[\"xxx]4[b]"},
        {"\"", 'x', 2 * LINE_MAX_BYTES, "\"y\nb\nc", "1L[\"xxx]2[b]3[c]"},
        {"a\"", 'x', 2 * LINE_MAX_BYTES, "\"y\nb\"\nc",
         "1L![a\"xx]2![b\"]3[c]"},
        {"\"", 'x', 2 * LINE_MAX_BYTES, "\nb\nc", "1L[\"xxx]unclosed"},
        {"", 'x', 2 * LINE_MAX_BYTES, "\nb", "1L[xxxx]2[b]"},
    };
    static const size_t pieces[] = {1000, 4097, 65536};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (size_t k = 0; k < ARRAY_LEN(pieces); k++) {
            split_long(rows[i].before, rows[i].fill, rows[i].n, rows[i].after,
                       pieces[k]);
            cr_expect_str_eq(out.data, rows[i].records, "%zu: %s", i, out.data);
        }
    }
}
