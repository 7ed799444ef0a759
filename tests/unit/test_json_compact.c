#include "base/buf.h"
#include "base/json_compact.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

/* A reader must be able to read big integers and U+0000, which are JSON. */
#define ORACLE_FLAGS                                                           \
    (JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL)

static bool
is_json(const char *text)
{
    return compact_is_json(text, strlen(text));
}

Test(json_compact, valid_and_invalid_json_are_told_apart)
{
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        {"{}", true},
        {"[]", true},
        {" {\"a\" : [1, 2 , {\"b\":null} ] }\r\n", true},
        {"true", true},
        {"false", true},
        {"null", true},
        {"\"\"", true},
        {"0", true},
        {"-0", true},
        {"-0.5e-7", true},
        {"1E+3", true},
        {"123456789012345678901234567890", true},
        {"1e308", false}, /* too close to the end of what fits */
        {"1e307", true},
        {"1e999", false},
        {"1e1000", false},
        {"1e0307", true},
        {"1e99999999999999999999", false},
        {"1e-999", true},
        {"{\"a\":1,\"a\":2}", true},
        {"\"\\u0000\"", true},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF\"", true},
        {"\"\\ud83d\\ude00\"", true},
        {"\"\xc3\xa9\x7f\"", true},

        {"", false},
        {" ", false},
        {"{", false},
        {"[1", false},
        {"[1,", false},
        {"[1,]", false},
        {"[,1]", false},
        {"[1}", false},
        {"{]", false},
        {"{\"a\"}", false},
        {"{\"a\":}", false},
        {"{\"a\":1,}", false},
        {"{1:2}", false},
        {"{\"a\" 1}", false},
        {"[1 2]", false},
        {"1 2", false},
        {"{}{}", false},
        {"tru", false},
        {"True", false},
        {"nullx", false},
        {"01", false},
        {"-", false},
        {"+1", false},
        {"1.", false},
        {".5", false},
        {"1e", false},
        {"1e+", false},
        {"0x1", false},
        {"NaN", false},
        {"\"", false},
        {"\"\\", false},
        {"\"\\\"", false},
        {"\"\\x\"", false},
        {"\"\\u12\"", false},
        {"\"\\u12g4\"", false},
        {"\"\n\"", false},
        {"\"\x1f\"", false},
        {"\"\xff\"", false},
        {"\"\xe4\xb8\"", false},
        {"\"\\ud83d\"", false},
        {"\"\\ud83dx\"", false},
        {"\"\\ud83d\\u0041\"", false},
        {"\"\\ude00\\ud83d\"", false},
        {"{\"\\u0000\":1}", false},
        {"\xef\xbb\xbf{}", false},
        {"// x\n1", false},
        {"'a'", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        cr_expect_eq(is_json(rows[i].text), rows[i].is, "%s", rows[i].text);
}

/* The end of the text is its length, not a NUL. */
Test(json_compact, text_is_cut_anywhere)
{
    static const char text[] = "{\"k\\u00e9\":[-1.5e3,true,\"\\ud83d\\ude00\","
                               "null,{\"\xe4\xb8\xad\":false}]}";

    for (size_t len = 0; len < sizeof(text) - 1; len++) {
        char *cut = malloc(len + 1); /* so that ASan sees an overrun */

        cr_assert_not_null(cut);
        memcpy(cut, text, len);
        cut = realloc(cut, len > 0 ? len : 1);
        cr_assert_not(compact_is_json(cut, len), "%zu", len);
        free(cut);
    }
    cr_expect(compact_is_json(text, sizeof(text) - 1));
    cr_expect_not(compact_is_json(NULL, 0));
    cr_expect_not(compact_is_json("1\0", 2));
    cr_expect_not(compact_is_json("\"\0\"", 3));
}

Test(json_compact, numbers_longer_than_python_reads_are_told)
{
    char text[4302];

    memset(text, '1', sizeof(text));
    cr_expect_null(compact_is_readable((struct span){text, 4300}));
    cr_expect_not_null(compact_is_readable((struct span){text, 4301}));
    text[0] = text[4301] = '"';
    cr_expect_null(compact_is_readable((struct span){text, 4302}));
}

