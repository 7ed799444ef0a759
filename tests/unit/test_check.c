#include "cli/check.h"

#include <criterion/criterion.h>

#include <string.h>

struct check_case {
    const char *text;
    bool is_good;
};

static void
expect_all(bool (*check)(const char *), const struct check_case *cases,
           size_t n)
{
    for (size_t i = 0; i < n; i++)
        cr_expect_eq(check(cases[i].text), cases[i].is_good, "'%s'",
                     cases[i].text);
}

Test(check, a_token_has_no_separators)
{
    static const struct check_case cases[] = {
        {"GET", true},       {"M-SEARCH", true}, {"x!#$%&'*+.^_`|~9", true},
        {"", false},         {"GE T", false},    {"GET\n", false},
        {"a/b", false},      {"(a)", false},     {"a:b", false},
        {"\xc3\xa9", false}, {"a\x7f", false},
    };

    expect_all(check_is_token, cases, ARRAY_LEN(cases));
}

Test(check, a_header_has_a_name_and_cannot_smuggle_another)
{
    static const struct check_case cases[] = {
        {"A: b", true},
        {"A:b", true},
        {"A:", true},
        {"A: ", true},
        {"A;", true},
        {"A; ", true},
        {"A: b\tc", true},
        {"A: \xc3\xa9", true},
        {"A: b: c; d", true},
        {"", false},
        {"A", false},
        {": b", false},
        {"A : b", false},
        {" A: b", false},
        {"A; b", false},
        {"A: b\r\nC: d", false},
        {"A: b\nC: d", false},
        {"A: b\r", false},
        {"A: \x7f", false},
        {"A: \x01", false},
        {"A\n: b", false},
        {"Content-Length: 0", true},
        {"content-length:\t0 ", true},
        {"Content-Length: 00", false},
        {"Content-Length: 1", false},
        {"Content-Length;", false},
        {"content-length:", false},
        {"Content-Lengths: 1", true},
    };

    expect_all(check_is_header, cases, ARRAY_LEN(cases));
}

Test(check, a_cookie_has_a_name_and_a_value_or_is_a_file)
{
    static const struct check_case cases[] = {
        {"a=1", true},  {"a=1; b=2", true},     {"a=", true}, {"=1", false},
        {"file", true}, {"a=1\r\nX: y", false}, {"", true},
    };

    expect_all(check_is_cookie, cases, ARRAY_LEN(cases));
}

Test(check, credentials_have_a_colon_and_are_one_line)
{
    static const struct check_case cases[] = {
        {"me:pw", true},      {"me:", true},      {":pw", true},
        {"me:a:b", true},     {"me", false},      {"", false},
        {"m\r\ne:pw", false}, {"me:p\nw", false},
    };

    expect_all(check_is_user, cases, ARRAY_LEN(cases));
}

Test(check, a_resolve_entry_is_host_port_and_numeric_addresses)
{
    static const struct check_case cases[] = {
        {"example.org:443:192.0.2.1", true},
        {"example.org:443:192.0.2.1,192.0.2.2", true},
        {"example.org:443:2001:db8::1", true},
        {"example.org:443:[2001:db8::1],192.0.2.1", true},
        {"*:443:192.0.2.1", true},
        {"[::1]:80:192.0.2.1", false},
        {"example.org:443", false},
        {"example.org:443:", false},
        {"example.org::192.0.2.1", false},
        {":443:192.0.2.1", false},
        {"example.org:0:192.0.2.1", false},
        {"example.org:65536:192.0.2.1", false},
        {"example.org:000443:192.0.2.1", false},
        {"example.org:4a3:192.0.2.1", false},
        {"example.org:443:192.0.2.1,", false},
        {"example.org:443:other.example", false},
        {"example.org:443:[192.0.2.1]", false},
        {"example.org:443:[2001:db8::1", false},
        {"-example.org:443", false},
        {"+example.org:443:192.0.2.1", false},
        {"", false},
        {"[", false},
        {"xn--bcher-kva.example:443:192.0.2.1", true},
        {"b\u00fccher.example:443:192.0.2.1", false},
    };

    expect_all(check_is_resolve, cases, ARRAY_LEN(cases));
}

Test(check, an_address_is_never_longer_than_one)
{
    char text[400] = "example.org:443:";

    memset(text + strlen(text), '1', 300);
    cr_expect_not(check_is_resolve(text));
}

Test(check, a_connect_to_entry_has_four_parts_of_which_the_last_may_lack)
{
    static const struct check_case cases[] = {
        {"a:80:b:81", true},
        {"::b:81", true},
        {"a:80::", true},
        {":::", true},
        {"[::1]:80:[::2]:81", true},
        {"a:80:[::2]:81", true},
        {"a:80:b", true},
        {"a:80:[::2]", true},
        {"a:80:", true},
        {"a:80", false},
        {"", false},
        {"a:80:b:81:c", false},
        {"a:0:b:81", false},
        {"a:x:b:81", false},
        {"a:80:b:99999", false},
        {"[::1:80:b:81", false},
        {"b\u00fccher.example:80:b:81", false},
        {"a:80:b\u00fccher.example:81", false},
    };

    expect_all(check_is_connect_to, cases, ARRAY_LEN(cases));
}

Test(check, a_socket_path_fits_into_its_address)
{
    char path[109];

    memset(path, 'x', sizeof(path));
    path[108] = '\0';
    cr_expect_not(check_is_socket_path(path));
    path[107] = '\0';
    cr_expect(check_is_socket_path(path));
    cr_expect_not(check_is_socket_path(""));
}

Test(check, a_referer_is_not_made_up)
{
    static const struct check_case cases[] = {
        {"http://example.org/", true},
        {"", true},
        {"auto", true},
        {";auto", false},
        {"http://example.org/;auto", false},
        {"a\nb", false},
    };

    expect_all(check_is_referer, cases, ARRAY_LEN(cases));
}

Test(check, files_are_no_folders)
{
    cr_expect(check_is_regular("/proc/self/exe"));
    cr_expect_not(check_is_regular("/dev/null"));
    cr_expect_not(check_is_regular("/"));
    cr_expect_not(check_is_regular("/nowhere/file"));
    cr_expect(check_is_folder("/"));
    cr_expect_not(check_is_folder("/dev/null"));
    cr_expect_not(check_is_folder("/nowhere"));
}

#define HASH "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD+/z="

Test(check, a_pin_is_a_file_or_a_hash_of_its_length)
{
    static const struct check_case cases[] = {
        {"sha256//" HASH, true},
        {"sha256//" HASH ";sha256//" HASH, true},
        {"/proc/self/exe", true},
        {"/dev/null", false},
        {"", false},
        {"/nowhere/key.pem", false},
        {HASH, false},
        {"sha256//", false},
        {"sha256//x", false},
        {"sha256//A" HASH, false},
        {"sha256//" HASH "=", false},
        {"sha256//" HASH ";", false},
        {"sha256//" HASH ";" HASH, false},
        {"sha256//" HASH ";/dev/null", false},
        {"sha1//" HASH, false},
    };

    expect_all(check_is_pins, cases, ARRAY_LEN(cases));
}

Test(check, a_scheme_is_http_or_https)
{
    static const struct check_case cases[] = {
        {"http", true}, {"https", true}, {"", false},
        {"ftp", false}, {"HTTP", false}, {"http:", false},
    };

    expect_all(check_is_scheme, cases, ARRAY_LEN(cases));
}
