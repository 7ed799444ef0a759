#include "base/buf.h"
#include "base/json_writer.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#define FFFD "\xef\xbf\xbd"

static struct buf out;

static void
setup(void)
{
    out = (struct buf)BUF_INIT;
}

static void
teardown(void)
{
    buf_fini(&out);
}

/* The text written since the last call, as a string. */
static const char *
written(void)
{
    buf_addc(&out, '\0');
    buf_clear(&out);
    return out.data;
}

/* Parse what was written: one value, and nothing else. */
static json_t *
parse_written(void)
{
    json_error_t e;
    json_t *v =
        json_loadb(out.data, out.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &e);

    cr_assert_not_null(v, "%s at %d: %.*s", e.text, e.position, (int)out.len,
                       out.data);
    return v;
}

/* Is what was written the string of these bytes? */
static bool
reads_back_as(const char *s, size_t len)
{
    json_t *v = parse_written();
    bool is = json_is_string(v) && json_string_length(v) == len &&
              memcmp(json_string_value(v), s, len) == 0;

    json_decref(v);
    return is;
}

TestSuite(json_writer, .init = setup, .fini = teardown);

/* One character after the other, as the header says. */
static void
write_slowly(struct buf *to, const unsigned char *s, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = utf8_char(s + i, len - i);

        if (n == 0)
            JSONW_LITERAL(to, JSONW_REPLACEMENT);
        else if (jsonw_is_hazard(s + i, n) || s[i] == '"' || s[i] == '\\')
            jsonw_escape(to, s + i, n);
        else
            buf_add(to, s + i, n);
        i += n ? n : 1;
    }
}

static bool
is_written_alike(const unsigned char *s, size_t len)
{
    struct buf slow = BUF_INIT;
    bool is_same;

    buf_clear(&out);
    jsonw_text(&out, (const char *)s, len);
    write_slowly(&slow, s, len);
    /* A buffer without text may be NULL. */
    is_same = out.len == slow.len &&
              (out.len == 0 || memcmp(out.data, slow.data, out.len) == 0);
    buf_fini(&slow);
    return is_same;
}

Test(json_writer, every_character_is_written_as_if_it_stood_alone)
{
    for (uint32_t code = 1; code <= 0x10ffff; code++) {
        char s[9] = "\xc3\xa9";
        size_t n = 2 + utf8_encode(code, s + 2);

        s[n] = '\xc3';
        s[n + 1] = '\xa9';
        cr_assert(is_written_alike((const unsigned char *)s, n + 2), "U+%04X",
                  (unsigned)code);
        /* The last one is cut. */
        cr_assert(is_written_alike((const unsigned char *)s + 2, n - 3),
                  "U+%04X, cut", (unsigned)code);
    }
}

Test(json_writer, any_bytes_are_written_as_if_they_stood_alone)
{
    static const unsigned char some[] = {0x41, 0x80, 0x81, 0x9f, 0xa0, 0xbf,
                                         0xc2, 0xc3, 0xd8, 0x9c, 0xe0, 0xe2,
                                         0xe3, 0xed, 0xef, 0xf0, 0xf4, 0xff};
    enum { N = ARRAY_LEN(some) };

    for (size_t i = 0; i < (size_t)N * N * N * N; i++) {
        unsigned char s[4] = {some[i % N], some[i / N % N],
                              some[i / (N * N) % N], some[i / (N * N * N)]};

        cr_assert(is_written_alike(s, sizeof(s)), "%02x %02x %02x %02x", s[0],
                  s[1], s[2], s[3]);
    }
}

