#include <criterion/criterion.h>

#include <string.h>

#include "base/addr.h"
#include "url/hostset.h"

Test(hostset, names_suffixes_and_networks_are_patterns)
{
    static const char *const good[] = {
        "example.com",
        "example.com.",
        "*.example.com",
        "localhost",
        "xn--bcher-kva.example",
        "_dmarc.example.com",
        "192.0.2.1",
        "192.0.2.0/24",
        "2001:db8::/32",
        "[::1]",
        "a-1.2b",
        "*.local",
    };
    static const char *const bad[] = {
        "",
        "*",
        "*.",
        ".example.com",
        "a..b",
        "ex*mple.com",
        "*.*.com",
        "http://example.com",
        "example.com:80",
        "example.com/8",
        "a b",
        "192.0.2.256",
        "192.0.2.0/33",
        "1234",
        "127.1",
        "0x7f000001",
        "a.0x1",
        "b\303\274cher.example",
        "*.192.0.2.1",
        "user@example.com",
        "1234567890123456789012345678901234567890123456789012345678901234.com",
    };

    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        cr_expect(hostset_is_pattern(good[i]), "'%s'", good[i]);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        cr_expect_not(hostset_is_pattern(bad[i]), "'%s'", bad[i]);
}

Test(hostset, names_match_whole_or_below)
{
    static const char *const patterns[] = {"one.test", "*.Two.test.",
                                           "192.0.2.0/24"};
    static const struct {
        const char *name;
        bool has;
    } cases[] = {
        {"one.test", true},    {"ONE.test", true},   {"one.test.", true},
        {"a.one.test", false}, {"xone.test", false}, {"one.tes", false},
        {"two.test", false},   {"a.two.test", true}, {"a.b.two.test.", true},
        {"atwo.test", false},  {".two.test", false}, {"", false},
        {"192.0.2.1", false},
    };
    struct hostset *set = hostset_new(patterns, ARRAY_LEN(patterns));

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(hostset_has_name(set, cases[i].name), cases[i].has, "'%s'",
                     cases[i].name);
    cr_expect(hostset_has_nets(set));
    hostset_free(set);
}

Test(hostset, addresses_match_networks)
{
    static const char *const patterns[] = {"one.test", "192.0.2.0/24", "::1"};
    struct hostset *set = hostset_new(patterns, ARRAY_LEN(patterns));
    struct hostset *names = hostset_new(patterns, 1);
    struct addr in, out, six;

    cr_assert_eq(addr_parse("192.0.2.9", 9, &in), 0);
    cr_assert_eq(addr_parse("192.0.3.9", 9, &out), 0);
    cr_assert_eq(addr_parse("::1", 3, &six), 0);
    cr_expect(hostset_has_addr(set, &in));
    cr_expect(hostset_has_addr(set, &six));
    cr_expect_not(hostset_has_addr(set, &out));
    cr_expect_not(hostset_has_addr(names, &in));
    cr_expect_not(hostset_has_nets(names));
    hostset_free(names);
    hostset_free(set);
}

Test(hostset, no_set_is_an_empty_one)
{
    struct addr a;

    cr_assert_eq(addr_parse("192.0.2.9", 9, &a), 0);
    cr_expect_not(hostset_has_name(NULL, "one.test"));
    cr_expect_not(hostset_has_addr(NULL, &a));
    cr_expect_not(hostset_has_nets(NULL));
    hostset_free(NULL);
}
