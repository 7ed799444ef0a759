#include "input/request_json.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/base64.h"
#include "base/budgets.h"
#include "base/buf.h"
#include "base/json_compact.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/units.h"
#include "base/utf8.h"
#include "body/expect.h"
#include "input/kept_request.h"
#include "input/lines.h"
#include "input/request_form.h"
#include "input/spec.h"

#include <jansson.h>

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What is kept of a text that is no usable record. */
#define SHOWN_MAX 2048

/* The same of a value, and of a file's name, in a message. */
#define SEEN_MAX  48
#define PLACE_MAX 96

/* Of a SHA-256. */
#define SHA256_DIGITS 64

/* The longest timeout, in seconds: eleven days. */
#define TIMEOUT_MAX 1000000

#define NAME(text) text, sizeof(text) - 1

static const struct {
    const char *name;
    size_t len;
    enum key key;
} keys[] = {
    {NAME("url"), KEY_URL},
    {NAME("method"), KEY_METHOD},
    {NAME("headers"), KEY_HEADERS},
    {NAME("body"), KEY_BODY},
    {NAME("body_base64"), KEY_BODY_BASE64},
    {NAME("json"), KEY_JSON},
    {NAME("body_file"), KEY_BODY_FILE},
    {NAME("form"), KEY_FORM},
    {NAME("timeout"), KEY_TIMEOUT},
    {NAME("connect_timeout"), KEY_CONNECT_TIMEOUT},
    {NAME("output_name"), KEY_OUTPUT_NAME},
    {NAME("expect"), KEY_EXPECT},
    {NAME("expect_sha256"), KEY_EXPECT_SHA256},
    {NAME("accept"), KEY_ACCEPT},
    {NAME("id"), KEY_ID},
    {NAME("meta"), KEY_META},
    {NAME("request"), KEY_REQUEST},
    {NAME("request_omitted"), KEY_REQUEST_OMITTED},
    {NAME("index"), KEY_OF_RESULT},
    {NAME("url_effective"), KEY_OF_RESULT},
    {NAME("ok"), KEY_OF_RESULT},
    {NAME("status_code"), KEY_OF_RESULT},
    {NAME("error"), KEY_OF_RESULT},
    {NAME("attempts"), KEY_OF_RESULT},
    {NAME("num_redirects"), KEY_OF_RESULT},
    {NAME("http_version"), KEY_OF_RESULT},
    {NAME("remote_ip"), KEY_OF_RESULT},
    {NAME("remote_port"), KEY_OF_RESULT},
    {NAME("connection_reused"), KEY_OF_RESULT},
    {NAME("content_type"), KEY_OF_RESULT},
    {NAME("content_length"), KEY_OF_RESULT},
    {NAME("size_download"), KEY_OF_RESULT},
    {NAME("size_body"), KEY_OF_RESULT},
    {NAME("started_at"), KEY_OF_RESULT},
    {NAME("time_queue"), KEY_OF_RESULT},
    {NAME("time_total"), KEY_OF_RESULT},
    {NAME("elapsed"), KEY_OF_RESULT},
    {NAME("timing"), KEY_OF_RESULT},
    {NAME("redirects"), KEY_OF_RESULT},
    {NAME("attempts_log"), KEY_OF_RESULT},
    {NAME("tls"), KEY_OF_RESULT},
    {NAME("body_json"), KEY_OF_RESULT},
    {NAME("body_path"), KEY_OF_RESULT},
    {NAME("body_truncated"), KEY_OF_RESULT},
    {NAME("change"), KEY_OF_RESULT},
    {NAME("etag"), KEY_OF_RESULT},
    {NAME("last_modified"), KEY_OF_RESULT},
    {NAME("sha256"), KEY_OF_RESULT},
    {NAME("url_earlier"), KEY_OF_RESULT},
    {NAME("size_earlier"), KEY_OF_RESULT},
    {NAME("duplicate_of"), KEY_OF_RESULT},
    {NAME("request_hash"), KEY_OF_RESULT},
    {NAME("skipped"), KEY_OF_RESULT},
    {NAME("warc"), KEY_OF_RESULT},
    {NAME("warc_payload"), KEY_OF_RESULT},
    {NAME("content_encoding"), KEY_OF_RESULT},
};

