#include "input/request_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/budgets.h"
#include "base/json_reader.h"
#include "input/spec.h"
#include "job/form.h"
#include "job/http.h"
#include "job/job.h"

/* The part being read; its field's name is in every message. */
struct field {
    struct spec *spec;
    struct span name;
    struct form_part ***tail;
};

static int
refuse_field(const struct field *f, const char *why)
{
    struct span seen = span_cut(f->name, SEEN_MAX);

    return spec_refuse(f->spec, "value_invalid", "'form' field '%.*s' %s",
                       (int)seen.len, seen.p, why);
}

/* Read a string without line ends, since it becomes part of a header. */
static int
take_line(const struct field *f, struct span value, const char **line)
{
    struct span text;

    if (!spec_is_string(value))
        return refuse_field(f, "has a key that must be a string");
    text = spec_keep_string(f->spec, value);
    if (text.len == 0 || !http_is_value(text.p, text.len))
        return refuse_field(f, "has an empty string or a control character");
    *line = text.p;
    return 0;
}

static bool
is_key(struct span name, const char *key)
{
    return name.len == strlen(key) && memcmp(name.p, key, name.len) == 0;
}

static int
take_object(const struct field *f, struct span object, struct form_part *part)
{
    struct span quoted, value;
    struct span_walk walk;

    span_walk_init(&walk, object);
    while (span_walk_member(&walk, &quoted, &value)) {
        struct span key = spec_unquote(f->spec, quoted);
        const char **to;

        if (is_key(key, "file"))
            to = &part->path;
        else if (is_key(key, "type"))
            to = &part->type;
        else if (is_key(key, "filename"))
            to = &part->filename;
        else
            return spec_refuse(f->spec, "key_unknown",
                               "unknown key '%.*s' in 'form'",
                               (int)span_cut(key, SEEN_MAX).len, key.p);
        if (take_line(f, value, to) < 0)
            return -1;
    }
    if (!part->path)
        return refuse_field(f, "has no 'file'");
    return 0;
}

static int
take_part(const struct field *f, struct span value)
{
    struct arena *mem = &f->spec->job->mem;
    struct form_part *part;

    if (++f->spec->nparts > FORM_PARTS_MAX)
        return spec_refuse(f->spec, "parts_too_many",
                           "'form' may have %d parts", FORM_PARTS_MAX);
    part = arena_alloc(mem, sizeof(*part));
    *part = (struct form_part){.name = f->name.p};
    if (spec_is_string(value)) {
        struct span text = spec_keep_string(f->spec, value);

        part->value = text.p;
        part->value_len = text.len;
    } else if (value.p[0] != '{') {
        return refuse_field(f, "must be a string or an object with 'file'");
    } else if (take_object(f, value, part) < 0) {
        return -1;
    }
    **f->tail = part;
    *f->tail = &part->next;
    return 0;
}

int
request_form_take(struct spec *s, struct span form, struct form_part **parts)
{
    struct form_part **tail = parts;
    struct field field = {s, {NULL, 0}, &tail};
    struct span key, value, element;
    struct span_walk walk, elements;

    if (form.p[0] != '{')
        return spec_refuse(s, "value_invalid",
                           "'form' must be an object, not %s",
                           spec_type_name(form));
    span_walk_init(&walk, form);
    while (span_walk_member(&walk, &key, &value)) {
        field.name = spec_keep_string(s, key);
        if (memchr(field.name.p, '\0', field.name.len))
            return refuse_field(&field, "has a NUL in its name");
        if (value.p[0] != '[') {
            if (take_part(&field, value) < 0)
                return -1;
            continue;
        }
        span_walk_init(&elements, value);
        while (span_walk_element(&elements, &element)) {
            if (take_part(&field, element) < 0)
                return -1;
        }
    }
    if (!*parts)
        return spec_refuse(s, "body_invalid", "'form' has no fields");
    return 0;
}
