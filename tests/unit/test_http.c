#include "job/http.h"

#include <string.h>
#include <criterion/criterion.h>

Test(http, a_content_range_is_whole_numbers_in_order)
{
    static const char *const bad[] = {
        "bytes 5-9",
        "bytes 5-9/*",
        "bytes */10",
        "bytes 9-5/10",
        "bytes 5-10/10",
        "5-9/10",
        "items 5-9/10",
        "bytes 5-9/10 x",
        "bytes -5-9/10",
        "bytes 5-9/99999999999999999999",
        "bytes +5-9/10",
        "bytes 5 - 9/10",
        "",
        NULL,
    };
    int64_t first, last, total;

    cr_assert(http_read_range("bytes 5-9/10", &first, &last, &total));
    cr_assert_eq(first, 5);
    cr_assert_eq(last, 9);
    cr_assert_eq(total, 10);
    cr_assert(http_read_range("BYTES 0-0/1 ", &first, &last, &total));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        cr_assert_not(http_read_range(bad[i], &first, &last, &total), "%s",
                      bad[i]);
}

Test(http, an_element_of_a_list_is_found_whole)
{
    static const char *const with[] = {"close",        "Close",
                                       "a,close",      " close\r\n",
                                       "a , CLOSE ,b", "keep-alive close"};
    static const char *const without[] = {"", ",", "closed", "not-close",
                                          "clos,e"};

    for (size_t i = 0; i < ARRAY_LEN(with); i++)
        cr_expect(http_list_has(with[i], strlen(with[i]), "close"), "%s",
                  with[i]);
    for (size_t i = 0; i < ARRAY_LEN(without); i++)
        cr_expect_not(http_list_has(without[i], strlen(without[i]), "close"),
                      "%s", without[i]);
    cr_expect_not(http_list_has("close", 4, "close"));
}

Test(http, a_strong_tag_is_one_quoted_text)
{
    static const char *const weak[] = {"W/\"a\"", "w/\"a\"",  "a",   "\"a",
                                       "\"",      "\"a\"b\"", "a\"", "",
                                       "\"a\" ",  NULL};

    cr_assert(http_is_strong_etag("\"a\""));
    cr_assert(http_is_strong_etag("\"\""));
    for (size_t i = 0; i < ARRAY_LEN(weak); i++)
        cr_assert_not(http_is_strong_etag(weak[i]), "%s", weak[i]);
}