_Static_assert(ARRAY_LEN(keys) <= 64, "a set of keys is 64 bits");

static bool
is_token(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = s[i];
        bool is_alnum =
            (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

        if (!is_alnum && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return len > 0;
}

bool
request_json_is_method(const char *s)
{
    return is_token(s, strlen(s));
}

bool
request_json_is_header_name(const char *s, size_t len)
{
    return is_token(s, len);
}

bool
request_json_is_header_value(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

/* "urls.jsonl:12: ", or with a column (0: none) "urls.jsonl:12:7: ".  Of a long
 * path the end tells more than the start. */
static void
write_place(const struct record *rec, size_t column, char *out, size_t size)
{
    char at[24] = "";

    if (column)
        snprintf(at, sizeof(at), ":%zu", column);
    if (rec->line == 0) {
        snprintf(out, size, "argument%s: ", at);
        return;
    }

    const char *name = rec->place;
    size_t len = strlen(name);
    bool is_cut = len > PLACE_MAX;

    if (is_cut)
        name += len - PLACE_MAX;
    while (is_cut && utf8_continues(*name))
        name++; /* not from the middle of a character */
    snprintf(out, size, "%s%s:%llu%s: ", is_cut ? "..." : "", name,
             (unsigned long long)rec->line, at);
}

static int refuse_record(const struct record *rec, size_t column, struct job *j,
                         const char *code, const char *fmt, va_list args)
    __attribute__((format(printf, 5, 0)));

/* Set the job's error; always -1. */
static int
refuse_record(const struct record *rec, size_t column, struct job *j,
              const char *code, const char *fmt, va_list args)
{
    char place[PLACE_MAX + 56], text[RESULT_MESSAGE_MAX];

    write_place(rec, column, place, sizeof(place));
    vsnprintf(text, sizeof(text), fmt, args);
    result_fail(&j->res, ERR_INPUT, code, PHASE_INPUT, false, "%s%s", place,
                text);
    return -1;
}

int
request_json_refuse(const struct record *rec, struct job *j, const char *code,
                    const char *fmt, ...)
{
    va_list args;
    int ret;

    va_start(args, fmt);
    ret = refuse_record(rec, 0, j, code, fmt, args);
    va_end(args);
    return ret;
}

int
spec_refuse(const struct spec *s, const char *code, const char *fmt, ...)
{
    va_list args;
    int ret;

    va_start(args, fmt);
    ret = refuse_record(s->rec, s->column, s->job, code, fmt, args);
    va_end(args);
    return ret;
}

/*
 * JSON strings and numbers.
 */

bool
spec_is_string(struct span value)
{
    return value.p && value.p[0] == '"';
}

const char *
spec_type_name(struct span value)
{
    switch (value.p[0]) {
    case '"':
        return "a string";
    case '{':
        return "an object";
    case '[':
        return "an array";
    case 't':
    case 'f':
        return "a boolean";
    case 'n':
        return "null";
    default:
        return "a number";
    }
}

void
request_json_global_init(void)
{
    json_set_alloc_funcs(xmalloc, free);
}

struct span
spec_unquote(const struct spec *s, struct span quoted)
{
    struct span inner = {quoted.p + 1, quoted.len - 2};

    if (!memchr(inner.p, '\\', inner.len))
        return inner;

    json_t *string = json_loadb(quoted.p, quoted.len,
                                JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    assert(string); /* it was found valid before */
    inner.len = json_string_length(string);
    inner.p = arena_strndup(&s->job->mem, json_string_value(string), inner.len);
    json_decref(string);
    return inner;
}

struct span
spec_keep_string(const struct spec *s, struct span quoted)
{
    struct span text = spec_unquote(s, quoted);

    if (text.p == quoted.p + 1)
        text.p = arena_strndup(&s->job->mem, text.p, text.len);
    return text;
}

static bool
has_nul(struct span text)
{
    return memchr(text.p, '\0', text.len) != NULL;
}

/* A number in seconds to microseconds; -1: out of range. */
static int64_t
number_us(struct span value)
{
    json_t *number = json_loadb(
        value.p, value.len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    double seconds = json_real_value(number);
    bool is_within = number && seconds >= 0 && seconds <= TIMEOUT_MAX;

    json_decref(number);
    if (!is_within)
        return -1;
    if (seconds > 0 && seconds < 1e-6)
        return 1; /* 0 would be "off", the opposite of what was asked */
    return (int64_t)(seconds * (double)US_PER_S + 0.5);
}

/* A text like "300ms" to microseconds; -1: it is none or out of range. */
static int64_t
text_us(struct span text)
{
    char copy[32];
    int64_t us;

    if (text.len >= sizeof(copy) || has_nul(text))
        return -1;
    memcpy(copy, text.p, text.len);
    copy[text.len] = '\0';
    if (units_duration(copy, &us) < 0 || us > TIMEOUT_MAX * US_PER_S)
        return -1;
    return us == 0 && strpbrk(copy, "123456789") ? 1 : us;
}

/*
 * The keys, one function each.  They return 0, or -1 and the error is set.
 */

void
request_json_show_text(const struct record *rec, struct job *j)
{
    struct span text = span_cut((struct span){rec->text, rec->len}, SHOWN_MAX);

    j->url_given = arena_strndup(&j->mem, text.p, text.len);
    j->url_given_len = text.len;
}

/* url_given, whatever is wrong with the record; none where it has no URL, as
 * anything else of it may be a password. */
static void
show_url(struct spec *s)
{
    struct job *j = s->job;

    if (!spec_is_string(s->value[KEY_URL]))
        return;

    struct span text = span_trim(spec_unquote(s, s->value[KEY_URL]));

    j->url_given = arena_strndup(&j->mem, text.p, text.len);
    j->url_given_len = text.len;
}

static int
check_url(const struct spec *s)
{
    struct span value = s->value[KEY_URL];

    if (!value.p)
        return spec_refuse(s, "url_missing", "'url' is missing");
    if (!spec_is_string(value)) {
        return spec_refuse(s, "value_invalid", "'url' must be a string, not %s",
                           spec_type_name(value));
    }
    if (s->job->url_given_len == 0)
        return spec_refuse(s, "url_missing", "'url' is empty");
    if (memchr(s->job->url_given, '\0', s->job->url_given_len))
        return spec_refuse(s, "nul_byte", "'url' has a NUL in it");
    return 0;
}

static int
take_method(struct spec *s)
{
    struct span value = s->value[KEY_METHOD];

    if (!value.p)
        return 0;
    if (!spec_is_string(value)) {
        return spec_refuse(s, "value_invalid",
                           "'method' must be a string, not %s",
                           spec_type_name(value));
    }

    struct span method = spec_keep_string(s, value);

    if (!is_token(method.p, method.len)) {
        struct span seen = span_cut(value, SEEN_MAX);

        return spec_refuse(s, "method_invalid",
                           "'method' must be a word like GET, not %.*s",
                           (int)seen.len, seen.p);
    }
    s->job->first.method = method.p;
    return 0;
}

/*
 * These two say where the request ends.  One that lies would make the server
 * take a part of this record's body for a request of its own, on a connection
 * that other records use too; the true one is libcurl's to write.
 */
static bool
is_framing_header(struct span name)
{
    static const char *const names[] = {"content-length", "transfer-encoding"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strlen(names[i]) == name.len &&
            strncasecmp(names[i], name.p, name.len) == 0)
            return true;
    }
    return false;
}

static int
check_header_name(const struct spec *s, struct span name)
{
    struct span seen = span_cut(name, SEEN_MAX);

    if (!is_token(name.p, name.len)) {
        return spec_refuse(s, "header_invalid", "'%.*s' is no header name",
                           (int)seen.len, seen.p);
    }
    if (is_framing_header(name)) {
        return spec_refuse(
            s, "header_invalid",
            "header '%.*s' must not be given: it follows the body",
            (int)seen.len, seen.p);
    }
    return 0;
}

/* Add one header at *tail and move that on.  Values are often secret, so no
 * message shows one. */
static int
add_header(struct spec *s, struct span name, struct span value,
           struct header ***tail)
{
    struct arena *mem = &s->job->mem;
    struct span seen = span_cut(name, SEEN_MAX);

    s->header_bytes += name.len + value.len;
    if (++s->nheaders > HEADERS_MAX || s->header_bytes > HEADERS_MAX_BYTES) {
        return spec_refuse(s, "headers_too_many",
                           "'headers' may have %d values and %zu bytes",
                           HEADERS_MAX, HEADERS_MAX_BYTES);
    }
    if (!spec_is_string(value)) {
        return spec_refuse(
            s, "header_invalid",
            "header '%.*s' must be a string or an array of strings, "
            "not %s",
            (int)seen.len, seen.p, spec_type_name(value));
    }

    struct span text = spec_unquote(s, value);

    if (!request_json_is_header_value(text.p, text.len)) {
        return spec_refuse(s, "header_invalid",
                           "header '%.*s' has a control character in its value",
                           (int)seen.len, seen.p);
    }
    text = span_trim(text);

    struct header *h = arena_alloc(mem, sizeof(*h));

    h->name = name.p;
    h->value = arena_strndup(mem, text.p, text.len);
    h->next = NULL;
    **tail = h;
    *tail = &h->next;
    return 0;
}

/* One member of "headers": a string, or an array of them. */
static int
take_header(struct spec *s, struct span key, struct span value,
            struct header ***tail)
{
    struct span name = spec_keep_string(s, key), element;
    struct span_walk walk;

    if (check_header_name(s, name) < 0)
        return -1;
    if (value.p[0] != '[')
        return add_header(s, name, value, tail);
    span_walk_init(&walk, value);
    while (span_walk_element(&walk, &element)) {
        if (add_header(s, name, element, tail) < 0)
            return -1;
    }
    return 0;
}

static int
take_headers(struct spec *s)
{
    struct span headers = s->value[KEY_HEADERS], key, value;
    struct header **tail = &s->job->first.headers;
    struct span_walk walk;

    if (!headers.p)
        return 0;
    if (headers.p[0] != '{') {
        return spec_refuse(s, "value_invalid",
                           "'headers' must be an object, not %s",
                           spec_type_name(headers));
    }
    span_walk_init(&walk, headers);
    while (span_walk_member(&walk, &key, &value)) {
        if (take_header(s, key, value, &tail) < 0)
            return -1;
    }
    return 0;
}

static int
take_base64(struct spec *s)
{
    struct request *req = &s->job->first;
    struct span text = spec_unquote(s, s->value[KEY_BODY_BASE64]);
    char *body = arena_alloc(&s->job->mem, BASE64_MAX_BYTES(text.len) + 1);
    ptrdiff_t len = base64_decode(text.p, text.len, body);

    if (len < 0) {
        return spec_refuse(
            s, "body_invalid",
            "'body_base64' must be padded base64 without white space");
    }
    req->body_kind = BODY_RAW;
    req->body = body;
    req->body_len = (size_t)len;
    return 0;
}

static int
take_body_file(struct spec *s)
{
    struct request *req = &s->job->first;
    struct span path = spec_keep_string(s, s->value[KEY_BODY_FILE]);

    if (path.len == 0 || has_nul(path))
        return spec_refuse(s, "value_invalid", "'body_file' %s",
                           path.len == 0 ? "is empty" : "has a NUL in it");
    req->body_kind = BODY_RAW;
    req->body_file = path.p;
    return 0;
}

static int
take_body(struct spec *s)
{
    static const struct {
        enum key key;
        const char *name;
    } rows[] = {{KEY_BODY, "body"},
                {KEY_BODY_BASE64, "body_base64"},
                {KEY_BODY_FILE, "body_file"}};
    struct request *req = &s->job->first;
    struct span json = s->value[KEY_JSON], form = s->value[KEY_FORM];
    int ngiven = (json.p != NULL) + (form.p != NULL);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct span value = s->value[rows[i].key];

        if (value.p && !spec_is_string(value)) {
            return spec_refuse(s, "value_invalid",
                               "'%s' must be a string, not %s", rows[i].name,
                               spec_type_name(value));
        }
        ngiven += value.p != NULL;
    }
    if (ngiven == 0)
        return 0;
    if (ngiven > 1) {
        return spec_refuse(
            s, "body_invalid",
            "only one of 'body', 'body_base64', 'json', 'body_file' "
            "and 'form' can be given");
    }

    if (s->value[KEY_BODY_BASE64].p)
        return take_base64(s);
    if (s->value[KEY_BODY_FILE].p)
        return take_body_file(s);
    if (form.p) {
        struct form_part *parts = NULL;

        req->body_kind = BODY_FORM;
        if (request_form_take(s, form, &parts) < 0)
            return -1;
        req->form = parts;
        return 0;
    }
    if (json.p) {
        req->body_kind = BODY_JSON;
        req->body = span_compact(json, &s->job->mem, &req->body_len);
    } else {
        struct span body = spec_keep_string(s, s->value[KEY_BODY]);

        req->body_kind = BODY_RAW;
        req->body = body.p;
        req->body_len = body.len;
    }
    return 0;
}

static int
take_timeout(struct spec *s, enum key key, const char *name, int64_t *us)
{
    struct span value = s->value[key];

    if (!value.p)
        return 0;

    bool is_number = strchr("-0123456789", value.p[0]) != NULL;
    int64_t n = -1;

    if (is_number)
        n = number_us(value);
    else if (spec_is_string(value))
        n = text_us(spec_unquote(s, value));
    if (n < 0) {
        struct span seen = span_cut(value, SEEN_MAX);

        return spec_refuse(
            s, "value_invalid",
            "'%s' must be 0 to %d seconds or a text like \"300ms\", "
            "not %.*s",
            name, TIMEOUT_MAX, (int)seen.len, seen.p);
    }
    *us = n;
    return 0;
}

static int
take_output_name(struct spec *s)
{
    struct span value = s->value[KEY_OUTPUT_NAME];

    if (!value.p)
        return 0;
    if (!spec_is_string(value)) {
        return spec_refuse(s, "value_invalid",
                           "'output_name' must be a string, not %s",
                           spec_type_name(value));
    }

    struct span name = spec_keep_string(s, value);

    if (name.len == 0 || has_nul(name)) {
        return spec_refuse(s, "value_invalid", "'output_name' %s",
                           name.len == 0 ? "is empty" : "has a NUL in it");
    }
    s->job->output_name = name.p;
    return 0;
}

static int
take_expect(struct spec *s)
{
    struct span value = s->value[KEY_EXPECT];
    struct expect_flaw flaw;
    struct expect *e;

    if (!value.p)
        return 0;
    if (!spec_is_string(value)) {
        return spec_refuse(s, "value_invalid",
                           "'expect' must be a string, not %s",
                           spec_type_name(value));
    }

    struct span regex = spec_keep_string(s, value);

    e = expect_new(regex.p, regex.len, &flaw);
    if (!e) {
        return spec_refuse(
            s, "value_invalid",
            "'expect' must be a regular expression; it is none at "
            "byte %zu: %s",
            flaw.at + 1, flaw.what);
    }
    expect_free(e);
    s->job->expect = regex.p;
    s->job->expect_len = regex.len;
    return 0;
}

static int
take_expect_sha256(struct spec *s)
{
    struct span value = s->value[KEY_EXPECT_SHA256], digits, seen;
    char *lower;

    if (!value.p)
        return 0;
    digits =
        spec_is_string(value) ? spec_unquote(s, value) : (struct span){NULL, 0};
    lower = digits.len == SHA256_DIGITS
                ? arena_strndup(&s->job->mem, digits.p, digits.len)
                : NULL;
    for (size_t i = 0; lower && i < SHA256_DIGITS; i++)
        lower[i] = ascii_lower(lower[i]);
    if (!lower || strspn(lower, "0123456789abcdef") != SHA256_DIGITS) {
        seen = span_cut(value, SEEN_MAX);
        return spec_refuse(s, "value_invalid",
                           "'expect_sha256' must be a string of 64 hex digits, "
                           "not %.*s",
                           (int)seen.len, seen.p);
    }
    s->job->expect_sha256 = lower;
    return 0;
}

/* *text is what comes back in the result, which others are to read. */
static int
take_any(struct spec *s, enum key key, const char *name, const char **text)
{
    struct span value = s->value[key];
    const char *why;

    if (!value.p)
        return 0;
    why = compact_is_readable(value);
    if (why)
        return spec_refuse(s, "value_invalid", "'%s' is %s", name, why);
    *text = span_compact(value, &s->job->mem, NULL);
    return 0;
}

static int
take_accept(struct spec *s)
{
    struct span value = s->value[KEY_ACCEPT];
    struct ranges set;
    struct span text;

    if (!value.p)
        return 0;
    text = spec_is_string(value) ? spec_keep_string(s, value) : value;
    if (!spec_is_string(value) || has_nul(text) ||
        !ranges_parse(&set, text.p)) {
        struct span seen = span_cut(value, SEEN_MAX);

        return spec_refuse(s, "value_invalid",
                           "'accept' must be a string of statuses such as "
                           "\"200-299,404\", not %.*s",
                           (int)seen.len, seen.p);
    }
    s->job->accept = text.p;
    return 0;
}

static int
take_id_and_meta(struct spec *s)
{
    if (take_any(s, KEY_ID, "id", &s->job->id) < 0)
        return -1;
    return take_any(s, KEY_META, "meta", &s->job->meta);
}

/*
 * The object.
 */

/* The row of keys[], or -1. */
static int
find_key(struct span name)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (keys[i].len == name.len &&
            memcmp(keys[i].name, name.p, name.len) == 0)
            return (int)i;
    }
    return -1;
}

/* Sort the members by their keys.  Those that were there before, and unknown
 * ones, are noted and judged when the URL is known. */
static void
collect_members(struct spec *s, struct span object)
{
    struct span quoted, value;
    struct span_walk walk;
    uint64_t seen = 0;

    span_walk_init(&walk, object);
    while (span_walk_member(&walk, &quoted, &value)) {
        struct span name = spec_unquote(s, quoted);
        int row = find_key(name);

        if (row < 0) {
            if (!s->unknown.p)
                s->unknown = (struct span){quoted.p + 1, quoted.len - 2};
            continue;
        }
        if (seen & (UINT64_C(1) << row)) {
            if (!s->twice)
                s->twice = keys[row].name;
            continue;
        }
        seen |= UINT64_C(1) << row;
        if (keys[row].key < NKEYS)
            s->value[keys[row].key] = value;
        s->is_result |= keys[row].key >= KEY_REQUEST;
    }
}

/* Tools that make records of tables write null for what isn't there.  Where
 * any value is allowed, null is one. */
static void
drop_nulls(struct spec *s)
{
    for (int i = 0; i < NKEYS; i++) {
        if (s->value[i].p && s->value[i].p[0] == 'n' && i != KEY_JSON &&
            i != KEY_ID && i != KEY_META)
            s->value[i] = (struct span){NULL, 0};
    }
}

/* Forget what is the response's. */
static void
drop_response(struct spec *s)
{
    static const struct span none = {NULL, 0};

    if (!s->is_result)
        return;
    s->value[KEY_HEADERS] = none;
    s->value[KEY_BODY] = none;
    s->value[KEY_BODY_BASE64] = none;
}

/*
 * What has a value goes before what the line says.  Without "request" the line
 * stands for the request alone, and then tells what is missing.
 */
static void
merge_request(struct spec *s)
{
    struct spec inner = {.rec = s->rec, .job = s->job};
    struct span request = s->value[KEY_REQUEST];

    if (!request.p || request.p[0] != '{')
        return;
    collect_members(&inner, request);
    s->is_nested_result = inner.is_result;
    drop_nulls(&inner);
    for (int i = 0; i < KEY_ID; i++) {
        if (inner.value[i].p)
            s->value[i] = inner.value[i];
    }
    if (!s->unknown.p)
        s->unknown = inner.unknown;
    if (!s->twice)
        s->twice = inner.twice;
}

/* The bit of a name among own_keys, 0: it has none. */
static unsigned
own_bit(struct span name)
{
    for (unsigned i = 0; i < JOB_NOWN; i++) {
        const char *own = job_own_name(i);

        if (strlen(own) == name.len && memcmp(own, name.p, name.len) == 0)
            return 1U << i;
    }
    return 0;
}

/* Which parts of the request the record brings itself. */
static void
note_own(struct spec *s)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct span name = {keys[i].name, keys[i].len};

        if (keys[i].key < NKEYS && keys[i].key != KEY_URL &&
            s->value[keys[i].key].p)
            s->job->first.own |= own_bit(name);
    }
}

