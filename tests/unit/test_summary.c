#include "base/buf.h"
#include "job/job.h"
#include "report/summary.h"

#include <string.h>

#include <jansson.h>

#include <criterion/criterion.h>

static struct summary *summary;
static struct job_pool *pool;
static struct buf text;

static void
set_up(void)
{
    summary = summary_new();
    pool = job_pool_new();
}

static void
tear_down(void)
{
    summary_free(summary);
    job_pool_free(pool);
    buf_fini(&text);
}

TestSuite(summary, .init = set_up, .fini = tear_down);

static const struct summary_end the_end = {
    .started_wall_us = 0,
    .ended_wall_us = 2 * US_PER_S,
    .elapsed_us = 2 * US_PER_S,
    .connections_opened = 7,
    .nskipped = 1,
};

/* A result: status 0 is none, time -1 never sent, host NULL unusable. */
struct outcome {
    const char *host;
    int status;
    enum error_class class;
    int64_t time_us, queue_us;
};

static void
add(const struct outcome *o)
{
    struct job *j = job_new(pool);

    j->res.status = o->status;
    if (o->class != ERR_NONE)
        result_fail(&j->res, o->class, "x", PHASE_WAIT, true, "x");
    if (o->host)
        j->target =
            (struct target){.scheme = "http", .host = o->host, .port = 8080};
    if (o->time_us >= 0) {
        j->res.was_sent = true;
        j->res.attempts = 1;
        j->res.size_download = 100;
        j->res.size_body = 300;
        j->attempt_us = o->time_us;
    }
    j->res.reused = o->status == 200;
    j->queue_us = o->queue_us;
    summary_add(summary, j);
    job_free(pool, j);
}

static void
add_some(void)
{
    static const struct outcome outcomes[] = {
        {"a", 200, ERR_NONE, 1000, 10},
        {"a", 200, ERR_NONE, 2000, 10},
        {"a", 404, ERR_HTTP, 3000, 10},
        {"b", 0, ERR_TIMEOUT, 9 * US_PER_S, 10},
        {"b", 200, ERR_TIMEOUT, 9 * US_PER_S, 10},
        {"::1", 0, ERR_ABORTED, -1, 500},
        {NULL, 0, ERR_INPUT, -1, 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        add(&outcomes[i]);
}

/* The JSON as jansson reads it; it must be one line. */
static json_t *
get_json(void)
{
    json_error_t error;
    json_t *root;

    buf_clear(&text);
    summary_write_json(summary, &the_end, &text);
    cr_assert_eq(text.data[text.len - 1], '\n');
    cr_assert_eq(memchr(text.data, '\n', text.len), text.data + text.len - 1);
    root = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &error);
    cr_assert_not_null(root, "%s: %.*s", error.text, (int)text.len, text.data);
    return root;
}

static void
expect_json(json_t *got, const char *want)
{
    json_t *expected = json_loads(want, JSON_DECODE_ANY, NULL);
    char *shown = json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT);

    cr_assert_not_null(expected, "%s", want);
    cr_expect(json_equal(got, expected), "%s, not %s", shown, want);
    free(shown);
    json_decref(expected);
}

Test(summary, a_summary_of_no_results_is_complete)
{
    json_t *root = get_json();

    expect_json(json_object_get(root, "records"), "0");
    expect_json(json_object_get(root, "status_codes"), "{}");
    expect_json(json_object_get(root, "error_classes"), "{}");
    expect_json(json_object_get(root, "time_total"), "null");
    expect_json(json_object_get(root, "time_queue"), "null");
    expect_json(json_object_get(root, "hosts"), "[]");
    expect_json(json_object_get(root, "hosts_exact"), "true");
    json_decref(root);
    summary_write_text(summary, &the_end, 80, false, &text);
}

