#include "base/base64.h"

static int
digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

/* Decode ndigits (2 to 4) characters to ndigits - 1 bytes, or return -1. */
static int
decode_group(const char *text, unsigned ndigits, unsigned char *out)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < 4; i++) {
        int value = i < ndigits ? digit_value(text[i]) : 0;

        if (value < 0)
            return -1;
        bits = bits << 6 | (uint32_t)value;
    }

    unsigned nbytes = ndigits - 1;

    for (unsigned i = 0; i < nbytes; i++)
        out[i] = (unsigned char)(bits >> (16 - 8 * i));
    /* The remaining bits must be 0; otherwise two texts would decode to the
     * same bytes. */
    return (bits & 0xffffff >> 8 * nbytes) == 0 ? (int)nbytes : -1;
}

ptrdiff_t
base64_decode(const char *text, size_t len, void *out)
{
    unsigned char *p = out;

    if (len % 4 != 0)
        return -1;
    for (size_t i = 0; i < len; i += 4) {
        unsigned ndigits = 4;

        if (i + 4 == len && text[i + 3] == '=')
            ndigits = text[i + 2] == '=' ? 2 : 3;

        int nbytes = decode_group(text + i, ndigits, p);

        if (nbytes < 0)
            return -1;
        p += nbytes;
    }
    return p - (unsigned char *)out;
}

void
base64_encode(const void *data, size_t len, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *s = data;

    for (; len > 0; s += 3) {
        size_t n = len < 3 ? len : 3;
        uint32_t w = (uint32_t)s[0] << 16;

        if (n > 1)
            w |= (uint32_t)s[1] << 8;
        if (n > 2)
            w |= s[2];
        *out++ = digits[w >> 18];
        *out++ = digits[w >> 12 & 63];
        *out++ = n > 1 ? digits[w >> 6 & 63] : '=';
        *out++ = n > 2 ? digits[w & 63] : '=';
        len -= n;
    }
}
