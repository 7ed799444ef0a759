#include "cli/opts.h"

#include "base/buf.h"
#include "cli/table.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_WORDS 16

/* A command line and what came of it. */
struct run {
    char *argv[MAX_WORDS + 2]; /* opts_parse() brings it into another order */
    struct opts *opts;
    enum opts_status status;
    char said[4096]; /* on stderr */
};

/* Parse the words (NULL at the end) with stderr in a memory file. */
static void
run_init(struct run *r, const char *const *words)
{
    int argc = 1;
    int fd = memfd_create("stderr", MFD_CLOEXEC);
    int saved = dup(STDERR_FILENO);
    ssize_t n;

    cr_assert(fd >= 0 && saved >= 0);
    r->argv[0] = strdup("fanfetch");
    for (; words[argc - 1]; argc++) {
        cr_assert_lt(argc, MAX_WORDS);
        r->argv[argc] = strdup(words[argc - 1]);
    }
    r->argv[argc] = NULL;
    dup2(fd, STDERR_FILENO);
    r->status = opts_parse(argc, r->argv, &r->opts);
    dup2(saved, STDERR_FILENO);
    n = pread(fd, r->said, sizeof(r->said) - 1, 0);
    cr_assert_geq(n, 0);
    r->said[n] = '\0';
    close(fd);
    close(saved);
}

static void
run_fini(struct run *r)
{
    opts_free(r->opts);
    for (char **arg = r->argv; *arg; arg++)
        free(*arg);
}

/* Parse what must be right. */
static const struct opts *
run_well(struct run *r, const char *const *words)
{
    run_init(r, words);
    cr_assert_eq(r->status, OPTS_RUN, "%s: %s", words[0], r->said);
    cr_assert_str_empty(r->said);
    return r->opts;
}

/* Parse what must be refused with this message. */
static void
expect_refusal(const char *const *words, const char *message)
{
    struct run r;
    char expected[1024];

    snprintf(expected, sizeof(expected),
             "fanfetch: error: %s\nTry 'fanfetch --help'\n", message);
    run_init(&r, words);
    cr_expect_eq(r.status, OPTS_USAGE, "%s was taken", words[0]);
    cr_expect_null(r.opts);
    cr_expect_str_eq(r.said, expected, "%s %s: said\n%s, not\n%s", words[0],
                     words[1] ? words[1] : "", r.said, expected);
    run_fini(&r);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A file with these bytes; the caller frees its name. */
static char *
file_of(const char *bytes, size_t len)
{
    char *path = strdup("/tmp/fanfetch-test-XXXXXX");
    int fd = mkstemp(path);

    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    return path;
}

Test(opts, no_option_gives_the_defaults)
{
    struct run r;
    const struct opts *o = run_well(&r, (const char *const[]){NULL});

    cr_expect_eq(o->limit, 100);
    cr_expect_eq(o->limit_per_host, 0);
    cr_expect_eq(o->concurrency, 0);
    cr_expect(o->threads >= 1 && o->threads <= 4);
    cr_expect_not(o->force_close);
    cr_expect_eq(o->keepalive_us, 15 * US_PER_S);
    cr_expect_eq(o->max_conn_lifetime_us, 0);
    cr_expect_eq(o->dns_cache_ttl_us, 10 * US_PER_S);
    cr_expect_eq(o->happy_eyeballs_us, 250 * US_PER_MS);
    cr_expect_eq(o->http, HTTP_DEFAULT);
    cr_expect_eq(o->queue_timeout_us, 0);
    cr_expect_eq(o->connect_timeout_us, 30 * US_PER_S);
    cr_expect_eq(o->read_timeout_us, 0);
    cr_expect_eq(o->timeout_us, 300 * US_PER_S);
    cr_expect_eq(o->deadline_us, 0);
    cr_expect_eq(o->grace_us, 10 * US_PER_S);
    cr_expect_null(o->method);
    cr_expect_null(o->data);
    cr_expect(strncmp(o->user_agent, "fanfetch/", 9) == 0);
    cr_expect(o->decompress);
    cr_expect(o->env_proxy);
    cr_expect_eq(o->max_redirects, 10);
    cr_expect_eq(o->retry, 0);
    cr_expect_eq(o->retry_delay_us, US_PER_S);
    cr_expect_eq(o->retry_max_delay_us, 60 * US_PER_S);
    cr_expect_eq(o->max_size, -1);
    cr_expect_eq(o->truncate, -1);
    cr_expect_eq(o->body, BODY_OFF);
    cr_expect_str_eq(o->default_scheme, "https");
    cr_expect_eq(o->input_format, INPUT_AUTO);
    cr_expect_eq(o->look_ahead, 10000);
    cr_expect_eq(o->shard_n, 0);
    cr_expect_eq(o->noperands, 0);
    run_fini(&r);
}

Test(opts, default_statuses_are_those_documented)
{
    struct run r;
    const struct opts *o = run_well(&r, (const char *const[]){NULL});
    static const int retried[] = {408, 425, 429, 500, 502, 503, 504, 522, 524};
    size_t nretried = 0;

    for (int i = 0; i < 1000; i++) {
        cr_expect_eq(ranges_has(o->accept, i), i >= 200 && i <= 399, "%d", i);
        nretried += ranges_has(o->retry_on, i);
    }
    cr_expect_eq(nretried, ARRAY_LEN(retried));
    for (size_t i = 0; i < ARRAY_LEN(retried); i++)
        cr_expect(ranges_has(o->retry_on, retried[i]), "%d", retried[i]);
    run_fini(&r);
}

Test(opts, a_set_has_no_number_outside_its_range)
{
    struct ranges all;

    memset(&all, true, sizeof(all));
    cr_expect_not(ranges_has(&all, -1));
    cr_expect_not(ranges_has(&all, 1000));
    cr_expect(ranges_has(&all, 999));
}

Test(opts, values_reach_their_fields)
{
    struct run r;
    const struct opts *o = run_well(
        &r, WORDS("--limit=7", "--limit-per-host", "2", "-m", "1.5",
                  "--connect-timeout", "300ms", "--max-size", "64k",
                  "--default-scheme", "http", "-4", "--tls-min=1.2", "-k"));

    cr_expect_eq(o->limit, 7);
    cr_expect_eq(o->limit_per_host, 2);
    cr_expect_eq(o->timeout_us, 1500 * US_PER_MS);
    cr_expect_eq(o->connect_timeout_us, 300 * US_PER_MS);
    cr_expect_eq(o->max_size, 65536);
    cr_expect_str_eq(o->default_scheme, "http");
    cr_expect_eq(o->ip_version, 4);
    cr_expect_eq(o->tls_min, TLS_1_2);
    cr_expect(o->insecure);
    run_fini(&r);
}

Test(opts, flags_with_no_switch_something_off)
{
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("--no-decompress", "--no-env-proxy"));

    cr_expect_not(o->decompress);
    cr_expect_not(o->env_proxy);
    run_fini(&r);
}

