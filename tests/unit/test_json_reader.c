#include "base/arena.h"
#include "base/json_compact.h"
#include "base/json_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <criterion/criterion.h>

static struct arena mem;

static void
make_arena(void)
{
    arena_init(&mem);
}

static void
free_arena(void)
{
    arena_reset(&mem);
}

TestSuite(json_reader, .init = make_arena, .fini = free_arena);

static struct span
span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

/* The same in memory that ends where it ends, for the sanitizer's sake. */
static bool
is_json(const char *text, size_t len, struct span_flaw *flaw)
{
    char *copy = malloc(len ? len : 1);
    bool is_valid;

    memcpy(copy, text, len);
    is_valid = span_is_json((struct span){copy, len}, flaw);
    free(copy);
    return is_valid;
}

/* Is it JSON for jansson?  Also true for a number that is too big for it, since
 * it does not read beyond that. */
static bool
is_json_to_jansson(const char *text, size_t len)
{
    json_error_t error;
    json_t *value = json_loadb(
        text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL,
        &error);

    json_decref(value);
    return value || json_error_code(&error) == json_error_numeric_overflow;
}

Test(json_reader, trims_white_space_at_both_ends)
{
    static const struct {
        const char *text, *trimmed;
    } rows[] = {
        {"", ""},
        {"a", "a"},
        {" \t\r\n\v\f", ""},
        {" \t a b \r\n", "a b"},
        {"\v\fa", "a"},
        {"\xc2\xa0", "\xc2\xa0"}, /* none of ours */
        {"\x1f\x08", "\x1f\x08"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct span s = span_trim(span_of(rows[i].text));

        cr_expect_eq(s.len, strlen(rows[i].trimmed), "row %zu", i);
        cr_expect_arr_eq(s.p, rows[i].trimmed, s.len, "row %zu", i);
    }
}

Test(json_reader, cuts_between_characters)
{
    static const struct {
        const char *text;
        size_t max, len;
    } rows[] = {
        {"abc", 4, 3},
        {"abc", 3, 3},
        {"abc", 2, 2},
        {"abc", 0, 0},
        {"a\xc3\xa9", 2, 1},
        {"a\xc3\xa9", 3, 3},
        {"a\xe2\x82\xac", 3, 1},
        {"a\xe2\x82\xac", 2, 1},
        {"a\xf0\x9f\x98\x80", 4, 1},
        {"a\xf0\x9f\x98\x80", 2, 1},
        {"a\xf0\x9f\x98\x80", 5, 5},
        {"\xf0\x9f\x98\x80", 3, 0},
        /* Not UTF-8, so there is no character to keep whole. */
        {"a\x80\x80\x80\x80\x80\x80", 5, 5},
        {"\x80\x80\x80", 2, 2},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct span s = span_cut(span_of(rows[i].text), rows[i].max);

        cr_expect_eq(s.len, rows[i].len, "row %zu: %zu", i, s.len);
    }

    /* Text that is short enough stays, whatever follows it. */
    struct span whole = {"a\xc3\xa9", 2};

    cr_expect_eq(span_cut(whole, 2).len, 2);
}

static const char *const good[] = {
    "0",
    "-0",
    "12",
    "1.5",
    "0.0",
    "1e5",
    "1E+5",
    "1e-05",
    "-0.5e10",
    "123456789012345678901234567890",
    "true",
    "false",
    "null",
    "\"\"",
    "\"a\"",
    "\"\x7f\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uABcd\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\"",
    "{}",
    "[]",
    " { } ",
    "[[],{},[{}]]",
    "{\"a\":1,\"a\":2,\"\":[1,2,{\"b\":null}]}",
    "\t[ 1 ,\r\n2 ] ",
    "{ \"a\" : { \"b\" : [ ] } , \"c\" : \"}\" }",
};

static const struct {
    const char *text;
    size_t at;
    const char *what;
} bad[] = {
    {"", 0, "not a value"},
    {"  ", 2, "not a value"},
    {"x", 0, "not a value"},
    {"tru", 0, "not a value"},
    {"True", 0, "not a value"},
    {"NaN", 0, "not a value"},
    {"'a'", 0, "not a value"},
    {"+1", 0, "not a value"},
    {".5", 0, "not a value"},
    {"\xef\xbb\xbf{}", 0, "not a value"},
    {"truex", 4, "something stands behind the value"},
    {"1 2", 2, "something stands behind the value"},
    {"{} }", 3, "something stands behind the value"},
    {"1\v", 1, "something stands behind the value"},
    {"1.5.5", 3, "something stands behind the value"},
    {"0x1", 1, "something stands behind the value"},
    {"-", 1, "a digit is missing"},
    {"-x", 1, "a digit is missing"},
    {"1.", 2, "a digit is missing"},
    {"1.e5", 2, "a digit is missing"},
    {"1e", 2, "a digit is missing"},
    {"1e+", 3, "a digit is missing"},
    {"01", 1, "a number starts with 0"},
    {"-00", 2, "a number starts with 0"},
    {"\"a", 2, "the string is not closed"},
    {"\"", 1, "the string is not closed"},
    {"\"\\", 1, "the string is not closed"},
    {"\"\\\"", 3, "the string is not closed"},
    {"\"\\x\"", 1, "there is no such escape"},
    {"\"\\'\"", 1, "there is no such escape"},
    {"\"\\U0041\"", 1, "there is no such escape"},
    {"\"\\u12\"", 1, "\\u takes four hex digits"},
    {"\"\\u12g4\"", 1, "\\u takes four hex digits"},
    {"\"\\u", 1, "\\u takes four hex digits"},
    {"\"\\u004", 1, "\\u takes four hex digits"},
    {"\"\\ud800\"", 1, "half a surrogate pair"},
    {"\"\\ud800", 1, "half a surrogate pair"},
    {"\"\\ud800\\", 1, "half a surrogate pair"},
    {"\"\\ud800\\udc0", 1, "half a surrogate pair"},
    {"\"\\udc00\"", 1, "half a surrogate pair"},
    {"\"\\ud800\\u0041\"", 1, "half a surrogate pair"},
    {"\"\\ud800\\ud800\"", 1, "half a surrogate pair"},
    {"\"\\ud800\\n1234\"", 1, "half a surrogate pair"},
    {"\"\\udc00\\ud800\"", 1, "half a surrogate pair"},
    {"\"a\tb\"", 2, "a control byte in a string"},
    {"\"\n\"", 1, "a control byte in a string"},
    {"\"\xff\"", 1, "not UTF-8"},
    {"\"\xc3\"", 1, "not UTF-8"},
    {"\"\xc0\x80\"", 1, "not UTF-8"},
    {"\"\xed\xa0\x80\"", 1, "not UTF-8"},
    {"\"\xf4\x90\x80\x80\"", 1, "not UTF-8"},
    {"\"\xe2\x82", 1, "not UTF-8"},
    {"{", 1, "a key in quotes is missing"},
    {"{a:1}", 1, "a key in quotes is missing"},
    {"{1:1}", 1, "a key in quotes is missing"},
    {"{,}", 1, "a key in quotes is missing"},
    {"{\"a\":1,}", 7, "a key in quotes is missing"},
    {"{\"a\"}", 4, "':' is missing"},
    {"{\"a\" 1}", 5, "':' is missing"},
    {"{\"a\":}", 5, "not a value"},
    {"{\"a\":1", 6, "',' or '}' is missing"},
    {"{\"a\":1]", 6, "',' or '}' is missing"},
    {"{\"a\":1 \"b\":2}", 7, "',' or '}' is missing"},
    {"{\"a\":[1}}", 7, "',' or ']' is missing"},
    {"[", 1, "not a value"},
    {"[1", 2, "',' or ']' is missing"},
    {"[1}", 2, "',' or ']' is missing"},
    {"[1 2]", 3, "',' or ']' is missing"},
    {"[1,]", 3, "not a value"},
    {"[,1]", 1, "not a value"},
    {"[[]", 3, "',' or ']' is missing"},
    {"]", 0, "not a value"},
};

Test(json_reader, knows_JSON)
{
    struct span_flaw flaw;

    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        cr_expect(is_json(good[i], strlen(good[i]), &flaw), "%s: %s at %zu",
                  good[i], flaw.what, flaw.at);
        cr_expect(is_json_to_jansson(good[i], strlen(good[i])), "%s", good[i]);
    }
}