/* What "request_omitted" names. */
static unsigned
omitted_bits(const struct spec *s)
{
    struct span list = s->value[KEY_REQUEST_OMITTED], element;
    struct span_walk walk;
    unsigned bits = 0;

    if (!list.p || list.p[0] != '[')
        return 0;
    span_walk_init(&walk, list);
    while (span_walk_element(&walk, &element)) {
        unsigned bit =
            spec_is_string(element) ? own_bit(spec_unquote(s, element)) : 0;

        bits |= bit ? bit : OWN_URL; /* a later version's may be new */
    }
    return bits;
}

/* Have the credentials been taken out of the URL of a result? */
static bool
is_redacted(const struct job *j)
{
    static const char mark[] = "://***@";

    return j->url_given && memmem(j->url_given, j->url_given_len, mark,
                                  sizeof(mark) - 1) != NULL;
}

/*
 * A result line that does not hold all of its request is not sent as another
 * one.  What is missing is noted, so that this record's result tells it, too.
 */
static int
check_complete(struct spec *s)
{
    struct job *j = s->job;
    struct buf missing = BUF_INIT;
    unsigned bits;
    int ret;

    if (!s->is_result || s->value[KEY_REQUEST].p)
        return 0;
    bits = omitted_bits(s);
    if (is_redacted(j))
        bits |= OWN_URL;
    if (!bits)
        return 0;
    j->first.own |= bits;
    for (unsigned i = 0; i < JOB_NOWN; i++) {
        if (bits >> i & 1)
            buf_printf(&missing, missing.len ? ", %s" : "%s", job_own_name(i));
    }
    ret = spec_refuse(
        s, "request_incomplete",
        "this result lacks its request's %.*s; --keep-request keeps "
        "that",
        (int)missing.len, missing.data);
    buf_fini(&missing);
    return ret;
}

