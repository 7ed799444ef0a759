#include "engine/cookie.h"

#include <string.h>

#include <criterion/criterion.h>

#include "base/buf.h"

#define NOW 1700000000

static const struct cookie_place place = {
    .host = "www.example.com",
    .host_len = 15,
    .path = "/a/b?c=/d",
    .is_secure = false,
};

/* Expect a Set-Cookie to become this line of a jar; "": no cookie. */
static void
expect_field(const char *text, const struct cookie_place *from,
             const char *want)
{
    struct cookie *c = cookie_from_field(text, strlen(text), from, NOW);
    struct buf got = BUF_INIT;

    if (c)
        cookie_write_line(c, &got);
    buf_addc(&got, '\0');
    cr_expect_str_eq(got.data, want, "'%s': '%s', not '%s'", text, got.data,
                     want);
    buf_fini(&got);
    cookie_free(c);
}

static void
expect_line(const char *text, const char *want)
{
    struct cookie *c = cookie_from_line(text, strlen(text));
    struct buf got = BUF_INIT;

    if (c)
        cookie_write_line(c, &got);
    buf_addc(&got, '\0');
    cr_expect_str_eq(got.data, want, "'%s': '%s', not '%s'", text, got.data,
                     want);
    buf_fini(&got);
    cookie_free(c);
}

Test(cookie, a_field_has_a_name_a_value_and_attributes)
{
    expect_field("a=b", &place, "www.example.com\tFALSE\t/a\tFALSE\t0\ta\tb\n");
    expect_field(" a = b c ; Path=/x/ \r\n", &place,
                 "www.example.com\tFALSE\t/x\tFALSE\t0\ta\tb c\n");
    expect_field("a=b; Path=/x; Path=", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t0\ta\tb\n");
    expect_field("a=b; Path=; Path=/x", &place,
                 "www.example.com\tFALSE\t/x\tFALSE\t0\ta\tb\n");
    expect_field("a=; HttpOnly; Domain=.EXAMPLE.com", &place,
                 "#HttpOnly_.example.com\tTRUE\t/a\tFALSE\t0\ta\t\n");
    expect_field("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                 &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t1700000060\ta\tb\n");
    expect_field("a=b; Expires=Wed, 15 Nov 2023 00:00:00 GMT", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t1700006400\ta\tb\n");
    expect_field("a=b; Expires=Thu, 01-Jan-70 00:00:09 GMT", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t9\ta\tb\n");
    expect_field("a=b; Expires=Wed, 01-Jan-2070 00:00:09 GMT", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t3155760009\ta\tb\n");
    expect_field("a=b; Expires=Tue, 01-Jan-69 00:00:00 GMT", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t3124224000\ta\tb\n");
    expect_field("a=b; Expires=Wed, 31-Dec-1969 23:59:58 GMT", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t1\ta\tb\n");
    expect_field("a=b; Max-Age=0", &place,
                 "www.example.com\tFALSE\t/a\tFALSE\t1\ta\tb\n");
}

Test(cookie, invalid_cookies_are_not_kept)
{
    static const char *const bad[] = {
        "",
        ";",
        "a",
        "=b",
        "a; b=c",
        "a=b\x01",
        "a=b\tc",
        "a=b; Secure",
        "a=b; Secure=true",
        "__Secure-a=b",
        "a=b; Domain=com",
        "a=b; Domain=other.example",
        "a=b; Domain=xample.com",
        "a=b; Domain=x.www.example.com",
    };

    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        expect_field(bad[i], &place, "");
}

Test(cookie, a_field_of_a_file_may_say_all)
{
    expect_field("a=b; Secure; Domain=x.example; Path=/p", NULL,
                 ".x.example\tTRUE\t/p\tTRUE\t0\ta\tb\n");
    expect_field("a=b; secure=1; HttpOnly=0; Domain=x.example", NULL,
                 "#HttpOnly_.x.example\tTRUE\t/\tTRUE\t0\ta\tb\n");
    expect_field("a=b", NULL, "\tFALSE\t/\tFALSE\t0\ta\tb\n");
}

Test(cookie, a_line_has_seven_fields)
{
    expect_line(".X.example\tTRUE\t/p/\tTRUE\t5\ta\tb\r\n",
                ".x.example\tTRUE\t/p\tTRUE\t5\ta\tb\n");
    expect_line("#HttpOnly_x\tFALSE\t/\tFALSE\t0\ta\t\n",
                "#HttpOnly_x\tFALSE\t/\tFALSE\t0\ta\t\n");
    expect_line("x\tFALSE\tFALSE\t0\ta\tb", "x\tFALSE\t/\tFALSE\t0\ta\tb\n");
    expect_line("# a comment", "");
    expect_line("", "");
    expect_line("x\tFALSE\t/\tFALSE\tsoon\ta\tb", "");
    expect_line("x\tFALSE\t/\tFALSE\t0", "");
    expect_line("x\tFALSE\t/\tFALSE\t0\ta\tb\tc", "");
}

Test(cookie, a_cookie_is_sent_to_its_path_only)
{
    static const struct {
        const char *path, *to;
        bool suits;
    } cases[] = {
        {"/", "/", true},      {"/", "/x?y", true},   {"/a", "/a", true},
        {"/a", "/a/", true},   {"/a", "/a/b", true},  {"/a", "/a?b", true},
        {"/a", "/ab", false},  {"/a", "/", false},    {"/a", "/A", false},
        {"/a/b", "/a", false}, {"/a", "/?/a", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cookie c = {.domain = "x",
                           .domain_len = 1,
                           .path = cases[i].path,
                           .path_len = strlen(cases[i].path)};
        struct cookie_place to = {
            .host = "x", .host_len = 1, .path = cases[i].to};

        cr_expect_eq(cookie_suits(&c, &to), cases[i].suits, "%s to %s",
                     cases[i].path, cases[i].to);
    }
}
