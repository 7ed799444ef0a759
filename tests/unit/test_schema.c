#include "base/buf.h"
#include "output/result_line.h"
#include "output/schema.h"
#include "report/summary.h"

#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

/* A key that others add has its type in schema.c, too. */
Test(schema, each_key_of_the_line_has_a_type)
{
    struct result_line_key key;
    size_t n = 0;

    for (; result_line_key(n, &key); n++)
        cr_expect_not_null(schema_type(key.name, key.len),
                           "schema.c has no type for %.*s", (int)key.len,
                           key.name);
    cr_expect_gt(n, 30);
}

Test(schema, the_schema_is_JSON_with_the_rows_as_properties)
{
    struct buf text = BUF_INIT;
    json_t *schema;
    struct result_line_key key;

    schema_write(&text, summary_schema);
    schema = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(schema);
    for (size_t i = 0; result_line_key(i, &key); i++) {
        char name[32] = "";

        memcpy(name, key.name, key.len);
        cr_expect_not_null(
            json_object_get(json_object_get(schema, "properties"), name));
    }
    cr_expect_not_null(
        json_object_get(json_object_get(schema, "$defs"), "summary"));
    json_decref(schema);
    buf_fini(&text);
}

/* The summary has exactly the keys that its schema requires. */
Test(schema, the_summarys_keys_are_those_required)
{
    struct summary *s = summary_new();
    struct summary_end end = {.elapsed_us = 1};
    struct buf text = BUF_INIT;
    json_t *summary, *schema, *required, *key;
    size_t i;

    summary_write_json(s, &end, &text);
    summary = json_loadb(text.data, text.len, 0, NULL);
    schema = json_loads(summary_schema, 0, NULL);
    cr_assert(summary && schema);
    required = json_object_get(schema, "required");
    json_array_foreach(required, i, key)
    {
        cr_expect_not_null(json_object_get(summary, json_string_value(key)));
        cr_expect_not_null(json_object_get(
            json_object_get(schema, "properties"), json_string_value(key)));
    }
    cr_expect_eq(json_object_size(summary), json_array_size(required));
    json_decref(summary);
    json_decref(schema);
    buf_fini(&text);
    summary_free(s);
}
