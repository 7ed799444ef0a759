/*
 * The URL cases of the Web Platform Tests, and where we differ from them.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "url/url.h"

static const struct {
    const char *input, *base, *url;
} cases[] = {
#include "whatwg_urls.inc"
};

/* The URL that we make of a case; NULL: it is refused. */
static const char *
result_of(size_t i, struct arena *mem)
{
    struct target base, t;
    struct url_flaw flaw;
    const char *text = cases[i].input;

    if (!cases[i].base)
        return url_parse(text, strlen(text), "https", mem, &t, &flaw) ? NULL
                                                                      : t.url;
    cr_assert_eq(url_parse(cases[i].base, strlen(cases[i].base), "https", mem,
                           &base, &flaw),
                 0);
    return url_follow(&base, text, true, mem, &t, &flaw) ? NULL : t.url;
}

static bool
is_ours(const char *url)
{
    return url &&
           (strncmp(url, "http:", 5) == 0 || strncmp(url, "https:", 6) == 0);
}

/* Control characters are refused, since what a tab or a newline holds apart
 * may be two URLs; browsers drop those two and escape the others. */
#define CONTROL "control characters are refused"
/* No connection can be made to it. */
#define PORT_0 "port 0"
/* These give no address, and libcurl refuses them. */
#define NO_NAME "no DNS name"
/* libidn2 goes by IDNA 2008, which has no symbols; browsers go by UTS 46. */
#define SYMBOL "IDNA 2008 does not allow the letter"
/* DNS decides what an "xn--" label stands for. */
#define PUNYCODE "labels in ASCII are not decoded"
/* An entry of a list needs no scheme. */
#define DEFAULT "without a scheme it gets the default one"

static const struct {
    const char *input, *reason;
} accepted[] = {
    {"http://example\t.\norg", CONTROL},
    {"http://f:\n/c", CONTROL},
    {"http://example.com/foo\t\xc2\x91%91", CONTROL},
    {"http://example.com/foo\tbar", CONTROL},
    {"http://ho\tst/", CONTROL},
    {"http://ho\nst/", CONTROL},
    {"http://ho\rst/", CONTROL},
    {"h\tt\nt\rp://h\to\ns\rt:9\t0\n0\r0/p\ta\nt\rh?q\tu\ne\rry#f\tr\na\rg",
     CONTROL},
    {"https://www.example.com/path{\x7fpath.html?query'\x7f=query#fragment<"
     "\x7f"
     "fragment",
     CONTROL},
    {"https://user:pass[\x7f@foo/bar", CONTROL},
    {"http://f:0/c", PORT_0},
    {"http://f:00000000000000/c", PORT_0},
    {"http://./", NO_NAME},
    {"http://../", NO_NAME},
    {"http://!\"$&'()*+,-.;=_`{}~/", NO_NAME},
    {"https://%e2%98%83", SYMBOL},
    {"http://a.b.c.xn--pokxncvks", PUNYCODE},
    {"http://10.0.0.xn--pokxncvks", PUNYCODE},
    {"http://a.b.c.XN--pokxncvks", PUNYCODE},
    {"http://a.b.c.Xn--pokxncvks", PUNYCODE},
    {"http://10.0.0.XN--pokxncvks", PUNYCODE},
    {"http://10.0.0.xN--pokxncvks", PUNYCODE},
    {"sc::a@example.net", DEFAULT},
    {"a", DEFAULT},
    {"a/", DEFAULT},
    {"a//", DEFAULT},
};

static const char *
reason_of(const char *input)
{
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++)
        if (strcmp(accepted[i].input, input) == 0)
            return accepted[i].reason;
    return NULL;
}

Test(whatwg, cases_come_to_the_same_url)
{
    struct arena mem;
    size_t ndifferent = 0;

    arena_init(&mem);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *got = result_of(i, &mem);
        const char *want = is_ours(cases[i].url) ? cases[i].url : NULL;
        bool is_same = got && want ? strcmp(got, want) == 0 : got == want;

        ndifferent += !is_same;
        cr_expect(is_same || reason_of(cases[i].input), "<%s> <%s>: %s, not %s",
                  cases[i].input, cases[i].base ? cases[i].base : "none",
                  got ? got : "refused", want ? want : "refused");
    }
    cr_expect_eq(ndifferent, ARRAY_LEN(accepted), "%zu", ndifferent);
    arena_reset(&mem);
}

Test(whatwg, results_parse_to_themselves)
{
    struct arena mem;
    struct target t;
    struct url_flaw flaw;

    arena_init(&mem);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *url = result_of(i, &mem);

        if (!url)
            continue;
        cr_assert_eq(url_parse(url, strlen(url), "https", &mem, &t, &flaw), 0,
                     "%s: %s", url, flaw.message);
        cr_expect_str_eq(t.url, url);
    }
    arena_reset(&mem);
}
