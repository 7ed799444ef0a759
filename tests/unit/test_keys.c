#include "output/keys.h"

#include "base/buf.h"

#include <criterion/criterion.h>

#include <string.h>

Test(keys, a_path_leads_to_a_value)
{
    static const struct {
        const char *path;
        bool is_there;
    } cases[] = {
        {"url", true},
        {"error", true},
        {"error.code", true},
        {"headers.set-cookie", true},
        {"headers.set-cookie.0", true},
        {"redirects.12.url", true},
        {"meta.any.thing", true},
        {"body_json.a.0.b", true},
        {"request.headers", true},
        {"", false},
        {".", false},
        {"urls", false},
        {"url.x", false},
        {"error.", false},
        {"error.cod", false},
        {"error.code.x", false},
        {".error", false},
        {"redirects.first", false},
        {"redirects.0.uri", false},
        {"headers.set-cookie.x", false},
        {"headers.Set-Cookie", false},
        {"status_code.0", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(keys_has(cases[i].path, strlen(cases[i].path)),
                     cases[i].is_there, "'%s'", cases[i].path);
}

Test(keys, each_listed_key_leads_to_a_value)
{
    struct buf all = BUF_INIT;
    size_t n = 0;

    keys_write(&all);
    for (const char *s = all.data; s < all.data + all.len; n++) {
        size_t len = strcspn(s, "\n");

        cr_expect(keys_has(s, len), "'%.*s'", (int)len, s);
        s += len + 1;
    }
    cr_expect_gt(n, 60);
    buf_fini(&all);
}

Test(keys, a_suggestion_is_near)
{
    static const char *const cases[][2] = {
        {"statuscode", "status_code"},
        {"error.clas", "error.class"},
        {"elasped", "elapsed"},
        {"redirect", "redirects"},
        {"elephant", ""},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf near = BUF_INIT;

        keys_add_nearest(&near, cases[i][0], strlen(cases[i][0]));
        cr_expect_eq(near.len, strlen(cases[i][1]));
        cr_expect_eq(memcmp(near.len ? near.data : "", cases[i][1], near.len),
                     0, "%s: %.*s", cases[i][0], (int)near.len,
                     near.len ? near.data : "");
        buf_fini(&near);
    }
}