Test(json_compact, nesting_has_a_limit)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"{\"a\":", "}"}};
    static const size_t limits[] = {252, 126};

    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        for (size_t depth = limits[i]; depth <= limits[i] + 1; depth++) {
            struct buf text = BUF_INIT;

            for (size_t n = 0; n < depth; n++)
                buf_addstr(&text, pairs[i][0]);
            if (i == 1)
                buf_addc(&text, '1');
            for (size_t n = 0; n < depth; n++)
                buf_addstr(&text, pairs[i][1]);
            cr_expect_eq(compact_is_json(text.data, text.len),
                         depth == limits[i], "%zu", depth);
            cr_expect_eq(
                !compact_is_readable((struct span){text.data, text.len}),
                depth == limits[i], "%zu", depth);
            buf_fini(&text);
        }
    }
    /* The nesting counts, not the number of brackets. */
    cr_expect(is_json("[[],[],[[],[]]]"));
}

static void
expect_compact(const char *text, const char *expected)
{
    struct buf out = BUF_INIT;

    compact_json(&out, text, strlen(text));
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, expected);
    buf_fini(&out);
}

Test(json_compact, white_space_goes_and_the_rest_stays)
{
    expect_compact("17", "17");
    expect_compact(" \t\r\n{ \"a b\" : [ 1.50 , -0e+2,\n\"x\\ny\\\\\" ] } ",
                   "{\"a b\":[1.50,-0e+2,\"x\\ny\\\\\"]}");
    expect_compact("12345678901234567890.00", "12345678901234567890.00");
    expect_compact("\"\\u00e9\\/\"", "\"\\u00e9\\/\"");
    expect_compact("[\"\",\"\\\"\",\"]\"]", "[\"\",\"\\\"\",\"]\"]");
}

Test(json_compact, bytes_that_harm_a_terminal_are_escaped)
{
    expect_compact("\"\x7f\xc2\x9b\xe2\x80\xa8\xc3\xa9\"",
                   "\"\\u007f\\u009b\\u2028\xc3\xa9\"");
}

/* Incomplete text is not allowed here, but must not be read past its end. */
Test(json_compact, invalid_json_does_no_harm)
{
    static const char *const texts[] = {"\"", "\"\\", "\"a\\", "\"a", "a\""};

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        size_t len = strlen(texts[i]);
        char *text = malloc(len);
        struct buf out = BUF_INIT;

        cr_assert_not_null(text);
        memcpy(text, texts[i], len);
        compact_json(&out, text, len);
        buf_fini(&out);
        free(text);
    }
}

/* Put random changes into a text that is JSON. */
static size_t
mutate(char *text, size_t len)
{
    static const char alphabet[] = "{}[],:\"\\u0d8e9-+.tfn \n\x1f\xc3\xa9";

    for (int n = rand() % 4; n > 0 && len > 0; n--) {
        size_t at = (size_t)rand() % len;

        switch (rand() % 3) {
        case 0:
            text[at] = alphabet[(size_t)rand() % (sizeof(alphabet) - 1)];
            break;
        case 1:
            memmove(text + at, text + at + 1, len - at - 1);
            len--;
            break;
        default:
            memmove(text + at + 1, text + at, len - at);
            len++;
            break;
        }
    }
    return len;
}

static void
expect_as_jansson(const char *text, size_t len)
{
    json_t *v = json_loadb(text, len, ORACLE_FLAGS, NULL);
    struct buf out = BUF_INIT;
    json_t *again;

    cr_assert_eq(compact_is_json(text, len), v != NULL, "%.*s", (int)len, text);
    if (!v)
        return;
    compact_json(&out, text, len);
    cr_assert(utf8_valid(out.data, out.len));
    cr_assert_null(memchr(out.data, '\n', out.len));
    again = json_loadb(out.data, out.len, ORACLE_FLAGS, NULL);
    cr_assert(json_equal(v, again), "%.*s", (int)len, text);
    json_decref(v);
    json_decref(again);
    buf_fini(&out);
}

Test(json_compact, a_whole_parser_agrees)
{
    static const char *const seeds[] = {
        "{\"a\": [1, -2.5e3, 0.25], \"b\\n\": {\"c\": null}, \"\": true}",
        "[\"\\ud83d\\ude00 \\u00e9 \xc3\xa9 \\\\\", false, [], {}, \"\"]",
        " -12.50E+1 ",
        "{\"x\":{\"y\":{\"z\":[[[\"deep\"]]]}}}",
    };
    char text[100];
    int naccepted = 0;

    srand(2);
    for (int i = 0; i < 40000; i++) {
        const char *seed = seeds[(size_t)rand() % ARRAY_LEN(seeds)];
        size_t len = strlen(seed);

        memcpy(text, seed, len + 1);
        len = mutate(text, len);
        expect_as_jansson(text, len);
        naccepted += compact_is_json(text, len);
    }
    /* Both kinds were tried. */
    cr_expect(naccepted > 10000 && naccepted < 30000, "%d", naccepted);
}
