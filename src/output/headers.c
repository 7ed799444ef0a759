#include "output/headers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/redact.h"

/* Responses with up to this many fields need no allocation. */
#define FEW 48

struct field {
    const char *name; /* name_len >= 1 bytes, unchanged */
    size_t name_len;
    /* value_len bytes, including the line ends of folded lines. */
    const char *value;
    size_t value_len;
    struct field *next; /* next field with the same name, or NULL */
    bool is_repeat;     /* an earlier field has the same name */
};

static bool
is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

/* The end of s without trailing blanks and line ends. */
static const char *
trim_end(const char *s, const char *end)
{
    while (end > s && (ascii_is_blank(end[-1]) || is_line_end(end[-1])))
        end--;
    return end;
}

/*
 * The end of the header line at s, including its folded lines and the newline.
 */
static const char *
line_end(const char *s, const char *end)
{
    do {
        const char *newline = memchr(s, '\n', (size_t)(end - s));

        if (!newline)
            return end;
        s = newline + 1;
    } while (s < end && ascii_is_blank(*s));
    return s;
}

/* Split a line.  Returns false if it is not a header. */
static bool
parse_line(struct field *f, const char *s, const char *end)
{
    const char *colon = memchr(s, ':', (size_t)(end - s));

    if (!colon || ascii_is_blank(*s))
        return false;
    f->name = s;
    f->name_len = (size_t)(trim_end(s, colon) - s);
    for (s = colon + 1; s < end && ascii_is_blank(*s);)
        s++;
    f->value = s;
    f->value_len = (size_t)(trim_end(s, end) - s);
    f->next = NULL;
    f->is_repeat = false;
    return f->name_len > 0 && !memchr(f->name, '\n', f->name_len);
}

/*
 * The form in which a name's byte is compared and written.  Bytes outside
 * ASCII become U+FFFD, so they must be equal here, or a key could appear
 * twice.  NUL too, since many readers refuse it in a key.
 */
static unsigned char
fold(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c | 0x20);
    return c != '\0' && (unsigned char)c < 0x80 ? (unsigned char)c : 0x80;
}

/* Order by length and then by bytes: any order that makes equal names
 * neighbours will do. */
static int
compare_names(const struct field *a, const struct field *b)
{
    if (a->name_len != b->name_len)
        return a->name_len < b->name_len ? -1 : 1;
    for (size_t i = 0; i < a->name_len; i++) {
        int d = fold(a->name[i]) - fold(b->name[i]);

        if (d != 0)
            return d;
    }
    return 0;
}

static int
compare_fields(const void *a, const void *b)
{
    const struct field *x = *(struct field *const *)a;
    const struct field *y = *(struct field *const *)b;
    int d = compare_names(x, y);

    if (d != 0)
        return d;
    return x < y ? -1 : x > y;
}

/* Link the fields that share a name. sorted points to all of them. */
static void
link_repeats(struct field **sorted, size_t n)
{
    qsort(sorted, n, sizeof(*sorted), compare_fields);
    for (size_t i = 1; i < n; i++) {
        if (compare_names(sorted[i - 1], sorted[i]) == 0) {
            sorted[i - 1]->next = sorted[i];
            sorted[i]->is_repeat = true;
        }
    }
}

static void
write_name(struct buf *out, const struct field *f)
{
    char folded[64];
    size_t done = 0;

    JSONW_LITERAL(out, "\"");
    while (done < f->name_len) {
        size_t n = 0;

        while (n < sizeof(folded) && done < f->name_len)
            folded[n++] = (char)fold(f->name[done++]);
        jsonw_text(out, folded, n);
    }
    JSONW_LITERAL(out, "\"");
}

/* Is its value a URL that a response refers to? */
static bool
is_location(const struct field *f)
{
    static const struct field names[] = {
        {.name = "location", .name_len = 8},
        {.name = "content-location", .name_len = 16},
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (compare_names(f, &names[i]) == 0)
            return true;
    return false;
}

/* Append the value with folds replaced by single spaces. */
static void
unfold(struct buf *out, const struct field *f)
{
    const char *s = f->value;
    const char *end = s + f->value_len;

    while (s < end) {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        const char *stop = newline ? trim_end(s, newline) : end;

        buf_add(out, s, (size_t)(stop - s));
        if (!newline)
            break;
        for (s = newline; s < end && (ascii_is_blank(*s) || is_line_end(*s));)
            s++;
        if (stop > f->value)
            buf_addc(out, ' ');
    }
}

static void
write_value(struct buf *out, const struct field *f, bool show_secrets)
{
    bool is_url =
        !show_secrets && is_location(f) && memchr(f->value, '@', f->value_len);
    struct buf plain = BUF_INIT, redacted = BUF_INIT;

    /* The usual case, without allocation. */
    if (!is_url && !memchr(f->value, '\n', f->value_len)) {
        jsonw_string_n(out, f->value, f->value_len);
        return;
    }
    unfold(&plain, f);
    if (is_url)
        redact_url(&redacted, plain.data, plain.len);
    JSONW_LITERAL(out, "\"");
    jsonw_text(out, is_url ? redacted.data : plain.data,
               is_url ? redacted.len : plain.len);
    JSONW_LITERAL(out, "\"");
    buf_fini(&redacted);
    buf_fini(&plain);
}

static void
write_fields(struct buf *out, const struct field *fields, size_t n,
             bool show_secrets)
{
    bool is_first = true;

    for (size_t i = 0; i < n; i++) {
        if (fields[i].is_repeat)
            continue;
        if (!is_first)
            JSONW_LITERAL(out, ",");
        is_first = false;
        write_name(out, &fields[i]);
        JSONW_LITERAL(out, ":[");
        for (const struct field *f = &fields[i]; f; f = f->next) {
            if (f != &fields[i])
                JSONW_LITERAL(out, ",");
            write_value(out, f, show_secrets);
        }
        JSONW_LITERAL(out, "]");
    }
}

static size_t
count_lines(const char *s, const char *end)
{
    size_t n = 0;

    while (s < end) {
        s = line_end(s, end);
        n++;
    }
    return n;
}

void
headers_write(struct buf *out, const char *raw, size_t len, bool show_secrets)
{
    struct field few[FEW], *few_sorted[FEW];
    struct field *fields = few, **sorted = few_sorted;
    size_t max, n = 0;

    max = len > 0 ? count_lines(raw, raw + len) : 0;
    if (max > FEW) {
        fields = xcalloc(max, sizeof(*fields));
        sorted = xcalloc(max, sizeof(struct field *));
    }
    for (const char *s = raw, *next; n < max && s < raw + len; s = next) {
        next = line_end(s, raw + len);
        sorted[n] = &fields[n];
        if (parse_line(sorted[n], s, next))
            n++;
    }
    link_repeats(sorted, n);

    JSONW_LITERAL(out, "{");
    write_fields(out, fields, n, show_secrets);
    JSONW_LITERAL(out, "}");
    if (fields != few) {
        free(fields);
        free(sorted);
    }
}
