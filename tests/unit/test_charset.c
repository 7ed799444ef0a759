#include "base/buf.h"
#include "base/json_writer.h"
#include "charset_vectors.h"
#include "output/charset.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#define FFFD "\xef\xbf\xbd"

static void
expect_text(const char *type, const char *data, size_t len,
            const char *expected)
{
    struct buf out = BUF_INIT;

    charset_write(&out, type, data, len);
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, expected, "%s: %s", type ? type : "NULL",
                     out.data);
    buf_fini(&out);
}

Test(charset, text_is_converted_as_declared)
{
    static const struct {
        const char *type, *data, *json;
    } rows[] = {
        {"text/html; charset=iso-8859-1", "caf\xe9", "\"caf\xc3\xa9\""},
        {"text/html;charset=ISO-8859-15", "\xa4", "\"\xe2\x82\xac\""},
        {"text/html; Charset=\"Windows-1252\"", "\x80", "\"\xe2\x82\xac\""},
        {"text/plain; charset=koi8-r", "\xc4\xc1", "\"\xd0\xb4\xd0\xb0\""},
        {"text/plain; charset=Shift_JIS", "\x93\xfa", "\"\xe6\x97\xa5\""},
        {"text/plain; charset=gb2312", "\xd6\xd0", "\"\xe4\xb8\xad\""},
        {"text/plain; charset=euc-kr", "\xc7\xd1", "\"\xed\x95\x9c\""},
        {"text/plain; charset=big5", "\xa4\xa4", "\"\xe4\xb8\xad\""},
        /* The parameter, wherever it stands. */
        {"text/html; a=b; charset=latin1", "\xe9", "\"\xc3\xa9\""},
        {"text/html; a=\"x;charset=koi8-r\"; charset=latin1", "\xe9",
         "\"\xc3\xa9\""},
        {"text/html; a=\"\\\";\" ; charset=latin1 ; b=c", "\xe9",
         "\"\xc3\xa9\""},
        {"text/html; a; charset=latin1", "\xe9", "\"\xc3\xa9\""},
        {"text/html; charset= latin1 ", "\xe9", "\"\xc3\xa9\""},
        {"text/html; charset=\" latin1\t\"", "\xe9", "\"\xc3\xa9\""},
        {"text/html;; ;charset=\"lat\\in1\"", "\xe9", "\"\xc3\xa9\""},
        /* The mark is none of the text. */
        {"text/html; charset=utf-8", "\xef\xbb\xbf\xc3\xa9", "\"\xc3\xa9\""},
        {"text/html; charset=utf-16le", "\xff\xfe\xe9\x01", "\"\xc7\xa9\""},
        {"text/html; charset=utf-16", "\xfe\xff\x01\xe9", "\"\xc7\xa9\""},
        {"text/html; charset=utf-16be", "\x01\xe9\xfe\xff",
         "\"\xc7\xa9\xef\xbb\xbf\""},
        /* Bytes that are always escaped are escaped here, too. */
        {"text/html; charset=latin2", "\x9b\"\n\xe9",
         "\"\\u009b\\\"\\n\xc3\xa9\""},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_text(rows[i].type, rows[i].data, strlen(rows[i].data),
                    rows[i].json);
}

Test(charset, any_other_counts_as_utf8)
{
    static const char *const types[] = {
        NULL,
        "",
        ";",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=UTF8",
        "text/html; charset=",
        "text/html; charset=\"",
        "text/html; charset=\"latin1\\",
        "text/html; charset=no-such-thing",
        "text/html; charset=latin1-and-much-more-than-a-label-can-have",
        "text/html; xcharset=latin1",
        "text/html; a=\"charset=latin1",
        "charset=latin1",
        /* A C library knows these, the web doesn't. */
        "text/html; charset=ebcdic-us",
        "text/html; charset=latin1//translit",
    };

    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        expect_text(types[i], "\xc3\xa9\xe9", 3, "\"\xc3\xa9" FFFD "\"");
}

Test(charset, bytes_that_cannot_be_converted_are_replaced)
{
    static const struct {
        const char *type, *data;
        size_t len;
        const char *json;
    } rows[] = {
        {"t; charset=shift_jis",
         "a\xff"
         "b",
         3, "\"a" FFFD "b\""},
        {"t; charset=shift_jis", "a\x93", 2, "\"a" FFFD "\""},
        {"t; charset=windows-1253", "\x81\xaaz", 3, "\"\\u0081" FFFD "z\""},
        {"t; charset=utf-16le",
         "a\0\x00\xdc"
         "b\0",
         6, "\"a" FFFD "b\""},
        {"t; charset=utf-16be", "\0a\xdc\0\0b", 6, "\"a" FFFD "b\""},
        {"t; charset=utf-16le", "a\0b", 3, "\"a" FFFD "\""},
        {"t; charset=utf-16le", "a\0\x3d\xd8", 4, "\"a" FFFD "\""},
        {"t; charset=utf-16", "\xfe\xff\0a", 4, "\"a\""},
        {"t; charset=utf-16",
         "\xff\xfe"
         "a\0",
         4, "\"a\""},
        {"t; charset=utf-16", "", 0, "\"\""},
        {"t; charset=latin1", "\0", 1, "\"\\u0000\""},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_text(rows[i].type, rows[i].data, rows[i].len, rows[i].json);
}

Test(charset, the_last_character_is_not_lost)
{
    expect_text("t; charset=big5", "\x88\x66", 2, "\"\xc3\x8a\"");
    expect_text("t; charset=windows-1258", "a", 1, "\"a\"");
}

/* Pieces of the conversion meet within characters of several bytes. */
Test(charset, long_text_is_converted_whole)
{
    struct buf data = BUF_INIT, expected = BUF_INIT;

    buf_addstr(&expected, "\"");
    for (size_t i = 0; i < 10000; i++) {
        buf_addstr(&data, i % 3 == 0 ? "x" : "\xd6\xd0");
        buf_addstr(&expected, i % 3 == 0 ? "x" : "\xe4\xb8\xad");
    }
    buf_add(&expected, "\"", 2);
    expect_text("t; charset=gbk", data.data, data.len, expected.data);
    buf_fini(&data);
    buf_fini(&expected);
}

/* Two hex digits to a byte. */
static size_t
from_hex(const char *hex, char *out)
{
    size_t n = 0;
    unsigned byte;

    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
        out[n++] = (char)byte;
    return n;
}

static void
expect_vectors(const struct charset_vector *rows, size_t nrows)
{
    for (size_t i = 0; i < nrows; i++) {
        struct buf out = BUF_INIT, want = BUF_INIT;
        char type[64], data[256];
        size_t len = from_hex(rows[i].hex, data);

        snprintf(type, sizeof(type), "text/plain; charset=%s", rows[i].label);
        charset_write(&out, type, data, len);
        buf_addc(&out, '\0');
        jsonw_string(&want, rows[i].text);
        buf_addc(&want, '\0');
        cr_expect_str_eq(out.data, want.data, "%s %s: %s, not %s",
                         rows[i].label, rows[i].hex, out.data, want.data);
        buf_fini(&out);
        buf_fini(&want);
    }
}

Test(charset, all_labels_of_the_standard_are_known)
{
    cr_assert_eq(ARRAY_LEN(charset_label_vectors), 228);
    expect_vectors(charset_label_vectors, ARRAY_LEN(charset_label_vectors));
}

Test(charset, texts_of_many_languages_come_out_as_they_were)
{
    expect_vectors(charset_text_vectors, ARRAY_LEN(charset_text_vectors));
}

Test(charset, hostile_bytes_lose_no_ascii)
{
    expect_vectors(charset_hostile_vectors, ARRAY_LEN(charset_hostile_vectors));
}

Test(charset, a_byte_order_mark_wins)
{
    expect_text("text/html; charset=iso-8859-1", "\xef\xbb\xbf\xc3\xa9", 5,
                "\"\xc3\xa9\"");
    expect_text("text/html; charset=utf-8", "\xfe\xff\0a", 4, "\"a\"");
    expect_text("text/html",
                "\xff\xfe"
                "a\0",
                4, "\"a\"");
    expect_text(NULL,
                "\xff\xfe"
                "a\0",
                4, "\"a\"");
    expect_text("text/html; charset=utf-16be",
                "\xff\xfe"
                "a\0",
                4, "\"a\"");
    expect_text("text/html; charset=big5", "\xef", 1, "\"" FFFD "\"");
}
