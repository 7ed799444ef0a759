#include <criterion/criterion.h>

#include <string.h>

#include "base/addr.h"
#include "url/spelling.h"

/* The readings of a name as text, with a space between. */
static const char *
readings(const char *name)
{
    static char text[2 * ADDR_TEXT];
    struct addr addrs[SPELLING_READINGS];
    char one[ADDR_TEXT];
    size_t n = spelling_addrs(name, addrs);

    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        addr_format(&addrs[i], one);
        if (i > 0 && strstr(text, one))
            continue;
        if (i > 0)
            strcat(text, " ");
        strcat(text, one);
    }
    return text;
}

Test(spelling, names_that_may_be_read_as_addresses_are_known)
{
    static const struct {
        const char *name, *want;
    } cases[] = {
        {"127.0.0.1.", "127.0.0.1"},
        {"127.0.0.1..", "127.0.0.1"},
        {"127.1.", "127.0.0.1"},
        {"127.0.1", "127.0.0.1"},
        {"2130706433.", "127.0.0.1"},
        {"0x7f000001.", "127.0.0.1"},
        {"0X7F.0x0.0.0X1.", "127.0.0.1"},
        {"0177.0.0.1.", "127.0.0.1 177.0.0.1"},
        {"010.8.8.8", "8.8.8.8 10.8.8.8"},
        {"127.0.0.01", "127.0.0.1"},
        {"127.000.000.001", "127.0.0.1"},
        {"0251.0376.0251.0376.", "169.254.169.254"},
        {"0xa9fea9fe.", "169.254.169.254"},
        {"169.254.43518.", "169.254.169.254"},
        {"08.0.0.1", "8.0.0.1"},
        {"0", "0.0.0.0"},
        {"0x", "0.0.0.0"},
        {"4294967295", "255.255.255.255"},
        {"4294967296", ""},
        {"99999999999999999999999", ""},
        {"256.0.0.1", ""},
        {"1.2.3.4.5", ""},
        {"127..1", ""},
        {"127.0.0.0x100", ""},
        {"a.127.0.0.1", ""},
        {"127.0.0.1.a", ""},
        {"example.com.", ""},
        {"", ""},
        {"...", ""},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_str_eq(readings(cases[i].name), cases[i].want, "%s: %s",
                         cases[i].name, readings(cases[i].name));
}

Test(spelling, a_last_label_of_digits_is_a_number)
{
    static const char *const numbers[] = {
        "1.2.3.4.5", "a.127.0.0.1", "h.0x1f.", "4294967296", "h.0x", "h.09"};
    static const char *const names[] = {"h", "1a", "0xg", "127.0.0.1.h",
                                        "",  ".",  "x0",  "h.test"};

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        cr_expect(spelling_is_number(numbers[i]), "%s", numbers[i]);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        cr_expect_not(spelling_is_number(names[i]), "%s", names[i]);
}

Test(spelling, names_of_the_machine_and_its_network_are_known)
{
    static const char *const local[] = {
        "localhost",      "LOCALHOST.",
        "localhost..",    "a.localhost",
        "a.b.Localhost.", "localhost.localdomain",
        "ip6-localhost",  "xn--localhost-",
        "xn--127-.test",  "metadata.google.internal.",
        "metadata",       "intranet.",
        "router.local",   "a.b.INTERNAL.",
        "x.home.arpa",    "kubernetes.default.svc",
        "localhosts",     "metadata.tencentyun.com"};
    static const char *const others[] = {"localhost.test",
                                         "xn--bcher-kva.test",
                                         "metadata.test",
                                         "home.arpas",
                                         "internal.test",
                                         "nolocal.test",
                                         ""};

    for (size_t i = 0; i < ARRAY_LEN(local); i++)
        cr_expect(spelling_is_local(local[i]), "%s", local[i]);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        cr_expect_not(spelling_is_local(others[i]), "%s", others[i]);
}
