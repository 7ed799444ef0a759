#include "dns/addrs.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "addr_text.h"

#include <criterion/criterion.h>

static void
add(struct addrs *a, const char *text)
{
    struct addr addr = addr_of(text);

    addrs_add(a, &addr);
}

Test(addrs, an_address_is_listed_once_in_the_order_of_arrival)
{
    struct addrs a = {.n = 0}, *copy;

    add(&a, "2001:db8::1");
    add(&a, "192.0.2.1");
    add(&a, "2001:db8:0::1");
    copy = addrs_clone(&a);
    a.v[0].bytes[0] = 3; /* the copy is independent */
    cr_assert_str_eq(addr_list_text(addrs_list(copy)), "2001:db8::1,192.0.2.1");
    free(copy);
}

Test(addrs, a_family_has_room_for_32)
{
    struct addrs a = {.n = 0};
    struct addr v4 = addr_of("192.0.2.0");

    for (; v4.bytes[3] < 40; v4.bytes[3]++)
        addrs_add(&a, &v4);
    cr_assert_eq(addrs_count(&a, AF_INET), ADDRS_MAX_FAMILY);
    cr_assert_eq(addrs_count(&a, AF_INET6), 0);
    add(&a, "2001:db8::1");
    cr_assert_eq(addrs_count(&a, AF_INET6), 1);
    cr_assert_eq(a.n, ADDRS_MAX_FAMILY + 1);
}
