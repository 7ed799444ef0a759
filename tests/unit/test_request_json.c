#include "input/lines.h"
#include "input/request_json.h"
#include "job/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <string.h>

#include <criterion/criterion.h>

static struct job_pool *pool;
static struct job *job; /* of the last parse() */

static void
make_pool(void)
{
    pool = job_pool_new();
    job = job_new(pool);
}

static void
free_pool(void)
{
    job_free(pool, job);
    job_pool_free(pool);
}

TestSuite(request_json, .init = make_pool, .fini = free_pool);

/* Parse a record into a new job. */
static int
parse_record(const struct record *rec, enum opt_input format)
{
    /* The sanitizer watches its end, and the job must not keep pointers into
     * it. */
    char *copy = malloc(rec->len);
    struct record copied = *rec;
    int status;

    job_free(pool, job);
    job = job_new(pool);
    memcpy(copy, rec->text, rec->len);
    copied.text = copy;
    status = request_json_parse(&copied, format, job);
    memset(copy, '?', rec->len);
    free(copy);
    cr_expect_eq(status == 0, job->res.error.class == ERR_NONE);
    return status;
}

static int
parse_as(const char *text, enum opt_input format)
{
    struct record rec = {
        .text = text, .len = strlen(text), .place = "urls.jsonl", .line = 12};

    return parse_record(&rec, format);
}

static int
parse(const char *text)
{
    return parse_as(text, INPUT_AUTO);
}

static bool
url_is(const char *url)
{
    if (!url)
        return !job->url_given;
    return job->url_given && job->url_given_len == strlen(url) &&
           memcmp(job->url_given, url, job->url_given_len) == 0;
}

static bool
error_is(const char *code, const char *message)
{
    return strcmp(job->res.error.code, code) == 0 &&
           strcmp(job->res.error.message, message) == 0;
}

/* Are these two texts the same, or both NULL? */
static bool
same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The headers as "name:value|". */
static const char *
headers(void)
{
    static char text[1024];
    char *p = text;

    *p = '\0';
    for (const struct header *h = job->first.headers; h; h = h->next)
        p += sprintf(p, "%s:%s|", h->name, h->value);
    return text;
}

Test(request_json, a_line_is_a_url)
{
    static const char *const rows[] = {
        "http://a/", "a", "http://a/ b", "[1]", "\"x", "http://\xff/", "x{}",
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_assert_eq(parse(rows[i]), 0, "%s", rows[i]);
        cr_expect(url_is(rows[i]), "%s", rows[i]);
        cr_expect_null(job->id);
        cr_expect_null(job->meta);
        cr_expect_null(job->first.method);
        cr_expect_eq(job->first.body_kind, BODY_NONE);
        cr_expect_eq(job->first.timeout_us, -1);
        cr_expect_eq(job->first.connect_timeout_us, -1);
    }
}

