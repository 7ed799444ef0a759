#include "base/buf.h"
#include "base/json_canonical.h"

#include <string.h>

#include <criterion/criterion.h>

static bool
same(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    bool is_same;

    json_canonical(&x, a, strlen(a));
    json_canonical(&y, b, strlen(b));
    is_same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_fini(&x);
    buf_fini(&y);
    return is_same;
}

Test(json_canonical, escapes_and_white_space_make_no_difference)
{
    cr_expect(same("\"\\u202e\\u00e9\\u0041\"", "\"\u202e\u00e9A\""));
    cr_expect(same("\"\\ud83d\\ude00\"", "\"\U0001f600\""));
    cr_expect(
        same("\"\\/\\n\\t\\\"\\\\\"", "\"/\\u000a\\u0009\\u0022\\u005C\""));
    cr_expect(same(" { \"a\" : [ 1 ,null ] } ", "{\"a\":[1,null]}"));
    cr_expect(same("\"\\u0000\"", "\"\\u0000\""));
}

Test(json_canonical, a_nul_byte_is_no_white_space)
{
    struct buf with = BUF_INIT, without = BUF_INIT;

    json_canonical(&with, "[1\0]", 4);
    json_canonical(&without, "[1]", 3);
    cr_expect_eq(with.len, without.len + 1);
    buf_fini(&with);
    buf_fini(&without);
}

Test(json_canonical, other_values_are_others)
{
    cr_expect_not(same("\"\"", "\"\\u0000\""));
    cr_expect_not(same("1", "1.0"));
    cr_expect_not(same("1", "\"1\""));
    cr_expect_not(same("[\"a\",\"b\"]", "[\"a\\\",\\\"b\"]"));
    cr_expect_not(same("\"a b\"", "\"ab\""));
    cr_expect_not(same("\"\\\\n\"", "\"\\n\""));
}
