/* The domains in which a short name is looked for. */
#include "dns/search.h"

#include <criterion/criterion.h>

#include <stdlib.h>

struct row {
    const char *name;
    const char *tried[4]; /* up to a NULL */
};

/* The C library reads the environment once for a process. */
static void
check_all(const char *options, const struct row *rows, size_t n)
{
    struct search *s;
    char out[255];

    setenv("LOCALDOMAIN", "x.test y.test", 1);
    setenv("RES_OPTIONS", options, 1);
    s = search_new();
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;

        for (; rows[i].tried[k]; k++) {
            cr_assert(search_name(s, rows[i].name, k, out, sizeof(out)));
            cr_assert_str_eq(out, rows[i].tried[k]);
        }
        cr_assert_not(search_name(s, rows[i].name, k, out, sizeof(out)));
    }
    search_free(s);
}

Test(search, a_name_with_a_dot_is_tried_itself_first)
{
    static const struct row rows[] = {
        {"a", {"a.x.test", "a.y.test", "a"}},
        {"a.b", {"a.b", "a.b.x.test", "a.b.y.test"}},
        {"a.b.", {"a.b."}},
        {"a.", {"a."}},
    };

    check_all("ndots:1", rows, ARRAY_LEN(rows));
}

Test(search, how_many_dots_it_needs_can_be_told)
{
    static const struct row rows[] = {
        {"a.b", {"a.b.x.test", "a.b.y.test", "a.b"}},
        {"a.b.c", {"a.b.c", "a.b.c.x.test", "a.b.c.y.test"}},
    };

    check_all("ndots:2", rows, ARRAY_LEN(rows));
}

Test(search, a_name_that_does_not_fit_is_refused)
{
    struct search *s;
    char out[8];

    setenv("LOCALDOMAIN", "x.test", 1);
    s = search_new();
    cr_assert(search_name(s, "abc", 0, out, sizeof(out)));
    cr_assert_str_eq(out, "..");
    search_free(s);
    search_free(NULL);
}