Test(opts, the_last_use_of_an_option_counts)
{
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("--limit", "1", "--accept", "404", "--limit", "2",
                           "--accept", "500", "-4", "-4"));

    cr_expect_eq(o->limit, 2);
    cr_expect_not(ranges_has(o->accept, 404));
    cr_expect(ranges_has(o->accept, 500));
    run_fini(&r);
}

Test(opts, letters_may_stand_together)
{
    struct run r;
    const struct opts *o = run_well(&r, WORDS("-kvm5", "-XPUT"));

    cr_expect(o->insecure);
    cr_expect(o->verbose);
    cr_expect_eq(o->timeout_us, 5 * US_PER_S);
    cr_expect_str_eq(o->method, "PUT");
    run_fini(&r);
}

Test(opts, operands_keep_their_order_among_options)
{
    struct run r;
    const struct opts *o = run_well(
        &r, WORDS("a.txt", "-k", "http://x/", "--limit", "3", "-", "--", "-v"));

    cr_assert_eq(o->noperands, 4);
    cr_expect_str_eq(o->operands[0], "a.txt");
    cr_expect_str_eq(o->operands[1], "http://x/");
    cr_expect_str_eq(o->operands[2], "-");
    cr_expect_str_eq(o->operands[3], "-v");
    cr_expect_not(o->verbose);
    run_fini(&r);
}

