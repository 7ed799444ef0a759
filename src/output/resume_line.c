#include "output/resume_line.h"

#include <string.h>

/* What every line of ours begins with. */
#define LINE_START "{\"index\":"

bool
resume_line_begins(const char *p, size_t len)
{
    size_t n = sizeof(LINE_START) - 1;

    return len == 0 || memcmp(p, LINE_START, len < n ? len : n) == 0;
}

static bool
key_is(struct span key, const char *name)
{
    size_t len = strlen(name);

    return key.len == len + 2 && memcmp(key.p + 1, name, len) == 0;
}

static bool
value_is(struct span value, const char *text)
{
    return value.len == strlen(text) && memcmp(value.p, text, value.len) == 0;
}

static bool
is_aborted(struct span error)
{
    struct span_walk w;
    struct span key, value;

    if (error.len == 0 || error.p[0] != '{')
        return false;
    span_walk_init(&w, error);
    while (span_walk_member(&w, &key, &value))
        if (key_is(key, "class"))
            return value_is(value, "\"aborted\"");
    return false;
}

static bool
is_index(struct span value)
{
    if (value.len == 0 || value.len > 18)
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    return true;
}

/* One that can't be read has none to show. */
static struct span
url_or_empty(struct span value)
{
    return value_is(value, "null") ? (struct span){"\"\"", 2} : value;
}

/* One member of a result's object.  false: the line is none of ours. */
static bool
read_member(struct span key, struct span value, struct resume_line *seen)
{
    struct resume_asked *asked = &seen->asked;

    if (key_is(key, "index"))
        return is_index(value);
    if (key_is(key, "url")) {
        asked->url = url_or_empty(value);
    } else if (key_is(key, "id")) {
        asked->id = value;
    } else if (key_is(key, "method")) {
        asked->method = value;
    } else if (key_is(key, "request_hash")) {
        asked->request_hash = value;
    } else if (key_is(key, "duplicate_of")) {
        asked->is_repeat = true;
    } else if (key_is(key, "ok")) {
        seen->is_ok = value_is(value, "true");
        return seen->is_ok || value_is(value, "false");
    } else if (key_is(key, "error")) {
        seen->is_aborted = is_aborted(value);
    } else if (key_is(key, "body_path") && *value.p == '"') {
        seen->body_path = value;
    }
    return true;
}

enum resume_line_kind
resume_line_read(struct span line, struct resume_line *seen)
{
    struct span key, value;
    struct span_flaw flaw;
    struct span_walk w;
    bool has_ok = false, has_error = false;

    *seen = (struct resume_line){.is_ok = false};
    if (line.len == 0 || !resume_line_begins(line.p, line.len))
        return RESUME_LINE_OTHER;
    if (!span_is_json(line, &flaw))
        return RESUME_LINE_TORN;
    span_walk_init(&w, line);
    while (span_walk_member(&w, &key, &value)) {
        has_ok |= key_is(key, "ok");
        has_error |= key_is(key, "error");
        if (!read_member(key, value, seen))
            return RESUME_LINE_OTHER;
    }
    return seen->asked.url.p && seen->asked.id.p && has_ok && has_error
               ? RESUME_LINE_RESULT
               : RESUME_LINE_OTHER;
}
