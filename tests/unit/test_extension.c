#include "body/extension.h"

#include <string.h>

#include <criterion/criterion.h>

static void
expect_ext(const char *type, const char *url, const char *expected)
{
    char ext[EXTENSION_TEXT];

    extension_choose(type, url, ext);
    cr_expect_str_eq(ext, expected, "%s of %s: %s", type, url, ext);
}

Test(extension, the_content_type_says_it)
{
    static const struct {
        const char *type, *expected;
    } cases[] = {
        {"text/html", ".html"},
        {"text/html; charset=utf-8", ".html"},
        {"text/html;charset=utf-8", ".html"},
        {" Text/HTML ;q", ".html"},
        {"application/json", ".json"},
        {"image/png", ".png"},
        {"image/svg+xml", ".svg"},
        {"application/atom+xml", ".xml"}, /* the table's first row */
        {"video/x-msvideo", ".avi"},      /* and its last */
        {"application/problem+json", ".json"},
        {"application/soap+xml; x=y", ".xml"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_ext(cases[i].type, "http://h/a.bin", cases[i].expected);
}

Test(extension, else_the_path_of_the_url)
{
    static const struct {
        const char *url, *expected;
    } cases[] = {
        {"http://h/a.zip", ".zip"},
        {"http://h/a.ZIP?x=1.y", ".zip"},
        {"http://h/a.zip#f.g", ".zip"},
        {"http://h/a.tar.gz", ".gz"},
        {"http://h/b.c/a.mp3", ".mp3"},
        {"http://h/a.abcdefgh", ".abcdefgh"},
        {"http://h/a.abcdefghi", ""},
        {"http://h/b.c/a", ""},
        {"http://h/.zip", ""},
        {"http://h/a.", ""},
        {"http://h/a.%2f", ""},
        {"http://h/a.b/", ""},
        {"http://h/a.b-c", ""},
        {"http://h/a.\xc3\xa4", ""},
        {"http://h/", ""},
        {"http://h.com", ""},
        {"http://h.com?a.b", ""},
        {"http://h.com?/a.zip", ""},
        {"h/a.zip", ""},
        {"", ""},
    };
    static const char *const types[] = {
        NULL,         "",     "application/octet-stream",
        "unheard/of", "text", "text/htm",
        "text/htmlx", ";",    "+json",
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        for (size_t n = 0; n < ARRAY_LEN(types); n++)
            expect_ext(types[n], cases[i].url, cases[i].expected);
    expect_ext(NULL, NULL, "");
}

Test(extension, whatever_a_server_says_is_short_and_plain)
{
    static const char *const types[] = {
        "text/../../etc/passwd",
        "../x",
        "text/html/../..",
        "\xff\xfe",
        "a+xml/../b",
    };
    char ext[EXTENSION_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        extension_choose(types[i], "http://h/x/..", ext);
        cr_expect_null(strchr(ext, '/'), "%s", types[i]);
        cr_expect_null(strstr(ext, ".."), "%s", types[i]);
    }
}
