#include "base/utf8.h"

#include <string.h>

static bool
is_between(unsigned char c, unsigned char low, unsigned char high)
{
    return c >= low && c <= high;
}

size_t
utf8_char(const unsigned char *s, size_t n)
{
    unsigned char low = 0x80, high = 0xbf; /* what the second byte may be */
    size_t len;

    if (s[0] < 0x80)
        return 1;
    if (is_between(s[0], 0xc2, 0xdf))
        len = 2; /* C0 and C1 would be overlong */
    else if (is_between(s[0], 0xe0, 0xef))
        len = 3;
    else if (is_between(s[0], 0xf0, 0xf4))
        len = 4;
    else
        return 0;

    if (s[0] == 0xe0)
        low = 0xa0; /* below: overlong */
    else if (s[0] == 0xed)
        high = 0x9f; /* above: surrogates */
    else if (s[0] == 0xf0)
        low = 0x90; /* below: overlong */
    else if (s[0] == 0xf4)
        high = 0x8f; /* above: over U+10FFFF */

    if (n < len || !is_between(s[1], low, high))
        return 0;
    for (size_t i = 2; i < len; i++) {
        if (!is_between(s[i], 0x80, 0xbf))
            return 0;
    }
    return len;
}

bool
utf8_valid(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t i = 0;

    while (i < n) {
        size_t len = utf8_char(p + i, n - i);

        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

size_t
utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

size_t
utf8_cut(const char *s, size_t max)
{
    size_t len = max;

    while (len > 0 && max - len < 3 && utf8_continues(s[len]))
        len--;
    return utf8_continues(s[len]) ? max : len;
}

const char *
utf8_skip_mark(const char *s, size_t *n)
{
    size_t len = sizeof(UTF8_MARK) - 1;

    if (*n < len || memcmp(s, UTF8_MARK, len) != 0)
        return s;
    *n -= len;
    return s + len;
}