Test(summary, counts_statuses_classes_sizes_and_connections)
{
    static const char *const want[][2] = {
        {"records", "7"},
        {"ok", "2"},
        {"failed", "5"},
        {"skipped", "1"},
        {"status_codes", "{\"200\": 3, \"404\": 1}"},
        {"error_classes",
         "{\"input\": 1, \"timeout\": 2, \"http\": 1, \"aborted\": 1}"},
        {"attempts", "5"},
        {"size_download", "500"},
        {"size_body", "1500"},
        {"connections_opened", "7"},
        {"connections_reused", "3"},
        {"started_at", "\"1970-01-01T00:00:00.000Z\""},
        {"ended_at", "\"1970-01-01T00:00:02.000Z\""},
        {"records_per_second", "3.5"},
    };
    json_t *root;

    add_some();
    root = get_json();
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        expect_json(json_object_get(root, want[i][0]), want[i][1]);
    json_decref(root);
}

Test(summary, times_are_those_of_results_that_have_one)
{
    json_t *root, *times;

    add_some();
    root = get_json();
    times = json_object_get(root, "time_total");
    expect_json(json_object_get(times, "min"), "0.001");
    expect_json(json_object_get(times, "max"), "9");
    cr_expect_float_eq(json_number_value(json_object_get(times, "p50")), 0.003,
                       0.00003);
    times = json_object_get(root, "time_queue");
    expect_json(json_object_get(times, "min"), "0.00001");
    expect_json(json_object_get(times, "max"), "0.0005");
    json_decref(root);
}

Test(summary, hosts_are_listed_by_use_failures_and_time)
{
    static const char a[] =
        "{\"host\": \"http://a:8080\", \"records\": 3, \"ok\": 2,"
        " \"failed\": 1, \"size_download\": 300,"
        " \"time_total\": {\"mean\": 0.002, \"max\": 0.003},"
        " \"records_missed\": 0}";
    json_t *root, *list;

    add_some();
    root = get_json();
    list = json_object_get(root, "hosts");
    /* The one that was never asked is not among them. */
    cr_assert_eq(json_array_size(list), 2);
    expect_json(json_array_get(list, 0), a);
    list = json_object_get(root, "hosts_failing");
    cr_assert_eq(json_array_size(list), 2);
    expect_json(json_object_get(json_array_get(list, 0), "host"),
                "\"http://b:8080\"");
    list = json_object_get(root, "hosts_slowest");
    cr_assert_eq(json_array_size(list), 2, "one was never sent");
    expect_json(json_object_get(json_array_get(list, 0), "host"),
                "\"http://b:8080\"");
    json_decref(root);
}

Test(summary, a_port_that_goes_without_saying_is_left_out)
{
    struct job *j = job_new(pool);
    json_t *root;

    j->target = (struct target){
        .scheme = "https", .host = "a", .port = 443, .is_tls = true};
    summary_add(summary, j);
    job_free(pool, j);
    root = get_json();
    expect_json(json_object_get(
                    json_array_get(json_object_get(root, "hosts"), 0), "host"),
                "\"https://a\"");
    json_decref(root);
}

/* The picture as a string. */
static const char *
get_text(size_t width)
{
    buf_clear(&text);
    summary_write_text(summary, &the_end, width, false, &text);
    buf_addc(&text, '\0');
    return text.data;
}

/* Its lines, and the longest one's length. */
static size_t
measure(const char *p, size_t *longest)
{
    size_t n = 0;

    for (*longest = 0; *p; p += strcspn(p, "\n") + 1, n++) {
        if (strcspn(p, "\n") > *longest)
            *longest = strcspn(p, "\n");
    }
    return n;
}

Test(summary, the_summary_text_has_a_bar_for_each_count)
{
    static const char *const want[] = {
        "2 ok, 4 failed, 1 not sent, 1 skipped\n",
        "500 B received, 1.46 KiB decoded, 7 connections opened, 3 reused\n",
        "\nStatus  200                     3  ###################\n",
        "\n        404                     1  ######\n",
        "\nErrors  timeout                 2  #############\n",
        "\nTime    1-2 ms                  1  ######\n",
        "\n        5-10 s                  2  #############\n",
        "\n        p50 3.0",
        "  p90 9.00 s  p95 9.00 s  p99 9.00 s  max 9.00 s\n",
        "\nQueue   p50 10 us  p90 500 us  p95 500 us  p99 500 us  max 500 us\n",
        "\nSlowest http://b:8080             ",
        "       9.00 s mean    9.00 s max\n",
        "\nFailing http://b:8080             ",
        "  2 of 2 failed\n",
    };
    const char *got;

    add_some();
    got = get_text(80);
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        cr_expect_not_null(strstr(got, want[i]), "no '%s' in\n%s", want[i],
                           got);
    cr_expect_null(strchr(got, '\033'));
}

