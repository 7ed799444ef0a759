/*
 * The resolver against a name server on its own loop (dns_stub.h), which
 * misbehaves on request, and against dnsmasq for the real thing.
 */
#include "dns/resolver.h"

#include "base/buf.h"
#include "base/clock.h"
#include "addr_text.h"
#include "dns_stub.h"

#include <ev.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

#define MINUTE (60 * US_PER_S)

static struct ev_loop *loop;
static struct dns_stub *stub;

/* The answers of look-ups: the last one, and their number. */
struct got {
    size_t n;
    size_t nok;
    enum resolver_status status;
    size_t naddrs;
    int64_t resolved_at_us;
    char addrs[4096]; /* with commas */
    char message[128];
};

static void
set_up(void)
{
    /* The settings of this machine do not apply. */
    setenv("CARES_HOSTS", "/dev/null", 1);
    setenv("LOCALDOMAIN", "corp.example", 1);
    unsetenv("RES_OPTIONS");
    unsetenv("HOSTALIASES");
    loop = ev_loop_new(EVFLAG_AUTO);
    stub = dns_stub_new(loop);
}

static void
tear_down(void)
{
    dns_stub_free(stub);
    ev_loop_destroy(loop);
}

TestSuite(resolver, .init = set_up, .fini = tear_down, .timeout = 60);

static struct resolver *
resolver_of(int family, int64_t ttl_us, const char *servers)
{
    struct resolver_config config = {
        .family = family, .ttl_us = ttl_us, .servers = servers};
    const char *why = NULL;
    struct resolver *r = resolver_new(loop, &config, &why);

    cr_assert_not_null(r, "%s", why);
    return r;
}

static void
note(void *ctx, const struct resolver_answer *answer)
{
    struct got *got = ctx;

    got->n++;
    got->nok += answer->status == RESOLVER_OK;
    got->status = answer->status;
    got->naddrs = answer->addrs.n;
    got->resolved_at_us = answer->resolved_at_us;
    snprintf(got->addrs, sizeof(got->addrs), "%s",
             addr_list_text(answer->addrs));
    snprintf(got->message, sizeof(got->message), "%s",
             answer->message ? answer->message : "");
}

static void
on_guard(struct ev_loop *l, ev_timer *guard, int revents)
{
    (void)l;
    (void)revents;
    *(bool *)guard->data = true;
}

/* Run the loop until *n is at least this; the seconds are for a bug. */
static void
run_until(const size_t *n, size_t at_least)
{
    bool over = false;
    ev_timer guard;

    ev_timer_init(&guard, on_guard, 30, 0);
    guard.data = &over;
    ev_timer_start(loop, &guard);
    while (*n < at_least && !over)
        ev_run(loop, EVRUN_ONCE);
    ev_timer_stop(loop, &guard);
    cr_assert_geq(*n, at_least, "nothing came");
}

static void
run_for(int64_t us)
{
    bool over = false;
    ev_timer guard;

    ev_now_update(loop);
    ev_timer_init(&guard, on_guard, (double)us / US_PER_S, 0);
    guard.data = &over;
    ev_timer_start(loop, &guard);
    while (!over)
        ev_run(loop, EVRUN_ONCE);
}

static struct got
look_up(struct resolver *r, const char *name)
{
    struct got got = {.n = 0};

    resolver_lookup(r, name, note, &got);
    run_until(&got.n, 1);
    return got;
}

