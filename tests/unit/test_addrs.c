#include "dns/addrs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <criterion/criterion.h>

Test(addrs, each_stands_there_once_in_the_order_in_which_they_came)
{
    struct addrs a = {.n = 0};
    const char *const *copy;

    addrs_add(&a, 0, "2001:db8::1");
    addrs_add(&a, 0, "192.0.2.1");
    addrs_add(&a, 0, "2001:db8::1");
    cr_assert_eq(a.n, 2);
    copy = addrs_copy(&a);
    a.text[0][0] = '3'; /* the copy is its own */
    cr_assert_str_eq(copy[0], "2001:db8::1");
    cr_assert_str_eq(copy[1], "192.0.2.1");
    free((void *)copy);
}

Test(addrs, a_family_has_room_for_32)
{
    struct addrs a = {.n = 0};
    char text[32];

    for (int i = 0; i < 40; i++) {
        snprintf(text, sizeof(text), "192.0.2.%d", i);
        addrs_add(&a, 0, text);
    }
    cr_assert_eq(a.n, ADDRS_MAX_FAMILY);
    cr_assert_not(addrs_have(&a, AF_INET6));
    addrs_add(&a, a.n, "2001:db8::1");
    cr_assert_eq(a.n, ADDRS_MAX_FAMILY + 1);
    cr_assert(addrs_have(&a, AF_INET6));
    cr_assert(addrs_have(&a, AF_INET));
}