Test(json_writer, strings_are_escaped)
{
    static const struct {
        const char *s, *json;
    } rows[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
        {"\x01\x1b\x1f", "\"\\u0001\\u001b\\u001f\""},
        {"\x7f", "\"\\u007f\""},
        /* C1 controls, and the characters next to them. */
        {"\xc2\x80\xc2\x9b\xc2\x9f", "\"\\u0080\\u009b\\u009f\""},
        {"\xc2\xa0", "\"\xc2\xa0\""},
        {"\xc3\x80", "\"\xc3\x80\""},
        {"\xe4\xb8\xad\xf0\x9f\x98\x80", "\"\xe4\xb8\xad\xf0\x9f\x98\x80\""},
        /* No UTF-8: a lone byte, overlong, a surrogate, cut, too big. */
        {"a\xff"
         "b",
         "\"a" FFFD "b\""},
        {"\xc0\xaf", "\"" FFFD FFFD "\""},
        {"\xed\xa0\x80", "\"" FFFD FFFD FFFD "\""},
        {"\xe4\xb8", "\"" FFFD FFFD "\""},
        {"\xe4\xb8x", "\"" FFFD FFFD "x\""},
        {"\xf4\x90\x80\x80", "\"" FFFD FFFD FFFD FFFD "\""},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        jsonw_string(&out, rows[i].s);
        cr_expect_str_eq(written(), rows[i].json, "row %zu", i);
    }
}

Test(json_writer, no_string_is_null)
{
    jsonw_string(&out, NULL);
    cr_expect_str_eq(written(), "null");
    jsonw_string_n(&out, NULL, 0);
    cr_expect_str_eq(written(), "null");
}

/* Eight bytes are looked at together: none may hide behind its neighbours. */
Test(json_writer, each_byte_is_seen_at_each_place)
{
    for (unsigned c = 0; c < 256; c++) {
        for (size_t at = 0; at < 24; at++) {
            char s[24];
            struct buf expected = BUF_INIT;

            memset(s, 'x', sizeof(s));
            s[at] = (char)c;
            buf_add(&expected, s, at);
            buf_add(&expected, c < 0x80 ? s + at : FFFD, c < 0x80 ? 1 : 3);
            buf_add(&expected, s + at + 1, sizeof(s) - at - 1);
            buf_clear(&out);
            jsonw_string_n(&out, s, sizeof(s));
            cr_assert(reads_back_as(expected.data, expected.len),
                      "0x%02x at %zu", c, at);
            buf_fini(&expected);
            for (size_t i = 0; i < out.len; i++) {
                unsigned char got = (unsigned char)out.data[i];
                cr_assert(got >= 0x20 && got != 0x7f, "0x%02x at %zu", c, at);
            }
        }
    }
}

