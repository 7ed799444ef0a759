#include "base/buf.h"
#include "body/name_template.h"
#include "body/safe_name.h"

#include <stdio.h>
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

Test(name_template, values_take_their_places)
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

Test(name_template, a_host_cannot_lead_elsewhere)
{
    static const struct {
        const char *host, *expected;
    } cases[] = {
        {"Example-1.com", "Example-1.com"},
        {"..", "__"},
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

Test(name_template, invalid_templates_are_reported)
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

Test(name_template, digits_of_the_hash_are_the_most_that_are_used)
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

Test(name_template, tells_whether_two_records_may_get_one_name_by_their_index)
{
    static const char *const clear[] = {
        "{index}",        "{index}{ext}",   "{host}/{index}{ext}",
        "{index}-{host}", "{host}-{index}", "x1{index}.{query}",
        "{host}",         "{{index}{host}",
    };
    static const char *const may_clash[] = {
        "{host}{index}",  "{index}{host}",          "{host}1{index}",
        "{index}2{host}", "{host}-{index}-{query}",
    };

    for (size_t i = 0; i < ARRAY_LEN(clear); i++)
        cr_expect_not(template_index_may_clash(clear[i]), "%s", clear[i]);
    for (size_t i = 0; i < ARRAY_LEN(may_clash); i++)
        cr_expect(template_index_may_clash(may_clash[i]), "%s", may_clash[i]);
}

Test(name_template, tells_which_names_are_known_first)
{
    cr_expect(template_is_known_first("{index}{id}{host}{port}{path}{dir}"));
    cr_expect(template_is_known_first("{basename}{stem}{query}{method}{date}"));
    cr_expect_not(template_is_known_first("{index}{ext}"));
    cr_expect_not(template_is_known_first("{hash:2}"));
    cr_expect_not(template_is_known_first("{filename}"));
    cr_expect_not(template_is_known_first("{status}"));
}

Test(name_template, values_become_safe_parts_of_a_name)
{
    static const struct {
        const char *tmpl, *url, *expected;
    } cases[] = {
        {"{path}", "http://h/a/b.txt?q#f", "a/b.txt"},
        {"{path}", "http://h", "index"},
        {"{path}", "http://h/?q", "index"},
        {"{path}", "http://h/a//b/", "a/b/index"},
        {"{path}", "http://h/%2e%2e/..%2fx/%00", "__/_._x/_"},
        {"{path}", "http://h/.git/config", "_git/config"},
        {"{path}", "http://h/a%20b%C3%9F%ff", "a b\xc3\x9f_"},
        {"{path}", "http://h/%E2%80%AEx%c2%85%1b", "_x__"},
        {"{path}", "http://h/100%/%zz", "100%/%zz"},
        {"{dir}/{stem}-x", "http://h/a/b/c.tar.gz", "a/b/c.tar-x"},
        {"{dir}/{basename}", "http://h/c", "c"},
        {"{stem}", "http://h/.x", "_x"},
        {"{basename}", "http://h/a/%5c..%5c", "_.._"},
        {"{query}", "http://h/a?b=1&c=/x?y", "b=1&c=_x_y"},
        {"{query}", "http://h/a", "_"},
        {"{basename}", "http://h/CON", "_CON"},
        {"{basename}", "http://h/com1.txt", "_com1.txt"},
        {"{basename}", "http://h/COM%C2%B9", "_COM\u00b9"},
        {"{basename}", "http://h/lpt%C2%B3.x", "_lpt\u00b3.x"},
        {"{basename}", "http://h/com%C2%B4", "com\u00b4"},
        {"{basename}", "http://h/com0.console", "com0.console"},
        {"{basename}", "http://h/a.%20.", "a___"},
        {"{host}:{port}", "http://h/", "h:81"},
        {"{method}-{status}-{date}", "http://h/", "GET-200-2026-11-29"},
        {"{filename}", "http://h/a/b", "b"},
        {"{id}", "http://h/", "x_y\xc3\xa9"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf name = BUF_INIT;

        template_expand(&name, cases[i].tmpl,
                        &(struct template_values){
                            .id = "\"x/y\\u00e9\"",
                            .host = "h",
                            .port = 81,
                            .url = cases[i].url,
                            .method = "GET",
                            .status = 200,
                            .date = "2026-11-29",
                        });
        cr_expect_str_eq(name.data, cases[i].expected, "%s of %s: %s",
                         cases[i].tmpl, cases[i].url, name.data);
        cr_expect(safe_name_check(name.data), "%s", name.data);
        buf_fini(&name);
    }
}

Test(name_template, names_that_lead_nowhere_else_are_safe)
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
        {".fanfetch-0.tmp", false},
        {"a/.fanfetch-0", false},
        {".FanFetch-0.part", false},
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
        cr_expect_eq(safe_name_check(cases[i].name), cases[i].is_safe, "%s",
                     cases[i].name);
}

Test(name_template, a_name_has_a_longest_length)
{
    char name[SAFE_NAME_MAX + 2];

    memset(name, 'a', sizeof(name));
    name[SAFE_NAME_MAX] = '\0';
    cr_expect(safe_name_check(name));
    name[SAFE_NAME_MAX] = 'a';
    name[SAFE_NAME_MAX + 1] = '\0';
    cr_expect_not(safe_name_check(name));
}

Test(name_template, long_components_are_cut_and_stay_different)
{
    static const struct {
        const char *name, *start, *end;
    } cases[] = {
        {H250 "bbbbbb", "hhh", ""},
        {H250 "bbbbbb.html", "hhh", ".html"},
        {"x/" H250 "bbbbbb.gz", "x/hhh", ".gz"},
        /* Too long for an extension. */
        {H250 ".bbbbbbbbbbbbbbbbbb", "hhh", ""},
        /* Bytes that are no UTF-8 are bytes. */
        {H250 "\xbf\xbf\xbf\xbf\xbf\xbf\xbf", "hhh", ""},
    };
    char last[2][SAFE_NAME_MAX];

    for (size_t i = 0; i < 2 * ARRAY_LEN(cases); i++) {
        struct buf name = BUF_INIT;
        const char *text = cases[i / 2].name, *end = cases[i / 2].end;

        buf_add(&name, text, strlen(text) + 1);
        if (i % 2) /* another one beyond what is kept */
            name.data[252] = 'X';
        safe_name_fix(&name);
        snprintf(last[i % 2], sizeof(last[0]), "%s", name.data);
        cr_expect_eq(strlen(strrchr(name.data, '/')
                                ? strrchr(name.data, '/') + 1
                                : name.data),
                     255, "%s", name.data);
        cr_expect(strncmp(name.data, text, 200) == 0);
        cr_expect_str_eq(name.data + strlen(name.data) - strlen(end), end);
        if (i % 2)
            cr_expect_str_neq(last[0], last[1]);
        buf_fini(&name);
    }
}

Test(name_template, short_components_are_left_alone)
{
    struct buf name = BUF_INIT;

    buf_add(&name, "x/" H250 "bbbbb/.y.z", sizeof("x/" H250 "bbbbb/.y.z"));
    safe_name_fix(&name);
    cr_expect_str_eq(name.data, "x/" H250 "bbbbb/.y.z");
    buf_fini(&name);
}
