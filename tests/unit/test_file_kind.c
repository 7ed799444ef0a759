#include "app/file_kind.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct {
    const char *text;
    bool is_jar, is_summary, is_results, is_fields;
} files[] = {
    {"", true, true, true, true},
    {"# Netscape HTTP Cookie File\n\n", true, false, false, false},
    {"# HTTP Cookie File\r\n# more\r\n", true, false, false, false},
    {"# comment\n#HttpOnly_a\tTRUE\t/\tFALSE\t0\tn\tv\n", true, false, false,
     false},
    {"a\ttrue\t/\tfalse\t0\tn\n", true, false, false, false},
    {"# HTTP Cookie File\na\tT\t/\tF\t0\tn\n", true, false, false, false},
    {"url\tid\ta\tb\tc\td\te\n", false, false, false, false},
    {"http://a/\tTRUE\tx\ty\t0\tn\tv\n", false, false, false, false},
    {"# Netscape HTTP Cookie File\nrm -rf /\n", false, false, false, false},
    {"# comment\n", false, false, false, false},
    {"a\tb\n", false, false, false, false},
    {"{\"records\":3,", false, true, false, false},
    {"{\"index\":0,\"id\":null", false, false, true, true},
    {"{\"ok\":true}\n", false, false, true, true},
    {"{}\n", false, false, true, true},
    {"{", false, true, true, true},
    {"\n{\"ind", false, false, true, true},
    {"{\"url\":\"http://a/\"}", false, false, false, true},
    {"{\"other\":1}", false, false, false, false},
    {"{\"t\":0.1,", false, false, false, false},
    {"{ \"index\":1}", false, false, false, false},
    {"http://a/\n", false, false, false, false},
};

Test(file_kind, the_kind_is_told_by_the_beginning)
{
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        const char *p = files[i].text;
        size_t len = strlen(p);

        cr_expect_eq(file_kind_is_jar(p, len), files[i].is_jar, "jar: %s", p);
        cr_expect_eq(file_kind_is_summary(p, len), files[i].is_summary,
                     "summary: %s", p);
        cr_expect_eq(file_kind_is_results(p, len), files[i].is_results,
                     "results: %s", p);
        cr_expect_eq(file_kind_is_fields(p, len), files[i].is_fields,
                     "fields: %s", p);
    }
}

Test(file_kind, a_page_is_known_by_its_first_lines)
{
    static const char page[] = "<!DOCTYPE html>\n<!-- A report of fanfetch's "
                               "-->\n<html>";

    cr_expect(file_kind_is_page(page, sizeof(page) - 1));
    cr_expect(file_kind_is_page("", 0));
    cr_expect_not(file_kind_is_page(page, 16), "any page begins so");
    cr_expect_not(file_kind_is_page("{\"records\":", 11));
}
