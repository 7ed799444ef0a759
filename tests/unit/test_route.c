#include <criterion/criterion.h>

#include <string.h>

#include "base/arena.h"
#include "cli/opts.h"
#include "url/route.h"
#include "url/url.h"

static struct arena mem;

static void
setup(void)
{
    arena_init(&mem);
}

static void
teardown(void)
{
    arena_reset(&mem);
}

TestSuite(route, .init = setup, .fini = teardown);

static struct target
route(const struct opts *opts, const char *url)
{
    struct target t;
    struct url_flaw flaw;

    cr_assert_eq(url_parse(url, strlen(url), "https", &mem, &t, &flaw), 0);
    route_select(opts, &t, &mem);
    return t;
}

Test(route, no_proxy_is_read_as_curl_reads_it)
{
    static const struct {
        const char *host, *list;
        bool is_numeric, is_exempt;
    } cases[] = {
        {"example.com", "example.com", false, true},
        {"www.example.com", "example.com", false, true},
        {"www.example.com", ".example.com", false, true},
        {"example.com", ".example.com", false, true},
        {"notexample.com", "example.com", false, false},
        {"example.com.", "example.com", false, true},
        {"EXAMPLE.com", "example.COM", false, true},
        {"example.com", "a, b example.com", false, true},
        {"example.com", "a,b", false, false},
        {"example.com", "*", false, true},
        {"example.com", "", false, false},
        {"example.com", ",, ,", false, false},
        {"127.0.0.1", "127.0.0.1", true, true},
        {"127.0.0.1", "127.0.0.2", true, false},
        {"127.0.0.1", "127.0.0.0/8", true, true},
        {"128.0.0.1", "127.0.0.0/8", true, false},
        {"192.168.1.130", "192.168.1.128/25", true, true},
        {"192.168.1.127", "192.168.1.128/25", true, false},
        {"10.1.2.3", "0.0.0.0/0", true, true},
        {"10.1.2.3", "10.0.0.0/33", true, false},
        {"10.1.2.3", "127.0.0.0/", true, false},
        {"10.1.2.3", "127.0.0.0/0x8", true, false},
        {"10.1.2.3", "127.0.0.0/-1", true, false},
        {"10.1.2.3", "127.0.0.0/4294967296", true, false},
        {"::1", "::1", true, true},
        {"::1", "[::1]", true, true},
        {"fd00::5", "fd00::/8", true, true},
        {"fe80::1", "fd00::/8", true, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_eq(
            route_is_exempt(cases[i].host, cases[i].is_numeric, cases[i].list),
            cases[i].is_exempt, "%s on '%s'", cases[i].host, cases[i].list);
}

Test(route, a_proxy_makes_another_host_of_it)
{
    struct opts opts = {.proxy_http = "http://proxy:3128",
                        .noproxy = "localhost"};
    struct target t = route(&opts, "http://h/");

    cr_expect_str_eq(t.proxy, "http://proxy:3128");
    cr_expect_str_eq(t.key, "http://h:80 via http://proxy:3128");
    t = route(&opts, "https://h/");
    cr_expect_null(t.proxy);
    cr_expect_str_eq(t.key, "https://h:443");
    t = route(&opts, "http://localhost/");
    cr_expect_null(t.proxy);
}

Test(route, the_address_to_know_is_the_proxys)
{
    static const struct {
        const char *proxy, *host;
        unsigned port;
        bool is_numeric, is_proxy, is_socks;
    } cases[] = {
        {"http://proxy:3128", "proxy", 3128, false, true, false},
        {"http://u:p@proxy:3128/", "proxy", 3128, false, true, false},
        {"proxy.example:8080", "proxy.example", 8080, false, true, false},
        {"proxy", "proxy", 1080, false, true, false},
        {"http://proxy:/", "proxy", 1080, false, true, false},
        {"https://proxy", "proxy", 443, false, true, false},
        {"HTTPS://proxy", "proxy", 443, false, true, false},
        {"socks5h://proxy", "proxy", 1080, false, true, true},
        {"http://192.0.2.1:80", "192.0.2.1", 80, true, true, false},
        {"http://127.1:80", "127.1", 80, true, true, false},
        {"http://0x7f000001:80", "0x7f000001", 80, true, true, false},
        {"socks4a://proxy:99", "proxy", 99, false, true, true},
        {"http://127.0.0.1:3128", "127.0.0.1", 3128, true, true, false},
        /* These want an address of the target, and the proxy's beside it. */
        {"socks5://proxy:99", "h", 80, false, false, true},
        {"Socks4://proxy", "h", 80, false, false, true},
        {"socks://proxy", "h", 80, false, false, true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opts opts = {.proxy_http = cases[i].proxy};
        struct target t = route(&opts, "http://h/");

        cr_expect_str_eq(t.connect_host, cases[i].host, "%s: %s",
                         cases[i].proxy, t.connect_host);
        cr_expect_eq(t.connect_port, cases[i].port, "%s", cases[i].proxy);
        cr_expect_eq(t.connect_is_numeric, cases[i].is_numeric);
        cr_expect_eq(t.connect_is_proxy, cases[i].is_proxy);
        cr_expect_eq(t.proxy_is_socks, cases[i].is_socks);
    }
}

Test(route, a_socks_proxy_may_need_an_address_beside_the_targets)
{
    static const struct {
        const char *proxy, *url, *host;
        unsigned port;
    } cases[] = {
        {"socks5://proxy:99", "http://h/", "proxy", 99},
        {"socks4://u:p@proxy.example", "https://h/", "proxy.example", 1080},
        {"socks://proxy", "http://192.0.2.1/", "proxy", 1080},
        {"socks5://192.0.2.1:99", "http://h/", NULL, 0},
        {"socks5://[::1]:99", "http://h/", NULL, 0},
        {"socks5h://proxy:99", "http://h/", NULL, 0},
        {"http://proxy:99", "http://h/", NULL, 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opts opts = {.proxy_http = cases[i].proxy,
                            .proxy_https = cases[i].proxy};
        struct target t = route(&opts, cases[i].url);

        if (cases[i].host) {
            cr_expect_str_eq(t.proxy_host, cases[i].host, "%s", cases[i].proxy);
            cr_expect_eq(t.proxy_port, cases[i].port, "%s", cases[i].proxy);
        } else {
            cr_expect_null(t.proxy_host, "%s", cases[i].proxy);
        }
    }
}

Test(route, a_proxy_is_a_tunnel_where_libcurl_makes_it_one)
{
    static const struct {
        const char *proxy, *url;
        bool is_tunnel;
    } cases[] = {
        {"http://proxy", "https://h/", true},
        {"http://proxy", "http://h/", false},
        {"http://proxy", "http://a/", true},
        {"http://proxy", "http://b/", true},
        {"http://proxy", "http://c/", false},
        {"socks5h://proxy", "https://h/", false},
        {"socks5h://proxy", "http://a/", false},
        {NULL, "https://a/", false},
    };
    const char *entries[] = {"a::other:", "b:::81", "c:80:C:80"};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opts opts = {.proxy_http = cases[i].proxy,
                            .proxy_https = cases[i].proxy,
                            .connect_to = {entries, ARRAY_LEN(entries)}};
        struct target t = route(&opts, cases[i].url);

        cr_expect_eq(t.proxy_is_tunnel, cases[i].is_tunnel, "%s", cases[i].url);
    }
}

Test(route, a_proxy_with_a_name_like_no_other_is_left_to_libcurl)
{
    static const char *const proxies[] = {
        "http://[::1]:3128", "http://b\xc3\xbc.example:80",
        "http://a%41b/",     "http://",
        "http://@:80",
    };

    for (size_t i = 0; i < ARRAY_LEN(proxies); i++) {
        struct opts opts = {.proxy_http = proxies[i]};
        struct target t = route(&opts, "http://h/");

        cr_expect(t.connect_is_numeric, "%s: %s", proxies[i], t.connect_host);
    }
}

Test(route, an_address_that_is_resolved_counts_as_a_name)
{
    static const struct {
        const char *entry, *url;
        bool is_numeric;
    } cases[] = {
        {"192.0.2.1:80:127.0.0.1", "http://192.0.2.1/", false},
        {"*:80:127.0.0.1", "http://192.0.2.1/", false},
        {"*:80:127.0.0.1", "http://192.0.2.1:81/", true},
        {"192.0.2.2:80:127.0.0.1", "http://192.0.2.1/", true},
        {"*:80:127.0.0.1", "http://[::2]/", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *entries[] = {cases[i].entry};
        struct opts opts = {.resolve = {entries, 1}};
        struct target t = route(&opts, cases[i].url);

        cr_expect_eq(t.connect_is_numeric, cases[i].is_numeric, "%s: %s",
                     cases[i].entry, cases[i].url);
    }
}

Test(route, connect_to_names_the_peer)
{
    static const struct {
        const char *entry, *url, *host;
        unsigned port;
        bool is_numeric;
    } cases[] = {
        {"h:80:other:81", "http://h/", "other", 81, false},
        {"h:80:127.0.0.1:81", "http://h/", "127.0.0.1", 81, true},
        {"H:80:other:", "http://h/", "other", 80, false},
        {"::other:81", "http://h:5/", "other", 81, false},
        {"h::[::1]:81", "http://h/", "::1", 81, true},
        {"h:443:other:81", "http://h/", "h", 80, false},
        {"g:80:other:81", "http://h/", "h", 80, false},
        {"h:80::81", "http://h/", "h", 81, false},
        {"h:80:other", "http://h/", "other", 80, false},
        {"broken", "http://h/", "h", 80, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *entries[] = {cases[i].entry};
        struct opts opts = {.connect_to = {entries, 1}};
        struct target t = route(&opts, cases[i].url);
        cr_expect_str_eq(t.connect_host, cases[i].host, "%s: %s",
                         cases[i].entry, t.connect_host);
        cr_expect_eq(t.connect_port, cases[i].port, "%s", cases[i].entry);
        cr_expect_eq(t.connect_is_numeric, cases[i].is_numeric);
        cr_expect_str_eq(t.host, "h");
    }
}

Test(route, addresses_of_the_other_family_are_refused)
{
    static const struct {
        const char *url, *proxy, *unix_socket;
        int version;
        bool is_refused;
    } cases[] = {
        {"http://127.0.0.1/", NULL, NULL, 0, false},
        {"http://127.0.0.1/", NULL, NULL, 4, false},
        {"http://127.0.0.1/", NULL, NULL, 6, true},
        {"http://127.0.0.1/", NULL, "/x", 6, false},
        {"http://[::1]/", NULL, NULL, 4, true},
        {"http://[fe80::1%25lo]/", NULL, NULL, 4, true},
        {"http://[::1]/", NULL, NULL, 6, false},
        {"http://h/", NULL, NULL, 6, false},
        {"http://127.0.0.1/", "http://p:1", NULL, 6, false},
        {"http://h/", "http://u:p@127.0.0.1:1", NULL, 6, true},
        {"http://h/", "https://[::1]", NULL, 4, true},
        {"http://h/", "socks5://[::1]:1", NULL, 4, true},
        {"http://h/", "socks5://[::1]:1", NULL, 6, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opts opts = {.proxy_http = cases[i].proxy,
                            .unix_socket = cases[i].unix_socket,
                            .ip_version = cases[i].version};
        struct target t = route(&opts, cases[i].url);
        struct url_flaw flaw;

        cr_expect_eq(route_check(&opts, &t, &mem, &flaw) != 0,
                     cases[i].is_refused, "%s by %s, %d", cases[i].url,
                     cases[i].proxy, cases[i].version);
    }
}
