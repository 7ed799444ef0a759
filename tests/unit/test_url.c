#include <criterion/criterion.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "url/url.h"

static struct arena mem;

static void
setup(void)
{
    arena_init(&mem);
    setlocale(LC_CTYPE, "C.UTF-8");
}

static void
teardown(void)
{
    arena_reset(&mem);
}

TestSuite(url, .init = setup, .fini = teardown);

static int
parse(const char *text, struct target *t, struct url_flaw *flaw)
{
    return url_parse(text, strlen(text), "https", &mem, t, flaw);
}

Test(url, is_taken_apart)
{
    static const struct {
        const char *text, *url, *host, *key;
        unsigned port;
        bool is_tls, is_numeric;
    } cases[] = {
        {"http://h/", "http://h/", "h", "http://h:80", 80, false, false},
        {"http://h", "http://h/", "h", "http://h:80", 80, false, false},
        {"HTTP://Ex.COM:8080/A?b#c", "http://Ex.COM:8080/A?b", "ex.com",
         "http://ex.com:8080", 8080, false, false},
        {"https://h:443/", "https://h:443/", "h", "https://h:443", 443, true,
         false},
        {"http://u:p@h/x", "http://u:p@h/x", "h", "http://h:80", 80, false,
         false},
        {"http://h/?http://***@x/", "http://h/?http://***@x/", "h",
         "http://h:80", 80, false, false},
        {"http://127.0.0.1/", "http://127.0.0.1/", "127.0.0.1",
         "http://127.0.0.1:80", 80, false, true},
        {"http://[::1]:81/", "http://[::1]:81/", "::1", "http://::1:81", 81,
         false, true},
        {"http://2130706433/", "http://127.0.0.1/", "127.0.0.1",
         "http://127.0.0.1:80", 80, false, true},
        {"http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1",
         "http://127.0.0.1:80", 80, false, true},
        {"http://b\xc3\xbc"
         "cher.example/",
         "http://xn--bcher-kva.example/", "xn--bcher-kva.example",
         "http://xn--bcher-kva.example:80", 80, false, false},
        {"http://h/\xc3\xbc", "http://h/%c3%bc", "h", "http://h:80", 80, false,
         false},
        {"http://%347/", "http://0.0.0.47/", "0.0.0.47", "http://0.0.0.47:80",
         80, false, true},
        {"http://h/a/../b", "http://h/b", "h", "http://h:80", 80, false, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target t;
        struct url_flaw flaw = {"", ""};
        cr_assert_eq(parse(cases[i].text, &t, &flaw), 0, "%s: %s",
                     cases[i].text, flaw.message);
        cr_expect_str_eq(t.url, cases[i].url, "%s: %s", cases[i].text, t.url);
        cr_expect_str_eq(t.host, cases[i].host);
        cr_expect_str_eq(t.key, cases[i].key);
        cr_expect_eq(t.port, cases[i].port);
        cr_expect_eq(t.is_tls, cases[i].is_tls);
        cr_expect_eq(t.is_numeric, cases[i].is_numeric, "%s", cases[i].text);
    }
}

/* Does it make no difference who takes it apart? */
static void
expect_as_by_curl(const char *text)
{
    struct target t, want;
    struct url_flaw flaw = {"", ""}, want_flaw = {"", ""};
    int ret = parse(text, &t, &flaw);
    int want_ret =
        url_parse_by_curl(text, strlen(text), "https", &mem, &want, &want_flaw);

    cr_expect_eq(ret, want_ret, "%s", text);
    if (ret || want_ret) {
        cr_expect_str_eq(flaw.code, want_flaw.code, "%s", text);
        return;
    }
    cr_expect_str_eq(t.url, want.url, "%s: %s", text, t.url);
    cr_expect_str_eq(t.scheme, want.scheme, "%s", text);
    cr_expect_str_eq(t.host, want.host, "%s: %s", text, t.host);
    cr_expect_str_eq(t.key, want.key, "%s: %s", text, t.key);
    cr_expect_eq(t.port, want.port, "%s: %u", text, (unsigned)t.port);
    cr_expect_eq(t.is_tls, want.is_tls, "%s", text);
    cr_expect_eq(t.is_numeric, want.is_numeric, "%s", text);
    cr_expect_str_eq(t.connect_host, want.connect_host, "%s", text);
    cr_expect_eq(t.connect_port, want.connect_port, "%s", text);
    cr_expect_eq(t.connect_is_numeric, want.connect_is_numeric, "%s", text);
}

Test(url, plain_or_not_is_the_same_as_by_curl)
{
    static const char *const schemes[] = {"http://", "https://",  "HTTP://",
                                          "http:/",  "httpss://", ""};
    static const char *const hosts[] = {
        "h",
        "a.b-c_d.e9",
        "A.b",
        "127.0.0.1",
        "127.0.0.01",
        "127.1",
        "256.0.0.1",
        "1.2.3.4.5",
        "0x7f.1",
        "7",
        "3com.com",
        "h.",
        ".h",
        "h..i",
        "-h",
        "_h",
        "xn--bcher-kva.example",
        "h%41",
        "u@h",
        "[::1]",
        "",
        "h\xc3\xbc",
        "h h",
        "1.2.3.4.",
        "0.0.0.0",
        "h+",
        "h,",
        "127.0.0.1.nip.io",
    };
    static const char *const ports[] = {
        "",     ":",      ":0",     ":1",           ":80", ":443",
        ":080", ":65535", ":65536", ":99999999999", ":8x", ":+1"};
    static const char *const rests[] = {
        "",
        "/",
        "?",
        "?a",
        "#",
        "/?",
        "/?a=b",
        "/a/b.c",
        "/a/./b",
        "/a/..",
        "/.a",
        "/a?b?c/./d",
        "/a#b",
        "/%c3%BC",
        "/a b",
        "/a@b",
        "/a'b\"c",
        "//a//b",
        "/a;b=c,d!e$f&g(h)i*j+k:l~m_n-o",
        "/\\",
        "/[a]",
        "/a?b#c?d",
        "/\xc3\xbc",
        "/a|b^c`d{e}f<g>",
        "/a\x01",
        "/a\x7f",
        "/://***@",
    };
    char text[256];

    for (size_t s = 0; s < ARRAY_LEN(schemes); s++)
        for (size_t h = 0; h < ARRAY_LEN(hosts); h++)
            for (size_t p = 0; p < ARRAY_LEN(ports); p++)
                for (size_t r = 0; r < ARRAY_LEN(rests); r++) {
                    snprintf(text, sizeof(text), "%s%s%s%s", schemes[s],
                             hosts[h], ports[p], rests[r]);
                    expect_as_by_curl(text);
                }
}

Test(url, without_a_scheme_gets_the_default_one)
{
    static const struct {
        const char *text, *url;
    } cases[] = {
        {"example.com", "https://example.com/"},
        {"example.com:8080/x", "https://example.com:8080/x"},
        {"localhost:1", "https://localhost:1/"},
        {"//h/x", "https://h/x"},
        {"u:p@h/", "https://u:p@h/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target t;
        struct url_flaw flaw;
        cr_assert_eq(parse(cases[i].text, &t, &flaw), 0, "%s", cases[i].text);
        cr_expect_str_eq(t.url, cases[i].url);
    }
}

Test(url, letters_that_mean_an_address_are_one)
{
    static const char *const texts[] = {
        "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.1/",     /* circled 127 */
        "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1/", /* wide */
        "http://127\xe3\x80\x82"
        "0.0.1/", /* ideographic full stop */
        "http://0x7f\xef\xbc\x8e"
        "1/",
    };

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct target t;
        struct url_flaw flaw;
        cr_assert_eq(parse(texts[i], &t, &flaw), 0, "%s", texts[i]);
        cr_expect_str_eq(t.host, "127.0.0.1");
        cr_expect_str_eq(t.url, "http://127.0.0.1/");
        cr_expect(t.is_numeric);
    }
}

Test(url, that_cannot_be_used_says_why)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"http://[bad", "url_malformed"},
        {"http://", "url_malformed"},
        {"http://***@h/", "url_malformed"},
        {"***@h/", "url_malformed"},
        {"///***@h/", "url_malformed"},
        {"http://a\xef\xbc\x8f.h/", "url_malformed"}, /* wide "/" */
        {"http://a\xef\xbc\x83.h/", "url_malformed"}, /* wide "#" */
        {"http://u\xef\xbc\xa0h/", "url_malformed"},  /* wide "@" */
        {"http://h\xef\xbc\x9a"
         "81/",
         "url_malformed"},
        {"http://\xe2\x84\x80.h/", "url_malformed"}, /* "a/c" as one */
        {"http://\xcd\xbe/", "url_malformed"},       /* Greek question mark */
        {"http://h:99999/", "url_malformed"},
        {"http://h:0/", "url_malformed"},
        {"http://h:x/", "url_malformed"},
        {"http://h x/", "url_malformed"},
        {"http://h/\x01", "url_malformed"},
        {"http://h\x7f/", "url_malformed"},
        {"http://h%7f/", "url_malformed"},
        {"http://h%2541/", "url_malformed"},
        {"http://h\xff.test/", "url_malformed"},
        {"http://-\xc3\xbc/", "url_malformed"},
        {"http://a%0d%0aX:p@h/", "url_malformed"},
        {"http://u:a%0aX@h/", "url_malformed"},
        {"http://u%00:p@h/", "url_malformed"},
        {"ftp://h/", "scheme_unsupported"},
        {"file:///etc/passwd", "scheme_unsupported"},
        {"gopher://h/", "scheme_unsupported"},
        {"mailto:me@h", "scheme_unsupported"},
        {"javascript:alert(1)", "scheme_unsupported"},
        {"DATA:text/plain,x", "scheme_unsupported"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target t;
        struct url_flaw flaw = {"", ""};
        cr_expect_eq(parse(cases[i].text, &t, &flaw), -1, "%s", cases[i].text);
        cr_expect_str_eq(flaw.code, cases[i].code, "%s", cases[i].text);
        cr_expect_neq(flaw.message[0], '\0');
    }
}