/* A port of loopback that nobody listens on. */
static int
free_port(void)
{
    struct sockaddr_in sa = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(sa);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    cr_assert_eq(bind(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
    cr_assert_eq(getsockname(fd, (struct sockaddr *)&sa, &len), 0);
    close(fd);
    return ntohs(sa.sin_port);
}

/* A file with this text; the caller unlinks it. */
static void
write_file(char *path_template, const char *text)
{
    int fd = mkstemp(path_template);
    FILE *f = fdopen(fd, "w");

    cr_assert_not_null(f);
    fputs(text, f);
    fclose(f);
}

/* ---- what needs no server ----------------------------------------------- */

Test(resolver, localhost_is_the_loopback_address_without_a_query)
{
    static const struct {
        const char *name;
        int family;
        const char *addrs;
    } cases[] = {
        {"localhost", 0, "127.0.0.1,::1"},
        {"localhost", 4, "127.0.0.1"},
        {"localhost", 6, "::1"},
        {"LocalHost", 0, "127.0.0.1,::1"},
        {"localhost.", 0, "127.0.0.1,::1"},
        {"a.b.localhost", 0, "127.0.0.1,::1"},
        {"www.localhost.", 4, "127.0.0.1"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct resolver *r =
            resolver_of(cases[i].family, MINUTE, dns_stub_addr(stub));
        struct got got = {.n = 0};

        resolver_lookup(r, cases[i].name, note, &got);
        cr_assert_eq(got.n, 1, "%s is not at hand", cases[i].name);
        cr_assert_eq(got.status, RESOLVER_OK);
        cr_assert_str_eq(got.addrs, cases[i].addrs);
        resolver_free(r);
    }
    cr_assert_eq(dns_stub_na(stub) + dns_stub_naaaa(stub), 0);
}

Test(resolver, names_that_only_look_like_localhost_are_asked_for)
{
    static const char *const names[] = {"notlocalhost.", "localhost.example",
                                        "xlocalhost.", "localhost.com."};
    struct resolver *r = resolver_of(0, 0, dns_stub_addr(stub));

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        look_up(r, names[i]);
        cr_assert_eq(dns_stub_na(stub), i + 1, "%s", names[i]);
    }
    resolver_free(r);
}

Test(resolver, the_hosts_file_comes_before_localhost_and_the_servers)
{
    static const char text[] = "127.0.0.2 localhost\n"
                               "192.0.2.7 One.Example two.example\n"
                               "2001:db8::7 one.example\n"
                               "192.0.2.8 one.example\n"
                               "192.0.2.7 one.example # again\n"
                               "2001:db8::9 six.example\n";
    static const struct {
        const char *name;
        int family;
        const char *addrs;
    } cases[] = {
        {"localhost", 4, "127.0.0.2"},
        {"localhost", 6, "::1"}, /* the file has none of this family */
        {"localhost", 0, "127.0.0.2,::1"},
        {"one.example", 4, "192.0.2.7,192.0.2.8"},
        {"one.example", 6, "2001:db8::7"},
        {"ONE.example.", 4, "192.0.2.7,192.0.2.8"},
        {"two.example", 0, "192.0.2.7"},
        {"six.example", 0, "2001:db8::9"},
    };
    char path[] = "/tmp/test_resolver.XXXXXX";

    write_file(path, text);
    setenv("CARES_HOSTS", path, 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct resolver *r =
            resolver_of(cases[i].family, MINUTE, dns_stub_addr(stub));
        struct got got = {.n = 0};

        resolver_lookup(r, cases[i].name, note, &got);
        cr_assert_eq(got.n, 1, "%s", cases[i].name);
        cr_assert_str_eq(got.addrs, cases[i].addrs);
        resolver_free(r);
    }
    unlink(path);
}

Test(resolver, a_name_that_the_hosts_file_lacks_a_family_of_is_asked_for)
{
    char path[] = "/tmp/test_resolver.XXXXXX";
    struct resolver *r;

    write_file(path, "192.0.2.7 ok.example\n");
    setenv("CARES_HOSTS", path, 1);
    r = resolver_of(6, MINUTE, dns_stub_addr(stub));
    unlink(path);
    cr_assert_str_eq(look_up(r, "ok.example").addrs, "2001:db8::1,2001:db8::2");
    resolver_free(r);
}

Test(resolver, a_hosts_file_of_5_MB_does_not_slow_the_look_ups)
{
    char path[] = "/tmp/test_resolver.XXXXXX";
    struct buf text = BUF_INIT;
    struct got got = {.n = 0};
    struct resolver *r;
    int64_t start_us;

    for (int i = 0; text.len < 5 << 20; i++)
        buf_printf(&text, "0.0.0.0 tracker%d.example\n", i);
    buf_addstr(&text, "192.0.2.9 last.example\n");
    buf_addc(&text, '\0');
    write_file(path, text.data);
    setenv("CARES_HOSTS", path, 1);
    r = resolver_of(4, 0, dns_stub_addr(stub));
    unlink(path);
    start_us = clock_now_us();
    for (int i = 0; i < 1000; i++)
        resolver_lookup(r, "last.example", note, &got);
    /* Reading the file each time would take 20 s. */
    cr_assert_lt(clock_now_us() - start_us, 10 * US_PER_S);
    cr_assert_eq(got.nok, 1000);
    cr_assert_str_eq(got.addrs, "192.0.2.9");
    cr_assert_str_eq(look_up(r, "ok.example").addrs, "192.0.2.1,192.0.2.2");
    resolver_free(r);
    buf_fini(&text);
}

Test(resolver, a_list_of_servers_that_cannot_be_used_is_refused)
{
    struct resolver_config config = {.servers = "127.0.0.1,dns.example"};
    const char *why = NULL;

    cr_assert_null(resolver_new(loop, &config, &why));
    cr_assert_not_null(why);
    config.servers = "[2001:db8::53],192.0.2.1,[2001:db8::54]:65535";
    resolver_free(resolver_new(loop, &config, &why));
    cr_assert_null(why, "%s", why);
    resolver_free(NULL);
}

Test(resolver, text_that_is_no_name_is_not_found)
{
    char longest[255], label[80];
    const char *const names[] = {"", "..", "a..example", label, longest};
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));

    memset(longest, 'a', sizeof(longest));
    longest[254] = '\0';
    memset(label, 'a', sizeof(label));
    label[64] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct got got = look_up(r, names[i]);

        cr_assert_eq(got.status, RESOLVER_NOT_FOUND, "'%s'", names[i]);
        cr_assert_str_neq(got.message, "");
    }
    cr_assert_eq(dns_stub_na(stub), 0);
    resolver_free(r);
}