Test(json_reader, tells_what_is_wrong_with_JSON_and_where)
{
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct span_flaw flaw = {"nothing", 999};

        cr_expect_not(is_json(bad[i].text, strlen(bad[i].text), &flaw), "%s",
                      bad[i].text);
        cr_expect_str_eq(flaw.what, bad[i].what, "'%s': %s", bad[i].text,
                         flaw.what);
        cr_expect_eq(flaw.at, bad[i].at, "'%s': %zu", bad[i].text, flaw.at);
        cr_expect_not(is_json_to_jansson(bad[i].text, strlen(bad[i].text)),
                      "'%s'", bad[i].text);
    }
}

Test(json_reader, a_nul_is_no_end_of_JSON)
{
    static const struct {
        const char *text;
        size_t len;
    } rows[] = {{"1\0", 2},      {"\0", 1},   {"\"a\0b\"", 5}, {"[1\0]", 4},
                {"\"\\\0\"", 4}, {"{\0}", 3}, {"[\0", 2}};
    struct span_flaw flaw;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        cr_expect_not(is_json(rows[i].text, rows[i].len, &flaw), "row %zu", i);
}

Test(json_reader, takes_more_than_a_double_or_an_integer_holds)
{
    struct span_flaw flaw;

    cr_expect(is_json("1e999", 5, &flaw));
    cr_expect(is_json("[-1e999,99999999999999999999]", 29, &flaw));
}