Test(request_json, the_format_can_be_forced)
{
    static const struct {
        const char *text;
        enum opt_input format;
        const char *url, *code; /* code NULL: no error */
    } rows[] = {
        {"{\"url\":\"x\"}", INPUT_AUTO, "x", NULL},
        {"{\"url\":\"x\"}", INPUT_JSONL, "x", NULL},
        {"{\"url\":\"x\"}", INPUT_LINES, NULL, "url_malformed"},
        {"{", INPUT_LINES, NULL, "url_malformed"},
        {"http://a/", INPUT_LINES, "http://a/", NULL},
        {"http://a/", INPUT_JSONL, NULL, "json_invalid"},
        {"[{\"url\":\"x\"}]", INPUT_JSONL, NULL, "json_invalid"},
        {"\"x\"", INPUT_JSONL, NULL, "json_invalid"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int status = parse_as(rows[i].text, rows[i].format);

        cr_expect_eq(status, rows[i].code ? -1 : 0, "row %zu", i);
        cr_expect(url_is(rows[i].url), "row %zu", i);
        if (rows[i].code)
            cr_expect_str_eq(job->res.error.code, rows[i].code, "row %zu", i);
    }
}

Test(request_json, the_url_of_an_object_is_taken)
{
    static const struct {
        const char *text, *url;
    } rows[] = {
        {"{\"url\":\"http://a/\"}", "http://a/"},
        {"{ \"url\" : \"http://a/\" }", "http://a/"},
        {"{\"url\":\" http://a/\\r\\n\"}", "http://a/"},
        {"{\"url\":\"http:\\/\\/a\\u002f\"}", "http://a/"},
        {"{\"\\u0075rl\":\"http://a/\"}", "http://a/"},
        {"{\"url\":\"http://\xc3\xa9.example/\"}", "http://\xc3\xa9.example/"},
        {"{\"url\":\"http://\\u00e9\\ud83d\\ude00/\"}",
         "http://\xc3\xa9\xf0\x9f\x98\x80/"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_assert_eq(parse(rows[i].text), 0, "%s: %s", rows[i].text,
                     job->res.error.message);
        cr_expect(url_is(rows[i].url), "%s", rows[i].text);
    }
}

Test(request_json, a_request_takes_every_key)
{
    cr_assert_eq(parse("{\"url\":\"http://a/\",\"method\":\"pATCH\","
                       "\"headers\":{\"A\":\"1\"},\"body\":\"x\\ny\","
                       "\"timeout\":1.5,\"connect_timeout\":\"300ms\","
                       "\"output_name\":\"o\\u002fp\",\"id\":7,\"meta\":[]}"),
                 0, "%s", job->res.error.message);
    cr_expect_str_eq(job->first.method, "pATCH");
    cr_expect_str_eq(headers(), "A:1|");
    cr_expect_eq(job->first.body_kind, BODY_RAW);
    cr_expect_eq(job->first.body_len, 3);
    cr_expect_arr_eq(job->first.body, "x\ny", 3);
    cr_expect_eq(job->first.timeout_us, 1500000);
    cr_expect_eq(job->first.connect_timeout_us, 300000);
    cr_expect_str_eq(job->output_name, "o/p");
    cr_expect_str_eq(job->id, "7");
    cr_expect_str_eq(job->meta, "[]");
}

Test(request_json, null_is_not_given)
{
    cr_assert_eq(parse("{\"url\":\"http://a/\",\"method\":null,"
                       "\"headers\":null,\"body\":null,\"body_base64\":null,"
                       "\"timeout\":null,\"connect_timeout\":null,"
                       "\"output_name\":null,\"id\":null,\"meta\":null}"),
                 0, "%s", job->res.error.message);
    cr_expect_null(job->first.method);
    cr_expect_null(job->first.headers);
    cr_expect_eq(job->first.body_kind, BODY_NONE);
    cr_expect_eq(job->first.timeout_us, -1);
    cr_expect_null(job->output_name);
    /* If any value is allowed, null is one. */
    cr_expect_str_eq(job->id, "null");
    cr_expect_str_eq(job->meta, "null");
}

Test(request_json, id_and_meta_stay_as_they_are)
{
    static const struct {
        const char *value, *kept;
    } rows[] = {
        {"1", "1"},
        {"1.0", "1.0"},
        {"1e999", "1e999"},
        {"-1E+999", "-1E+999"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"\"\\u0041\\u0000\\/\"", "\"\\u0041\\u0000\\/\""},
        {"\"\xc3\xa9\"", "\"\xc3\xa9\""},
        {"{ \"a\" : 1 , \"a\" : [ 2 , \" x \" ] }",
         "{\"a\":1,\"a\":[2,\" x \"]}"},
        {"[[[[[[[[{}]]]]]]]]", "[[[[[[[[{}]]]]]]]]"},
        {"false", "false"},
        {"\"\xc2\x9b\"", "\"\\u009b\""}, /* the same, and harmless */
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[512];

        sprintf(text, "{\"id\" : %s ,\"url\":\"x\", \"meta\":%s}",
                rows[i].value, rows[i].value);
        cr_assert_eq(parse(text), 0, "%s: %s", text, job->res.error.message);
        cr_expect_str_eq(job->id, rows[i].kept, "%s", job->id);
        cr_expect_str_eq(job->meta, rows[i].kept, "%s", job->meta);
    }
}

Test(request_json, a_deep_meta_comes_back)
{
    char text[5000] = "{\"url\":\"x\",\"meta\":", *start = strchr(text, '\0');

    memset(start, '[', 252);
    memset(start + 252, ']', 252);
    memcpy(start + 504, "}", 2);
    cr_assert_eq(parse(text), 0, "%s", job->res.error.message);
    start[504] = '\0';
    cr_expect_str_eq(job->meta, start);
    memset(start, '[', 253);
    memset(start + 253, ']', 253);
    memcpy(start + 506, "}", 2);
    cr_expect_eq(parse(text), -1);
    cr_expect_str_eq(job->res.error.code, "value_invalid");
    cr_expect_null(job->meta);
}

Test(request_json, headers_keep_order_and_repetition)
{
    static const struct {
        const char *json, *headers;
    } rows[] = {
        {"{}", ""},
        {"{\"B\":\"1\",\"a\":\"2\"}", "B:1|a:2|"},
        {"{\"A\":[\"1\",\"2\"],\"B\":[],\"C\":[\"3\"]}", "A:1|A:2|C:3|"},
        {"{ \"A\" : [ \"1\" , \"2\" ] }", "A:1|A:2|"},
        {"{\"A\":\"1\",\"A\":\"2\",\"a\":\"3\"}", "A:1|A:2|a:3|"},
        {"{\"A\":\"\"}", "A:|"},
        {"{\"A\":\" \\t x y\\t \"}", "A:x y|"},
        {"{\"A\":\"   \"}", "A:|"},
        {"{\"A\":\"\\u00e9\xc3\xa9\"}", "A:\xc3\xa9\xc3\xa9|"},
        {"{\"\\u0041\":\"b\\\"\\\\\"}", "A:b\"\\|"},
        {"{\"a!#$%&'*+-.^_`|~9\":\"1\"}", "a!#$%&'*+-.^_`|~9:1|"},
        {"{\"Host\":\"b\",\"Connection\":\"close\",\"Content-Type\":\"x/y\"}",
         "Host:b|Connection:close|Content-Type:x/y|"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[256];

        sprintf(text, "{\"url\":\"x\",\"headers\":%s}", rows[i].json);
        cr_assert_eq(parse(text), 0, "%s: %s", text, job->res.error.message);
        cr_expect_str_eq(headers(), rows[i].headers, "%s: %s", text, headers());
    }
}

Test(request_json, bodies)
{
#define BODY(json, kind, body)                                                 \
    {                                                                          \
        json, kind, body, sizeof(body) - 1                                     \
    }
    static const struct {
        const char *json;
        enum body_kind kind;
        const char *body;
        size_t len;
    } rows[] = {
        BODY("\"body\":\"a=b\"", BODY_RAW, "a=b"),
        BODY("\"body\":\"\"", BODY_RAW, ""),
        BODY("\"body\":\"\\u0000a\\u0000\"", BODY_RAW, "\0a\0"),
        BODY("\"body\":\" \\u00e9 \"", BODY_RAW, " \xc3\xa9 "),
        BODY("\"body_base64\":\"AP8K\"", BODY_RAW, "\0\xff\n"),
        BODY("\"body_base64\":\"\"", BODY_RAW, ""),
        BODY("\"body_base64\":\"\\u0041A==\"", BODY_RAW, "\0"),
        BODY("\"json\":null", BODY_JSON, "null"),
        BODY("\"json\":\"x\"", BODY_JSON, "\"x\""),
        BODY("\"json\":1e999", BODY_JSON, "1e999"),
        BODY("\"json\":{ \"b\" : [ 1.0 , \" \" ], \"a\":1, \"a\":2 }",
             BODY_JSON, "{\"b\":[1.0,\" \"],\"a\":1,\"a\":2}"),
        BODY("\"json\":1,\"body\":null", BODY_JSON, "1"),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[256];

        sprintf(text, "{\"url\":\"x\",%s}", rows[i].json);
        cr_assert_eq(parse(text), 0, "%s: %s", text, job->res.error.message);
        cr_expect_eq(job->first.body_kind, rows[i].kind, "%s", text);
        cr_expect_eq(job->first.body_len, rows[i].len, "%s", text);
        cr_assert(job->first.body, "%s", text);
        cr_expect_arr_eq(job->first.body, rows[i].body, rows[i].len, "%s",
                         text);
    }
}

Test(request_json, timeouts)
{
    static const struct {
        const char *value;
        int64_t us; /* -1: refused */
    } rows[] = {
        {"0", 0},
        {"-0", 0},
        {"0.0", 0},
        {"1", 1000000},
        {"1.5", 1500000},
        {"0.1", 100000},
        {"1e3", 1000000000},
        {"0.000001", 1},
        {"0.0000001", 1}, /* less is 0, which is "off" */
        {"1e-300", 1},
        {"0.0000019", 2}, /* rounded */
        {"-0.0000001", -1},
        {"1000000", INT64_C(1000000000000)},
        {"1000000.0", INT64_C(1000000000000)},
        {"1000000.1", -1},
        {"1000001", -1},
        {"99999999999999999999999", -1},
        {"1e999", -1},
        {"-1", -1},
        {"-0.001", -1},
        {"\"300ms\"", 300000},
        {"\"10\"", 10000000},
        {"\"1h\"", INT64_C(3600000000)},
        {"\"0\"", 0},
        {"\"0.00ms\"", 0},
        {"\"0.0001ms\"", 1},
        {"\"1000000s\"", INT64_C(1000000000000)},
        {"\"1000001s\"", -1},
        {"\"300h\"", -1},
        {"\"1\\u0030s\"", 10000000},
        {"\"\"", -1},
        {"\"-1s\"", -1},
        {"\"1 s\"", -1},
        {"\" 1s\"", -1},
        {"\"1s\\u0000\"", -1},
        {"\"00000000000000000000000000000000000000001s\"", -1},
        {"true", -1},
        {"[1]", -1},
        {"{}", -1},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int expected = rows[i].us < 0 ? -1 : 0;
        char text[128];

        sprintf(text, "{\"url\":\"x\",\"timeout\":%s}", rows[i].value);
        cr_expect_eq(parse(text), expected, "%s", text);
        cr_expect_eq(job->first.timeout_us, rows[i].us, "%s", text);
        cr_expect_eq(job->first.connect_timeout_us, -1);
        sprintf(text, "{\"url\":\"x\",\"connect_timeout\":%s}", rows[i].value);
        cr_expect_eq(parse(text), expected, "%s", text);
        cr_expect_eq(job->first.connect_timeout_us, rows[i].us, "%s", text);
        cr_expect_eq(job->first.timeout_us, -1);
    }
}

Test(request_json, invalid_requests_are_refused_with_a_message)
{
    static const struct {
        const char *text, *code, *message, *url; /* url NULL: none is shown */
    } rows[] = {
        {"{", "json_invalid", "2: not valid JSON: a key in quotes is missing",
         NULL},
        {"{\"url\":\"x\"} {}", "json_invalid",
         "13: not valid JSON: something stands behind the value", NULL},
        {"{\"url\":\"\xff\"}", "json_invalid", "9: not valid JSON: not UTF-8",
         NULL},
        {"{\"url\":\"x\",\"id\":01}", "json_invalid",
         "18: not valid JSON: a number starts with 0", NULL},
        {"{\"url\":\"x\",\"url\":\"y\"}", "json_invalid",
         "'url' is given twice", "x"},
        {"{\"url\":\"x\",\"ok\":1,\"\\u006fk\":2}", "json_invalid",
         "'ok' is given twice", "x"},
        {"{\"url\":\"x\",\"colour\":1}", "key_unknown", "unknown key 'colour'",
         "x"},
        {"{\"a\":1,\"url\":\"x\",\"b\":1}", "key_unknown", "unknown key 'a'",
         "x"},
        {"{\"id\":1,\"id\":1,\"ok\":1,\"url\":\"x\",\"ok\":1}", "json_invalid",
         "'id' is given twice", "x"},
        {"{\"ulr\":\"x\"}", "key_unknown", "unknown key 'ulr'", NULL},
        {"{\"url\":\"x\",\"\":1}", "key_unknown", "unknown key ''", "x"},
        {"{\"url\":\"x\",\"URL\":1}", "key_unknown", "unknown key 'URL'", "x"},
        {"{\"url\":\"x\",\"url\\u0000\":1}", "key_unknown",
         "unknown key 'url\\u0000'", "x"},
        {"{\"url\":\"x\",\"\\u001b[1m\":1}", "key_unknown",
         "unknown key '\\u001b[1m'", "x"},
        {"{}", "url_missing", "'url' is missing", NULL},
        {"{\"url\":null}", "url_missing", "'url' is missing", NULL},
        {"{\"url\":\"\"}", "url_missing", "'url' is empty", NULL},
        {"{\"url\":\" \\n\"}", "url_missing", "'url' is empty", NULL},
        {"{\"url\":5}", "value_invalid", "'url' must be a string, not a number",
         NULL},
        {"{\"url\":[\"x\"]}", "value_invalid",
         "'url' must be a string, not an array", NULL},
        {"{\"url\":\"x\",\"method\":5}", "value_invalid",
         "'method' must be a string, not a number", "x"},
        {"{\"url\":\"x\",\"method\":\"\"}", "method_invalid",
         "'method' must be a word like GET, not \"\"", "x"},
        {"{\"url\":\"x\",\"method\":\"GET /\"}", "method_invalid",
         "'method' must be a word like GET, not \"GET /\"", "x"},
        {"{\"url\":\"x\",\"method\":\"A\\r\\nB\"}", "method_invalid",
         "'method' must be a word like GET, not \"A\\r\\nB\"", "x"},
        {"{\"url\":\"x\",\"method\":\"GET\\u0000\"}", "method_invalid",
         "'method' must be a word like GET, not \"GET\\u0000\"", "x"},
        {"{\"url\":\"x\",\"headers\":[]}", "value_invalid",
         "'headers' must be an object, not an array", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":1}}", "header_invalid",
         "header 'A' must be a string or an array of strings, not a number",
         "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":null}}", "header_invalid",
         "header 'A' must be a string or an array of strings, not null", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":[\"b\",true]}}", "header_invalid",
         "header 'A' must be a string or an array of strings, not a boolean",
         "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":[[\"b\"]]}}", "header_invalid",
         "header 'A' must be a string or an array of strings, not an array",
         "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":{}}}", "header_invalid",
         "header 'A' must be a string or an array of strings, not an object",
         "x"},
        {"{\"url\":\"x\",\"headers\":{\"A B\":\"c\"}}", "header_invalid",
         "'A B' is not a header name", "x"},
        {"{\"url\":\"x\",\"headers\":{\"\":\"c\"}}", "header_invalid",
         "'' is not a header name", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A:\":\"c\"}}", "header_invalid",
         "'A:' is not a header name", "x"},
        {"{\"url\":\"x\",\"headers\":{\":path\":\"c\"}}", "header_invalid",
         "':path' is not a header name", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":\"secret\\r\\nB: c\"}}",
         "header_invalid", "header 'A' has a control character in its value",
         "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":\"b\\n\"}}", "header_invalid",
         "header 'A' has a control character in its value", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":\"b\\u0000\"}}", "header_invalid",
         "header 'A' has a control character in its value", "x"},
        {"{\"url\":\"x\",\"headers\":{\"A\":\"b\\u007f\"}}", "header_invalid",
         "header 'A' has a control character in its value", "x"},
        {"{\"url\":\"x\",\"headers\":{\"content-LENGTH\":\"3\"}}",
         "header_invalid",
         "header 'content-LENGTH' must not be given: it follows the body", "x"},
        {"{\"url\":\"x\",\"headers\":{\"Transfer-Encoding\":[\"chunked\"]}}",
         "header_invalid",
         "header 'Transfer-Encoding' must not be given: it follows the body",
         "x"},
        {"{\"url\":\"x\",\"body\":5}", "value_invalid",
         "'body' must be a string, not a number", "x"},
        {"{\"url\":\"x\",\"body_base64\":{}}", "value_invalid",
         "'body_base64' must be a string, not an object", "x"},
        {"{\"url\":\"x\",\"body_base64\":\"Zg\"}", "body_invalid",
         "'body_base64' must be padded base64 without white space", "x"},
        {"{\"url\":\"x\",\"body\":\"\",\"json\":null}", "body_invalid",
         "only one of 'body', 'body_base64', 'json', 'body_file' and 'form' "
         "can be given",
         "x"},
        {"{\"url\":\"x\",\"body\":\"\",\"body_base64\":\"\"}", "body_invalid",
         "only one of 'body', 'body_base64', 'json', 'body_file' and 'form' "
         "can be given",
         "x"},
        {"{\"url\":\"x\",\"timeout\":-1}", "value_invalid",
         "'timeout' must be 0 to 1000000 seconds or a text like \"300ms\", "
         "not -1",
         "x"},
        {"{\"url\":\"x\",\"connect_timeout\":\"soon\"}", "value_invalid",
         "'connect_timeout' must be 0 to 1000000 seconds or a text like "
         "\"300ms\", not \"soon\"",
         "x"},
        {"{\"url\":\"x\",\"expect\":1}", "value_invalid",
         "'expect' must be a string, not a number", "x"},
        {"{\"url\":\"x\",\"expect_sha256\":\"0a\"}", "value_invalid",
         "'expect_sha256' must be a string of 64 hex digits, not \"0a\"", "x"},
        {"{\"url\":\"x\",\"output_name\":1}", "value_invalid",
         "'output_name' must be a string, not a number", "x"},
        {"{\"url\":\"x\",\"output_name\":\"\"}", "value_invalid",
         "'output_name' is empty", "x"},
        {"{\"url\":\"x\",\"output_name\":\"a\\u0000b\"}", "value_invalid",
         "'output_name' has a NUL in it", "x"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct fetch_error *e;
        char message[256];

        cr_expect_eq(parse(rows[i].text), -1, "%s", rows[i].text);
        e = &job->res.error;
        cr_expect_eq(e->class, ERR_INPUT);
        cr_expect_eq(e->phase, PHASE_INPUT);
        cr_expect_not(e->retryable);
        cr_expect_str_eq(e->code, rows[i].code, "%s: %s", rows[i].text,
                         e->code);
        sprintf(message, "urls.jsonl:12:%s%s",
                isdigit((unsigned char)*rows[i].message) ? "" : " ",
                rows[i].message);
        cr_expect_str_eq(e->message, message, "%s: %s", rows[i].text,
                         e->message);
        cr_expect(url_is(rows[i].url), "%s: %s", rows[i].text, job->url_given);
    }
}

Test(request_json, a_url_with_a_nul_is_refused)
{
    cr_expect_eq(parse("{\"url\":\"http://a\\u0000b/\"}"), -1);
    cr_expect(error_is("nul_byte", "urls.jsonl:12: 'url' has a NUL in it"));
    cr_expect_eq(job->url_given_len, 11);
    cr_expect_arr_eq(job->url_given, "http://a\0b/", 11);
}

Test(request_json, an_error_keeps_id_and_meta)
{
    static const char *const rows[] = {
        "{\"id\":[1],\"meta\":2,\"url\":\"x\",\"colour\":1}",
        "{\"id\":[1],\"meta\":2}",
        "{\"url\":\"x\",\"timeout\":-1,\"id\":[1],\"meta\":2}",
        "{\"url\":\"x\",\"id\":[1],\"meta\":2,\"url\":\"x\"}",
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_expect_eq(parse(rows[i]), -1, "%s", rows[i]);
        cr_expect(same(job->id, "[1]"), "%s", rows[i]);
        cr_expect(same(job->meta, "2"), "%s", rows[i]);
    }
}

Test(request_json, names_the_place)
{
    static char long_name[301];
    static const struct {
        const char *place;
        uint64_t line;
        const char *message;
    } rows[] = {
        {NULL, 0, "argument: 'url' is missing"},
        {"standard input", 1, "standard input:1: 'url' is missing"},
        {"a b", 12345678901, "a b:12345678901: 'url' is missing"},
        {long_name, 1,
         "...nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
         "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn.txt:1: 'url' is missing"},
    };

    memset(long_name, 'n', 300);
    long_name[203] = '\xc3';
    long_name[204] = '\xa9'; /* the cut is between these */
    snprintf(long_name + 296, 5, ".txt");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record rec = {
            .text = "{}",
            .len = 2,
            .place = rows[i].place,
            .line = rows[i].line,
        };

        cr_expect_eq(parse_record(&rec, INPUT_AUTO), -1);
        cr_expect_str_eq(job->res.error.message, rows[i].message, "%s",
                         job->res.error.message);
    }
}

Test(request_json, long_values_are_cut_in_messages)
{
    static char text[8192];
    const char *message;

    sprintf(text, "{\"url\":\"x\",\"%0*d\":1}", 5000, 0);
    cr_expect_eq(parse(text), -1);
    message = job->res.error.message;
    cr_expect_lt(strlen(message), 100, "%s", message);
    cr_expect_str_eq(message + strlen(message) - 2, "0'", "%s", message);
    sprintf(text, "{\"url\":\"x\",\"method\":\"%*s\"}", 5000, "");
    cr_expect_eq(parse(text), -1);
    cr_expect_lt(strlen(job->res.error.message), 120);
}

Test(request_json, a_flawed_line_is_shown_in_part)
{
    static char text[LINE_MAX_BYTES];
    struct record rec = {
        .text = text,
        .len = sizeof(text),
        .place = "a",
        .line = 3,
        .flaw = RECORD_TOO_LONG,
    };

    memset(text, 'x', sizeof(text));
    text[2047] = '\xc3';
    text[2048] = '\xa9';
    cr_expect_eq(parse_record(&rec, INPUT_AUTO), -1);
    cr_expect(error_is("line_too_long", "a:3: the line is over 1048576 bytes"));
    cr_expect_eq(job->url_given_len, 2047, "no character is cut");

    rec.text = "{\"url\":\"x\0\"}";
    rec.len = 12;
    rec.flaw = RECORD_HAS_NUL;
    cr_expect_eq(parse_record(&rec, INPUT_LINES), -1);
    cr_expect(error_is("nul_byte", "a:3: the line has a NUL byte in it"));
    cr_expect_eq(job->url_given_len, 0, "nothing of JSON is shown");
}

Test(request_json, a_result_line_is_a_record)
{
    cr_assert_eq(
        parse("{\"index\":0,\"id\":\"a1\",\"url\":\"http://a/\","
              "\"url_effective\":\"https://a/\",\"method\":\"HEAD\","
              "\"ok\":false,\"status_code\":503,\"error\":{\"class\":\"http\"},"
              "\"attempts\":1,\"num_redirects\":1,\"http_version\":\"2\","
              "\"remote_ip\":\"192.0.2.1\",\"remote_port\":443,"
              "\"connection_reused\":false,\"content_type\":\"text/html\","
              "\"content_length\":648,\"size_download\":648,"
              "\"size_body\":1256,\"started_at\":\"2026-11-22T23:10:04.112Z\","
              "\"time_queue\":0.000041,\"time_total\":0.183402,"
              "\"elapsed\":0.183455,\"timing\":{\"dns\":null},"
              "\"headers\":{\"content-length\":[\"648\"],\"bad name\":5},"
              "\"redirects\":[],\"attempts_log\":[],\"tls\":null,"
              "\"body\":\"<html>\",\"body_base64\":\"!\",\"body_json\":{},"
              "\"body_path\":\"o/x\",\"body_truncated\":false,"
              "\"sha256\":\"00\",\"duplicate_of\":null,\"meta\":{\"a\":1.0},"
              "\"change\":\"new\",\"etag\":null,\"last_modified\":null,"
              "\"request_hash\":\"0\",\"skipped\":true,\"warc\":{},"
              "\"content_encoding\":\"x\",\"request_omitted\":[]}"),
        0, "%s", job->res.error.message);
    cr_expect(url_is("http://a/"));
    cr_expect_str_eq(job->id, "\"a1\"");
    cr_expect_str_eq(job->meta, "{\"a\":1.0}");
    cr_expect_str_eq(job->first.method, "HEAD");
    cr_expect_null(job->first.headers);
    cr_expect_eq(job->first.body_kind, BODY_NONE);
}

Test(request_json, any_key_that_only_results_have_makes_a_result_line)
{
    static const struct {
        const char *key;
        bool is_result;
    } rows[] = {
        {"index", true},         {"ok", true},    {"attempts", true},
        {"elapsed", true},       {"error", true}, {"status_code", true},
        {"url_effective", true}, {"tls", true},   {"body_path", true},
        {"duplicate_of", true},  {"meta", false}, {"id", false},
        {"method", false},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[256];

        sprintf(text,
                "{\"headers\":{\"A\":\"b\"},\"body\":\"c\",\"%s\":null,"
                "\"url\":\"x\",\"output_name\":\"o\",\"timeout\":2}",
                rows[i].key);
        cr_assert_eq(parse(text), 0, "%s", job->res.error.message);
        cr_expect_eq(!job->first.headers, rows[i].is_result, "%s", text);
        cr_expect_eq(!job->first.body, rows[i].is_result, "%s", text);
        cr_expect(same(job->output_name, "o"), "%s", text);
        cr_expect_eq(job->first.timeout_us, 2000000, "%s", text);
    }
}

Test(request_json, a_result_line_with_an_unknown_key_is_refused)
{
    cr_expect_eq(parse("{\"index\":0,\"url\":\"x\",\"colour\":1}"), -1);
    cr_expect_str_eq(job->res.error.code, "key_unknown");
}

Test(request_json, a_result_that_lacks_some_of_its_request_is_refused)
{
    static const struct {
        const char *text, *missing;
    } rows[] = {
        {"{\"ok\":false,\"url\":\"x\",\"request_omitted\":[\"headers\","
         "\"json\"]}",
         "headers, json"},
        {"{\"url\":\"x\",\"request_omitted\":[\"form\"]}", "form"},
        {"{\"url\":\"x\",\"request_omitted\":[\"new\"]}", "url"},
        {"{\"ok\":true,\"url\":\"http://***@h/\"}", "url"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char message[160];

        sprintf(message,
                "urls.jsonl:12: this result lacks its request's %s; "
                "--keep-request keeps that",
                rows[i].missing);
        cr_assert_eq(parse(rows[i].text), -1, "%s", rows[i].text);
        cr_expect_str_eq(job->res.error.code, "request_incomplete");
        cr_expect_str_eq(job->res.error.message, message);
        cr_expect_neq(job->first.own, 0, "its result tells it, too");
    }
    cr_expect_eq(parse("{\"url\":\"http://***@h/\"}"), 0, "no result");
}

Test(request_json, a_request_within_a_result_goes_before_the_line)
{
    cr_assert_eq(
        parse("{\"ok\":false,\"url\":\"http://***@h/\",\"method\":\"PUT\","
              "\"headers\":{\"date\":[\"x\"]},\"body\":\"theirs\",\"id\":7,"
              "\"request_omitted\":[\"url\"],\"request\":{"
              "\"url\":\"http://me:pw@h/\",\"headers\":{\"A\":\"b\"},"
              "\"json\":[1,2],\"accept\":\"404\"}}"),
        0, "%s", job->res.error.message);
    cr_expect(url_is("http://me:pw@h/"));
    cr_expect_str_eq(job->first.method, "PUT", "the line's, as it has one");
    cr_expect_str_eq(job->first.headers->name, "A");
    cr_expect_null(job->first.headers->next);
    cr_expect_eq(job->first.body_kind, BODY_JSON);
    cr_expect_str_eq(job->first.body, "[1,2]");
    cr_expect_str_eq(job->accept, "404");
    cr_expect_str_eq(job->id, "7");
    cr_expect_eq(job->first.own, OWN_METHOD | OWN_HEADERS | OWN_JSON);
}

Test(request_json, headers_without_any_are_no_part_of_a_request)
{
    cr_assert_eq(parse("{\"url\":\"http://h/\",\"headers\":{ }}"), 0);
    cr_expect_eq(job->first.own, 0);
    cr_assert_eq(parse("{\"url\":\"http://h/\",\"headers\":{\"A\":\"\"}}"), 0);
    cr_expect_eq(job->first.own, OWN_HEADERS);
}

Test(request_json, an_invalid_request_within_a_result_is_refused)
{
    static const struct {
        const char *text, *code;
    } rows[] = {
        {"{\"url\":\"x\",\"request\":\"y\"}", "value_invalid"},
        {"{\"url\":\"x\",\"request\":{\"colour\":1}}", "key_unknown"},
        {"{\"url\":\"x\",\"request\":{\"ok\":1}}", "key_unknown"},
        {"{\"url\":\"x\",\"request\":{\"url\":\"y\",\"url\":\"y\"}}",
         "json_invalid"},
        {"{\"url\":\"x\",\"request\":{\"url\":5}}", "value_invalid"},
        {"{\"url\":\"x\",\"accept\":5}", "value_invalid"},
        {"{\"url\":\"x\",\"accept\":\"2xx\"}", "value_invalid"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_assert_eq(parse(rows[i].text), -1, "%s", rows[i].text);
        cr_expect_str_eq(job->res.error.code, rows[i].code);
    }
}

Test(request_json, a_plain_url_needs_nothing_but_the_job)
{
    cr_assert_eq(parse("http://a.example/some/path?query"), 0);
    cr_expect_null(job->mem.chunks);
    cr_expect_eq(job->url_given, job->mem.first, "one copy");
}

Test(request_json, methods)
{
    static const char *const good[] = {"GET", "get", "M-SEARCH", "a.b_c",
                                       "!#$%&'*+-.^_`|~"};
    static const char *const bad[] = {"",    "GET ", "G T",      "GET\n",
                                      "(",   "a/b",  "\xc3\xa9", "a:b",
                                      "\"a", "a,b",  "\x7f",     "[]"};

    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        cr_expect(http_is_token(good[i], strlen(good[i])), "%s", good[i]);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        cr_expect_not(http_is_token(bad[i], strlen(bad[i])), "%s", bad[i]);
}

Test(request_json, header_names_and_values)
{
    cr_expect(http_is_token("X-A", 3));
    cr_expect_not(http_is_token("", 0));
    cr_expect_not(http_is_token("A\0", 2));
    cr_expect_not(http_is_token("A:", 2));
    cr_expect(http_is_token("A:", 1), "the length counts");
    for (int c = 0; c < 256; c++) {
        char text[] = {'a', (char)c, 'b'};
        bool is_fine = c == '\t' || (c >= 0x20 && c != 0x7f);

        cr_expect_eq(http_is_value(text, 3), is_fine, "%d", c);
    }
    cr_expect(http_is_value("", 0));
}
