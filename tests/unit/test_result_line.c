#include "base/clock.h"
#include "base/utf8.h"
#include "cli/opts.h"
#include "job/job.h"
#include "output/result_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#define FFFD "\xef\xbf\xbd"
#define LATER_KEYS                                                             \
    "url url_effective method ok status_code error attempts "                  \
    "num_redirects http_version remote_ip remote_port connection_reused "      \
    "content_type content_length size_download size_body started_at "          \
    "time_queue time_total elapsed timing"
#define CORE_KEYS "index id " LATER_KEYS

static struct job_pool *pool;
static struct job *job;
static struct opts opts;

static void
setup(void)
{
    pool = job_pool_new();
    job = job_new(pool);
    opts = (struct opts){.truncate = -1};
    job->url_given = "http://h/";
    job->url_given_len = 9;
    job->first.method = "GET";
}

static void
teardown(void)
{
    job_free(pool, job);
    job_pool_free(pool);
}

/* The job's line, which must be one and valid; the caller's. */
static json_t *
write_line(void)
{
    json_error_t e;
    json_t *line;

    result_line_write(job, &opts);
    cr_assert_gt(job->line.len, 2);
    cr_assert_eq(memchr(job->line.data, '\n', job->line.len),
                 job->line.data + job->line.len - 1);
    cr_assert(utf8_valid(job->line.data, job->line.len));
    line = json_loadb(job->line.data, job->line.len,
                      JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
    cr_assert_not_null(line, "%s at %d: %.*s", e.text, e.position,
                       (int)job->line.len, job->line.data);
    return line;
}

static void
expect_value(const char *key, const char *json)
{
    json_t *line = write_line();
    json_t *expected = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    const json_t *value = json_object_get(line, key);

    cr_assert_not_null(expected, "%s", json);
    cr_expect(json_equal(value, expected), "%s is not %s: %.*s", key, json,
              (int)job->line.len, job->line.data);
    json_decref(expected);
    json_decref(line);
}

static void
expect_keys(const char *keys)
{
    json_t *line = write_line();
    struct buf found = BUF_INIT;
    const char *key;
    json_t *value;

    json_object_foreach(line, key, value)
        buf_printf(&found, "%s%s", found.len > 0 ? " " : "", key);
    buf_addc(&found, '\0');
    cr_expect_str_eq(found.data, keys);
    buf_fini(&found);
    json_decref(line);
}

static void
expect_line(const char *line)
{
    result_line_write(job, &opts);
    buf_addc(&job->line, '\0');
    cr_expect_str_eq(job->line.data, line);
}

TestSuite(result_line, .init = setup, .fini = teardown);

Test(result_line, unknown_values_are_null)
{
    expect_line("{\"index\":0,\"id\":null,\"url\":\"http://h/\","
                "\"url_effective\":null,\"method\":\"GET\",\"ok\":true,"
                "\"status_code\":null,\"error\":null,\"attempts\":0,"
                "\"num_redirects\":0,\"http_version\":null,"
                "\"remote_ip\":null,\"remote_port\":null,"
                "\"connection_reused\":null,\"content_type\":null,"
                "\"content_length\":null,\"size_download\":0,\"size_body\":0,"
                "\"started_at\":null,\"time_queue\":0,\"time_total\":null,"
                "\"elapsed\":0,\"timing\":null}\n");
}

/* A job that went as far as it can. */
static void
fill_job(void)
{
    struct result *r = &job->res;

    job->index = 1234567890123;
    job->id = "{\"a\":[1.50,\"x\"]}";
    job->read_at_us = 1000000;
    job->queue_us = 250000;
    job->attempt_us = 1234567;
    r->attempts = 2;
    r->num_redirects = 1;
    r->started_wall_us = 1795475404112345;
    r->done_us = 3500001;
    r->was_sent = true;
    r->url_effective = "https://h/x";
    job->first.method = r->method = "HEAD";
    r->status = 404;
    r->http_version = "2";
    strcpy(r->remote_ip, "2001:db8::1");
    r->remote_port = 443;
    r->reused = 0;
    r->content_type = "text/html";
    r->content_length = 0;
    r->size_download = 100;
    r->size_body = 300;
    r->timing = (struct timing){-1, 1000, 2000, 0, 50000, 10};
    r->has_timing = true;
    result_fail(r, ERR_HTTP, "http_404", PHASE_RECEIVE, false,
                "the server answered %d", 404);
    r->error.curl_code = 22;
    r->error.os_errno = ECONNRESET;
}

Test(result_line, known_values_are_there)
{
    char started_at[CLOCK_TEXT];
    struct buf line = BUF_INIT;

    fill_job();
    clock_format(job->res.started_wall_us, started_at);
    buf_printf(
        &line,
        "{\"index\":1234567890123,\"id\":{\"a\":[1.50,\"x\"]},"
        "\"url\":\"http://h/\",\"url_effective\":\"https://h/x\","
        "\"method\":\"HEAD\",\"ok\":false,\"status_code\":404,"
        "\"error\":{\"class\":\"http\",\"code\":\"http_404\","
        "\"phase\":\"receive\",\"message\":\"the server answered 404\","
        "\"retryable\":false,\"curl_code\":22,\"os_errno\":104},"
        "\"attempts\":2,\"num_redirects\":1,\"http_version\":\"2\","
        "\"remote_ip\":\"2001:db8::1\",\"remote_port\":443,"
        "\"connection_reused\":false,\"content_type\":\"text/html\","
        "\"content_length\":0,\"size_download\":100,\"size_body\":300,"
        "\"started_at\":\"%s\",\"time_queue\":0.25,\"time_total\":1.234567,"
        "\"elapsed\":2.500001,\"timing\":{\"dns\":null,\"connect\":0.001,"
        "\"tls\":0.002,\"send\":0,\"wait\":0.05,\"receive\":0.00001}}\n",
        started_at);
    buf_addc(&line, '\0');
    expect_line(line.data);
    buf_fini(&line);
}

Test(result_line, the_keys_come_in_a_fixed_order)
{
    expect_keys(CORE_KEYS);
    fill_job();
    expect_keys(CORE_KEYS);
    opts.include_headers = opts.redirects = opts.attempts = true;
    buf_addstr(&job->res.body, "{}");
    opts.body = BODY_AUTO;
    expect_keys(CORE_KEYS " headers redirects attempts_log body "
                          "body_truncated");
    opts.body = BODY_BASE64;
    expect_keys(CORE_KEYS " headers redirects attempts_log body_base64 "
                          "body_truncated");
    opts.body = BODY_AS_JSON;
    expect_keys(CORE_KEYS " headers redirects attempts_log body_json "
                          "body_truncated");
    opts.body = BODY_OFF;
    opts.output_dir = "bodies";
    expect_keys(CORE_KEYS " headers redirects attempts_log body_path "
                          "body_truncated");
    opts.sha256 = opts.tls_info = true;
    expect_keys(CORE_KEYS " headers redirects attempts_log tls body_path "
                          "body_truncated etag last_modified "
                          "sha256");
}

Test(result_line, id_and_meta_come_back_unchanged)
{
    static const char *const values[] = {
        "null",
        "17",
        "\"a\\\"b\\n\"",
        "[]",
        "{\"k\":{\"n\":-1.5e-7}}",
        "12345678901234567890.125",
    };

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct buf start = BUF_INIT;

        job->id = job->meta = values[i];
        expect_keys("index id meta " LATER_KEYS);
        buf_printf(&start,
                   "{\"index\":0,\"id\":%s,\"meta\":%s,\"url\":", values[i],
                   values[i]);
        cr_expect_eq(memcmp(job->line.data, start.data, start.len), 0, "%s",
                     values[i]);
        buf_fini(&start);
    }
}