Test(resolver, the_longest_name_is_asked_for)
{
    struct resolver *r = resolver_of(4, MINUTE, dns_stub_addr(stub));
    char name[255];

    memset(name, 'a', sizeof(name));
    memcpy(name, "ok", 2);
    for (size_t i = 49; i < 253; i += 51)
        name[i] = '.';
    strcpy(name + 253, ".");
    cr_assert_eq(look_up(r, name).status, RESOLVER_OK);
    name[253] = '\0';
    cr_assert_eq(strlen(dns_stub_last_name(stub)), 253);
    cr_assert_str_eq(dns_stub_last_name(stub), name);
    resolver_free(r);
}

/* ---- answers ------------------------------------------------------------- */

Test(resolver, look_ups_of_one_name_at_a_time_are_one_query)
{
    struct resolver *r = resolver_of(0, 0, dns_stub_addr(stub));
    struct got got = {.n = 0};

    for (int i = 0; i < 1000; i++)
        resolver_lookup(r, i % 2 ? "ok.example" : "OK.Example", note, &got);
    cr_assert_eq(got.n, 0, "an answer came before the loop ran");
    run_until(&got.n, 1000);
    cr_assert_eq(got.n, 1000);
    cr_assert_eq(got.nok, 1000);
    cr_assert_eq(got.naddrs, 4);
    cr_assert_eq(dns_stub_na(stub), 1);
    cr_assert_eq(dns_stub_naaaa(stub), 1);
    resolver_free(r);
}

Test(resolver, a_family_is_all_that_is_asked_for_and_given)
{
    static const struct {
        int family;
        const char *name, *addrs;
        enum resolver_status status;
        size_t na, naaaa;
    } cases[] = {
        {4, "ok.example", "192.0.2.1,192.0.2.2", RESOLVER_OK, 1, 0},
        {6, "ok.example", "2001:db8::1,2001:db8::2", RESOLVER_OK, 0, 1},
        {4, "v6.example", "", RESOLVER_NOT_FOUND, 2, 0},
        {6, "v4.example", "", RESOLVER_NOT_FOUND, 0, 2},
        {0, "v4.example", "192.0.2.1,192.0.2.2", RESOLVER_OK, 1, 1},
        {0, "v6.example", "2001:db8::1,2001:db8::2", RESOLVER_OK, 1, 1},
        {4, "twice.example", "192.0.2.1,192.0.2.2", RESOLVER_OK, 1, 0},
        {0, "nx.example.", "", RESOLVER_NOT_FOUND, 1, 1},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t na = dns_stub_na(stub), naaaa = dns_stub_naaaa(stub);
        struct resolver *r =
            resolver_of(cases[i].family, MINUTE, dns_stub_addr(stub));
        struct got got = look_up(r, cases[i].name);

        cr_assert_eq(got.status, cases[i].status, "case %zu", i);
        cr_assert_str_eq(got.addrs, cases[i].addrs, "case %zu", i);
        cr_assert_eq(dns_stub_na(stub) - na, cases[i].na, "case %zu", i);
        cr_assert_eq(dns_stub_naaaa(stub) - naaaa, cases[i].naaaa, "case %zu",
                     i);
        resolver_free(r);
    }
}

/* Which family comes first depends on the machine; they are never mixed. */
Test(resolver, the_families_stand_one_behind_the_other)
{
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    struct got got = look_up(r, "ok.example");

    if (got.addrs[0] == '1')
        cr_assert_str_eq(got.addrs,
                         "192.0.2.1,192.0.2.2,2001:db8::1,2001:db8::2");
    else
        cr_assert_str_eq(got.addrs,
                         "2001:db8::1,2001:db8::2,192.0.2.1,192.0.2.2");
    resolver_free(r);
}