/*
 * The request's own keys, each as it stands in the record; none where others
 * could not read the line for one of them.
 */
static void
keep_request(struct spec *s)
{
    struct job *j = s->job;
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        size_t len;
        const char *text;

        if (keys[i].key >= KEY_ID || !s->value[keys[i].key].p)
            continue;
        if (compact_is_readable(s->value[keys[i].key])) {
            buf_clear(&out);
            break;
        }
        text = span_compact(s->value[keys[i].key], &j->mem, &len);
        buf_printf(&out, "%c\"%s\":", out.len ? ',' : '{', keys[i].name);
        buf_add(&out, text, len);
    }
    if (out.len) {
        buf_addc(&out, '}');
        j->request = arena_strndup(&j->mem, out.data, out.len);
        j->cost += out.len;
    }
    buf_fini(&out);
}

static int
check_keys(const struct spec *s)
{
    struct span request = s->value[KEY_REQUEST];

    if (request.p && request.p[0] != '{')
        return spec_refuse(s, "value_invalid",
                           "'request' must be an object, not %s",
                           spec_type_name(request));
    if (s->is_nested_result)
        return spec_refuse(s, "key_unknown",
                           "'request' has a key that only results have");
    if (s->twice)
        return spec_refuse(s, "json_invalid", "'%s' is there twice", s->twice);
    if (s->unknown.p) {
        struct span seen = span_cut(s->unknown, SEEN_MAX);

        return spec_refuse(s, "key_unknown", "unknown key '%.*s'",
                           (int)seen.len, seen.p);
    }
    return 0;
}