Test(result_line, hostile_ids_do_no_harm)
{
    job->id = "\"\x7f\xc2\x9b\"";
    job->meta = "{ \"a\" :\n1 }";
    expect_keys("index id meta " LATER_KEYS);
    cr_expect_not_null(strstr(job->line.data, "\"\\u007f\\u009b\",\"meta\":"
                                              "{\"a\":1},"));
}

Test(result_line, the_method_is_the_one_that_was_asked_for)
{
    job->first.method = "PUT";
    job->req.method = job->res.method = "GET";
    expect_value("method", "\"PUT\"");
}

Test(result_line, the_request_hash_is_there_where_there_is_one)
{
    expect_keys(CORE_KEYS);
    job->request_hash = "00ff";
    expect_value("request_hash", "\"00ff\"");
}

/* --resume needs these, whatever else is wanted. */
Test(result_line, resume_adds_keys_to_the_fields)
{
    const char *fields[] = {"index"};

    opts.fields = (struct strings){fields, 1};
    job->request_hash = "00ff";
    expect_keys("index");
    opts.resume = true;
    expect_keys("index method request_hash");
    job->is_repeat = true;
    expect_keys("index duplicate_of method request_hash");
}

Test(result_line, a_url_is_given_back_as_it_came)
{
    static const char bytes[] = "http://h/\xff\x1b\0\"\xc3\xa9";

    job->url_given = bytes;
    job->url_given_len = sizeof(bytes) - 1;
    expect_value("url", "\"http://h/" FFFD "\\u001b\\u0000\\\"\xc3\xa9\"");
    job->url_given = NULL;
    job->url_given_len = 0;
    expect_value("url", "null");
    job->url_given = "";
    expect_value("url", "\"\"");
}