Test(resolver, a_name_without_dots_is_looked_for_in_the_search_domain)
{
    struct resolver *r = resolver_of(4, 0, dns_stub_addr(stub));

    cr_assert_eq(look_up(r, "ok").status, RESOLVER_OK);
    cr_assert_str_eq(dns_stub_last_name(stub), "ok.corp.example");
    cr_assert_eq(look_up(r, "ok.").status, RESOLVER_OK);
    cr_assert_str_eq(dns_stub_last_name(stub), "ok");
    cr_assert_eq(look_up(r, "nx.example").status, RESOLVER_NOT_FOUND);
    cr_assert_str_eq(dns_stub_last_name(stub), "nx.example.corp.example");
    cr_assert_eq(look_up(r, "nx.example.").status, RESOLVER_NOT_FOUND);
    cr_assert_str_eq(dns_stub_last_name(stub), "nx.example");
    resolver_free(r);
}

Test(resolver, an_answer_is_kept_until_its_time_is_over)
{
    struct resolver *r = resolver_of(4, 2 * US_PER_S, dns_stub_addr(stub));
    struct got first = look_up(r, "ok.example");
    struct got again = {.n = 0};

    resolver_lookup(r, "Ok.example", note, &again);
    cr_assert_eq(again.n, 1, "a kept answer is at hand");
    cr_assert_str_eq(again.addrs, first.addrs);
    cr_assert_eq(again.resolved_at_us, first.resolved_at_us);
    cr_assert_eq(dns_stub_na(stub), 1);
    run_for(first.resolved_at_us + 2 * US_PER_S - clock_now_us());
    again = look_up(r, "ok.example");
    cr_assert_eq(again.status, RESOLVER_OK);
    cr_assert_gt(again.resolved_at_us, first.resolved_at_us);
    cr_assert_eq(dns_stub_na(stub), 2);
    resolver_free(r);
}

Test(resolver, with_a_ttl_of_0_no_answer_is_kept)
{
    struct resolver *r = resolver_of(4, 0, dns_stub_addr(stub));

    for (size_t i = 1; i <= 3; i++) {
        cr_assert_eq(look_up(r, "ok.example").status, RESOLVER_OK);
        cr_assert_eq(dns_stub_na(stub), i);
    }
    resolver_free(r);
}

Test(resolver, only_the_newest_10000_answers_are_kept)
{
    struct resolver *r = resolver_of(4, MINUTE, dns_stub_addr(stub));
    struct got got = {.n = 0};
    char name[32];

    for (int i = 0; i <= 10000; i++) {
        snprintf(name, sizeof(name), "ok%d.example", i);
        resolver_lookup(r, name, note, &got);
        if (!resolver_has_room(r))
            run_until(&got.n, (size_t)i);
    }
    run_until(&got.n, 10001);
    cr_assert_eq(got.nok, 10001);
    cr_assert_eq(dns_stub_na(stub), 10001);
    got.n = 0;
    resolver_lookup(r, "ok1.example", note, &got);
    resolver_lookup(r, "ok10000.example", note, &got);
    cr_assert_eq(got.n, 2);
    resolver_lookup(r, "ok0.example", note, &got);
    cr_assert_eq(got.n, 2, "the oldest of too many is still there");
    resolver_free(r);
}

Test(resolver, a_failure_goes_to_all_look_ups_that_wait_and_is_not_kept)
{
    static const struct {
        const char *name;
        enum resolver_status status;
    } cases[] = {
        {"nx.example.", RESOLVER_NOT_FOUND},
        {"fail.example.", RESOLVER_FAILED},
    };
    struct resolver *r = resolver_of(4, MINUTE, dns_stub_addr(stub));

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct got got = {.n = 0};
        size_t na, per_query;

        na = dns_stub_na(stub);
        for (int k = 0; k < 10; k++)
            resolver_lookup(r, cases[i].name, note, &got);
        run_until(&got.n, 10);
        cr_assert_eq(got.status, cases[i].status);
        cr_assert_eq(got.naddrs, 0);
        cr_assert_str_neq(got.message, "");
        per_query = dns_stub_na(stub) - na;
        cr_assert_eq(look_up(r, cases[i].name).status, cases[i].status);
        cr_assert_eq(dns_stub_na(stub) - na, 2 * per_query);
    }
    resolver_free(r);
}

/* ---- time ---------------------------------------------------------------- */

Test(resolver, a_name_that_is_never_answered_holds_up_no_other)
{
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    struct got mute = {.n = 0}, ok = {.n = 0};

    resolver_lookup(r, "mute.example", note, &mute);
    resolver_lookup(r, "ok.example", note, &ok);
    run_until(&ok.n, 1);
    cr_assert_eq(mute.n, 0);
    cr_assert_eq(ok.status, RESOLVER_OK);
    resolver_free(r);
}

