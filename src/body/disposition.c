#include "body/disposition.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/utf8.h"

static const char *
skip_space(const char *s)
{
    return s + strspn(s, " \t");
}

/* Append a parameter's value, a token or a quoted string.  Returns the text
 * behind it. */
static const char *
read_value(const char *s, struct buf *value)
{
    size_t len;

    if (*s != '"') {
        len = strcspn(s, "; \t");
        buf_add(value, s, len);
        return s + len;
    }
    for (s++; *s && *s != '"'; s++) {
        if (*s == '\\' && s[1])
            s++;
        buf_addc(value, *s);
    }
    return *s ? s + 1 : s;
}

/* In ISO 8859-1 a byte is a code point. */
static void
add_latin1(struct buf *out, unsigned char c)
{
    char text[4];

    buf_add(out, text, utf8_encode(c, text));
}

/* Decode charset'language'%XX text (RFC 8187, 3.2.1) to UTF-8.  False if it is
 * malformed. */
static bool
decode_extended(const struct buf *value, struct buf *out)
{
    const char *s = value->data, *end, *quote, *second;
    bool is_latin1;

    if (value->len == 0)
        return false;
    end = s + value->len;
    quote = memchr(s, '\'', value->len);
    second = quote ? memchr(quote + 1, '\'', (size_t)(end - quote - 1)) : NULL;
    if (!second)
        return false;
    is_latin1 = quote - s == 10 && strncasecmp(s, "iso-8859-1", 10) == 0;
    if (!is_latin1 && (quote - s != 5 || strncasecmp(s, "utf-8", 5) != 0))
        return false;
    for (s = second + 1; s < end; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '%') {
            int byte = ascii_percent_value(s, end);

            if (byte < 0)
                return false;
            c = (unsigned char)byte;
            s += 2;
        }
        if (is_latin1)
            add_latin1(out, c);
        else
            buf_addc(out, (char)c);
    }
    return out->len > 0 && utf8_valid(out->data, out->len);
}

/*
 * Old servers send raw bytes: those that are not UTF-8 are read as ISO 8859-1.
 */
static void
decode_plain(const struct buf *value, struct buf *out)
{
    if (value->len == 0 || utf8_valid(value->data, value->len)) {
        buf_add(out, value->data, value->len);
        return;
    }
    for (size_t i = 0; i < value->len; i++)
        add_latin1(out, (unsigned char)value->data[i]);
}

/* Append the last segment, since some servers send a path (RFC 6266, 4.3). */
static bool
add_last(struct buf *name, const struct buf *from)
{
    size_t start = from->len;

    while (start > 0 && from->data[start - 1] != '/' &&
           from->data[start - 1] != '\\')
        start--;
    if (start == from->len ||
        memchr(from->data + start, '\0', from->len - start))
        return false;
    buf_add(name, from->data + start, from->len - start);
    return true;
}

bool
disposition_filename(const char *value, struct buf *name)
{
    struct buf plain = BUF_INIT, extended = BUF_INIT, raw = BUF_INIT;
    const char *s = value + strcspn(value, ";");
    bool found;

    while (*s == ';') {
        const char *key = skip_space(s + 1);
        size_t len = strcspn(key, "=; \t");

        s = skip_space(key + len);
        buf_clear(&raw);
        if (*s == '=')
            s = skip_space(read_value(skip_space(s + 1), &raw));
        if (len == 8 && strncasecmp(key, "filename", 8) == 0 && plain.len == 0)
            decode_plain(&raw, &plain);
        if (len == 9 && strncasecmp(key, "filename*", 9) == 0 &&
            extended.len == 0 && !decode_extended(&raw, &extended))
            buf_clear(&extended);
        s += strcspn(s, ";");
    }
    found = (extended.len && add_last(name, &extended)) ||
            (plain.len && add_last(name, &plain));
    buf_fini(&plain);
    buf_fini(&extended);
    buf_fini(&raw);
    return found;
}