static void
give_secrets(void)
{
    static struct hop second = {.url = "http://me:secret@b/",
                                .location = "me:secret@c/",
                                .status = 302,
                                .time_us = 1500};
    static struct hop first = {.url = "http://a/me@secret",
                               .location = "http://me:secret@b/",
                               .status = 301,
                               .remote_ip = "192.0.2.1",
                               .time_us = -1,
                               .next = &second};

    job->url_given = "http://me:secret@a/";
    job->url_given_len = strlen(job->url_given);
    job->res.url_effective = "http://me:secret@c/?x@y";
    job->res.hops = &first;
    opts.redirects = true;
}

Test(result_line, secrets_are_redacted)
{
    give_secrets();
    expect_value("url", "\"http://***@a/\"");
    expect_value("url_effective", "\"http://***@c/?x@y\"");
    expect_value("redirects",
                 "[{\"url\":\"http://a/me@secret\",\"status_code\":301,"
                 "\"location\":\"http://***@b/\",\"remote_ip\":\"192.0.2.1\","
                 "\"time_total\":null},"
                 "{\"url\":\"http://***@b/\",\"status_code\":302,"
                 "\"location\":\"***@c/\",\"remote_ip\":null,"
                 "\"time_total\":0.0015}]");
}

Test(result_line, secrets_are_shown_on_request)
{
    give_secrets();
    opts.show_secrets = true;
    expect_value("url", "\"http://me:secret@a/\"");
    expect_value("url_effective", "\"http://me:secret@c/?x@y\"");
    result_fail(&job->res, ERR_INPUT, "x", PHASE_INPUT, false, "'a:b@c'");
    expect_value("redirects",
                 "[{\"url\":\"http://a/me@secret\",\"status_code\":301,"
                 "\"location\":\"http://me:secret@b/\","
                 "\"remote_ip\":\"192.0.2.1\",\"time_total\":null},"
                 "{\"url\":\"http://me:secret@b/\",\"status_code\":302,"
                 "\"location\":\"me:secret@c/\",\"remote_ip\":null,"
                 "\"time_total\":0.0015}]");
    cr_expect_not_null(strstr(job->line.data, "\"message\":\"'a:b@c'\""));
}