/* Append code point c. */
static size_t
encode(char *s, uint32_t c)
{
    if (c < 0x80) {
        s[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        s[0] = (char)(0xc0 | c >> 6);
        s[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        s[0] = (char)(0xe0 | c >> 12);
        s[1] = (char)(0x80 | (c >> 6 & 63));
        s[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    s[0] = (char)(0xf0 | c >> 18);
    s[1] = (char)(0x80 | (c >> 12 & 63));
    s[2] = (char)(0x80 | (c >> 6 & 63));
    s[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* Is it one that a terminal, or an editor, does something with? */
static bool
is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e ||
           c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

Test(json_writer, only_bytes_that_harm_a_terminal_are_escaped)
{
    for (uint32_t c = 0; c < 0x3000; c++) {
        char s[4];
        size_t len = encode(s, c);

        buf_clear(&out);
        jsonw_string_n(&out, s, len);
        cr_assert(reads_back_as(s, len), "U+%04X", c);
        cr_assert_eq(out.data[1] == '\\',
                     is_control(c) || c == '"' || c == '\\', "U+%04X", c);
    }
}

Test(json_writer, every_character_survives)
{
    size_t size = (size_t)0x110000 * 4, len = 0;
    char *s = malloc(size);

    cr_assert_not_null(s);
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c < 0xd800 || c > 0xdfff)
            len += encode(s + len, c);
    }
    jsonw_string_n(&out, s, len);
    cr_expect(utf8_valid(out.data, out.len));
    cr_expect(reads_back_as(s, len));
    free(s);
}

/* The text as UTF-8: a plain one-by-one copy, to compare with. */
static size_t
repair(char *to, const char *s, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len;) {
        size_t k = utf8_char((const unsigned char *)s + i, len - i);

        memcpy(to + n, k > 0 ? s + i : FFFD, k > 0 ? k : 3);
        n += k > 0 ? k : 3;
        i += k > 0 ? k : 1;
    }
    return n;
}

/* A byte: half of the time one that is special to somebody. */
static char
random_byte(void)
{
    static const char special[] = "\"\\\0\n\r\t\x1b\x7f\x80\x9b\xc2\xe2\xa8"
                                  "\xed\xa0\xf0\xf4\xef\xbf\xbd";

    if (rand() % 2 == 0)
        return (char)(rand() % 256);
    return special[(size_t)rand() % sizeof(special)];
}

Test(json_writer, any_bytes_become_a_string_that_reads_back)
{
    char s[200], expected[sizeof(s) * 3];

    srand(1);
    for (int i = 0; i < 10000; i++) {
        size_t len = (size_t)rand() % sizeof(s);

        for (size_t k = 0; k < len; k++)
            s[k] = random_byte();
        buf_clear(&out);
        jsonw_string_n(&out, s, len);
        cr_assert(utf8_valid(out.data, out.len), "string %d", i);
        cr_assert(reads_back_as(expected, repair(expected, s, len)),
                  "string %d", i);
    }
}

/* An escape takes six bytes for one.  (What is written too far, ASan sees.) */
Test(json_writer, a_buffer_that_is_just_full_grows)
{
    static const char s[] = "x\x01\n\"\xff\xc2\x80\xc3\xa9x";

    for (size_t nfree = 0; nfree < 40; nfree++) {
        for (size_t from = 0; from < sizeof(s) - 1; from++) {
            buf_fini(&out);
            buf_reserve(&out, 64);
            out.len = out.cap - nfree;
            memset(out.data, '.', out.len);
            jsonw_text(&out, s + from, sizeof(s) - 1 - from);
            jsonw_int(&out, INT64_MIN);
            jsonw_seconds(&out, 1);
            jsonw_base64(&out, s, sizeof(s));
            cr_assert_eq(strcmp(strrchr(written(), '.') - 1,
                                "0.000001\"eAEKIv/CgMOpeAA=\""),
                         0, "%zu from %zu: %s", nfree, from, out.data);
        }
    }
}

Test(json_writer, integers_are_written_whole)
{
    static const struct {
        int64_t n;
        const char *json;
    } rows[] = {
        {0, "0"},
        {9, "9"},
        {10, "10"},
        {-1, "-1"},
        {1234567890, "1234567890"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        jsonw_int(&out, rows[i].n);
        cr_expect_str_eq(written(), rows[i].json);
        jsonw_int_or_null(&out, rows[i].n);
        cr_expect_str_eq(written(), rows[i].n < 0 ? "null" : rows[i].json);
    }
    jsonw_uint(&out, UINT64_MAX);
    cr_expect_str_eq(written(), "18446744073709551615");
    jsonw_bool(&out, true);
    jsonw_bool(&out, false);
    cr_expect_str_eq(written(), "truefalse");
}

Test(json_writer, seconds_have_at_most_six_decimals)
{
    static const struct {
        int64_t us;
        const char *json;
    } rows[] = {
        {0, "0"},
        {1, "0.000001"},
        {41, "0.000041"},
        {100, "0.0001"},
        {999999, "0.999999"},
        {1000000, "1"},
        {1500000, "1.5"},
        {10000000, "10"},
        {60000001, "60.000001"},
        {-1500000, "-1.5"},
        {INT64_MAX, "9223372036854.775807"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        jsonw_seconds(&out, rows[i].us);
        cr_expect_str_eq(written(), rows[i].json);
        jsonw_seconds_or_null(&out, rows[i].us);
        cr_expect_str_eq(written(), rows[i].us < 0 ? "null" : rows[i].json);
    }
}

/* The vectors of RFC 4648, 10, and the last two digits. */
Test(json_writer, bytes_become_base64)
{
    static const struct {
        const char *s, *json;
    } rows[] = {
        {"", "\"\""},
        {"f", "\"Zg==\""},
        {"fo", "\"Zm8=\""},
        {"foo", "\"Zm9v\""},
        {"foob", "\"Zm9vYg==\""},
        {"fooba", "\"Zm9vYmE=\""},
        {"foobar", "\"Zm9vYmFy\""},
        {"\xfb\xef\xff", "\"++//\""},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        jsonw_base64(&out, rows[i].s, strlen(rows[i].s));
        cr_expect_str_eq(written(), rows[i].json);
    }
    jsonw_base64(&out, "\0\0", 2);
    cr_expect_str_eq(written(), "\"AAA=\"");
    jsonw_base64(&out, NULL, 0);
    cr_expect_str_eq(written(), "\"\"");
}
