#include "input/request_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_compact.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/units.h"
#include "body/expect.h"
#include "input/kept_request.h"
#include "input/lines.h"
#include "input/refuse.h"
#include "input/request_body.h"
#include "input/request_headers.h"
#include "input/request_keys.h"
#include "input/spec.h"
#include "job/http.h"

/* The length of a SHA-256 as text. */
#define SHA256_DIGITS 64

/* The longest timeout, in seconds: eleven days. */
#define TIMEOUT_MAX 1000000

void
request_json_global_init(void)
{
    json_set_alloc_funcs(xmalloc, free);
}

/* Convert a number of seconds to microseconds.  Returns -1 if it is out of
 * range. */
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
        return 1; /* 0 would mean "off", the opposite of what was asked */
    return (int64_t)(seconds * (double)US_PER_S + 0.5);
}

/* Convert a text like "300ms" to microseconds.  Returns -1 if it is invalid or
 * out of range. */
static int64_t
text_us(struct span text)
{
    char copy[32];
    int64_t us;

    if (text.len >= sizeof(copy) || spec_has_nul(text))
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

/* Set url_given even if the record is invalid; nothing if it has no URL, since
 * any other part may be a password. */
static void
show_url(struct spec *s)
{
    struct job *j = s->job;

    if (!spec_is_string(s->value[KEY_URL]))
        return;

    struct span text = span_trim_mark(spec_unquote(s, s->value[KEY_URL]));

    if (text.len == 0)
        return;
    j->url_given = arena_strndup(&j->mem, text.p, text.len);
    j->url_given_len = text.len;
}

/* Set the method even if the record is invalid. */
static void
show_method(struct spec *s)
{
    struct span value = s->value[KEY_METHOD], method;

    if (!spec_is_string(value))
        return;
    method = spec_keep_string(s, value);
    if (http_is_token(method.p, method.len))
        s->job->first.method = method.p;
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
check_method(const struct spec *s)
{
    struct span value = s->value[KEY_METHOD];

    if (!value.p || s->job->first.method)
        return 0;
    if (!spec_is_string(value)) {
        return spec_refuse(s, "value_invalid",
                           "'method' must be a string, not %s",
                           spec_type_name(value));
    }

    struct span seen = span_cut(value, SEEN_MAX);

    return spec_refuse(s, "method_invalid",
                       "'method' must be a word like GET, not %.*s",
                       (int)seen.len, seen.p);
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

    if (name.len == 0 || spec_has_nul(name)) {
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

/*
 * *text is returned in the result, so other programs must be able to read it.
 */
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
    if (!spec_is_string(value) || spec_has_nul(text) ||
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

static int
take_members(struct spec *s)
{
    struct request *req = &s->job->first;

    if (check_url(s) < 0 || check_method(s) < 0 ||
        request_headers_take(s) < 0 || request_body_take(s) < 0 ||
        take_output_name(s) < 0 || take_accept(s) < 0 || take_expect(s) < 0 ||
        take_expect_sha256(s) < 0)
        return -1;
    if (take_timeout(s, KEY_TIMEOUT, "timeout", &req->timeout_us) < 0)
        return -1;
    return take_timeout(s, KEY_CONNECT_TIMEOUT, "connect_timeout",
                        &req->connect_timeout_us);
}

static int
take_request(struct spec *s)
{
    request_keys_note_own(s);
    if (request_keys_check(s) < 0)
        return -1;
    if (s->job->keeps_request)
        request_keys_keep(s);
    return take_members(s);
}

static int
parse_object(struct spec *s)
{
    struct span text = {s->rec->text, s->rec->len};
    struct span_flaw flaw;

    /* Nothing of it is shown: it may have a password anywhere. */
    if (!span_is_json(text, &flaw)) {
        s->column = s->rec->indent + flaw.at + 1;
        return spec_refuse(s, "json_invalid", "not valid JSON: %s", flaw.what);
    }
    if (text.p[0] != '{') {
        s->column = s->rec->indent + 1;
        return spec_refuse(s, "json_invalid", "must be a JSON object, not %s",
                           spec_type_name(text));
    }
    request_keys_read(s, text);
    show_url(s);
    show_method(s);
    if (take_id_and_meta(s) == 0 && request_keys_check_twice(s) == 0) {
        if (request_keys_check_complete(s) < 0)
            return -1;
        if (take_request(s) == 0)
            return 0;
    }
    if (s->job->url_given_len > 0)
        s->job->first.own |= OWN_REQUEST;
    return -1;
}

static const char *
skip_blanks(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    return p;
}

/*
 * Is it a piece of JSON, such as a line of an object that was printed over
 * several lines, or an array of objects?  No URL begins like that.
 */
static bool
is_json_piece(struct span s)
{
    const char *end = s.p + s.len, *p = s.p;

    switch (*p++) {
    case '{':
        return true;
    case '[': /* an IPv6 address has no quotes */
        p = skip_blanks(p, end);
        return p < end && (*p == '[' || *p == '{' || *p == '"');
    case '"':
        p = memchr(p, '"', (size_t)(end - p));
        p = p ? skip_blanks(p + 1, end) : end;
        return p < end && *p == ':';
    default:
        return false;
    }
}

/* Does it begin with http: or https:? */
static bool
begins_with_scheme(struct span s)
{
    return (s.len > 5 && strncasecmp(s.p, "http:", 5) == 0) ||
           (s.len > 6 && strncasecmp(s.p, "https:", 6) == 0);
}

static bool
is_quoted(struct span s)
{
    return s.len > 1 && s.p[0] == '"' && s.p[s.len - 1] == '"';
}

/*
 * Read a line that is not an object: "URL", or "URL<tab>label" as exported
 * from bookmarks and spreadsheets.  The label becomes meta.label.  The line is
 * refused if its first field has no scheme, as it may be a table's, or if the
 * label is a URL (aria2's lists have mirrors there).
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
    if (!tab && is_quoted(url))
        return record_refuse(rec, j, "url_malformed",
                             "the URL is in quotes; 'jq -r' prints it without "
                             "them");
    if (!tab)
        return 0;
    if (!begins_with_scheme(url) || begins_with_scheme(label))
        j->first.own |= OWN_URL; /* what is behind the tab is not shown */
    if (!begins_with_scheme(url))
        return record_refuse(
            rec, j, "url_malformed",
            "there is a tab in the line, and no URL with a scheme before it; "
            "--input-format tsv reads tables");
    if (begins_with_scheme(label))
        return record_refuse(
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
    /* The format describes lines; an operand of the command line is a URL
     * unless it looks otherwise. */
    bool is_jsonl = format == INPUT_JSONL && rec->line > 0;
    bool is_object = format != INPUT_LINES && (is_jsonl || rec->text[0] == '{');
    bool is_secret =
        is_object || is_json_piece((struct span){rec->text, rec->len});

    if (rec->flaw == RECORD_OK && !is_object && is_secret)
        return record_refuse(rec, j, "url_malformed",
                             "it is JSON, not a URL; a JSON request is one "
                             "object on one line, as 'jq -c' writes it");
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
    if (!is_secret)
        record_show(rec, j);
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
