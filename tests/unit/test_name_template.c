#include "base/buf.h"
#include "body/name_template.h"

#include <string.h>

#include <criterion/criterion.h>

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TEN  "aaaaaaaaaa"
#define H50  TEN TEN TEN TEN TEN
#define H250 H50 H50 H50 H50 H50

static void
expect_name(const char *tmpl, const char *host, const char *ext,
            const char *expected)
{
    struct buf name = BUF_INIT;

    cr_assert(template_is_valid(tmpl), "%s", tmpl);
    template_expand(&name, tmpl,
                    &(struct template_values){
                        .index = 12,
                        .host = host,
                        .hash = HASH,
                        .ext = ext,
                    });
    cr_expect_str_eq(name.data, expected, "%s: %s", tmpl, name.data);
    cr_expect_eq(name.len, strlen(expected) + 1);
    buf_fini(&name);
}

Test(template, values_take_their_places)
{
    expect_name("{hash}{ext}", "h", ".html", HASH ".html");
    expect_name("{host}/{index}{ext}", "example.com", "", "example.com/12");
    expect_name("{hash:2}/{hash:64}", "h", "", "01/" HASH);
    expect_name("{index}-{index}", "h", "", "12-12");
    expect_name("page", "h", ".html", "page");
    expect_name("a}b", "h", "", "a}b");
    expect_name("{{{index}}", "h", "", "{12}");
    expect_name("{{index}", "h", "", "{index}");
}

Test(template, a_host_cannot_lead_elsewhere)
{
    static const struct {
        const char *host, *expected;
    } cases[] = {
        {"Example-1.com", "Example-1.com"},
        {"..", "_."},
        {".", "_"},
        {".ssh", "_ssh"},
        {"a/../b", "a_.._b"},
        {"::1", "__1"},
        {"fe80::1%eth0", "fe80__1_eth0"},
        {"a\nb\x7f"
         "c\xc3\xbc",
         "a_b_c__"},
        {"a\\b:c*d?", "a_b_c_d_"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_name("{host}", cases[i].host, "", cases[i].expected);
}

Test(template, what_is_no_template_is_told)
{
    static const char *const cases[] = {
        "",          "{",           "{}",         "{name}",    "{index",
        "{index }",  "{Index}",     "{hash:}",    "{hash:0}",  "{hash:65}",
        "{hash:08}", "{hash:100}",  "{hash:-1}",  "{hash:2",   "{hash: 2}",
        "{ext",      "/{hash}",     "../{hash}",  "a//{hash}", "{hash}/",
        "./{hash}",  "a/./{hash}",  "a/../{ext}", "{hash}\n",  "{host}/..",
        "..",        "a/\x1b{ext}",
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_not(template_is_valid(cases[i]), "%s", cases[i]);
}

Test(template, digits_of_the_hash_are_the_most_that_are_used)
{
    static const struct {
        const char *tmpl;
        unsigned digits;
    } cases[] = {
        {"{index}{ext}", 0},
        {"{hash}", 64},
        {"{hash:8}", 8},
        {"{hash:2}/{hash}", 64},
        {"{hash:12}/{hash:3}", 12},
        {"{{hash}", 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(template_hash_digits(cases[i].tmpl), cases[i].digits, "%s",
                     cases[i].tmpl);
}

Test(template, knows_whether_the_index_is_used)
{
    cr_expect(template_has_index("{index}"));
    cr_expect(template_has_index("{{{host}/a{index}.x"));
    cr_expect_not(template_has_index("{{index}"));
    cr_expect_not(template_has_index("{hash:8}/{host}{ext}"));
}

Test(template, names_that_lead_nowhere_else_are_safe)
{
    static const struct {
        const char *name;
        bool is_safe;
    } cases[] = {
        {"a", true},
        {"a/b/c.html", true},
        {".a", true},
        {"...", true},
        {"..a", true},
        {"a..", true},
        {"a b", true},
        {"gr\xc3\xbc\xc3\x9f", true},
        {"\xff\xfe", true},
        {"", false},
        {"/", false},
        {"/a", false},
        {"/etc/passwd", false},
        {"a/", false},
        {"a//b", false},
        {".", false},
        {"..", false},
        {"./a", false},
        {"../a", false},
        {"a/..", false},
        {"a/../b", false},
        {"a/./b", false},
        {"a\nb", false},
        {"a\x01", false},
        {"a\x7f"
         "b",
         false},
        {"a\xc2\x85", false},
        {"a\xc2\xa0", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(template_is_safe(cases[i].name), cases[i].is_safe, "%s",
                     cases[i].name);
}

Test(template, a_name_has_a_longest_length)
{
    char name[TEMPLATE_NAME_MAX + 2];

    memset(name, 'a', sizeof(name));
    name[TEMPLATE_NAME_MAX] = '\0';
    cr_expect(template_is_safe(name));
    name[TEMPLATE_NAME_MAX] = 'a';
    name[TEMPLATE_NAME_MAX + 1] = '\0';
    cr_expect_not(template_is_safe(name));
}

Test(template, long_components_are_cut_before_their_extension)
{
    static const struct {
        const char *name, *expected;
    } cases[] = {
        {H250 "bbbbb", H250 "bbbbb"},
        {H250 "bbbbbb", H250 "bbbbb"},
        {H250 "bbbbbb.html", H250 ".html"},
        {H250 "b.html", H250 ".html"},
        {"x/" H250 "bbbbbb.gz/y.html", "x/" H250 "bb.gz/y.html"},
        {H250 "bbbbbb/" H250 "cccccc", H250 "bbbbb/" H250 "ccccc"},
        /* Too long for an extension. */
        {H250 ".bbbbbbbbbbbbbbbbbb", H250 ".bbbb"},
        /* A character that would be cut goes as a whole. */
        {H250 "bbb\xe2\x82\xac"
              "b",
         H250 "bbb"},
        {H250 "bb\xe2\x82\xac"
              "b",
         H250 "bb\xe2\x82\xac"},
        /* Bytes that are no UTF-8 are bytes. */
        {H250 "\xbf\xbf\xbf\xbf\xbf\xbf\xbf", H250 "\xbf\xbf\xbf\xbf\xbf"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf name = BUF_INIT;

        buf_add(&name, cases[i].name, strlen(cases[i].name) + 1);
        template_cut(&name);
        cr_expect_str_eq(name.data, cases[i].expected, "%s", name.data);
        cr_expect_eq(name.len, strlen(cases[i].expected) + 1);
        buf_fini(&name);
    }
}