Test(summary, failures_in_the_summary_text_are_red_if_colours_are_wanted)
{
    add_some();
    summary_write_text(summary, &the_end, 80, true, &text);
    buf_addc(&text, '\0');
    cr_expect_not_null(strstr(text.data, "2  \033[31m#############\033[m\n"),
                       "%s", text.data);
}

Test(summary, no_line_of_the_summary_text_is_wider_than_the_terminal)
{
    static const size_t widths[][2] = {{0, 40},  {40, 40}, {59, 59},  {60, 60},
                                       {72, 72}, {80, 80}, {500, 100}};
    char name[300];

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    add_some();
    add(&(struct outcome){name, 200, ERR_NONE, 240 * 3600 * US_PER_S, 1});
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        size_t longest;

        measure(get_text(widths[i][0]), &longest);
        cr_expect_eq(longest, widths[i][1], "%zu at %zu columns:\n%s", longest,
                     widths[i][0], text.data);
    }
}

Test(summary, no_comma_is_beyond_the_last_column)
{
    add_some();
    for (size_t width = 40; width <= 100; width++) {
        size_t longest;

        measure(get_text(width), &longest);
        cr_expect_leq(longest, width, "%zu at %zu columns:\n%s", longest, width,
                      text.data);
    }
}

Test(summary, the_summary_text_fits_a_screen)
{
    static const char *const hosts[] = {"a", "b", "c", "d", "e"};
    int64_t time_us = 50;
    size_t longest, nlines;

    for (int i = 0; i < 30; i++, time_us = time_us * 5 / 2) {
        add(&(struct outcome){hosts[i % 5], 200 + i, ERR_NONE, time_us, 10});
        add(&(struct outcome){hosts[i % 5], 0,
                              (enum error_class)(ERR_INPUT + i % 14), time_us,
                              10});
    }
    nlines = measure(get_text(80), &longest);
    cr_expect_leq(nlines, 23, "%zu lines:\n%s", nlines, text.data);
}

Test(summary, no_byte_of_a_host_reaches_the_terminal_raw)
{
    const char *got;

    add(&(struct outcome){"\x1b[2Jx\n\x9by", 200, ERR_NONE, 5, 1});
    got = get_text(100);
    for (const char *p = got; *p; p++)
        cr_expect(*p == '\n' || (*p >= 0x20 && *p < 0x7f), "\\x%02x",
                  (unsigned char)*p);
    cr_expect_not_null(strstr(got, "http://\\u001b[2Jx\\n\\x9by:8080"), "%s",
                       got);
}

Test(summary, many_statuses_end_in_a_bar_for_the_others)
{
    for (int status = 200; status < 220; status++)
        add(&(struct outcome){"a", status, ERR_NONE, 5, 1});
    cr_expect_not_null(
        strstr(get_text(80), "\n        202                     1"));
    cr_expect_null(strstr(text.data, " 203 "));
    cr_expect_not_null(
        strstr(text.data, "\n        others                 17"));
}

Test(summary, ranges_are_small_where_most_results_are)
{
    static const char *const want[] = {
        "Time    0-10 ms                 2  #",
        "        10-20 ms               40  #",
        "        20-50 ms               40  #",
        "        50-100 ms              40  #",
        "        100 ms-100 s            3  #",
    };
    static const int64_t few[] = {50, 2000, 700000, 5000000, 90000000};

    for (int i = 0; i < 40; i++) {
        add(&(struct outcome){"a", 200, ERR_NONE, 15000, 1});
        add(&(struct outcome){"a", 200, ERR_NONE, 30000, 1});
        add(&(struct outcome){"a", 200, ERR_NONE, 60000, 1});
    }
    for (size_t i = 0; i < ARRAY_LEN(few); i++)
        add(&(struct outcome){"a", 200, ERR_NONE, few[i], 1});
    get_text(80);
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        cr_expect_not_null(strstr(text.data, want[i]), "no '%s' in\n%s",
                           want[i], text.data);
}
