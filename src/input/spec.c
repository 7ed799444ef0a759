#include "input/spec.h"

#include <jansson.h>

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "input/refuse.h"
#include "job/job.h"

int
spec_refuse(const struct spec *s, const char *code, const char *fmt, ...)
{
    va_list args;
    int ret;

    va_start(args, fmt);
    ret = record_refuse_at(s->rec, s->column, s->job, code, fmt, args);
    va_end(args);
    return ret;
}

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

bool
spec_has_nul(struct span text)
{
    return memchr(text.p, '\0', text.len) != NULL;
}