/* Each byte of each good text changed to each of these: both agree. */
Test(json_reader, judges_as_jansson_does)
{
    static const char bytes[] = "\"\\{}[],:0-.eEuntd /\t\x01\x80\xc3\x7f";
    size_t nvalid = 0;

    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        size_t len = strlen(good[i]);
        char text[128];

        memcpy(text, good[i], len + 1);
        for (size_t at = 0; at < len; at++) {
            for (const char *b = bytes; *b; b++) {
                struct span_flaw flaw;
                bool is_valid;

                text[at] = *b;
                is_valid = is_json(text, len, &flaw);
                cr_assert_eq(is_valid, is_json_to_jansson(text, len), "%s: %s",
                             text, is_valid ? "valid" : flaw.what);
                nvalid += is_valid;
            }
            text[at] = good[i][at];
        }
    }
    cr_expect_gt(nvalid, 100, "the test must see both");
}

/* open^n close^n */
static char *
nest(const char *open, const char *close, unsigned n)
{
    char *text = malloc(n * (strlen(open) + strlen(close)) + 1);
    char *p = text;

    for (unsigned i = 0; i < n; i++)
        p = stpcpy(p, open);
    for (unsigned i = 0; i < n; i++)
        p = stpcpy(p, close);
    return text;
}

Test(json_reader, bears_any_depth)
{
    static const struct {
        const char *open, *close;
        unsigned n; /* pairs of them, that make this depth: */
        unsigned depth;
    } rows[] = {
        {"[", "]", SPAN_MAX_DEPTH, SPAN_MAX_DEPTH},
        {"[", "]", SPAN_MAX_DEPTH + 1, SPAN_MAX_DEPTH + 1},
        {"[{\"a\":", "}]", SPAN_MAX_DEPTH / 2, 0}, /* no value inside */
        {"{\"a\":[", "]}", SPAN_MAX_DEPTH / 2, SPAN_MAX_DEPTH},
        {"{\"a\":[", "]}", SPAN_MAX_DEPTH / 2 + 1, SPAN_MAX_DEPTH + 2},
        {"[", "]", 500000, 500000},
        {"[", "", 500000, 500000},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char *text = nest(rows[i].open, rows[i].close, rows[i].n);
        struct span_flaw flaw = {"", 0};
        bool is_fine = rows[i].depth > 0 && rows[i].depth <= SPAN_MAX_DEPTH;

        cr_expect_eq(span_is_json(span_of(text), &flaw), is_fine, "row %zu: %s",
                     i, flaw.what);
        if (rows[i].depth > SPAN_MAX_DEPTH)
            cr_expect_str_eq(flaw.what, "nested too deep", "row %zu", i);
        free(text);
    }
}