static int
take_members(struct spec *s)
{
    struct request *req = &s->job->first;

    if (check_keys(s) < 0 || check_url(s) < 0 || take_method(s) < 0 ||
        take_headers(s) < 0 || take_body(s) < 0 || take_output_name(s) < 0 ||
        take_accept(s) < 0 || take_expect(s) < 0 || take_expect_sha256(s) < 0)
        return -1;
    if (take_timeout(s, KEY_TIMEOUT, "timeout", &req->timeout_us) < 0)
        return -1;
    return take_timeout(s, KEY_CONNECT_TIMEOUT, "connect_timeout",
                        &req->connect_timeout_us);
}

static int
parse_object(struct spec *s)
{
    struct span text = {s->rec->text, s->rec->len};
    struct span_flaw flaw;

    /* Nothing of it is shown: it may have a password anywhere. */
    if (!span_is_json(text, &flaw)) {
        s->column = flaw.at + 1;
        return spec_refuse(s, "json_invalid", "not valid JSON: %s", flaw.what);
    }
    if (text.p[0] != '{') {
        s->column = 1;
        return spec_refuse(s, "json_invalid", "must be a JSON object, not %s",
                           spec_type_name(text));
    }
    collect_members(s, text);
    drop_response(s);
    drop_nulls(s);
    merge_request(s);
    show_url(s);
    if (take_id_and_meta(s) < 0 || check_complete(s) < 0)
        return -1;
    note_own(s);
    if (s->job->keeps_request)
        keep_request(s);
    return take_members(s);
}

