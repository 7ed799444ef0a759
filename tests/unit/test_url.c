#include <criterion/criterion.h>

#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "engine/url.h"

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

Test(url, that_cannot_be_used_says_why)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"http://[bad", "url_malformed"},
        {"http://", "url_malformed"},
        {"http://***@h/", "url_malformed"},
        {"http://h:99999/", "url_malformed"},
        {"http://h:0/", "url_malformed"},
        {"http://h:x/", "url_malformed"},
        {"http://h x/", "url_malformed"},
        {"http://h/\x01", "url_malformed"},
        {"http://h\x7f/", "url_malformed"},
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
        {"http://u:p@h/a", "http://v@h/b", "http://v@h/b"},
        {"http://u:p@h/a", "http://other/b", "http://other/b"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct target base, t;
        struct url_flaw flaw = {"", ""};
        cr_assert_eq(parse(cases[i].base, &base, &flaw), 0);
        cr_assert_eq(url_follow(&base, cases[i].location, &mem, &t, &flaw), 0,
                     "%s: %s", cases[i].location, flaw.message);
        cr_expect_str_eq(t.url, cases[i].url, "%s: %s", cases[i].location,
                         t.url);
    }
}

Test(url, location_with_another_scheme_is_refused)
{
    static const char *const locations[] = {
        "ftp://h/",
        "file:///etc/passwd",
        "gopher://h/",
        "dict://h/",
    };
    struct target base, t;
    struct url_flaw flaw;

    cr_assert_eq(parse("http://h/", &base, &flaw), 0);
    for (size_t i = 0; i < ARRAY_LEN(locations); i++) {
        cr_expect_eq(url_follow(&base, locations[i], &mem, &t, &flaw), -1);
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
