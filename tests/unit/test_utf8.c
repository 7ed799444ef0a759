#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

/* The character c as UTF-8 would write it, be it allowed or not; its length
 * is the shortest that holds it. */
static size_t
encode(unsigned long c, unsigned char out[4])
{
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = len; i-- > 1; c >>= 6)
        out[i] = (unsigned char)(0x80 | (c & 0x3f));
    out[0] = (unsigned char)(marks[len] | c);
    return len;
}

Test(utf8, every_character_is_taken_and_surrogates_are_not)
{
    for (unsigned long c = 0; c < 0x200000; c++) {
        unsigned char s[4];
        size_t len = encode(c, s);
        bool is_legal = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);

        cr_assert_eq(utf8_char(s, len), is_legal ? len : 0, "U+%lX", c);
    }
}

Test(utf8, a_cut_character_is_none)
{
    static const unsigned long chars[] = {0x80,   0x7ff,   0x800,
                                          0xffff, 0x10000, 0x10ffff};

    for (size_t i = 0; i < ARRAY_LEN(chars); i++) {
        unsigned char s[4];
        size_t len = encode(chars[i], s);

        for (size_t n = 1; n < len; n++) {
            /* A copy of that very size, so that a read past it is seen. */
            unsigned char *cut = malloc(n);

            memcpy(cut, s, n);
            cr_assert_eq(utf8_char(cut, n), 0, "U+%lX, %zu", chars[i], n);
            free(cut);
        }
        cr_assert_eq(utf8_char(s, 4), len);
    }
}

/* All of two bytes, against the rule in words. */
Test(utf8, overlong_forms_and_stray_bytes_are_none)
{
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            unsigned char s[2] = {(unsigned char)a, (unsigned char)b};
            size_t expected = 0;

            if (a < 0x80)
                expected = 1;
            else if (a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf)
                expected = 2;
            cr_assert_eq(utf8_char(s, 2), expected, "%02x %02x", a, b);
        }
    }
}

Test(utf8, texts)
{
    static const struct {
        const char *text;
        bool is_valid;
    } rows[] = {
        {"", true},
        {"plain", true},
        {"gr\xc3\xbc\xc3\x9f", true},
        {"\xe2\x82\xac \xf0\x9f\x98\x80", true},
        {"\xef\xbf\xbf", true},          /* a non-character is a character */
        {"\xff", false},                 /* never */
        {"caf\xe9", false},              /* Latin-1 */
        {"\x80", false},                 /* continues nothing */
        {"\xc0\x80", false},             /* overlong NUL */
        {"\xe0\x80\xaf", false},         /* overlong slash */
        {"\xe0\x9f\xbf", false},         /* overlong U+07FF */
        {"\xf0\x80\x80\xaf", false},     /* overlong slash */
        {"\xf0\x8f\xbf\xbf", false},     /* overlong U+FFFF */
        {"\xed\xa0\x80", false},         /* surrogate */
        {"\xf4\x90\x80\x80", false},     /* U+110000 */
        {"\xf8\x88\x80\x80\x80", false}, /* five bytes */
        {"\xe2\x82", false},             /* cut */
        {"\xe2\x82x", false},            /* broken off */
        {"\xe2x\xac", false},            /* broken off */
        {"\xf0\x9f\x98(", false},        /* broken off */
        {"ok\xc3\xbcnot\xc3", false},    /* cut at the end */
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_expect_eq(utf8_valid(rows[i].text, strlen(rows[i].text)),
                     rows[i].is_valid, "row %zu", i);
    }
    cr_expect(utf8_valid("a\0b", 3));
    cr_expect(utf8_valid(NULL, 0));
}

Test(utf8, a_byte_order_mark_is_one_at_the_start_and_whole)
{
    static const struct {
        const char *text, *rest;
    } rows[] = {
        {"", ""},
        {"a", "a"},
        {"\xef\xbb", "\xef\xbb"},
        {"\xef\xbb\xbf", ""},
        {"\xef\xbb\xbf"
         "a",
         "a"},
        {"\xef\xbb\xbf\xef\xbb\xbf", "\xef\xbb\xbf"},
        {"a\xef\xbb\xbf", "a\xef\xbb\xbf"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len = strlen(rows[i].text);

        cr_expect_str_eq(utf8_skip_mark(rows[i].text, &len), rows[i].rest);
        cr_expect_eq(len, strlen(rows[i].rest));
    }
}