Test(resolver, a_lost_packet_costs_two_seconds)
{
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    int64_t start_us = clock_now_us(), took_us;

    cr_assert_eq(look_up(r, "lost.example").status, RESOLVER_OK);
    took_us = clock_now_us() - start_us;
    cr_assert_geq(took_us, 1900 * US_PER_MS);
    cr_assert_lt(took_us, 4900 * US_PER_MS);
    cr_assert_eq(dns_stub_na(stub), 2);
    resolver_free(r);
}

Test(resolver, a_silent_server_before_a_live_one_costs_two_seconds)
{
    struct dns_stub *live = dns_stub_new(loop);
    int64_t start_us = clock_now_us();
    struct resolver *r;
    char servers[64];
    struct got got;

    dns_stub_set_deaf(stub);
    snprintf(servers, sizeof(servers), "%s,%s", dns_stub_addr(stub),
             dns_stub_addr(live));
    r = resolver_of(4, MINUTE, servers);
    got = look_up(r, "ok.example");
    cr_assert_eq(got.status, RESOLVER_OK);
    cr_assert_lt(clock_now_us() - start_us, 4900 * US_PER_MS);
    cr_assert_eq(dns_stub_na(live), 1);
    resolver_free(r);
    dns_stub_free(live);
}

/* With both families c-ares 1.18 mixes up which query the kernel's error is
 * for, and gives up only in its second round. */
Test(resolver, a_server_that_is_not_there_fails_the_look_up_at_once)
{
    int64_t start_us = clock_now_us();
    struct resolver *r;
    char servers[64];
    struct got got;

    snprintf(servers, sizeof(servers), "127.0.0.1:%d", free_port());
    r = resolver_of(4, MINUTE, servers);
    got = look_up(r, "ok.example");
    cr_assert_eq(got.status, RESOLVER_FAILED);
    cr_assert_str_neq(got.message, "");
    /* A server that is silent would take two seconds. */
    cr_assert_lt(clock_now_us() - start_us, 1900 * US_PER_MS);
    resolver_free(r);
}

Test(resolver, a_missing_server_is_passed_over)
{
    struct resolver *r;
    char servers[64];

    snprintf(servers, sizeof(servers), "127.0.0.1:%d,%s", free_port(),
             dns_stub_addr(stub));
    r = resolver_of(0, MINUTE, servers);
    cr_assert_eq(look_up(r, "ok.example").status, RESOLVER_OK);
    resolver_free(r);
}

Test(resolver, without_a_free_descriptor_the_look_up_fails_and_says_why)
{
    struct rlimit limit;
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    struct got got = {.n = 0};

    ev_run(loop, EVRUN_NOWAIT); /* the loop has opened what it needs */
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 3;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    resolver_lookup(r, "ok.example", note, &got);
    cr_assert_eq(got.n, 0, "it is told from the loop");
    run_until(&got.n, 1);
    cr_assert_eq(got.status, RESOLVER_FAILED);
    cr_assert_str_eq(got.message, strerror(EMFILE));
    limit.rlim_cur = limit.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    cr_assert_eq(look_up(r, "ok.example").status, RESOLVER_OK);
    resolver_free(r);
}

/* ---- room ---------------------------------------------------------------- */

Test(resolver, slow_names_take_room_for_a_short_time_only)
{
    struct resolver *r = resolver_of(4, MINUTE, dns_stub_addr(stub));
    struct got mute = {.n = 0};
    int64_t start_us = clock_now_us(), took_us;
    char name[32];
    int n;

    for (n = 0; resolver_has_room(r) && n < 1000; n++) {
        snprintf(name, sizeof(name), "mute%d.example", n);
        resolver_lookup(r, name, note, &mute);
    }
    cr_assert_eq(n, 128);
    while (!resolver_has_room(r))
        ev_run(loop, EVRUN_ONCE);
    took_us = clock_now_us() - start_us;
    cr_assert_geq(took_us, 250 * US_PER_MS);
    cr_assert_lt(took_us, 5 * US_PER_S);
    cr_assert_eq(look_up(r, "ok.example").status, RESOLVER_OK);
    cr_assert_eq(mute.n, 0);
    resolver_free(r);
}