Test(result_line, secrets_in_messages_are_redacted)
{
    static const struct {
        const char *message, *redacted;
    } rows[] = {
        {"no URL, no secret", "no URL, no secret"},
        {"http://me:pw@h/ is bad", "http://***@h/ is bad"},
        {"bad URL 'http://me:pw@h/'", "bad URL 'http://***@h/'"},
        {"u.txt:1: 'http://me:pw@h/' is bad",
         "u.txt:1: 'http://***@h/' is bad"},
        {"/tmp/u.txt:1: 'http://me:pw@h/'", "/tmp/u.txt:1: 'http://***@h/'"},
        {"/tmp/u.txt:1: http://me:pw@h/", "/tmp/u.txt:1: http://***@h/"},
        {"/tmp/u.txt:1: 'me:pw@h/'", "/tmp/u.txt:1: '***@h/'"},
        {"from http://a:b@c/ to http://d:e@f/",
         "from http://***@c/ to http://***@f/"},
        {"from 'http://c/' to 'd:e@f/'", "from 'http://c/' to '***@f/'"},
        {"'me:pw@h' and 'me:pw@i'", "'***@h' and '***@i'"},
        {"a://b:c@d e://f:g@h i", "a://***@d e://***@h i"},
        {"//me:pw@h/", "//***@h/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        json_t *line;
        const char *got;

        result_fail(&job->res, ERR_INPUT, "x", PHASE_INPUT, false, "%s",
                    rows[i].message);
        line = write_line();
        got = json_string_value(
            json_object_get(json_object_get(line, "error"), "message"));
        cr_expect_str_eq(got, rows[i].redacted);
        json_decref(line);
    }
}

Test(result_line, an_error_says_what_is_known)
{
    result_fail(&job->res, ERR_TIMEOUT, "connect", PHASE_TLS, true,
                "no\tanswer");
    expect_value("ok", "false");
    expect_value("error",
                 "{\"class\":\"timeout\",\"code\":\"connect\","
                 "\"phase\":\"tls\",\"message\":\"no\\tanswer\","
                 "\"retryable\":true,\"curl_code\":0,\"os_errno\":null}");
}

Test(result_line, headers_stand_beside_a_response)
{
    opts.include_headers = true;
    expect_value("headers", "null");
    job->res.status = 200;
    expect_value("headers", "{}");
    buf_addstr(&job->res.headers, "A: 1\r\nB: 2\r\na: 3\r\n");
    expect_value("headers", "{\"a\":[\"1\",\"3\"],\"b\":[\"2\"]}");
    buf_clear(&job->res.headers);
    buf_addstr(&job->res.headers, "Location: http://me:pw@host/\r\n");
    expect_value("headers", "{\"location\":[\"http://***@host/\"]}");
    opts.show_secrets = true;
    expect_value("headers", "{\"location\":[\"http://me:pw@host/\"]}");
}

Test(result_line, attempts_are_listed)
{
    struct attempt second = {.error_class = ERR_TIMEOUT,
                             .retry_after_us = -1,
                             .waited_us = 1500000,
                             .time_us = -1};
    struct attempt first = {.status = 503,
                            .error_class = ERR_NONE,
                            .retry_after_us = 2000000,
                            .time_us = 100,
                            .next = &second};

    opts.attempts = true;
    expect_value("attempts_log", "[]");
    job->res.attempt_log = &first;
    expect_value("attempts_log",
                 "[{\"status_code\":503,\"error_class\":null,"
                 "\"retry_after\":2,\"waited\":0,\"time_total\":0.0001},"
                 "{\"status_code\":null,\"error_class\":\"timeout\","
                 "\"retry_after\":null,\"waited\":1.5,\"time_total\":null}]");
}

Test(result_line, a_body_is_written_as_asked)
{
    static const struct {
        enum opt_body form;
        const char *type, *body, *key, *json;
    } rows[] = {
        {BODY_AUTO, NULL, "", "body", "\"\""},
        {BODY_AUTO, NULL, "a\n\xc3\xa9", "body", "\"a\\n\xc3\xa9\""},
        {BODY_AUTO, NULL, "a\xff", "body_base64", "\"Yf8=\""},
        {BODY_AUTO, "t; charset=latin1", "\xe9", "body_base64", "\"6Q==\""},
        {BODY_TEXT, NULL, "", "body", "\"\""},
        {BODY_TEXT, NULL, "a\xff", "body", "\"a" FFFD "\""},
        {BODY_TEXT, "t; charset=latin1", "\xe9", "body", "\"\xc3\xa9\""},
        {BODY_TEXT, "t; charset=no-such", "\xe9", "body", "\"" FFFD "\""},
        {BODY_BASE64, NULL, "", "body_base64", "\"\""},
        {BODY_BASE64, NULL, "abc", "body_base64", "\"YWJj\""},
        {BODY_AS_JSON, NULL, " [1,\n2] ", "body_json", "[1,2]"},
        {BODY_AS_JSON, NULL, "null", "body_json", "null"},
        {BODY_AS_JSON, NULL, "", "body", "\"\""},
        {BODY_AS_JSON, NULL, "\xef\xbb\xbf{}", "body_json", "{}"},
        {BODY_AS_JSON, NULL, "\xef\xbb\xbf", "body", "\"\xef\xbb\xbf\""},
        {BODY_AUTO, NULL, "\xef\xbb\xbf{}", "body", "\"\xef\xbb\xbf{}\""},
        {BODY_AS_JSON, NULL, "[1,", "body", "\"[1,\""},
        {BODY_AS_JSON, NULL, "\"\xff\"", "body_base64", "\"Iv8i\""},
    };

    job->res.status = 200;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf keys = BUF_INIT;

        opts.body = rows[i].form;
        job->res.content_type = rows[i].type;
        buf_clear(&job->res.body);
        buf_addstr(&job->res.body, rows[i].body);
        expect_value(rows[i].key, rows[i].json);
        buf_printf(&keys, CORE_KEYS " %s body_truncated%c", rows[i].key, '\0');
        expect_keys(keys.data);
        buf_fini(&keys);
    }
}

