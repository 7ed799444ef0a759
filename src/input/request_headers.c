#include "input/request_headers.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/budgets.h"
#include "base/json_reader.h"
#include "input/spec.h"
#include "job/http.h"
#include "job/job.h"

/*
 * These headers say where the request ends.  A wrong one would make the server
 * read part of this record's body as another request on a connection shared
 * with other records, so libcurl writes them.
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

    if (!http_is_token(name.p, name.len)) {
        return spec_refuse(s, "header_invalid", "'%.*s' is not a header name",
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

/* Append one header at *tail and advance it.  Values are often secret, so no
 * message shows them. */
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

    if (!http_is_value(text.p, text.len)) {
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

/* Read one member of "headers": a string, or an array of strings. */
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

int
request_headers_take(struct spec *s)
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
