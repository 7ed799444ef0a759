#include "base/json_skim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

/* "key=value;" for each member, and how it ends: "." or "!". */
static void
skim(const char *text, size_t len, char *out, size_t size)
{
    /* A sanitizer notices a read of one byte too many. */
    char *exact = malloc(len + !len);
    enum json_skim_status status;
    struct span key, value;
    struct json_skim s;
    int n = 0;

    memcpy(exact, text, len);
    json_skim_init(&s, (struct span){exact, len});
    while ((status = json_skim_member(&s, &key, &value)) == JSON_SKIM_MEMBER)
        n += snprintf(out + n, size - (size_t)n, "%.*s=%.*s;", (int)key.len,
                      key.p, (int)value.len, value.p);
    snprintf(out + n, size - (size_t)n, "%s",
             status == JSON_SKIM_END ? "." : "!");
    free(exact);
}

Test(json_skim, members_of_objects_are_found)
{
    static const char *const table[][2] = {
        {"{}", "."},
        {" { } ", "."},
        {"{\"a\":1}", "\"a\"=1;."},
        {" {\t\"a\" : 1 , \"b\":null }\r\n", "\"a\"=1;\"b\"=null;."},
        {"{\"a\":\"x,}\",\"b\":-1e5}", "\"a\"=\"x,}\";\"b\"=-1e5;."},
        {"{\"a\\\"b\":\"\\\\\",\"c\":\"\\\\\\\"\"}",
         "\"a\\\"b\"=\"\\\\\";\"c\"=\"\\\\\\\"\";."},
        {"{\"a\":{\"b\":[1,{\"c\":\"}]\"}]},\"d\":[]}",
         "\"a\"={\"b\":[1,{\"c\":\"}]\"}]};\"d\"=[];."},
    };
    char got[256];

    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        skim(table[i][0], strlen(table[i][0]), got, sizeof(got));
        cr_expect_str_eq(got, table[i][1], "%s: %s", table[i][0], got);
    }
}

Test(json_skim, incomplete_objects_are_broken)
{
    static const char *const texts[] = {
        "",      " ",          "1",       "[]",        "\"a\"",    "{}x",
        "{1:2}", "{\"a\":1}}", "{\"a\"}", "{\"a\" 1}", "{\"a\":}",
    };
    static const char whole[] = "{\"a\":\"\\\"\",\"b\":[{\"c\":1}],\"d\":12}";
    char got[256];

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        skim(texts[i], strlen(texts[i]), got, sizeof(got));
        cr_expect_eq(got[strlen(got) - 1], '!', "%s: %s", texts[i], got);
    }
    for (size_t len = 0; len < sizeof(whole) - 1; len++) {
        skim(whole, len, got, sizeof(got));
        cr_expect_eq(got[strlen(got) - 1], '!', "%zu: %s", len, got);
    }
}
