#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "url/url.h"

static struct arena mem;

static void
setup(void)
{
    arena_init(&mem);
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

Test(url, a_url_is_split_into_its_parts)
{
    static const struct {
        const char *text, *url, *host, *key;
        unsigned port;
        bool is_tls, is_numeric;
    } cases[] = {
        {"http://h/", "http://h/", "h", "http://h:80", 80, false, false},
        {"http://h", "http://h/", "h", "http://h:80", 80, false, false},
        {"HTTP://Ex.COM:8080/A?b#c", "http://ex.com:8080/A?b", "ex.com",
         "http://ex.com:8080", 8080, false, false},
        {"https://h:443/", "https://h/", "h", "https://h:443", 443, true,
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
        {"http://h/\xc3\xbc", "http://h/%C3%BC", "h", "http://h:80", 80, false,
         false},
        {"http://%347/", "http://0.0.0.47/", "0.0.0.47", "http://0.0.0.47:80",
         80, false, true},
        {"http:/h/x", "http://h/x", "h", "http://h:80", 80, false, false},
        {"HTTPS:h", "https://h/", "h", "https://h:443", 443, true, false},
        {"http:/u:p@h/x", "http://u:p@h/x", "h", "http://h:80", 80, false,
         false},
        {"http:\\\\h\\x\\y?\\", "http://h/x/y?\\", "h", "http://h:80", 80,
         false, false},
        {"http://h/a?", "http://h/a?", "h", "http://h:80", 80, false, false},
        {"http://h?", "http://h/?", "h", "http://h:80", 80, false, false},
        {"http://h/a b?x=1 2", "http://h/a%20b?x=1%202", "h", "http://h:80", 80,
         false, false},
        {"http://h/a#See also\x01", "http://h/a", "h", "http://h:80", 80, false,
         false},
        {"http://h/%41%2f?%2F%zz%", "http://h/%41%2f?%2F%zz%", "h",
         "http://h:80", 80, false, false},
        {"http://h/\"<>`{}^|?\"<>'`{}",
         "http://h/%22%3C%3E%60%7B%7D%5E|"
         "?%22%3C%3E%27`{}",
         "h", "http://h:80", 80, false, false},
        {"http://h/a/./b/../%2e%2E/.%2e/c/.", "http://h/c/", "h", "http://h:80",
         80, false, false},
        {"http://127.1./", "http://127.0.0.1/", "127.0.0.1",
         "http://127.0.0.1:80", 80, false, true},
        {"http://h./", "http://h./", "h.", "http://h.:80", 80, false, false},
        {"http://[0:0::FFFF:127.0.0.1]/", "http://[::ffff:7f00:1]/",
         "::ffff:7f00:1", "http://::ffff:7f00:1:80", 80, false, true},
        {"http://[fe80::1%25lo]/", "http://[fe80::1%25lo]/", "fe80::1",
         "http://fe80::1:80", 80, false, true},
        {"http://fa\xc3\x9f.de/", "http://xn--fa-hia.de/", "xn--fa-hia.de",
         "http://xn--fa-hia.de:80", 80, false, false},
        {"http://:@h/", "http://h/", "h", "http://h:80", 80, false, false},
        {"http://:p@h/", "http://:p@h/", "h", "http://h:80", 80, false, false},
        {"http://u:p@q@h/", "http://u:p%40q@h/", "h", "http://h:80", 80, false,
         false},
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

Test(url, without_a_scheme_gets_the_default_one)
{
    static const struct {
        const char *text, *url;
    } cases[] = {
        {"example.com", "https://example.com/"},
        {"example.com:8080/x", "https://example.com:8080/x"},
        {"localhost:1", "https://localhost:1/"},
        {"news:8080/x", "https://news:8080/x"},
        {"//h/x", "https://h/x"},
        {"u:p@h/", "https://u:p@h/"},
        {"\\\\h\\x", "https://h/x"},
        {"h?q", "https://h/?q"},
        {"1.2.3.4:/x", "https://1.2.3.4/x"},
        {"\xc3\xbc.h:/x", "https://xn--tda.h/x"},
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

Test(url, labels_in_ascii_stay_beside_international_ones)
{
    static const struct {
        const char *text, *host;
    } cases[] = {
        {"http://r3---Sn.b\xc3\xbc.h/", "r3---sn.xn--b-eha.h"},
        {"http://xn--a.\xc3\xbc/", "xn--a.xn--tda"},
        {"http://-a-\xe3\x80\x82h\xef\xbd\xa1/", "-a-.h."},
        {"http://_x\xef\xbc\x8e\xc3\xbc./", "_x.xn--tda."},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target t;
        struct url_flaw flaw;
        cr_assert_eq(parse(cases[i].text, &t, &flaw), 0, "%s: %s",
                     cases[i].text, flaw.message);
        cr_expect_str_eq(t.host, cases[i].host);
    }
}

Test(url, that_cannot_be_used_says_why)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"http://[bad", "url_malformed"},
        {"/h/x", "url_malformed"},
        {"http://foo.123/", "url_malformed"},
        {"http://1.2.3.4.5/", "url_malformed"},
        {"http://256.0.0.1/", "url_malformed"},
        {"http://09.0.0.1/", "url_malformed"},
        {"http://[::1]x/", "url_malformed"},
        {"http://h/a\tb", "url_malformed"},
        {"C:/list", "scheme_unsupported"},
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
        {"tel:911", "scheme_unsupported"},
        {"sms:5550100/", "scheme_unsupported"},
        {"\xe2\x80\x8bhttp://h/", "url_malformed"}, /* zero width space */
        {"\xef\xbb\xbfhttps://u:p@h/", "url_malformed"},
        {"h\xc2\xadttp:/u:p@h/", "url_malformed"}, /* soft hyphen */
        {"\xef\xbd\x88ttp://h/", "url_malformed"}, /* wide "h" */
        {"http//u:p@h/", "url_malformed"},
        {"https", "url_malformed"},
        {"http://http://u:p@h/", "url_malformed"},
        {"https://HTTP:/u:p@h/", "url_malformed"},
        {"http://x@https://u:p@h/", "url_malformed"},
        {"1http://u:p@h/", "url_malformed"},
        {"h\xd1\x82tp://u:p@h/",
         "url_malformed"}, /* a letter of another script */
        {"h:\\\\u:p@h/", "scheme_unsupported"},
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
        {"http://h/", "/\xc3\xbc", "http://h/%C3%BC"},
        {"http://h/a", "http:/b", "http://h/b"},
        {"http://h/a", "https:/b", "https://b/"},
        {"http://h/a", "\\\\b\\c", "http://b/c"},
        {"http://h/a", "http://@h/", "http://h/"},
        {"http://u:p@h/a", "http://@h/", "http://u:p@h/"},
        {"http://h/a?b", "", "http://h/a?b"},
        {"http://h/a?b", "?", "http://h/a?"},
        {"http://h/a/b", "%2E%2e/c", "http://h/c"},
        {"http://h/a", "[::1]:80/", "http://h/[::1]:80/"},
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

Test(url, location_with_its_scheme_twice_is_refused)
{
    struct target base, t;
    struct url_flaw flaw = {"", ""};

    cr_assert_eq(parse("http://h/", &base, &flaw), 0);
    cr_expect_eq(
        url_follow(&base, "http://http://u:p@h/", false, &mem, &t, &flaw), -1);
    cr_expect_eq(url_follow(&base, "//http/x", false, &mem, &t, &flaw), 0);
    cr_expect_eq(url_follow(&base, "http://http:81/", false, &mem, &t, &flaw),
                 0);
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
        {"http://u:p%40q@proxy", true},
        {"u:p@proxy", true},
        {"http:3128", true},
        {"http", true},
        {"http:/proxy", false},
        {"http:/u:p@proxy", false},
        {"http//proxy", false},
        {"http://u:p@q@proxy", false},
        {"u@q:p@proxy", false},
        {"http://u:p q@proxy", false},
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