/* Does it begin with a scheme that can be fetched? */
static bool
begins_with_scheme(struct span s)
{
    return (s.len > 5 && strncasecmp(s.p, "http:", 5) == 0) ||
           (s.len > 6 && strncasecmp(s.p, "https:", 6) == 0);
}

/*
 * A line that is no object: "URL", or "URL<tab>label" as lists that were
 * exported from bookmarks and spreadsheets have it.  The label becomes
 * meta.label.  A first field without a scheme may be a table's, and a second
 * URL is no label (aria2's lists have mirrors there): they are refused.
 */
static int
take_line(const struct record *rec, struct job *j)
{
    const char *tab = memchr(rec->text, '\t', rec->len), *end;
    struct span url = {rec->text, rec->len}, label;
    struct buf meta = BUF_INIT;

    if (tab) {
        end = rec->text + rec->len;
        url = span_trim((struct span){rec->text, (size_t)(tab - rec->text)});
        label = span_trim((struct span){tab, (size_t)(end - tab)});
    }
    j->url_given = arena_strndup(&j->mem, url.p, url.len);
    j->url_given_len = url.len;
    if (!tab)
        return 0;
    if (!begins_with_scheme(url))
        return request_json_refuse(
            rec, j, "url_malformed",
            "there is a tab in the line, and no URL with a scheme before it; "
            "--input-format tsv reads tables");
    if (begins_with_scheme(label))
        return request_json_refuse(
            rec, j, "url_malformed",
            "there is a tab between two URLs; each needs a line of its own");
    buf_addstr(&meta, "{\"label\":");
    jsonw_string_n(&meta, label.p, label.len);
    buf_addc(&meta, '}');
    j->meta = arena_strndup(&j->mem, meta.data, meta.len);
    buf_fini(&meta);
    return 0;
}

int
request_json_parse(const struct record *rec, enum opt_input format,
                   struct job *j)
{
    /* The format is one of lines: what stands on the command line is a URL
     * unless it looks otherwise. */
    bool is_jsonl = format == INPUT_JSONL && rec->line > 0;
    bool is_object = format != INPUT_LINES && (is_jsonl || rec->text[0] == '{');

    if (rec->flaw == RECORD_OK && !is_object) {
        int ret = take_line(rec, j);

        if (ret == 0 && j->keeps_request)
            kept_request_make(j);
        return ret;
    }

    struct spec s = {.rec = rec, .job = j};

    if (rec->flaw == RECORD_OK)
        return parse_object(&s);
    if (rec->flaw == RECORD_BAD_XML)
        return spec_refuse(&s, "sitemap_invalid", "%s", rec->why);
    if (!is_object)
        request_json_show_text(rec, j);
    if (rec->flaw == RECORD_HAS_NUL)
        return spec_refuse(&s, "nul_byte", "the line has a NUL byte in it");
    return spec_refuse(&s, "line_too_long", "the line is over %d bytes",
                       LINE_MAX_BYTES);
}

const char *
request_json_library(void)
{
    return jansson_version_str();
}
