#include <criterion/criterion.h>

#include "addr_text.h"
#include "dns/overrides.h"

/* The addresses for a name and port; "" if there is no entry. */
static const char *
found(const struct overrides *o, const char *host, uint16_t port)
{
    return addr_list_text(overrides_find(o, host, port));
}

Test(overrides, give_a_name_and_port_addresses)
{
    static const char *const entries[] = {
        "h:80:192.0.2.1", "H2:443:192.0.2.2,[2001:db8::2]",
        "h:81:192.0.2.3", "h3:99:192.0.2.5",
        "*:99:192.0.2.9", "h:80:192.0.2.4",
    };
    struct overrides *o = overrides_new(entries, ARRAY_LEN(entries));

    cr_expect_str_eq(found(o, "h", 80), "192.0.2.4", "the last one wins");
    cr_expect_str_eq(found(o, "h2", 443), "192.0.2.2,2001:db8::2");
    cr_expect_str_eq(found(o, "h", 81), "192.0.2.3");
    cr_expect_str_eq(found(o, "any.example", 99), "192.0.2.9");
    cr_expect_str_eq(found(o, "h3", 99), "192.0.2.5",
                     "an entry for the name goes before one for any");
    cr_expect_str_eq(found(o, "h", 82), "");
    cr_expect_str_eq(found(o, "g", 80), "");
    overrides_free(o);
}
