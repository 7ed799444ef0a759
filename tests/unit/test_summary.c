#include "base/buf.h"
#include "job.h"
#include "output/summary.h"

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

Test(summary, of_nothing_is_whole)
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
    summary_write_text(summary, &the_end, 80, &text);
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
    static const char v6[] =
        "{\"host\": \"http://[::1]:8080\", \"records\": 1, \"ok\": 0,"
        " \"failed\": 1, \"size_download\": 0, \"time_total\": null,"
        " \"records_missed\": 0}";
    json_t *root, *list;

    add_some();
    root = get_json();
    list = json_object_get(root, "hosts");
    cr_assert_eq(json_array_size(list), 3);
    expect_json(json_array_get(list, 0), a);
    expect_json(json_array_get(list, 2), v6);
    list = json_object_get(root, "hosts_failing");
    cr_assert_eq(json_array_size(list), 3);
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
    summary_write_text(summary, &the_end, width, &text);
    buf_addc(&text, '\0');
    return text.data;
}

Test(summary, the_picture_has_a_bar_for_each_count)
{
    static const char *const want[] = {
        "7 records in 2.00 s, 3.5 a second\n",
        "  2 ok, 5 failed, and 1 skipped\n",
        "  500 B received, 1.46 KiB decoded\n",
        "  7 connections opened, 3 reused\n",
        "\nStatus\n  200                          3  ####################\n",
        "\n  404                          1  #######\n",
        "\nErrors\n  timeout                      2  #############\n",
        "\nTime\n  p50 3.0",
        "\n  1.00 ms to 2.00 ms           1  #",
        "\n  5.00 s to 10.0 s             2  #",
        "\nSlowest hosts  ",
        "\n  http://b:8080 ",
        "\nFailing hosts  ",
    };
    const char *got;

    add_some();
    got = get_text(80);
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        cr_expect_not_null(strstr(got, want[i]), "no '%s' in\n%s", want[i],
                           got);
}

Test(summary, no_line_of_the_picture_is_longer_than_the_terminal_is_wide)
{
    static const size_t widths[][2] = {
        {0, 60}, {60, 60}, {80, 80}, {100, 100}, {500, 100}};
    char name[300];

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    add_some();
    add(&(struct outcome){name, 200, ERR_NONE, 240 * 3600 * US_PER_S, 1});
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        const char *p = get_text(widths[i][0]);
        size_t longest = 0;

        for (; *p; p += strcspn(p, "\n") + 1) {
            if (strcspn(p, "\n") > longest)
                longest = strcspn(p, "\n");
        }
        cr_expect_eq(longest, widths[i][1], "%zu at %zu columns", longest,
                     widths[i][0]);
    }
}

Test(summary, no_byte_of_a_host_reaches_the_terminal_raw)
{
    const char *got;

    add(&(struct outcome){"\x1b[2Jx\n\x9by", 200, ERR_NONE, 5, 1});
    got = get_text(100);
    for (const char *p = got; *p; p++)
        cr_expect(*p == '\n' || (*p >= 0x20 && *p < 0x7f), "\\x%02x",
                  (unsigned char)*p);
    cr_expect_not_null(strstr(got, "http://\\x1b[2Jx\\x0a\\x9by:8080"), "%s",
                       got);
}

Test(summary, many_statuses_end_in_a_bar_for_the_others)
{
    for (int status = 200; status < 220; status++)
        add(&(struct outcome){"a", status, ERR_NONE, 5, 1});
    cr_expect_not_null(
        strstr(get_text(80), "\n  211                          1"));
    cr_expect_null(strstr(text.data, "\n  212"));
    cr_expect_not_null(strstr(text.data, "\n  others                       8"));
}
