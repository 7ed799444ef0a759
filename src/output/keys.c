#include "output/keys.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_reader.h"
#include "base/nearest.h"
#include "output/result_line.h"
#include "output/schema.h"

/* A member of a schema, its name in quotes; false: it has none. */
static bool
find_member(struct span schema, const char *quoted, struct span *value)
{
    struct span_walk walk;
    struct span key;

    if (schema.len == 0 || schema.p[0] != '{')
        return false;
    span_walk_init(&walk, schema);
    while (span_walk_member(&walk, &key, value)) {
        if (span_is(key, quoted))
            return true;
    }
    return false;
}

/* Append a path and those below it. */
static void
add_paths(struct buf *out, struct span path, struct span schema)
{
    struct buf below = BUF_INIT;
    struct span items, members, key, type;
    struct span_walk walk;

    buf_printf(out, "%.*s\n", (int)path.len, path.p);
    if (find_member(schema, "\"items\"", &items)) {
        buf_printf(&below, "%.*s.0", (int)path.len, path.p);
        add_paths(out, (struct span){below.data, below.len}, items);
    } else if (find_member(schema, "\"properties\"", &members)) {
        span_walk_init(&walk, members);
        while (span_walk_member(&walk, &key, &type)) {
            buf_clear(&below);
            buf_printf(&below, "%.*s.%.*s", (int)path.len, path.p,
                       (int)key.len - 2, key.p + 1);
            add_paths(out, (struct span){below.data, below.len}, type);
        }
    }
    buf_fini(&below);
}

static struct span
schema_of(const char *key, size_t len)
{
    const char *type = schema_type(key, len);

    return (struct span){type, type ? strlen(type) : 0};
}

void
keys_write(struct buf *out)
{
    struct result_line_key key;

    for (size_t i = 0; result_line_key(i, &key); i++)
        add_paths(out, (struct span){key.name, key.len},
                  schema_of(key.name, key.len));
}

/* May it be an object of any members? */
static bool
is_open(struct span schema)
{
    struct span type;

    return span_is(schema, "true") ||
           (find_member(schema, "\"type\"", &type) &&
            span_is(type, "\"object\"") &&
            !find_member(schema, "\"properties\"", &type));
}

/* Is it a name as the only objects of any members have it, those of headers? */
static bool
is_lower(struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.p[i] != ascii_lower(name.p[i]))
            return false;
    }
    return true;
}

/* The schema of what a name leads to within a value; false: to nothing. */
static bool
step_into(struct span *schema, struct span name)
{
    struct span members, key, type;
    struct span_walk walk;

    if (find_member(*schema, "\"items\"", &type)) {
        *schema = type;
        return name.len > 0 && strspn(name.p, "0123456789") >= name.len;
    }
    if (find_member(*schema, "\"additionalProperties\"", &type)) {
        *schema = type;
        return name.len > 0 && is_lower(name);
    }
    if (!find_member(*schema, "\"properties\"", &members))
        return false;
    span_walk_init(&walk, members);
    while (span_walk_member(&walk, &key, &type)) {
        if (key.len == name.len + 2 &&
            memcmp(key.p + 1, name.p, name.len) == 0) {
            *schema = type;
            return true;
        }
    }
    return false;
}

bool
keys_has(const char *path, size_t len)
{
    const char *end = path + len, *dot = memchr(path, '.', len);
    size_t first = dot ? (size_t)(dot - path) : len;
    struct span schema = schema_of(path, first);

    if (!result_line_is_field(path, first))
        return false;
    while (dot && !is_open(schema)) {
        const char *name = dot + 1;
        size_t left = (size_t)(end - name);

        dot = memchr(name, '.', left);
        if (!step_into(&schema,
                       (struct span){name, dot ? (size_t)(dot - name) : left}))
            return false;
    }
    return true;
}

void
keys_add_nearest(struct buf *out, const char *path, size_t len)
{
    struct buf all = BUF_INIT;
    struct nearest near;

    keys_write(&all);
    nearest_init(&near, path, len);
    for (const char *s = all.data, *end = s + all.len; s < end;) {
        size_t n =
            (size_t)((const char *)memchr(s, '\n', (size_t)(end - s)) - s);

        nearest_try(&near, s, n);
        s += n + 1;
    }
    if (near.found)
        buf_add(out, near.found, near.found_len);
    buf_fini(&all);
}
