#include "base/buf.h"
#include "body/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

static enum expect_verdict
verdict(const char *regex, const char *data, size_t len)
{
    struct expect_flaw flaw;
    struct expect *e = expect_new(regex, strlen(regex), &flaw);
    char why[EXPECT_TEXT] = "";
    enum expect_verdict v;

    cr_assert_not_null(e, "%s: %s", regex, flaw.what);
    v = expect_match(e, data, len, why);
    cr_expect_eq(v == EXPECT_GAVE_UP, why[0] != '\0', "%s: %s", regex, why);
    expect_free(e);
    return v;
}

Test(expect, bodies_are_searched)
{
    static const struct {
        const char *regex, *body;
        enum expect_verdict verdict;
    } rows[] = {
        {"", "", EXPECT_MET},
        {".", "", EXPECT_MISSED},
        {"^$", "", EXPECT_MET},
        {"b+c", "abbbc", EXPECT_MET},
        {"B", "abc", EXPECT_MISSED},
        {"(?i)B", "abc", EXPECT_MET},
        {"^a.{1}c$",
         "a\xc3\xa9"
         "c",
         EXPECT_MET},
        {"(?m)^b$", "a\nb\n", EXPECT_MET},
        {"^(?!.*error)", "fine", EXPECT_MET},
        {"^(?!.*error)", "an error", EXPECT_MISSED},
        /* Bytes that are no UTF-8 end nothing. */
        {"b",
         "\xff"
         "b\xe2\x82",
         EXPECT_MET},
        {"a.b",
         "a\xff"
         "b",
         EXPECT_MISSED},
        {"(?C1)a(?C\"x\")b", "ab", EXPECT_MET},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        cr_expect_eq(verdict(rows[i].regex, rows[i].body, strlen(rows[i].body)),
                     rows[i].verdict, "%s in %s", rows[i].regex, rows[i].body);
    cr_expect_eq(verdict("a\\x00b", "xa\0b", 4), EXPECT_MET);
    cr_expect_eq(verdict("a", NULL, 0), EXPECT_MISSED);
}

Test(expect, a_bad_expression_is_reported_with_its_place)
{
    static const struct {
        const char *regex;
        size_t at;
        size_t at_10_47; /* with PCRE2 >= 10.47, if that is another place */
    } rows[] = {
        {"a(b", 3, 3},  {"[z-a]", 3, 4}, {"*", 0, 0},
        {"a\\C", 3, 3}, {"\xff", 0, 0},  {"(((a{60000}){60000}){60000})", 0, 0},
    };
    struct expect_flaw flaw;
    char *parens = malloc(EXPECT_MAX_BYTES + 1);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        flaw.what[0] = '\0';
        cr_expect_null(expect_new(rows[i].regex, strlen(rows[i].regex), &flaw),
                       "%s", rows[i].regex);
        cr_expect_neq(flaw.what[0], '\0');
        if (rows[i].at)
            cr_expect(flaw.at == rows[i].at || flaw.at == rows[i].at_10_47,
                      "%s: %zu", rows[i].regex, flaw.at);
    }
    memset(parens, '(', EXPECT_MAX_BYTES + 1);
    cr_expect_null(expect_new(parens, EXPECT_MAX_BYTES + 1, &flaw));
    cr_expect_null(expect_new(parens, EXPECT_MAX_BYTES, &flaw));
    free(parens);
}

/* Text, then the same part n times, then text. */
static bool
is_accepted(const char *start, const char *part, int n, const char *end)
{
    struct buf regex = BUF_INIT;
    struct expect_flaw flaw;
    struct expect *e;

    buf_addstr(&regex, start);
    while (n-- > 0)
        buf_addstr(&regex, part);
    buf_addstr(&regex, end);
    buf_addc(&regex, '\0');
    e = expect_new(regex.data, regex.len - 1, &flaw);
    buf_fini(&regex);
    expect_free(e);
    return e;
}

/* They would be compared one by one with each character of a body. */
Test(expect, a_class_of_many_characters_is_refused)
{
    cr_expect(is_accepted("[^", "\u0101", 32, "]*+z"));
    cr_expect_not(is_accepted("[^", "\u0101", 33, "]*+z"));
    cr_expect_not(is_accepted("a[]", "\u0101-\u0103", 17, "]"));
    cr_expect_not(is_accepted("a[[:alpha:]", "\\pL", 33, "]"));
    cr_expect_not(is_accepted("(*UCP)[^", "[:punct:]", 33, "]*+z"));
    cr_expect(is_accepted("", "[[:alpha:]_]", 60, ""));
    cr_expect_not(is_accepted("(?:[\\Q]\\E", "\\x{101}", 33, "]{2}){3}"));
    cr_expect_not(is_accepted("(?<a>b)(?#[)[", "\u0101", 33, "]"));
    cr_expect(is_accepted("[a-z]", "\u0101", 200, ""));
    cr_expect(is_accepted("", "[\u0101\u0102]", 60, ""));
    cr_expect(is_accepted("[", "\u00e9", 100, "]"));
}

/* Each of their characters would be looked up. */
Test(expect, long_ranges_in_any_case_are_refused)
{
    cr_expect(is_accepted("", "[a-\U0010ffff]", 100, ""));
    cr_expect(is_accepted("(?i)", "[a-\U0010ffff]", 4, ""));
    cr_expect_not(is_accepted("(?i)", "[a-\U0010ffff]", 5, ""));
    cr_expect_not(is_accepted("a(?s-i:", "[a-\\x{10ffff}]", 5, ")"));
    cr_expect_not(is_accepted("(?^mi)", "[a-\\Q\\E\U0010ffff]", 5, ""));
    cr_expect_not(is_accepted("(?xxi)", "[a- \U0010ffff]", 5, ""));
    cr_expect_not(is_accepted("(?i)", "[a-\\o{4177777}]", 5, ""));
    cr_expect(is_accepted("(?i)", "[\u0430-\u044f-]+", 50, ""));
    cr_expect(is_accepted("(?i)", "[\\x{430}-\\x{44f}!-\\.]+", 50, ""));
    cr_expect(is_accepted("(?:i)", "[a-\U0010ffff]", 9, "(?#i)(?<i>.)"));
}

Test(expect, searches_that_would_take_hours_are_given_up)
{
    static const char *const rows[] = {
        "([a-z]+)+$",  "([a-z]|[a-z][a-z])+$",  "(?:(?=[^0]*)[a-z])*?[A-Z]",
        "[^0]*+[A-Z]", "(?s)^.*(.+).*\\1[A-Z]", "\\X*\\X*\\X*[A-Z]",
    };
    size_t len = 1024 * 1024;
    char *body = malloc(len);

    memset(body, 'a', len);
    body[len - 1] = '!';
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        cr_expect_eq(verdict(rows[i], body, len), EXPECT_GAVE_UP, "%s",
                     rows[i]);
    free(body);
}