/* The members of an object as "key=value;", or the elements "value;". */
static void
walk(const char *text, char *out)
{
    bool is_object = text[strspn(text, " ")] == '{';
    struct span key = {"", 0}, value;
    struct span_walk w;

    *out = '\0';
    span_walk_init(&w, span_of(text));
    while (is_object ? span_walk_member(&w, &key, &value)
                     : span_walk_element(&w, &value))
        out += sprintf(out, "%.*s=%.*s;", (int)key.len, key.p, (int)value.len,
                       value.p);
}

Test(json_reader, walks_over_members_and_elements)
{
    static const struct {
        const char *text, *out;
    } rows[] = {
        {"{}", ""},
        {"{ }", ""},
        {"[]", ""},
        {" [ ]", ""},
        {"{\"a\":1}", "\"a\"=1;"},
        {"{ \"a\" : 1 , \"b\" : 2 }", "\"a\"=1;\"b\"=2;"},
        {"{\"a\":{\"x\":[1,{}]},\"b\":[[],\"]\"]}",
         "\"a\"={\"x\":[1,{}]};\"b\"=[[],\"]\"];"},
        {"{\"}\":\"{\",\"\\\"\":\"\\\\\",\"\":\"\"}",
         "\"}\"=\"{\";\"\\\"\"=\"\\\\\";\"\"=\"\";"},
        {"{\"a\":{ \"b\" : \"}\\\"}\" } , \"a\":null}",
         "\"a\"={ \"b\" : \"}\\\"}\" };\"a\"=null;"},
        {"[1,-2.5e3 ,true,\"x\",[ ],{}]", "=1;=-2.5e3;=true;=\"x\";=[ ];={};"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[256];

        walk(rows[i].text, out);
        cr_expect_str_eq(out, rows[i].out, "%s: %s", rows[i].text, out);
    }
}

Test(json_reader, copies_without_changing_a_value)
{
    static const struct {
        const char *text, *copy;
    } rows[] = {
        {"1.0", "1.0"},
        {"1e999", "1e999"},
        {"-0", "-0"},
        {"12345678901234567890123", "12345678901234567890123"},
        {" [ 1 ,\t2\r\n] ", "[1,2]"},
        {"{ \"a b\" : \" c \" , \"a b\" : [ ] }",
         "{\"a b\":\" c \",\"a b\":[]}"},
        {"\"\\u0041\\/\\\" \\\\\"", "\"\\u0041\\/\\\" \\\\\""},
        {"\"\xc3\xa9 \xf0\x9f\x98\x80\"", "\"\xc3\xa9 \xf0\x9f\x98\x80\""},
        /* Characters that act on a terminal, or that some take for the end of a
         * line. */
        {"\"\x7f\"", "\"\\u007f\""},
        {"\"\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0\"",
         "\"\\u0080\\u009b\\u009f\xc2\xa0\""},
        {"\"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xb0\"",
         "\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xb0\""},
        {"{\"\x7f\":\"\x7f\"}", "{\"\\u007f\":\"\\u007f\"}"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len = 999;
        const char *copy = span_compact(span_of(rows[i].text), &mem, &len);

        cr_expect_str_eq(copy, rows[i].copy, "%s: %s", rows[i].text, copy);
        cr_expect_eq(len, strlen(rows[i].copy), "%s", rows[i].text);
        cr_expect_str_eq(span_compact(span_of(copy), &mem, NULL), copy);
    }
}

Test(json_reader, copies_what_grows_sixfold)
{
    char text[2002];
    size_t len;

    memset(text, 0x7f, sizeof(text));
    text[0] = text[sizeof(text) - 1] = '"';

    const char *copy =
        span_compact((struct span){text, sizeof(text)}, &mem, &len);

    cr_expect_eq(len, 2 + 2000 * 6);
    cr_expect_str_eq(copy + len - 7, "\\u007f\"");
}