Test(opts, numbers_out_of_range_are_refused)
{
    static const struct {
        const char *option, *value, *must;
    } cases[] = {
        {"--limit", "x", "0 to 1000000, or auto"},
        {"--limit", "", "0 to 1000000, or auto"},
        {"--limit", "-1", "0 to 1000000, or auto"},
        {"--limit", "1000001", "0 to 1000000, or auto"},
        {"--limit", "4294967297", "0 to 1000000, or auto"},
        {"--threads", "0", "1 to 64"},
        {"--threads", "65", "1 to 64"},
        {"--look-ahead", "0", "1 to 1000000"},
        {"--max-redirects", "1001", "0 to 1000"},
        {"--timeout", "5 s", "0, or 1ms to 240h, such as 300ms, 10 or 5m"},
        {"--timeout", "1h30m", "0, or 1ms to 240h, such as 300ms, 10 or 5m"},
        {"--timeout", "241h", "0, or 1ms to 240h, such as 300ms, 10 or 5m"},
        {"--timeout", "0.5ms", "0, or 1ms to 240h, such as 300ms, 10 or 5m"},
        {"--max-conn-lifetime", "0.1ms",
         "0, or 1ms to 240h, such as 300ms, 10 or 5m"},
        {"--happy-eyeballs-delay", "2m",
         "0, or 1ms to 1m, such as 300ms, 10 or 5m"},
        {"--max-size", "0", "1 to 1048576G, such as 64k or 10M"},
        {"--max-size", "2000000G", "1 to 1048576G, such as 64k or 10M"},
        {"--max-size", "1.5M", "1 to 1048576G, such as 64k or 10M"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char message[256];

        snprintf(message, sizeof(message), "%s must be %s, not '%s'",
                 cases[i].option, cases[i].must, cases[i].value);
        expect_refusal(WORDS(cases[i].option, cases[i].value), message);
    }
}

Test(opts, numbers_at_the_ends_of_their_range_are_taken)
{
    struct run r;
    const struct opts *o = run_well(
        &r, WORDS("--limit", "1000000", "--threads", "64", "--timeout", "240h",
                  "--connect-timeout", "0", "--read-timeout", "1ms",
                  "--max-size", "1048576G", "--max-redirects", "0"));

    cr_expect_eq(o->limit, 1000000);
    cr_expect_eq(o->threads, 64);
    cr_expect_eq(o->timeout_us, INT64_C(864000) * US_PER_S);
    cr_expect_eq(o->connect_timeout_us, 0);
    cr_expect_eq(o->read_timeout_us, US_PER_MS);
    cr_expect_eq(o->max_size, INT64_C(1) << 50);
    cr_expect_eq(o->max_redirects, 0);
    run_fini(&r);
}

Test(opts, words_and_forms_that_are_not_known_are_refused)
{
    static const struct {
        const char *option, *value, *message;
    } cases[] = {
        {"--input-format", "xml",
         "--input-format must be auto, lines, jsonl, csv, tsv or sitemap, not "
         "'xml'"},
        {"--body=xml", NULL,
         "--body must be auto, text, base64 or json, not 'xml'"},
        {"--tls-min", "1", "--tls-min must be 1.0, 1.1, 1.2 or 1.3, not '1'"},
        {"--default-scheme", "ftp",
         "--default-scheme must be http or https, not 'ftp'"},
        {"--request", "GE T",
         "--request must be a method such as GET, not 'GE T'"},
        {"--request", "", "--request must be a method such as GET, not ''"},
        {"--output", "", "--output must be a file, not ''"},
        {"--summary=-", NULL, "--summary must be a file, not '-'"},
        {"--cookie-jar", "-", "--cookie-jar must be a file, not '-'"},
        {"--cookie", "-",
         "--cookie must be NAME=VALUE, a file of cookies or empty"},
        {"--user-agent", "a\r\nb",
         "--user-agent must be free of control bytes, not 'a\\r\\nb'"},
        {"--resolve", "host:80",
         "--resolve must be HOST:PORT:ADDRESS[,ADDRESS]..., names in ASCII "
         "(xn--...), not 'host:80'"},
        {"--connect-to", "a:b",
         "--connect-to must be HOST1:PORT1:HOST2[:PORT2], names in ASCII "
         "(xn--...), not 'a:b'"},
        {"--noproxy",
         "b\xc3\xbc"
         "cher.example",
         "--noproxy must be a list of names in ASCII (xn--...) and addresses, "
         "not 'b\xc3\xbc"
         "cher.example'"},
        {"--referer", ";auto",
         "--referer must be free of control bytes, and without \";auto\", "
         "not ';auto'"},
        {"--interface", "if!nowhere",
         "--interface must be an interface, an address or a host of this "
         "machine, not 'if!nowhere'"},
        {"--cert", "/nowhere/cert:secret",
         "--cert must be a regular file that can be read, or FILE:PASSWORD"},
        {"--cacert", "/nowhere/ca.pem",
         "--cacert must be a regular file that can be read, not "
         "'/nowhere/ca.pem'"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_refusal(WORDS(cases[i].option, cases[i].value),
                       cases[i].message);
}

Test(opts, status_lists_are_numbers_and_ranges)
{
    static const char *const bad[] = {
        "",         "2xx",     "99",          "1000",    "0200",
        "200-",     "-299",    "299-200",     "200,",    ",200",
        "200,,300", "200 300", "200-250-299", "200;300", "-",
        "099",
    };
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("--accept", "100-102,404,404-405,999"));

    for (int i = 0; i < 1000; i++)
        cr_expect_eq(ranges_has(o->accept, i),
                     (i >= 100 && i <= 102) || i == 404 || i == 405 || i == 999,
                     "%d", i);
    run_fini(&r);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char message[256];

        snprintf(message, sizeof(message),
                 "--accept must be statuses from 100 to 999 such as "
                 "200-299,404, not '%s'",
                 bad[i]);
        expect_refusal(WORDS("--accept", bad[i]), message);
    }
}

Test(opts, unknown_options_are_named_and_a_near_one_is_suggested)
{
    expect_refusal(WORDS("--limt", "3"),
                   "unknown option --limt; did you mean --limit?");
    expect_refusal(WORDS("--timeuot=3"),
                   "unknown option --timeuot; did you mean --timeout?");
    expect_refusal(WORDS("--elephant"), "unknown option --elephant");
    expect_refusal(WORDS("-@"), "unknown option -@");
    expect_refusal(WORDS("-k@"), "unknown option -@");
    expect_refusal(WORDS("-\xff"), "unknown option -\\xff");
}

Test(opts, an_endless_unknown_option_is_no_harm)
{
    char word[801], message[900];

    memset(word, 'l', sizeof(word));
    word[0] = word[1] = '-';
    word[800] = '\0';
    snprintf(message, sizeof(message), "unknown option %s", word);
    expect_refusal(WORDS(word), message);
}

Test(opts, nothing_is_left_over_from_a_command_line_that_was_refused)
{
    struct run refused, r;

    run_init(&refused, WORDS("-@k"));
    cr_expect_eq(refused.status, OPTS_USAGE);
    cr_expect_not(run_well(&r, WORDS("-v"))->insecure);
    run_fini(&r);
    run_fini(&refused);
}

Test(opts, a_value_given_to_an_unknown_option_is_not_shown)
{
    expect_refusal(WORDS("--pasword=hunter2"), "unknown option --pasword");
}

Test(opts, unambiguous_abbreviations_are_taken)
{
    struct run r;
    const struct opts *o = run_well(&r, WORDS("--insec", "--connect-ti", "3"));

    cr_expect(o->insecure);
    cr_expect_eq(o->connect_timeout_us, 3 * US_PER_S);
    run_fini(&r);
}

Test(opts, a_full_name_is_no_abbreviation_of_a_longer_one)
{
    struct run r;
    const struct opts *o = run_well(&r, WORDS("--limit", "3"));

    cr_expect_eq(o->limit, 3);
    run_fini(&r);
}

Test(opts, ambiguous_abbreviations_name_what_they_could_be)
{
    expect_refusal(WORDS("--insec", "--k"),
                   "--k is ambiguous: --keepalive-timeout, --key, "
                   "--keep-request");
    expect_refusal(WORDS("--ipv=4"), "--ipv is ambiguous: --ipv4, --ipv6");
}

Test(opts, no_abbreviation_of_another_tools_option_is_one_of_ours)
{
    static const struct {
        const char *option, *ours, *other;
    } cases[] = {
        {"--loc", "--location-trusted", "--location"},
        {"--locatio", "--location-trusted", "--location"},
        {"--show", "--show-secrets", "--show-error"},
        {"--retry-all", "--retry-all-methods", "--retry-all-errors"},
        {"--time", "--timeout", "--time-cond"},
    };
    char message[200];

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        snprintf(message, sizeof(message),
                 "%s is ambiguous: %s, or another tool's %s", cases[i].option,
                 cases[i].ours, cases[i].other);
        expect_refusal(WORDS(cases[i].option, "3"), message);
    }
}

