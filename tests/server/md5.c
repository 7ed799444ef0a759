#include "md5.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
rotate(uint32_t v, int n)
{
    return v << n | v >> (32 - n);
}

/* One block of 64 bytes (RFC 1321, 3.4). */
static void
md5_block(uint32_t state[4], const unsigned char *block)
{
    static const int shift[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];

    for (int i = 0; i < 64; i++) {
        uint32_t f;
        int word;
        if (i < 16) {
            f = (b & c) | (~b & d);
            word = i;
        } else if (i < 32) {
            f = (d & b) | (~d & c);
            word = (5 * i + 1) % 16;
        } else if (i < 48) {
            f = b ^ c ^ d;
            word = (3 * i + 5) % 16;
        } else {
            f = c ^ (b | ~d);
            word = 7 * i % 16;
        }
        const unsigned char *p = block + (size_t)word * 4;
        uint32_t m = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
                     (uint32_t)p[3] << 24;
        uint32_t k = (uint32_t)(int64_t)floor(fabs(sin(i + 1)) * 4294967296.0);
        uint32_t next = b + rotate(a + f + k + m, shift[i / 16][i % 4]);
        a = d;
        d = c;
        c = b;
        b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void
md5_hex(char *out, const char *text)
{
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    size_t n = strlen(text), padded = (n + 8) / 64 * 64 + 64;
    unsigned char *data = calloc(1, padded);
    if (!data)
        abort();

    for (size_t i = 0; i < n; i++)
        data[i] = (unsigned char)text[i];
    data[n] = 0x80;
    for (int i = 0; i < 8; i++)
        data[padded - 8 + (size_t)i] =
            (unsigned char)((uint64_t)n * 8 >> 8 * i);
    for (size_t i = 0; i < padded; i += 64)
        md5_block(state, data + i);
    free(data);
    for (int i = 0; i < 16; i++)
        snprintf(out + (size_t)i * 2, 3, "%02x",
                 state[i / 4] >> i % 4 * 8 & 255);
}

void
md5_hexf(char *out, const char *format, ...)
{
    char text[8192];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    md5_hex(out, text);
}
