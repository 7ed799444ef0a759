#include "base/buf.h"
#include "base/redact.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

static void
expect_redacted(const char *url, const char *expected)
{
    struct buf out = BUF_INIT;

    redact_url(&out, url, strlen(url));
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, expected, "'%s': '%s'", url, out.data);
    buf_fini(&out);
}

Test(redact, userinfo_is_hidden)
{
    static const struct {
        const char *url, *redacted;
    } rows[] = {
        {"http://me:pw@host/", "http://***@host/"},
        {"http://me@host", "http://***@host"},
        {"http://:pw@host", "http://***@host"},
        {"http://@host", "http://***@host"},
        {"https://me:pw@[::1]:8443/a?b#c", "https://***@[::1]:8443/a?b#c"},
        {"HTTP://me:pw@host?q", "HTTP://***@host?q"},
        {"http://me:pw@host#f", "http://***@host#f"},
        {"http://me%40x:p%2Fw@host/", "http://***@host/"},
        /* The last '@' counts; libcurl refuses most of these. */
        {"http://me:p@w@host/", "http://***@host/"},
        {"http://a@b@c@d", "http://***@d"},
        {"http://a@", "http://***@"},
        /* Without a scheme. */
        {"me:pw@host/path", "***@host/path"},
        {"me@host", "***@host"},
        {"//me:pw@host/", "//***@host/"},
        {"me:pw@host:/x", "***@host:/x"},
        {"http:me:pw@host/", "***@host/"},
        {"sec:ret:\\\\me@host/", "***@host/"},
        {"sec:ret:/me@host/", "***@host/"},
        /* Slashes that libcurl takes, or that someone may have meant. */
        {"http:/me:pw@host/", "http:/***@host/"},
        {"http:///me:pw@host/", "http:///***@host/"},
        {"http:////me:pw@host/", "http:////***@host/"},
        {"http:\\\\me:pw@host/", "***@host/"},
        {"http:/\\me:pw@host/", "http:/***@host/"},
        {"http:\\/me:pw@host/", "***@host/"},
        {"http://me:p\\w@host/", "http://***@host/"},
        {"http://me:pw\\@host/", "http://***@host/"},
        /* A scheme that lost its colon. */
        {"http//me:pw@host/", "http//***@host/"},
        {"https;//me:pw@host/", "https;//***@host/"},
        {"HTTPS//me:pw@host/", "HTTPS//***@host/"},
        {"http/me:pw@host/", "http/***@host/"},
        {"\xe2\x80\x8bhttp//me:pw@host/", "\xe2\x80\x8bhttp//***@host/"},
        /* Text before the scheme does not matter. */
        {" http://me:pw@host/", " http://***@host/"},
        {"1http://me:pw@host/", "1http://***@host/"},
        {"x@http://me:pw@host/", "***@host/"},
        {"http://http:/me:pw@host/", "http://***@host/"},
        {"http://x@http:/me:pw@host/", "http://***@host/"},
        /* A password with a raw / ? #: no such port is possible. */
        {"http://me:p/w@host/", "http://***@host/"},
        {"http://me:p?w@host/", "http://***@host/"},
        {"http://me:p#w@host/", "http://***@host/"},
        {"http://me:123456/7@host/", "http://***@host/"},
        {"me:p/w@host", "***@host"},
        {"http://me@x:p/w@host/", "http://***@host/"},
        {"http://me@x:p?w@host/", "http://***@host/"},
        {"me@x:p/w@host", "***@host"},
        {"http/me@x:p/w@host/", "http/***@host/"},
        /* Two schemes, as given and as sent. */
        {"http://http://me:pw@host/", "http://http://***@host/"},
        {"http://https//me:pw@host/", "http://https//***@host/"},
        {"https://HTTP:me:pw@host/", "https://***@host/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        expect_redacted(rows[i].url, rows[i].redacted);
}

Test(redact, text_that_is_no_url_is_hidden_up_to_its_last_at)
{
    static const struct {
        const char *text, *redacted;
    } rows[] = {
        {"", ""},
        {"/a@b", "/a@b"},
        {"?a@b", "?a@b"},
        {"/me:pw@host/", "***@host/"},
        {"/http://me:pw@host/", "***@host/"},
        {"?http://me:pw@host/", "***@host/"},
        {"http:#/me:pw@host/", "***@host/"},
        {"ht%p://me/x:pw@host/", "ht%p://***@host/"},
        {"http://a,http://me:pw@host/", "http://***@host/"},
        {"http%3A//me:pw@host/", "***@host/"},
        {"http://me@x?:pw@host/", "http://***@host/"},
        {"ftp://host/a@b", "ftp://host/a@b"},
        {"http://me:pw@host:x/", "http://***@host:x/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = BUF_INIT, again = BUF_INIT;

        redact_refused(&out, rows[i].text, strlen(rows[i].text));
        redact_url(&again, out.data, out.len);
        cr_expect_eq(out.len, strlen(rows[i].redacted));
        cr_expect_eq(
            memcmp(out.data ? out.data : "", rows[i].redacted, out.len), 0,
            "'%s': '%.*s'", rows[i].text, (int)out.len, out.data);
        cr_expect(again.len == out.len &&
                  (out.len == 0 || memcmp(again.data, out.data, out.len) == 0));
        buf_fini(&out);
        buf_fini(&again);
    }
}

Test(redact, a_text_that_is_cut_within_its_authority_is_not_shown)
{
    static const struct {
        const char *text;
        size_t shown;
    } rows[] = {
        {"http://me:pw", 7},   {"me:pw", 0},  {"http://h:1/x", 12},
        {"http://host", 11},   {"a text", 6}, {"", 0},
        {"http://me@x:pw", 7},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        cr_expect_eq(redact_cut(rows[i].text, strlen(rows[i].text)),
                     rows[i].shown, "%s", rows[i].text);
}

Test(redact, text_without_userinfo_stays)
{
    static const char *const urls[] = {
        "",
        "host",
        "host:8080/x",
        "http://host/",
        "http://host/@me",
        "http://host/me:pw@x",
        "http://host:80/a@b",
        "http://host:/a@b",
        "http://http/a@b",
        "http://http.example//a@b",
        "http://me.example:80//a@b",
        "http://[::1]/a@b",
        "http://[::1]:80/a@b",
        "http://host?mail=a@b",
        "http://host#a@b",
        "http://host/?u=http://x/@y",
        "host?u=http://me@x/",
        "/@me",
        "/a:b@c",
        "?a@b",
        "#a@b",
        "a/b@c",
        "http.example//b@c",
        "httpsx//b@c",
        "htt//b@c",
        "http?b@c",
        "../@me",
        "://",
        "http://",
        "http:///x",
        "mailto:",
        "\xff\xfe\x01",
    };

    for (size_t i = 0; i < ARRAY_LEN(urls); i++)
        expect_redacted(urls[i], urls[i]);
}

Test(redact, any_byte_passes_and_text_is_appended)
{
    static const char url[] = "h\0://me:\0pw@ho\0st/";
    static const char expected[] = "see h\0://***@ho\0st/";
    struct buf out = BUF_INIT;

    buf_addstr(&out, "see ");
    redact_url(&out, url, sizeof(url) - 1);
    cr_assert_eq(out.len, sizeof(expected) - 1);
    cr_assert_arr_eq(out.data, expected, sizeof(expected) - 1);
    buf_fini(&out);
}

Test(redact, a_long_row_of_ats_takes_no_long_time)
{
    enum { LEN = 1 << 20 };
    char *url = malloc(LEN);
    struct buf out = BUF_INIT;

    memset(url, '@', LEN);
    redact_url(&out, url, LEN);
    cr_assert_eq(out.len, 4);
    cr_assert_arr_eq(out.data, "***@", 4);
    buf_fini(&out);
    free(url);
}

Test(redact, urls_within_a_text_have_no_userinfo)
{
    static const struct {
        const char *text, *redacted;
    } rows[] = {
        {"", ""},
        {"no URL, a@b", "***@b"},
        {"Unsupported proxy syntax in 'http://me:p@w@host:1': Bad hostname",
         "Unsupported proxy syntax in 'http://***@host:1': Bad hostname"},
        {"from http://me:pw@a/ to https://you:pw@b/",
         "from http://***@a/ to https://***@b/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = BUF_INIT;

        redact_text(&out, rows[i].text);
        buf_addc(&out, '\0');
        cr_expect_str_eq(out.data, rows[i].redacted, "'%s'", out.data);
        buf_fini(&out);
    }
}