Test(opts, another_name_of_an_option_does_not_make_it_ambiguous)
{
    struct run r;
    const struct opts *o = run_well(&r, WORDS("--max-redi", "3", "--ordere"));

    cr_expect_eq(o->max_redirects, 3);
    cr_expect(o->ordered);
    run_fini(&r);
}

Test(opts, missing_and_superfluous_values_are_refused)
{
    expect_refusal(WORDS("--limit"), "--limit needs a value: N|auto");
    expect_refusal(WORDS("-m"), "--timeout needs a value: D");
    expect_refusal(WORDS("--insecure=yes"), "--insecure takes no value");
    expect_refusal(WORDS("--version=2"), "--version takes no value");
}

Test(opts, options_that_contradict_each_other_are_refused)
{
    static const struct {
        const char *words[6];
        const char *message;
    } cases[] = {
        {{"--force-close", "--keepalive-timeout", "5"},
         "--force-close contradicts --keepalive-timeout"},
        {{"--keepalive-timeout", "15s", "--force-close"},
         "--force-close contradicts --keepalive-timeout"},
        {{"-4", "-6"}, "--ipv4 contradicts --ipv6"},
        {{"-6", "-4"}, "--ipv6 contradicts --ipv4"},
        {{"--basic", "--digest"}, "--basic contradicts --digest"},
        {{"--json", "{}", "-d", "a"}, "--json contradicts --data"},
        {{"-u", "a:b", "--oauth2-bearer", "t"},
         "--oauth2-bearer contradicts --user"},
        {{"--oauth2-bearer", "t", "--digest"},
         "--digest contradicts --oauth2-bearer"},
        {{"--oauth2-bearer", "t", "--basic"},
         "--basic contradicts --oauth2-bearer"},
        {{"-I", "-d", "a"}, "--data contradicts --request HEAD (-I/--head)"},
        {{"-F", "a=b", "-X", "HEAD"},
         "--form contradicts --request HEAD (-I/--head)"},
        {{"--http2", "-k", "--http1.1"}, "--http2 contradicts --http1.1"},
        {{"-0", "--http3"}, "--http1.0 contradicts --http3"},
        {{"-q", "-v"}, "--quiet contradicts --verbose"},
        {{"--key", "/proc/self/exe"}, "--key needs --cert"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_refusal(cases[i].words, cases[i].message);
}

Test(opts, options_that_need_another_one_are_refused_alone)
{
    static const struct {
        const char *option, *value, *needed;
    } cases[] = {
        {"resume", NULL, "output"},
        {"retry-failed", NULL, "resume"},
        {"output-name", "{hash}", "output-dir"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char word[64], message[128];

        snprintf(word, sizeof(word), "--%s", cases[i].option);
        snprintf(message, sizeof(message), "--%s needs --%s", cases[i].option,
                 cases[i].needed);
        expect_refusal(WORDS(word, cases[i].value), message);
    }
}

Test(opts, resume_needs_the_keys_that_tell_results_apart)
{
    struct run r;

    expect_refusal(
        WORDS("--resume", "-ofile", "--fields=index,id,url,ok"),
        "--resume needs the keys index, id, url, ok and error among --fields, "
        "and 'error' is not");
    expect_refusal(WORDS("--resume", "-o-"),
                   "--resume needs a file as --output, not standard output");
    run_well(
        &r, WORDS("--fields=error,ok,index,body,url,id", "-ofile", "--resume"));
    run_fini(&r);
    run_well(&r, WORDS("--fields=body", "-ofile"));
    run_fini(&r);
}

Test(opts, options_that_only_look_contradictory_are_taken)
{
    static const char *const cases[][5] = {
        {"--force-close", "--keepalive-timeout", "0"},
        {"--http2", "--http2"},
        {"--limit", "5", "--concurrency", "500"},
        {"--limit", "500", "--concurrency", "5"},
        {"--limit", "5", "--limit-per-host", "9"},
        {"-X", "GET", "-d", "a=1"},
        {"--digest", "--digest"},
        {"-k", "--pinnedpubkey", "/proc/self/exe"},
        {"--no-env-proxy", "-x", "http://p:1"},
        {"--enable-cleanup-closed", "--force-close"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;

        run_well(&r, cases[i]);
        run_fini(&r);
    }
}

Test(opts, force_close_and_no_keepalive_are_the_same)
{
    static const char *const cases[][3] = {
        {"--force-close"},
        {"--keepalive-timeout", "0"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o = run_well(&r, cases[i]);

        cr_expect(o->force_close);
        cr_expect_eq(o->keepalive_us, 0);
        run_fini(&r);
    }
}

Test(opts, threads_are_never_more_than_the_limit)
{
    static const struct {
        const char *limit, *threads;
        uint32_t expected;
    } cases[] = {{"2", "8", 2}, {"8", "8", 8}, {"9", "8", 8}, {"0", "8", 8}};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o =
            run_well(&r, WORDS("--limit", cases[i].limit, "--threads",
                               cases[i].threads));

        cr_expect_eq(o->threads, cases[i].expected);
        run_fini(&r);
    }
}

Test(opts, threads_are_few_where_connections_are)
{
    static const struct {
        const char *limit, *per_host;
    } cases[] = {{"1", "0"}, {"3", "0"}, {"3", "1"}, {"31", "1"}};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o =
            run_well(&r, WORDS("--limit", cases[i].limit, "--limit-per-host",
                               cases[i].per_host));

        cr_expect_eq(o->threads, 1);
        run_fini(&r);
    }
}

Test(opts, header_lines_are_kept_in_order_and_repeated)
{
    static const char *const given[] = {"A: 1", "a: 2", "Host:", "X;", "B:3"};
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("-H", given[0], "-H", given[1], "--header", given[2],
                           "-H", given[3], "-H", given[4]));

    cr_assert_eq(o->headers.n, ARRAY_LEN(given));
    for (size_t i = 0; i < ARRAY_LEN(given); i++)
        cr_expect_str_eq(o->headers.v[i], given[i]);
    run_fini(&r);
}

Test(opts, headers_come_from_a_file_too)
{
    static const char text[] = "A: 1\r\n\r\nB: 2\n\nC:";
    char *path = file_of(text, strlen(text));
    char word[64];
    struct run r;
    const struct opts *o;

    snprintf(word, sizeof(word), "@%s", path);
    o = run_well(&r, WORDS("-H", "First: 0", "-H", word));
    cr_assert_eq(o->headers.n, 4);
    cr_expect_str_eq(o->headers.v[1], "A: 1");
    cr_expect_str_eq(o->headers.v[2], "B: 2");
    cr_expect_str_eq(o->headers.v[3], "C:");
    run_fini(&r);
    unlink(path);
    free(path);
}

Test(opts, a_bad_line_in_a_header_file_is_named_but_not_shown)
{
    static const struct {
        const char *text;
        size_t len, line;
    } cases[] = {
        {"A: 1\nBearer secret\n", 19, 2},
        {"A: 1\n\n\nB: x\0y\n", 14, 4},
        {"A: 1\rB: 2\n", 10, 1},
        {": none\n", 7, 1},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *path = file_of(cases[i].text, cases[i].len);
        char word[64], message[256];

        snprintf(word, sizeof(word), "@%s", path);
        snprintf(message, sizeof(message),
                 "%s:%zu: a line for --header must be 'Name: value', 'Name:' "
                 "or 'Name;', "
                 "and no Content-Length but 0 and no Transfer-Encoding but "
                 "chunked, since they follow the body",
                 path, cases[i].line);
        expect_refusal(WORDS("-H", word), message);
        unlink(path);
        free(path);
    }
}

Test(opts, secrets_never_appear_in_a_message)
{
    static const struct {
        const char *option, *value;
    } cases[] = {
        {"-H", "Authorization hunter2"},
        {"-u", "hunter2"},
        {"-U", "hunter2"},
        {"--oauth2-bearer", "hunter2\n"},
        {"-b", "=hunter2"},
        {"-x", "http://me:hunter2\x01@p"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;

        run_init(&r, WORDS(cases[i].option, cases[i].value));
        cr_expect_eq(r.status, OPTS_USAGE, "%s", cases[i].option);
        cr_expect_null(strstr(r.said, "hunter2"), "%s: %s", cases[i].option,
                       r.said);
        run_fini(&r);
    }
}

/* Is p inside one of argv's strings? */
static bool
is_of_argv(const struct run *r, const char *p)
{
    for (char *const *arg = r->argv; *arg; arg++) {
        if (p >= *arg && p <= *arg + strlen(*arg))
            return true;
    }
    return false;
}

Test(opts, secrets_of_the_command_line_are_borrowed_and_not_copied)
{
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("-u", "me:pw", "-U", "me:pw", "-x", "p", "-b", "a=b",
                           "-H", "A: b", "-dsecret"));

    cr_expect(is_of_argv(&r, o->user));
    cr_expect(is_of_argv(&r, o->proxy_user));
    cr_expect(is_of_argv(&r, o->cookies.v[0]));
    cr_expect(is_of_argv(&r, o->headers.v[0]));
    cr_expect(is_of_argv(&r, o->data));
    run_fini(&r);
}

/* Data is length and bytes, which a string literal spells out. */
static void
expect_data(const struct opts *o, const char *expected, size_t len)
{
    cr_assert_not_null(o->data);
    cr_expect_eq(o->data_len, len, "%zu bytes", o->data_len);
    cr_expect(o->data_len == len && memcmp(o->data, expected, len) == 0, "%.*s",
              (int)o->data_len, o->data);
}

Test(opts, several_pieces_of_data_are_joined)
{
    static const struct {
        const char *words[7];
        const char *data;
        bool is_json;
    } cases[] = {
        {{"-d", "a=1"}, "a=1", false},
        {{"-d", ""}, "", false},
        {{"-d", "", "-d", ""}, "", false},
        {{"-d", "", "-d", "a=1"}, "a=1", false},
        {{"-d", "a=1", "-d", ""}, "a=1&", false},
        {{"--data-raw", "@x", "--data-binary", "b"}, "@x&b", false},
        {{"--data-urlencode", "a b&~", "-d", "c"}, "a+b%26~&c", false},
        {{"-d", "a=1", "-d", "b=2", "-d", "c"}, "a=1&b=2&c", false},
        {{"--json", "{\"a\":", "--json", "1}"}, "{\"a\":1}", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o = run_well(&r, cases[i].words);

        expect_data(o, cases[i].data, strlen(cases[i].data));
        cr_expect_eq(o->data_is_json, cases[i].is_json);
        run_fini(&r);
    }
}

Test(opts, data_from_a_file_loses_line_ends_but_json_keeps_every_byte)
{
    static const char text[] = "a=1\r\nb\0=2\n";
    char *path = file_of(text, sizeof(text) - 1);
    char word[64];
    struct run r;

    snprintf(word, sizeof(word), "@%s", path);
    expect_data(run_well(&r, WORDS("-d", word)), "a=1b=2", 6);
    run_fini(&r);
    expect_data(run_well(&r, WORDS("-d", "x", "-d", word)), "x&a=1b=2", 8);
    run_fini(&r);
    expect_data(run_well(&r, WORDS("--json", word)), text, sizeof(text) - 1);
    run_fini(&r);
    unlink(path);
    free(path);
}

Test(opts, a_large_file_of_data_is_read_whole)
{
    size_t len = 3 * 1000 * 1000 + 7;
    char *text = malloc(len);
    char *path, word[64];
    struct run r;

    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + i % 23);
    path = file_of(text, len);
    snprintf(word, sizeof(word), "@%s", path);
    expect_data(run_well(&r, WORDS("--json", word)), text, len);
    run_fini(&r);
    unlink(path);
    free(path);
    free(text);
}

Test(opts, files_that_cannot_be_read_are_named)
{
    expect_refusal(WORDS("-d", "@/nowhere/x"),
                   "cannot read '/nowhere/x' for --data: "
                   "No such file or directory");
    expect_refusal(WORDS("-H", "@/"),
                   "cannot read '/' for --header: Is a directory");
}

Test(opts, standard_input_is_not_read_twice)
{
    static const char *const cases[][4] = {
        {"-d", "@-"},
        {"-d", "@-", "-"},
        {"-", "-d", "@-"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_refusal(
            cases[i],
            "--data cannot read standard input, which is already used");
}

Test(opts, standard_input_can_be_data_where_the_urls_are_operands)
{
    char *path = file_of("x=1\n", 4);
    struct run r;

    cr_assert_not_null(freopen(path, "r", stdin));
    expect_data(run_well(&r, WORDS("-d", "@-", "http://x/")), "x=1", 3);
    run_fini(&r);
    unlink(path);
    free(path);
}

Test(opts, a_body_without_a_form_is_auto)
{
    struct run r;

    cr_expect_eq(run_well(&r, WORDS("--body", "./list"))->body, BODY_AUTO);
    cr_expect_eq(r.opts->noperands, 1, "a path is an operand");
    run_fini(&r);
    cr_expect_eq(run_well(&r, WORDS("--body", "text"))->body, BODY_TEXT);
    cr_expect_eq(r.opts->noperands, 0);
    run_fini(&r);
    cr_expect_eq(run_well(&r, WORDS("--body=json"))->body, BODY_AS_JSON);
    run_fini(&r);
}

Test(opts, empty_values_switch_something_off)
{
    struct run r;
    const struct opts *o =
        run_well(&r, WORDS("-A", "", "-x", "", "--noproxy", ""));

    cr_expect_str_empty(o->user_agent);
    cr_assert_not_null(o->proxy);
    cr_expect_str_empty(o->proxy);
    cr_assert_not_null(o->noproxy);
    cr_expect_str_empty(o->noproxy);
    run_fini(&r);
}

/* The environment's proxies and what comes of them beside some options. */
struct proxy_case {
    const char *environment[5]; /* "name=value" */
    const char *words[5];
    const char *http, *https, *noproxy; /* NULL: none */
};

static void
expect_text(const char *text, const char *expected, size_t i)
{
    if (!expected)
        cr_expect_null(text, "case %zu: %s", i, text);
    else if (!text)
        cr_expect(false, "case %zu: nothing, not %s", i, expected);
    else
        cr_expect_str_eq(text, expected, "case %zu: %s, not %s", i, text,
                         expected);
}

Test(opts, proxies_come_from_the_environment_by_curls_rules)
{
    static const struct proxy_case cases[] = {
        {{NULL}, {NULL}, NULL, NULL, NULL},
        {{"http_proxy=a:1"}, {NULL}, "a:1", NULL, NULL},
        {{"HTTP_PROXY=a:1"}, {NULL}, NULL, NULL, NULL},
        {{"HTTPS_PROXY=a:1"}, {NULL}, NULL, "a:1", NULL},
        {{"HTTPS_PROXY=a:1", "https_proxy=b:1"}, {NULL}, NULL, "b:1", NULL},
        {{"ALL_PROXY=c:1", "http_proxy=a:1"}, {NULL}, "a:1", "c:1", NULL},
        {{"ALL_PROXY=c:1", "http_proxy="}, {NULL}, "c:1", "c:1", NULL},
        {{"all_proxy=c:1"}, {"-x", "d:1"}, "d:1", "d:1", NULL},
        {{"all_proxy=c:1"}, {"-x", ""}, "", "", NULL},
        {{"all_proxy=c:1", "no_proxy=x"}, {"--no-env-proxy"}, NULL, NULL, NULL},
        {{"all_proxy=c:1", "no_proxy=x"},
         {"--no-env-proxy", "-x", "d:1"},
         "d:1",
         "d:1",
         NULL},
        {{"NO_PROXY=x"}, {"-x", "d:1"}, "d:1", "d:1", "x"},
        {{"NO_PROXY=x", "no_proxy=y"}, {NULL}, NULL, NULL, "y"},
        {{"NO_PROXY=x"}, {"--noproxy", "z"}, NULL, NULL, "z"},
        {{"NO_PROXY=x"}, {"--noproxy", ""}, NULL, NULL, ""},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o;

        clearenv();
        for (size_t n = 0; cases[i].environment[n]; n++)
            putenv((char *)cases[i].environment[n]);
        o = run_well(&r, cases[i].words);
        expect_text(o->proxy_http, cases[i].http, i);
        expect_text(o->proxy_https, cases[i].https, i);
        expect_text(o->noproxy, cases[i].noproxy, i);
        run_fini(&r);
    }
}

Test(opts, version_is_left_to_the_caller)
{
    struct run r;

    run_init(&r, WORDS("-k", "--version"));
    cr_expect_eq(r.status, OPTS_VERSION);
    cr_expect_null(r.opts);
    cr_expect_str_empty(r.said);
    run_fini(&r);
}

Test(opts, an_unknown_help_topic_is_refused)
{
    expect_refusal(WORDS("--help", "elephant"),
                   "--help has no topic 'elephant'");
    expect_refusal(WORDS("--help=elephant"), "--help has no topic 'elephant'");
}

Test(opts, help_that_cannot_be_written_is_a_failure)
{
    struct run r;

    cr_assert_not_null(freopen("/dev/full", "w", stdout));
    run_init(&r, WORDS("--help"));
    cr_expect_eq(r.status, OPTS_FAILED);
    cr_expect_str_eq(r.said, "fanfetch: error: standard output: No space left "
                             "on device\n");
    run_fini(&r);
}

Test(opts, a_shard_is_one_of_n)
{
    static const char *const bad[] = {"0/3", "4/3", "1",     "/3",  "1/",
                                      "1/0", "a/b", "1/2/3", "-1/3"};
    struct run r;
    const struct opts *o;

    o = run_well(&r, WORDS("--shard", "2/3"));
    cr_expect_eq(o->shard_k, 2);
    cr_expect_eq(o->shard_n, 3);
    run_fini(&r);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        run_init(&r, WORDS("--shard", bad[i]));
        cr_expect_eq(r.status, OPTS_USAGE, "%s", bad[i]);
        run_fini(&r);
    }
}

Test(opts, lists_are_split_at_commas)
{
    struct run r;
    const struct opts *o;

    o = run_well(&r, WORDS("--fields", "x", "--fields", "url,ok,status_code"));
    cr_assert_eq(o->fields.n, 3);
    cr_expect_str_eq(o->fields.v[0], "url");
    cr_expect_str_eq(o->fields.v[2], "status_code");
    run_fini(&r);
    run_init(&r, WORDS("--fields", "url,,ok"));
    cr_expect_eq(r.status, OPTS_USAGE);
    run_fini(&r);
}

Test(opts, a_summary_goes_to_stderr_or_to_a_file)
{
    struct run r;
    const struct opts *o;

    o = run_well(&r, WORDS("--summary"));
    cr_expect(o->summary);
    cr_expect_null(o->summary_file);
    run_fini(&r);
    o = run_well(&r, WORDS("--summary=s.json"));
    cr_expect(o->summary);
    cr_expect_str_eq(o->summary_file, "s.json");
    run_fini(&r);
}

Test(opts, the_command_line_is_kept_for_a_report_without_secrets)
{
    struct run r;
    const struct opts *o;

    o = run_well(&r, WORDS("--summary=s.json", "-u", "me:pw", "--report", "r",
                           "http://me:pw@a/?b'c", "--unique"));
    cr_expect_str_eq(o->report, "r");
    cr_expect_str_eq(o->command,
                     "fanfetch --summary=s.json --user '***' --report r "
                     "--unique 'http://***@a/?b'\\''c'");
    run_fini(&r);
    o = run_well(&r, WORDS("--unique"));
    cr_expect_null(o->command);
    run_fini(&r);
}

Test(opts, a_certificates_password_is_behind_its_file)
{
    static const struct {
        const char *text, *cert, *password;
    } cases[] = {
        {"/proc/self/exe", "/proc/self/exe", ""},
        {"/proc/self/exe:pw", "/proc/self/exe", "pw"},
        {"/proc/self/exe:", "/proc/self/exe", ""},
        {"/proc/self/exe:a:b", "/proc/self/exe", "a:b"},
        {"/tmp/fanfetch\\:\\\\c:p\\:w", "/tmp/fanfetch:\\c", "p\\:w"},
        {"/tmp/fanfetch:\\c", "/tmp/fanfetch:\\c", ""},
    };
    FILE *file = fopen("/tmp/fanfetch:\\c", "w");

    cr_assert_not_null(file);
    fclose(file);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o = run_well(&r, WORDS("-E", cases[i].text));

        cr_expect_str_eq(o->cert, cases[i].cert, "%s", cases[i].text);
        cr_expect_str_eq(o->cert_password, cases[i].password, "%s",
                         cases[i].text);
        run_fini(&r);
    }
    remove("/tmp/fanfetch:\\c");
}

Test(opts, an_interface_is_found_without_a_look_up_later)
{
    static const struct {
        const char *text, *found;
    } cases[] = {
        {"127.0.0.5", "host!127.0.0.5"},
        {"host!127.0.0.5", "host!127.0.0.5"},
        {"::1", "host!::1"},
        {"lo", "if!lo"},
        {"if!lo", "if!lo"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct run r;
        const struct opts *o =
            run_well(&r, WORDS("--interface", cases[i].text));

        cr_expect_str_eq(o->interface, cases[i].found, "%s", cases[i].text);
        run_fini(&r);
    }
}

Test(opts, the_table_is_sound)
{
    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];
        bool takes_text = row->kind == OPT_TEXT || row->kind == OPT_TEXTS ||
                          row->kind == OPT_LIST || row->kind == OPT_HEADER ||
                          row->kind == OPT_TOKEN || row->kind == OPT_CERT;
        bool takes_none = row->kind <= OPT_PICK || row->kind == OPT_VERSION;

        cr_expect_eq(table_find(row->name), row, "%s twice", row->name);
        if (row->letter)
            cr_expect_eq(table_find_letter(row->letter), row, "-%c twice",
                         row->letter);
        cr_expect_leq(strlen(row->name), 31, "%s is long", row->name);
        cr_expect_eq(!row->arg, takes_none, "%s: arg", row->name);
        cr_expect_eq(takes_text, row->must != NULL, "%s: must", row->name);
        cr_expect_eq(takes_text, row->is_valid != NULL, "%s: check", row->name);
        cr_expect(row->kind == OPT_COUNT || row->kind == OPT_TEXT ||
                      (row->kind == OPT_WORD) == (row->words != NULL),
                  "%s: words", row->name);
        cr_expect_not_null(row->help, "%s: help", row->name);
        cr_expect_leq(row->min, row->max, "%s: range", row->name);
    }
}
