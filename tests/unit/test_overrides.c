#include <criterion/criterion.h>

#include "dns/overrides.h"

Test(overrides, give_a_name_and_port_addresses)
{
    static const char *const entries[] = {
        "h:80:192.0.2.1", "H2:443:192.0.2.2,[2001:db8::2]",
        "h:81:192.0.2.3", "h3:99:192.0.2.5",
        "*:99:192.0.2.9", "h:80:192.0.2.4",
    };
    struct overrides *o = overrides_new(entries, ARRAY_LEN(entries));
    const char *const *addrs;
    size_t n = 0;

    addrs = overrides_find(o, "h", 80, &n);
    cr_assert_not_null(addrs);
    cr_expect_eq(n, 1);
    cr_expect_str_eq(addrs[0], "192.0.2.4", "the last one wins");
    addrs = overrides_find(o, "h2", 443, &n);
    cr_assert_not_null(addrs);
    cr_expect_eq(n, 2);
    cr_expect_str_eq(addrs[0], "192.0.2.2");
    cr_expect_str_eq(addrs[1], "2001:db8::2");
    addrs = overrides_find(o, "h", 81, &n);
    cr_assert_not_null(addrs);
    cr_expect_str_eq(addrs[0], "192.0.2.3");
    cr_expect_not_null(overrides_find(o, "any.example", 99, &n));
    addrs = overrides_find(o, "h3", 99, &n);
    cr_assert_not_null(addrs);
    cr_expect_str_eq(addrs[0], "192.0.2.5", "the name goes before any");
    cr_expect_null(overrides_find(o, "h", 82, &n));
    cr_expect_null(overrides_find(o, "g", 80, &n));
    overrides_free(o);
}
