#include "input/request_keys.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_compact.h"
#include "base/json_reader.h"
#include "input/spec.h"
#include "job/job.h"

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
    {NAME("request_hash"), KEY_REQUEST_HASH},
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
    {NAME("status_earlier"), KEY_OF_RESULT},
    {NAME("duplicate_of"), KEY_OF_RESULT},
    {NAME("skipped"), KEY_OF_RESULT},
    {NAME("continued_from"), KEY_OF_RESULT},
    {NAME("warc"), KEY_OF_RESULT},
    {NAME("warc_payload"), KEY_OF_RESULT},
    {NAME("content_encoding"), KEY_OF_RESULT},
};

_Static_assert(ARRAY_LEN(keys) <= 64, "a set of keys is 64 bits");

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

/* Sort the members by their keys.  Repeated and unknown keys are noted, and
 * checked when the URL is known. */
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

/* Tools that convert tables write null for missing values.  For a key
 * that takes any value, null is a value. */
static void
drop_nulls(struct spec *s)
{
    for (int i = 0; i < NKEYS; i++) {
        if (s->value[i].p && s->value[i].p[0] == 'n' && i != KEY_JSON &&
            i != KEY_ID && i != KEY_META)
            s->value[i] = (struct span){NULL, 0};
    }
}

/* Drop the keys of the response. */
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
 * Values in "request" take precedence over the line's own.  Without "request"
 * the line itself is the request, and says what is missing.
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
    for (int i = 0; i <= KEY_META; i++) {
        if (inner.value[i].p)
            s->value[i] = inner.value[i];
    }
    if (!s->unknown.p)
        s->unknown = inner.unknown;
    if (!s->twice)
        s->twice = inner.twice;
}

void
request_keys_read(struct spec *s, struct span object)
{
    collect_members(s, object);
    drop_response(s);
    drop_nulls(s);
    merge_request(s);
}

/* The bit of a name among the request's parts; 0: it has none. */
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

/* Is it an object without members, such as headers that ask for nothing? */
static bool
is_empty_object(struct span value)
{
    return value.p[0] == '{' &&
           span_trim((struct span){value.p + 1, value.len - 2}).len == 0;
}

/* Which parts of the request the record brings itself. */
void
request_keys_note_own(struct spec *s)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct span name = {keys[i].name, keys[i].len};

        if (keys[i].key < KEY_ID && keys[i].key != KEY_URL &&
            s->value[keys[i].key].p &&
            !(keys[i].key == KEY_HEADERS &&
              is_empty_object(s->value[KEY_HEADERS])))
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

        bits |= bit ? bit : OWN_URL; /* a later version may have new names */
    }
    return bits;
}

/* Were the credentials removed from the URL of a result? */
static bool
is_redacted(const struct job *j)
{
    static const char mark[] = "://***@";

    return j->url_given &&
           memmem(j->url_given, j->url_given_len, mark, sizeof(mark) - 1);
}

/*
 * A result line that lacks a part of its request is refused, so that no other
 * request is sent in its place.  The missing parts are noted, since this
 * record's result must name them, too.
 */
int
request_keys_check_complete(struct spec *s)
{
    struct job *j = s->job;
    struct buf missing = BUF_INIT;
    unsigned bits;
    int ret;

    if (!s->is_result || s->value[KEY_REQUEST].p)
        return 0;
    if (s->value[KEY_REQUEST_HASH].p && !s->value[KEY_REQUEST_OMITTED].p) {
        j->first.own |= OWN_REQUEST;
        return spec_refuse(s, "request_incomplete",
                           "this result's 'request' was removed");
    }
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
    if (bits & OWN_REQUEST) {
        buf_fini(&missing);
        return spec_refuse(s, "request_incomplete",
                           "the record of this result could not be used");
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
 * Copy the request's own keys as the record has them; none if one of them would
 * make the result line unreadable for other programs.
 */
void
request_keys_keep(struct spec *s)
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

int
request_keys_check_twice(const struct spec *s)
{
    if (s->twice)
        return spec_refuse(s, "json_invalid", "'%s' is given twice", s->twice);
    return 0;
}

int
request_keys_check(const struct spec *s)
{
    struct span request = s->value[KEY_REQUEST];

    if (request.p && request.p[0] != '{')
        return spec_refuse(s, "value_invalid",
                           "'request' must be an object, not %s",
                           spec_type_name(request));
    if (s->is_nested_result)
        return spec_refuse(s, "key_unknown",
                           "'request' has a key that only results have");
    if (s->unknown.p) {
        struct span seen = span_cut(s->unknown, SEEN_MAX);

        return spec_refuse(s, "key_unknown", "unknown key '%.*s'",
                           (int)seen.len, seen.p);
    }
    return 0;
}