Test(resolver, look_ups_beyond_the_room_have_their_turn)
{
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    struct got got = {.n = 0};
    char name[32];

    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof(name), "ok%d.example", i);
        resolver_lookup(r, name, note, &got);
    }
    cr_assert_not(resolver_has_room(r));
    run_until(&got.n, 2000);
    cr_assert_eq(got.nok, 2000);
    cr_assert_eq(dns_stub_na(stub), 2000);
    cr_assert(resolver_has_room(r));
    resolver_free(r);
}

/* Many zones of a long list are broken, which is no sign of too many
 * questions. */
Test(resolver, names_whose_servers_fail_are_not_asked_for_again)
{
    struct resolver *r = resolver_of(4, MINUTE, dns_stub_addr(stub));
    struct got got = {.n = 0};
    size_t per_failure;
    char name[32];

    cr_assert_eq(look_up(r, "fail.example.").status, RESOLVER_FAILED);
    per_failure = dns_stub_na(stub);
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof(name), "%s%d.example.", i % 2 ? "ok" : "fail", i);
        resolver_lookup(r, name, note, &got);
    }
    run_until(&got.n, 1000);
    cr_assert_eq(got.nok, 500);
    cr_assert_eq(dns_stub_na(stub), 500 + 501 * per_failure);
    resolver_free(r);
}

/* ---- callbacks ----------------------------------------------------------- */

struct chain {
    struct resolver *r;
    const char *next; /* looked up from the first one's callback */
    struct got first, then;
    bool was_at_hand;
};

static void
look_up_next(void *ctx, const struct resolver_answer *answer)
{
    struct chain *c = ctx;

    resolver_lookup(c->r, c->next, note, &c->then);
    c->was_at_hand = c->then.n > 0;
    note(&c->first, answer); /* it must still be whole */
}

Test(resolver, a_callback_may_look_up_the_same_name_or_another)
{
    static const struct {
        int64_t ttl_us;
        const char *name, *next;
        bool is_at_hand;
        size_t nqueries;
    } cases[] = {
        {MINUTE, "ok.example", "ok.example", true, 1},
        {MINUTE, "ok.example", "other.example", false, 2},
        {MINUTE, "ok.example", "localhost", true, 1},
        {MINUTE, "localhost", "ok.example", false, 1},
        {MINUTE, "nx.example.", "nx.example.", false, 2},
        {0, "ok.example", "ok.example", false, 2},
        {1, "ok.example", "ok.example", true, 1},
        {MINUTE, "nx.example.", "ok.example", false, 2},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct chain c = {.next = cases[i].next};
        size_t na = dns_stub_na(stub);

        c.r = resolver_of(4, cases[i].ttl_us, dns_stub_addr(stub));
        resolver_lookup(c.r, cases[i].name, look_up_next, &c);
        run_until(&c.then.n, 1);
        cr_assert_eq(c.first.n, 1);
        cr_assert_eq(c.was_at_hand, cases[i].is_at_hand, "case %zu", i);
        cr_assert_eq(dns_stub_na(stub) - na, cases[i].nqueries, "case %zu", i);
        cr_assert_eq(c.first.nok, cases[i].name[0] != 'n', "case %zu", i);
        cr_assert_eq(c.then.nok, cases[i].next[0] != 'n', "case %zu", i);
        resolver_free(c.r);
    }
}

/* How long an answer is kept that expires in its callback. */
#define SHORT_TTL_US (1500 * US_PER_MS)

static void
dawdle_and_look_up_next(void *ctx, const struct resolver_answer *answer)
{
    while (clock_now_us() - answer->resolved_at_us < SHORT_TTL_US)
        poll(NULL, 0, 10);
    look_up_next(ctx, answer);
}

Test(resolver, an_answer_that_expires_in_its_callback_stays_whole)
{
    struct chain c = {.next = "ok.example"};
    struct got got;

    c.r = resolver_of(4, SHORT_TTL_US, dns_stub_addr(stub));
    got = look_up(c.r, "ok.example");
    cr_assert_eq(got.status, RESOLVER_OK);
    resolver_lookup(c.r, "ok.example", dawdle_and_look_up_next, &c);
    run_until(&c.then.n, 1);
    cr_assert_str_eq(c.first.addrs, "192.0.2.1,192.0.2.2");
    cr_assert_eq(dns_stub_na(stub), 2);
    resolver_free(c.r);
}

static void
ask_again(void *ctx, const struct resolver_answer *answer)
{
    struct chain *c = ctx;

    note(&c->first, answer);
    if (c->first.n < 50)
        resolver_lookup(c->r, c->next, ask_again, c);
}

