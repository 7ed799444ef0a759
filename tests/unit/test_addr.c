#include <criterion/criterion.h>

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "addr_text.h"

static struct net
net(const char *text)
{
    struct net n;

    cr_assert_eq(net_parse(text, strlen(text), &n), 0, "'%s'", text);
    return n;
}

Test(addr, only_plain_forms_are_addresses)
{
    static const char *const none[] = {
        "",
        "127.1",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.0.0.1.",
        "256.0.0.1",
        "1.2.3.4.5",
        "[127.0.0.1]",
        ":",
        "[::1",
        "::1]",
        "1:2:3:4:5:6:7:8:9",
        "::g",
        "127.0.0.1%lo",
        "2130706433",
        "example.com",
        "1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14:15:16:17:18:19",
    };
    struct addr a;

    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        cr_expect_eq(addr_parse(none[i], strlen(none[i]), &a), -1, "'%s'",
                     none[i]);
}

Test(addr, brackets_and_zones_are_dropped)
{
    static const char *const pairs[][2] = {
        {"[::1]", "::1"},
        {"fe80::1%eth0", "fe80::1"},
        {"[fe80::1%25eth0]", "fe80::1"},
        {"2001:DB8:0:0::1", "2001:db8::1"},
        {"192.0.2.1", "192.0.2.1"},
    };
    char text[ADDR_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct addr a = addr_of(pairs[i][0]);

        addr_format(&a, text);
        cr_expect_str_eq(text, pairs[i][1]);
    }
}

/* First and last of each range, and their neighbours where they are public. */
Test(addr, addresses_that_are_not_public_are_known)
{
    static const char *const private[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.255",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        /* IPv6's own */
        "::",
        "::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::",
        "2001:2::1",
        "2001:10::1",
        "2001:1ff:ffff::",
        "2001:db8::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "fe80::1",
        "fe80::a9fe:a9fe%eth0",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "ff0e::1",
        "ffff::1",
        "64:ff9b:1::808:808",
        /* that stand for IPv4 */
        "::127.0.0.1",
        "::10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:10.1.2.3",
        "::ffff:169.254.169.254",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:c0a8:101::1",
        "2002:a9fe:a9fe::1",
    };
    static const char *const public[] = {
        "1.0.0.0",         "9.255.255.255",    "11.0.0.0",
        "100.63.255.255",  "100.128.0.0",      "126.255.255.255",
        "128.0.0.0",       "168.63.129.15",    "168.63.129.17",
        "169.253.255.255", "169.255.0.0",      "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",        "192.0.3.0",
        "192.88.98.1",     "192.167.1.1",      "192.169.0.0",
        "198.17.255.255",  "198.20.0.0",       "198.51.99.1",
        "203.0.112.1",     "203.0.114.0",      "223.255.255.255",
        "8.8.8.8",         "2001:200::1",      "2001:4860:4860::8888",
        "2001:db7::1",     "2001:db9::1",      "2606:4700::1111",
        "2a00::1",         "3ffe::1",          "3fff:1000::1",
        "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2002:808:808::1",
    };

    for (size_t i = 0; i < ARRAY_LEN(private); i++) {
        struct addr a = addr_of(private[i]);

        cr_expect_not(addr_is_public(&a), "%s", private[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(public); i++) {
        struct addr a = addr_of(public[i]);

        cr_expect(addr_is_public(&a), "%s", public[i]);
    }
}

Test(addr, sockets_addresses_are_read)
{
    struct sockaddr_in in = {.sin_family = AF_INET,
                             .sin_addr = {htonl(0x7f000001)}};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr un = {.sa_family = AF_UNIX};
    char text[ADDR_TEXT];
    struct addr a;

    cr_assert_eq(addr_from_sockaddr((struct sockaddr *)&in, &a), 0);
    addr_format(&a, text);
    cr_expect_str_eq(text, "127.0.0.1");
    cr_assert_eq(addr_from_sockaddr((struct sockaddr *)&in6, &a), 0);
    addr_format(&a, text);
    cr_expect_str_eq(text, "::1");
    cr_expect_eq(addr_from_sockaddr(&un, &a), -1);
}

Test(addr, networks_hold_their_addresses)
{
    static const struct {
        const char *net, *addr;
        bool has;
    } cases[] = {
        {"192.0.2.0/24", "192.0.2.255", true},
        {"192.0.2.0/24", "192.0.3.0", false},
        {"192.0.2.77/24", "192.0.2.1", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"0.0.0.0/0", "8.8.8.8", true},
        {"0.0.0.0/0", "2a00::1", false},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"[2001:db8::1]", "2001:db8::1", true},
        /* In any spelling. */
        {"127.0.0.0/8", "::ffff:127.0.0.1", true},
        {"127.0.0.0/8", "64:ff9b::7f00:1", true},
        {"::ffff:0:0/96", "::ffff:127.0.0.1", true},
        {"::1", "::2", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct net n = net(cases[i].net);
        struct addr a = addr_of(cases[i].addr);

        cr_expect_eq(net_has(&n, &a), cases[i].has, "%s in %s", cases[i].addr,
                     cases[i].net);
    }
}

Test(addr, bad_networks_are_refused)
{
    static const char *const none[] = {
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/x",
        "2001:db8::/129",
        "192.0.2.0/024x",
        "/8",
        "example.com/8",
        "192.0.2.0/8/8",
        "192.0.2.0/4294967304",
    };
    struct net n;

    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        cr_expect_eq(net_parse(none[i], strlen(none[i]), &n), -1, "'%s'",
                     none[i]);
}

Test(addr, ipv4_is_written_as_four_numbers)
{
    static const char *const texts[] = {"0.0.0.0", "9.10.99.100",
                                        "255.255.255.255", "192.0.2.7"};

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct addr a = addr_of(texts[i]);

        cr_expect_str_eq(addr_list_text((struct addr_list){&a, 1}), texts[i]);
    }
}

Test(addr, lists_are_copied_compared_and_written)
{
    struct addr v[3], w[3];
    struct addr_list a = addr_list_of("192.0.2.1,::1,192.0.2.2", v, 3);
    struct addr_list b = addr_list_of("192.0.2.1,192.0.2.2,::1", w, 3);
    struct addr_list copy = addr_list_copy(a);

    cr_expect_str_eq(addr_list_text(copy), "192.0.2.1,::1,192.0.2.2");
    cr_expect(addr_list_equals(a, copy));
    cr_expect_not(addr_list_equals(a, b), "the order counts");
    cr_expect_not(addr_list_equals(a, (struct addr_list){v, 2}));
    free((void *)copy.v);
    copy = addr_list_copy((struct addr_list){NULL, 0});
    cr_expect_eq(copy.n, 0);
    cr_expect_str_eq(addr_list_text(copy), "");
}