Test(result_line, numbers_of_a_json_body_keep_their_text)
{
    static const char body[] = "{\"a\": 12345678901234567890123, \"b\": 1.10}";

    job->res.status = 200;
    opts.body = BODY_AS_JSON;
    buf_addstr(&job->res.body, body);
    result_line_write(job, &opts);
    buf_addc(&job->line, '\0');
    cr_expect_not_null(strstr(job->line.data,
                              ",\"body_json\":{\"a\":12345678901234567890123,"
                              "\"b\":1.10},\"body_truncated\":false}\n"));
}

Test(result_line, without_a_response_there_is_no_body)
{
    static const enum opt_body forms[] = {BODY_AUTO, BODY_TEXT, BODY_BASE64,
                                          BODY_AS_JSON};

    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        opts.body = forms[i];
        expect_value("body", "null");
    }
}

Test(result_line, half_a_body_is_none)
{
    opts.body = BODY_AUTO;
    job->res.status = 200;
    result_fail(&job->res, ERR_TOO_LARGE, "body_over_limit", PHASE_RECEIVE,
                false, "too large");
    expect_value("body", "null");
}

Test(result_line, released_strings_are_null)
{
    opts.include_headers = true;
    opts.body = BODY_AUTO;
    job->res.status = 503;
    buf_addstr(&job->res.headers, "A: 1\r\n");
    buf_addstr(&job->res.body, "x");
    result_drop_response(&job->res);
    expect_value("headers", "null");
    expect_value("body", "null");
    expect_value("status_code", "503");
}

Test(result_line, a_truncated_body_is_called_so)
{
    job->res.status = 200;
    job->res.body_truncated = true;
    expect_keys(CORE_KEYS);
    opts.body = BODY_AUTO;
    expect_value("body_truncated", "true");
    opts.body = BODY_OFF;
    opts.output_dir = "bodies";
    expect_value("body_truncated", "true");
    opts.output_dir = NULL;
    opts.truncate = 0;
    expect_value("body_truncated", "true");
}

Test(result_line, a_bodys_file_and_hash_are_told)
{
    opts.output_dir = "bodies";
    opts.sha256 = true;
    expect_value("body_path", "null");
    expect_value("sha256", "null");
    job->res.body_path = "bodies/\xff.html";
    job->res.sha256 = "2cf2";
    expect_value("body_path", "\"bodies/" FFFD ".html\"");
    expect_value("sha256", "\"2cf2\"");
}

