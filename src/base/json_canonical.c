#include "base/json_canonical.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/utf8.h"

/* The value of the four hex digits at s, which were checked before; 0 if the
 * text ends. */
static unsigned
hex4(const char *s, const char *end)
{
    unsigned n = 0;

    if (end - s < 4)
        return 0;
    for (int i = 0; i < 4; i++)
        n = n << 4 | (unsigned)ascii_hex_value(s[i]);
    return n & 0xffff;
}

/* Append the character that the escape at s stands for; s is behind the
 * backslash.  Returns where the text continues. */
static const char *
add_escaped(struct buf *out, const char *s, const char *end)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *at;
    char text[4];
    unsigned c, low;

    if (*s != 'u') {
        at = strchr(from, *s);
        buf_addc(out, at && *at ? to[at - from] : *s);
        return s + 1;
    }
    c = hex4(++s, end);
    s += end - s < 4 ? end - s : 4;
    if (c >= 0xd800 && c < 0xdc00 && end - s >= 6 && *s == '\\') {
        low = hex4(s + 2, end);
        c = 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
        s += 6;
    }
    buf_add(out, text, utf8_encode(c, text));
    return s;
}

/* Append a string from behind its opening quote.  Returns where it ends. */
static const char *
add_string(struct buf *out, const char *s, const char *end)
{
    while (s < end && *s != '"') {
        const char *start = s;

        while (s < end && *s != '"' && *s != '\\')
            s++;
        buf_add(out, start, (size_t)(s - start));
        if (end - s >= 2 && *s == '\\')
            s = add_escaped(out, s + 1, end);
        else if (s < end && *s == '\\')
            s++;
    }
    return s < end ? s + 1 : end;
}

void
json_canonical(struct buf *out, const char *text, size_t len)
{
    const char *s = text, *end = text + len;

    while (s < end) {
        char c = *s++;

        if (c == '"') {
            buf_addc(out, (char)0xff);
            s = add_string(out, s, end);
            buf_addc(out, (char)0xff);
        } else if (!ascii_is_white(c)) {
            buf_addc(out, c);
        }
    }
}