Test(resolver, a_callback_that_asks_again_and_again_lets_the_loop_run)
{
    struct chain c = {.next = "ok.example"};
    struct rlimit limit;
    unsigned nturns = 0;

    c.r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    ev_run(loop, EVRUN_NOWAIT);
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 3; /* each fails at once */
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    resolver_lookup(c.r, c.next, ask_again, &c);
    while (c.first.n < 50 && nturns++ < 1000)
        ev_run(loop, EVRUN_ONCE);
    cr_assert_eq(c.first.n, 50);
    cr_assert_geq(nturns, 50);
    limit.rlim_cur = limit.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    resolver_free(c.r);
}

Test(resolver, freeing_with_look_ups_under_way_calls_nobody)
{
    static const char *const names[] = {"mute", "held", "ok", "nx", "fail"};
    struct resolver *r = resolver_of(0, MINUTE, dns_stub_addr(stub));
    struct got got = {.n = 0};
    int64_t start_us;
    char name[32];

    look_up(r, "ok.example");
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof(name), "%s%d.example", names[i % 5], i);
        resolver_lookup(r, name, note, &got);
    }
    ev_run(loop, EVRUN_NOWAIT);
    start_us = clock_now_us();
    got.n = 0;
    resolver_free(r);
    cr_assert_lt(clock_now_us() - start_us, 10 * US_PER_S);
    dns_stub_release(stub);
    run_for(20 * US_PER_MS);
    cr_assert_eq(got.n, 0);
}

/* ---- dnsmasq ------------------------------------------------------------- */

#define DNSMASQ_PORT 5300

struct dnsmasq {
    pid_t keeper; /* its parent, which ends it when the pipe is closed */
    int leash;    /* so that it never outlives a test that fails */
    char addr[32];
    char dir[32]; /* holds its records and its log */
};

static const char *
find_dnsmasq(void)
{
    static const char *const paths[] = {"/usr/sbin/dnsmasq", "/usr/bin/dnsmasq",
                                        "/usr/local/sbin/dnsmasq"};

    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        if (access(paths[i], X_OK) == 0)
            return paths[i];
    return NULL;
}

static void
write_records(const char *path)
{
    FILE *f = fopen(path, "w");

    cr_assert_not_null(f);
    fputs("192.0.2.1 one.test\n2001:db8::1 one.test\n"
          "192.0.2.3 end.test\n2001:db8::3 end.test\n",
          f);
    for (int i = 1; i <= 60; i++)
        fprintf(f, "198.51.100.%d many.test\n", i);
    fclose(f);
}

/* An address of loopback that no other test of these uses: the port of one that
 * is chosen at random may be taken before dnsmasq has it. */
static struct in_addr
own_address(void)
{
    return (struct in_addr){
        htonl(0x7f400000U | ((uint32_t)getpid() & 0x3fffff))};
}

static void
wait_for_listener(struct in_addr ip)
{
    struct sockaddr_in sa = {
        .sin_family = AF_INET, .sin_port = htons(DNSMASQ_PORT), .sin_addr = ip};
    int64_t start_us = clock_now_us();
    int fd;

    for (;;) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0)
            break;
        close(fd);
        cr_assert_lt(clock_now_us() - start_us, 60 * US_PER_S,
                     "dnsmasq does not come up");
        poll(NULL, 0, 5);
    }
    close(fd);
}

static void
exec_dnsmasq(const char *path, const char *dir, struct in_addr ip)
{
    char ip_arg[48], port_arg[32], hosts_arg[64], log[64];
    int fd;

    snprintf(ip_arg, sizeof(ip_arg), "--listen-address=%s", inet_ntoa(ip));
    snprintf(port_arg, sizeof(port_arg), "--port=%d", DNSMASQ_PORT);
    snprintf(hosts_arg, sizeof(hosts_arg), "--addn-hosts=%s/records", dir);
    snprintf(log, sizeof(log), "%s/log", dir);
    fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, STDERR_FILENO);
    execl(path, "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null",
          "--no-resolv", "--no-hosts", "--pid-file=", "--log-queries",
          "--log-facility=-", ip_arg, "--bind-interfaces", "--local=/test/",
          "--cname=c0.test,c1.test", "--cname=c1.test,c2.test",
          "--cname=c2.test,end.test", port_arg, hosts_arg,
          geteuid() == 0 ? "--user=root" : NULL, (char *)NULL);
    _exit(127);
}

static void
remove_files(const char *dir)
{
    char path[64];

    snprintf(path, sizeof(path), "%s/log", dir);
    unlink(path);
    snprintf(path, sizeof(path), "%s/records", dir);
    unlink(path);
    rmdir(dir);
}