Test(result_line, a_tls_connection_is_described)
{
    struct tls_info tls = {.not_after_us = -1};

    opts.tls_info = true;
    expect_value("tls", "null");
    job->res.tls = &tls;
    expect_value("tls", "{\"version\":null,\"cipher\":null,\"alpn\":null,"
                        "\"verified\":false,\"subject\":null,"
                        "\"issuer\":null,\"not_after\":null,"
                        "\"sha256\":null}");
    tls = (struct tls_info){
        .version = "TLSv1.3",
        .cipher = "TLS_AES_256_GCM_SHA384",
        .alpn = "h2",
        .is_verified = true,
        .subject = "CN=\"\xff",
        .issuer = "CN=ca",
        .not_after_us = 0,
        .sha256 = "ab",
    };
    expect_value("tls", "{\"version\":\"TLSv1.3\","
                        "\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"alpn\":\"h2\","
                        "\"verified\":true,\"subject\":\"CN=\\\"" FFFD "\","
                        "\"issuer\":\"CN=ca\","
                        "\"not_after\":\"1970-01-01T00:00:00.000Z\","
                        "\"sha256\":\"ab\"}");
}

static void
ask_for(const char **fields, size_t n)
{
    opts.fields.v = fields;
    opts.fields.n = n;
}

Test(result_line, fields_are_chosen_but_keep_their_order)
{
    const char *fields[] = {"ok", "url", "index", "url", "meta", "body"};

    ask_for(fields, 1);
    expect_line("{\"ok\":true}\n");
    ask_for(fields, 4);
    expect_line("{\"index\":0,\"url\":\"http://h/\",\"ok\":true}\n");
    /* Those that are not asked for by their option are not there. */
    ask_for(fields + 4, 2);
    expect_line("{}\n");
    job->meta = "1";
    opts.body = BODY_AUTO;
    expect_line("{\"meta\":1,\"body\":null}\n");
}

Test(result_line, fields_do_not_change_what_a_body_is)
{
    const char *fields[] = {"body", "body_base64", "ok"};

    opts.body = BODY_AS_JSON;
    job->res.status = 200;
    buf_addstr(&job->res.body, "[]");
    ask_for(fields, 3);
    expect_line("{\"ok\":true}\n");
}

Test(result_line, fields_are_known_by_name)
{
    static const char *const known[] = {"index",          "id",
                                        "meta",           "url",
                                        "timing",         "error",
                                        "headers",        "redirects",
                                        "attempts_log",   "body",
                                        "body_base64",    "body_json",
                                        "body_truncated", "connection_reused",
                                        "body_path",      "sha256",
                                        "warc",           "tls"};
    static const char *const unknown[] = {
        "",
        "x",
        "inde",
        "indexx",
        "Index",
        "index\"",
        "error.class",
        "connection_reused_and_more_than_any_key_has"};

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        cr_expect(result_line_is_field(known[i], strlen(known[i])), "%s",
                  known[i]);
    for (size_t i = 0; i < ARRAY_LEN(unknown); i++)
        cr_expect_not(result_line_is_field(unknown[i], strlen(unknown[i])),
                      "%s", unknown[i]);
}

Test(result_line, a_line_starts_afresh_each_time)
{
    struct buf first = BUF_INIT;

    fill_job();
    result_line_write(job, &opts);
    buf_add(&first, job->line.data, job->line.len);
    result_line_write(job, &opts);
    cr_expect_eq(job->line.len, first.len);
    cr_expect_eq(memcmp(job->line.data, first.data, first.len), 0);
    buf_fini(&first);
}

static char
random_byte(void)
{
    static const char special[] = "\"\\\0\n\r\t :\x1b\x7f\x80\x9b\xc2\xe2"
                                  "\xa8\xed\xa0\xf0\xf4";

    if (rand() % 2 == 0)
        return (char)(rand() % 256);
    return special[(size_t)rand() % sizeof(special)];
}