Test(url, with_a_nul_byte_is_malformed)
{
    struct target t;
    struct url_flaw flaw;

    cr_assert_eq(url_parse("http://h/\0x", 11, "https", &mem, &t, &flaw), -1);
    cr_assert_str_eq(flaw.code, "url_malformed");
}

Test(url, location_is_resolved_against_its_base)
{
    static const struct {
        const char *base, *location, *url;
    } cases[] = {
        {"http://h/a/b", "c", "http://h/a/c"},
        {"http://h/a/b", "/c", "http://h/c"},
        {"http://h/a/b?q", "?r", "http://h/a/b?r"},
        {"http://h/a/b?q", "#f", "http://h/a/b?q"},
        {"http://u:p@h/a/b?q", "#", "http://u:p@h/a/b?q"},
        {"http://h/a", "//other/x", "http://other/x"},
        {"http://h/a", "https://other/x#f", "https://other/x"},
        {"http://h/a/b/", "../../../c", "http://h/c"},
        {"http://h/", "/a b", "http://h/a%20b"},
        {"http://h/", "/?q=a b", "http://h/?q=a%20b"},
        {"http://h/", "/\xc3\xbc", "http://h/%c3%bc"},
        {"http://u:p@h/a", "/b", "http://u:p@h/b"},
        {"http://u:p@h/a", "http://h/b", "http://u:p@h/b"},
        {"http://u:p@h/a", "http://h:81/b", "http://h:81/b"},
        {"http://u:p@h/a", "https://h/b", "https://h/b"},
        {"http://u:p@h/a", "http://v@h/b", "http://u:p@h/b"},
        {"http://h/a", "http://v:q@h/b", "http://h/b"},
        {"http://h/a", "//@other/b", "http://other/b"},
        {"http://h/a", "http://v:q@other/b", "http://other/b"},
        {"http://u:p@h/a", "http://v:q@other/b", "http://other/b"},
        {"http://u:p@h/a", "http://other/b", "http://other/b"},
        {"http://u%20v:%c3%a9@h/a", "/b", "http://u%20v:%c3%a9@h/b"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target base, t;
        struct url_flaw flaw = {"", ""};
        cr_assert_eq(parse(cases[i].base, &base, &flaw), 0);
        cr_assert_eq(
            url_follow(&base, cases[i].location, false, &mem, &t, &flaw), 0,
            "%s: %s", cases[i].location, flaw.message);
        cr_expect_str_eq(t.url, cases[i].url, "%s: %s", cases[i].location,
                         t.url);
    }
}

Test(url, trusted_location_takes_credentials_along)
{
    static const struct {
        const char *base, *location, *url;
    } cases[] = {
        {"http://u:p@h/a", "http://other/b", "http://u:p@other/b"},
        {"http://u:p@h/a", "http://v:q@other/b", "http://v:q@other/b"},
        {"http://u:p@h/a", "http://@other/b", "http://u:p@other/b"},
        {"http://h/a", "http://@other/b", "http://other/b"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target base, t;
        struct url_flaw flaw = {"", ""};
        cr_assert_eq(parse(cases[i].base, &base, &flaw), 0);
        cr_assert_eq(
            url_follow(&base, cases[i].location, true, &mem, &t, &flaw), 0);
        cr_expect_str_eq(t.url, cases[i].url, "%s: %s", cases[i].location,
                         t.url);
    }
}

Test(url, empty_credentials_are_none)
{
    struct target t;
    struct url_flaw flaw;

    cr_assert_eq(parse("http://@h/", &t, &flaw), 0);
    cr_expect_str_eq(t.url, "http://h/");
    cr_assert_eq(parse("http://:@h/", &t, &flaw), 0);
    cr_expect_str_eq(t.url, "http://h/");
    cr_assert_eq(parse("http://:p@h/", &t, &flaw), 0);
    cr_expect_str_eq(t.url, "http://:p@h/");
}

Test(url, location_with_another_scheme_is_refused)
{
    static const char *const locations[] = {
        "data:text/html,x", "ftp://h/",  "file:///etc/passwd",
        "gopher://h/",      "dict://h/",
    };
    struct target base, t;
    struct url_flaw flaw;

    cr_assert_eq(parse("http://h/", &base, &flaw), 0);
    for (size_t i = 0; i < ARRAY_LEN(locations); i++) {
        cr_expect_eq(url_follow(&base, locations[i], false, &mem, &t, &flaw),
                     -1);
        cr_expect_str_eq(flaw.code, "scheme_unsupported");
    }
}

Test(url, origin_is_scheme_host_and_port)
{
    static const struct {
        const char *a, *b;
        bool is_same;
    } cases[] = {
        {"http://h/a", "http://h/b", true},
        {"http://h/", "http://H:80/", true},
        {"http://h/", "https://h/", false},
        {"http://h/", "http://h:81/", false},
        {"http://h/", "http://www.h/", false},
        {"http://u@h/", "http://h/", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target a, b;
        struct url_flaw flaw;
        cr_assert_eq(parse(cases[i].a, &a, &flaw), 0);
        cr_assert_eq(parse(cases[i].b, &b, &flaw), 0);
        cr_expect_eq(url_is_same_origin(&a, &b), cases[i].is_same);
    }
}

Test(url, a_proxy_has_a_host_and_a_scheme_of_its_kind)
{
    static const struct {
        const char *text;
        bool is_proxy;
    } cases[] = {
        {"proxy", true},
        {"proxy:3128", true},
        {"http://ftp.example.com:80", true},
        {"[::1]:3128", true},
        {"http://proxy", true},
        {"HTTPS://u:p@proxy:3128/", true},
        {"socks5h://proxy", true},
        {"Socks://proxy", true},
        {"http://b%C3%BC.example", true},
        {"", false},
        {" ", false},
        {"http://", false},
        {"http://:80", false},
        {"http://u:p@:80", false},
        {"http://proxy:99999", false},
        {"http://proxy:a", false},
        {"http://a b", false},
        {"ftp://proxy", false},
        {"ftp.example.com:80", false},
        {"socks6://proxy", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(url_is_proxy(cases[i].text), cases[i].is_proxy, "'%s'",
                     cases[i].text);
}