/* In a process of its own: run dnsmasq until the leash's other end is shut. */
static void
keep_dnsmasq(const char *path, const char *dir, struct in_addr ip, int leash)
{
    pid_t pid = fork();
    char c;

    if (pid == 0)
        exec_dnsmasq(path, dir, ip);
    while (read(leash, &c, 1) == -1 && errno == EINTR)
        ;
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    remove_files(dir);
    _exit(0);
}

static struct dnsmasq
dnsmasq_start(void)
{
    const char *path = find_dnsmasq();
    struct dnsmasq d = {.dir = "/tmp/test_resolver.XXXXXX"};
    struct in_addr ip = own_address();
    int leash[2];
    char records[64];

    if (!path) {
        fprintf(stderr, "skipped: dnsmasq is not installed\n");
        cr_skip_test("dnsmasq is not installed");
    }
    cr_assert_not_null(mkdtemp(d.dir));
    cr_assert_eq(chmod(d.dir, 0755), 0);
    snprintf(records, sizeof(records), "%s/records", d.dir);
    write_records(records);
    snprintf(d.addr, sizeof(d.addr), "%s:%d", inet_ntoa(ip), DNSMASQ_PORT);
    cr_assert_eq(pipe2(leash, O_CLOEXEC), 0);
    d.keeper = fork();
    if (d.keeper == 0) {
        close(leash[1]);
        keep_dnsmasq(path, d.dir, ip, leash[0]);
    }
    close(leash[0]);
    d.leash = leash[1];
    wait_for_listener(ip);
    return d;
}

/* How often a line with this text is in the log. */
static int
dnsmasq_count(const struct dnsmasq *d, const char *text)
{
    char log[64], line[1024];
    int n = 0;
    FILE *f;

    snprintf(log, sizeof(log), "%s/log", d->dir);
    f = fopen(log, "r");
    cr_assert_not_null(f);
    while (fgets(line, sizeof(line), f))
        n += strstr(line, text) != NULL;
    fclose(f);
    return n;
}

static void
dnsmasq_stop(const struct dnsmasq *d)
{
    close(d->leash);
    waitpid(d->keeper, NULL, 0);
}

Test(resolver, dnsmasq_sees_one_query_for_1000_look_ups)
{
    struct dnsmasq d = dnsmasq_start();
    struct resolver *r = resolver_of(0, MINUTE, d.addr);
    struct got got = {.n = 0};

    for (int i = 0; i < 1000; i++)
        resolver_lookup(r, "one.test", note, &got);
    run_until(&got.n, 1000);
    resolver_lookup(r, "one.test", note, &got);
    cr_assert_eq(got.nok, 1001);
    cr_assert_eq(got.naddrs, 2);
    cr_assert_eq(dnsmasq_count(&d, " query[A] one.test "), 1);
    cr_assert_eq(dnsmasq_count(&d, " query[AAAA] one.test "), 1);
    cr_assert_eq(dnsmasq_count(&d, " query["), 2);
    resolver_free(r);
    dnsmasq_stop(&d);
}

Test(resolver, dnsmasq_is_asked_again_for_a_name_it_does_not_know)
{
    struct dnsmasq d = dnsmasq_start();
    struct resolver *r = resolver_of(4, MINUTE, d.addr);

    cr_assert_eq(look_up(r, "nobody.test.").status, RESOLVER_NOT_FOUND);
    cr_assert_eq(look_up(r, "nobody.test.").status, RESOLVER_NOT_FOUND);
    cr_assert_eq(dnsmasq_count(&d, " query[A] nobody.test "), 2);
    resolver_free(r);
    dnsmasq_stop(&d);
}

Test(resolver, a_chain_of_aliases_ends_at_its_addresses)
{
    struct dnsmasq d = dnsmasq_start();
    struct resolver *r4 = resolver_of(4, MINUTE, d.addr);
    struct resolver *r6 = resolver_of(6, MINUTE, d.addr);

    cr_assert_str_eq(look_up(r4, "c0.test").addrs, "192.0.2.3");
    cr_assert_str_eq(look_up(r6, "c0.test").addrs, "2001:db8::3");
    resolver_free(r4);
    resolver_free(r6);
    dnsmasq_stop(&d);
}

/* 60 addresses don't fit into a packet: c-ares asks again by TCP. */
Test(resolver, of_many_addresses_a_reasonable_number_is_given)
{
    struct dnsmasq d = dnsmasq_start();
    struct resolver *r = resolver_of(4, MINUTE, d.addr);
    struct got got = look_up(r, "many.test");

    cr_assert_eq(got.status, RESOLVER_OK);
    cr_assert_eq(got.naddrs, 32);
    cr_assert_eq(strncmp(got.addrs, "198.51.100.", 11), 0);
    resolver_free(r);
    dnsmasq_stop(&d);
}