/* The same with each byte that is no UTF-8 replaced. */
static json_t *
repaired(const char *s, size_t len)
{
    struct buf text = BUF_INIT;
    json_t *v;

    for (size_t i = 0; i < len;) {
        size_t n = utf8_char((const unsigned char *)s + i, len - i);

        buf_add(&text, n > 0 ? s + i : FFFD, n > 0 ? n : 3);
        i += n > 0 ? n : 1;
    }
    v = json_stringn(text.data ? text.data : "", text.len);
    cr_assert_not_null(v);
    buf_fini(&text);
    return v;
}

/* Bytes of the UTF-8 sequence that begins with s, as far as it is one. */
static size_t
utf8_part(const unsigned char *s, size_t len)
{
    size_t want = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2, n = 1;
    unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;

    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 1;
    while (n < want && n < len && s[n] >= low && s[n] <= high) {
        n++;
        low = 0x80;
        high = 0xbf;
    }
    return n;
}

/* The text as the Encoding standard has it: one U+FFFD for each sequence that
 * is not whole. */
static json_t *
decoded(const char *s, size_t len)
{
    struct buf text = BUF_INIT;
    json_t *v;

    for (size_t i = 0; i < len;) {
        const unsigned char *at = (const unsigned char *)s + i;
        size_t n = utf8_char(at, len - i);

        buf_add(&text, n > 0 ? s + i : FFFD, n > 0 ? n : 3);
        i += n > 0 ? n : utf8_part(at, len - i);
    }
    v = json_stringn(text.data ? text.data : "", text.len);
    cr_assert_not_null(v);
    buf_fini(&text);
    return v;
}

/* The value of a header line, as a reader should get it. */
static json_t *
header_value(char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '\n')
            s[i] = '.'; /* it would be another header */
    }
    for (; len > 0 && strchr(" \t", s[0]) && s[0] != '\0'; len--)
        s++;
    for (; len > 0 && s[len - 1] != '\0' && strchr(" \t\r", s[len - 1]); len--)
        continue;
    return repaired(s, len);
}

Test(result_line, any_bytes_of_headers_and_bodies_survive)
{
    char bytes[120];

    srand(3);
    opts.include_headers = true;
    opts.body = BODY_TEXT;
    job->res.status = 200;
    for (int i = 0; i < 10000; i++) {
        size_t len = (size_t)rand() % sizeof(bytes);
        json_t *body, *url, *value, *line;

        for (size_t k = 0; k < len; k++)
            bytes[k] = random_byte();
        job->url_given = bytes;
        job->url_given_len = len;
        opts.show_secrets = true;
        buf_clear(&job->res.body);
        buf_add(&job->res.body, bytes, len);
        body = decoded(bytes, len);
        url = repaired(bytes, len);
        line = write_line();
        cr_assert(json_equal(json_object_get(line, "body"), body), "%d", i);
        cr_assert(json_equal(json_object_get(line, "url"), url), "%d", i);
        json_decref(url);
        json_decref(line);

        value = header_value(bytes, len);
        buf_clear(&job->res.headers);
        buf_addstr(&job->res.headers, "X: ");
        buf_add(&job->res.headers, bytes, len);
        buf_addstr(&job->res.headers, "\r\n");
        line = write_line();
        cr_assert(
            json_equal(
                json_array_get(
                    json_object_get(json_object_get(line, "headers"), "x"), 0),
                value),
            "%d: %.*s", i, (int)job->line.len, job->line.data);
        json_decref(line);
        json_decref(body);
        json_decref(value);
    }
}

Test(result_line, numbers_of_records_beyond_32_bits_are_whole)
{
    job->index = (UINT64_C(1) << 31) + 1;
    expect_value("index", "2147483649");
    buf_clear(&job->line);
    job->index = (UINT64_C(1) << 32) + 2;
    job->is_repeat = true;
    job->duplicate_of = UINT64_C(1) << 32;
    expect_value("index", "4294967298");
    buf_clear(&job->line);
    expect_value("duplicate_of", "4294967296");
}
