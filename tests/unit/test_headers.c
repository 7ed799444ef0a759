#include "base/buf.h"
#include "output/headers.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#define FFFD "\xef\xbf\xbd"

static void
expect_headers(const char *raw, size_t len, const char *expected)
{
    struct buf out = BUF_INIT;

    headers_write(&out, raw, len, false);
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, expected);
    buf_fini(&out);
}

Test(headers, credentials_of_locations_are_hidden)
{
    static const char raw[] = "LOCATION: http://me:pw@x/\r\n"
                              "Content-Location: http://me:\r\n pw@x/\r\n"
                              "Link: <http://me:pw@x/>\r\n";
    struct buf out = BUF_INIT;

    expect_headers(raw, strlen(raw),
                   "{\"location\":[\"http://***@x/\"],"
                   "\"content-location\":[\"http://***@x/\"],"
                   "\"link\":[\"<http://me:pw@x/>\"]}");
    headers_write(&out, raw, strcspn(raw, "\n"), true);
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, "{\"location\":[\"http://me:pw@x/\"]}");
    buf_fini(&out);
}

Test(headers, lines_become_an_object)
{
    static const struct {
        const char *raw, *json;
    } rows[] = {
        {"", "{}"},
        {"Server: nginx\r\n", "{\"server\":[\"nginx\"]}"},
        {"B: 1\r\nA: 2\r\nb: 3\r\nB: 4\r\n",
         "{\"b\":[\"1\",\"3\",\"4\"],\"a\":[\"2\"]}"},
        /* White space around names and values. */
        {"A:  x y\t \r\nB:\r\nC: \r\nD :e\r\n",
         "{\"a\":[\"x y\"],\"b\":[\"\"],\"c\":[\"\"],\"d\":[\"e\"]}"},
        /* A colon is part of the value. */
        {"Location: http://x:80/\r\n", "{\"location\":[\"http://x:80/\"]}"},
        /* Line ends: bare, missing, doubled; the blank line at the end. */
        {"A: 1\nB: 2", "{\"a\":[\"1\"],\"b\":[\"2\"]}"},
        {"A: 1\r\r\n\r\n", "{\"a\":[\"1\"]}"},
        /* Folded lines. */
        {"A: x\r\n y\r\n\t z \r\nB: 2\r\n",
         "{\"a\":[\"x y z\"],\"b\":[\"2\"]}"},
        {"A:\r\n x\r\n", "{\"a\":[\"x\"]}"},
        {"A: x\r\n \r\n y\r\n", "{\"a\":[\"x y\"]}"},
        {" x: y\r\nA: 1\r\n", "{\"a\":[\"1\"]}"},
        /* A line without a name is no header. */
        {"no colon\r\n: x\r\nA: 1\r\n", "{\"a\":[\"1\"]}"},
        {"no colon\r\n x: y\r\nA: 1\r\n", "{\"a\":[\"1\"]}"},
        /* Hostile bytes. */
        {"A: \x1b[31m\"\\\r\n", "{\"a\":[\"\\u001b[31m\\\"\\\\\"]}"},
        {"A: caf\xe9\r\nB: caf\xc3\xa9\r\n",
         "{\"a\":[\"caf" FFFD "\"],\"b\":[\"caf\xc3\xa9\"]}"},
        {"A: x\ry\r\n", "{\"a\":[\"x\\ry\"]}"},
        {"A\"\x7f: x\r\n", "{\"a\\\"\\u007f\":[\"x\"]}"},
        /* Names that look the same when written are the same. */
        {"X\xff: 1\r\nx\xc3: 2\r\n", "{\"x" FFFD "\":[\"1\",\"2\"]}"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_headers(rows[i].raw, strlen(rows[i].raw), rows[i].json);
}

Test(headers, no_headers_are_an_empty_object)
{
    expect_headers(NULL, 0, "{}");
}

Test(headers, nul_bytes_are_kept_out_of_names)
{
    static const char raw[] = "A\0b: x\0y\r\n";

    expect_headers(raw, sizeof(raw) - 1, "{\"a" FFFD "b\":[\"x\\u0000y\"]}");
}

Test(headers, a_long_name_is_whole)
{
    char name[1000];
    struct buf raw = BUF_INIT, expected = BUF_INIT;

    memset(name, 'N', sizeof(name));
    buf_add(&raw, name, sizeof(name));
    buf_addstr(&raw, ":1\n");
    memset(name, 'n', sizeof(name));
    buf_addstr(&expected, "{\"");
    buf_add(&expected, name, sizeof(name));
    buf_printf(&expected, "\":[\"1\"]}%c", '\0');
    expect_headers(raw.data, raw.len, expected.data);
    buf_fini(&raw);
    buf_fini(&expected);
}

/* Twice as many lines: around the number up to which they cost no allocation,
 * and far over it. */
Test(headers, many_headers_are_grouped_in_order)
{
    static const size_t counts[] = {1, 23, 24, 25, 26, 5000};

    for (size_t c = 0; c < ARRAY_LEN(counts); c++) {
        struct buf raw = BUF_INIT, out = BUF_INIT;
        size_t i = 0;
        const char *name;
        json_t *object, *values;

        for (size_t round = 0; round < 2; round++) {
            for (size_t k = 0; k < counts[c]; k++)
                buf_printf(&raw, "H%zu: %zu/%zu\r\n", k * 7, k, round);
        }
        headers_write(&out, raw.data, raw.len, false);
        object = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, NULL);
        cr_assert_eq(json_object_size(object), counts[c]);
        json_object_foreach(object, name, values)
        {
            char text[2][40];

            snprintf(text[0], 40, "h%zu", i * 7);
            cr_assert_str_eq(name, text[0]);
            cr_assert_eq(json_array_size(values), 2);
            for (size_t round = 0; round < 2; round++) {
                json_t *value = json_array_get(values, round);

                snprintf(text[1], 40, "%zu/%zu", i, round);
                cr_assert_str_eq(json_string_value(value), text[1]);
            }
            i++;
        }
        json_decref(object);
        buf_fini(&raw);
        buf_fini(&out);
    }
}
