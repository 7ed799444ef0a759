#include "base/buf.h"
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
        {"text/html;; ;charset=\"lat\\in1\"", "\xe9", "\"\xc3\xa9\""},
        /* The mark is none of the text. */
        {"text/html; charset=utf-8", "\xef\xbb\xbf\xc3\xa9", "\"\xc3\xa9\""},
        {"text/html; charset=utf-16le", "\xff\xfe\xe9\x01", "\"\xc7\xa9\""},
        {"text/html; charset=utf-16", "\xfe\xff\x01\xe9", "\"\xc7\xa9\""},
        {"text/html; charset=utf-16be", "\x01\xe9\xfe\xff",
         "\"\xc7\xa9\xef\xbb\xbf\""},
        /* What is escaped anywhere is so here, too. */
        {"text/html; charset=latin1", "\x9b\"\n\xe9",
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
        "text/html; charset=us-ascii",
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

Test(charset, what_can_not_be_converted_is_replaced)
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
        {"t; charset=windows-1252", "\x81z", 2, "\"" FFFD "z\""},
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

/* Converters that wait for what may combine with it give it out at the end. */
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

/* A typing error in the table would go unseen otherwise. */
Test(charset, each_charset_has_a_converter)
{
    static const char *const labels[] = {
        "big5",         "cp1250",       "cp1251",       "cp1252",
        "cp866",        "euc-jp",       "euc-kr",       "gb18030",
        "gb2312",       "iso-2022-jp",  "iso-8859-1",   "iso-8859-2",
        "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",
        "iso-8859-7",   "iso-8859-8",   "iso-8859-9",   "iso-8859-10",
        "iso-8859-11",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
        "iso-8859-16",  "koi8-r",       "koi8-u",       "ks_c_5601-1987",
        "macintosh",    "shift-jis",    "tis-620",      "windows-1250",
        "windows-1251", "windows-1252", "windows-1253", "windows-1254",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "windows-31j",  "windows-874",  "windows-949",  "x-gbk",
    };

    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        struct buf out = BUF_INIT;
        char type[60];

        /* UTF-8 that none of them takes for what it is. */
        snprintf(type, sizeof(type), "t; charset=%s", labels[i]);
        charset_write(&out, type, "\xd0\xb4", 2);
        buf_addc(&out, '\0');
        cr_expect_str_neq(out.data, "\"\xd0\xb4\"", "%s", labels[i]);
        buf_fini(&out);
    }
}
