#include "base/json_writer.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

/* 0x01 and 0x80 in each byte of a word. */
#define ONES      (~UINT64_C(0) / 255)
#define HIGH_BITS (ONES * 0x80)

/* The longest escape of one character. */
#define ESCAPE_BYTES 6

static const char hex_digits[] = "0123456789abcdef";

/* Can this byte of a string stand as it is, whatever its neighbours are? */
static bool
is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/*
 * Is each of the eight bytes at s plain?  Adds and subtracts carry from one
 * byte to the next, but only out of a byte that is not plain itself.
 */
static bool
are_plain(const char *s)
{
    uint64_t w, quote, backslash, odd;

    memcpy(&w, s, sizeof(w));
    quote = w ^ (ONES * '"');
    backslash = w ^ (ONES * '\\');
    odd = w | (w + ONES);           /* 0x80 and above, 0x7f */
    odd |= (w - ONES * 0x20) & ~w;  /* below 0x20 */
    odd |= (quote - ONES) & ~quote; /* zero: it was a quote */
    odd |= (backslash - ONES) & ~backslash;
    return (odd & HIGH_BITS) == 0;
}

/* How many plain bytes s begins with. */
static size_t
plain_len(const char *s, size_t len)
{
    size_t i = 0;

    while (len - i >= 8 && are_plain(s + i))
        i += 8;
    while (i < len && is_plain((unsigned char)s[i]))
        i++;
    return i;
}

static void
add_unicode_escape(struct buf *b, unsigned c)
{
    char *p = jsonw_room(b, ESCAPE_BYTES);

    p[0] = '\\';
    p[1] = 'u';
    p[2] = hex_digits[c >> 12];
    p[3] = hex_digits[c >> 8 & 15];
    p[4] = hex_digits[c >> 4 & 15];
    p[5] = hex_digits[c & 15];
    b->len += ESCAPE_BYTES;
}

/* Add an ASCII character that must be escaped. */
static void
add_ascii_escape(struct buf *b, unsigned char c)
{
    static const char short_names[] = {
        ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
        ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't'};
    char *p;

    if (c >= sizeof(short_names) || short_names[c] == '\0') {
        add_unicode_escape(b, c);
        return;
    }
    p = jsonw_room(b, 2);
    p[0] = '\\';
    p[1] = short_names[c];
    b->len += 2;
}

/* The code of a character of two or three bytes. */
static unsigned
code_of(const unsigned char *s, size_t len)
{
    if (len == 2)
        return (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
    return (s[0] & 0xfu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
}

bool
jsonw_is_hazard(const unsigned char *s, size_t len)
{
    unsigned code;

    if (len == 1)
        return s[0] < 0x20 || s[0] == 0x7f;
    if (len == 2)
        return (s[0] == 0xc2 && s[1] < 0xa0) || (s[0] == 0xd8 && s[1] == 0x9c);
    if (len != 3 || s[0] != 0xe2)
        return false;
    code = code_of(s, len);
    return code == 0x200e || code == 0x200f ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

void
jsonw_escape(struct buf *b, const unsigned char *s, size_t len)
{
    if (len == 1)
        add_ascii_escape(b, s[0]);
    else
        add_unicode_escape(b, code_of(s, len));
}

/*
 * Append a character outside ASCII, or one invalid byte.  Returns its length.
 */
static size_t
add_wide(struct buf *b, const unsigned char *s, size_t n)
{
    size_t len = utf8_char(s, n);

    if (len == 0) {
        JSONW_LITERAL(b, JSONW_REPLACEMENT);
        return 1;
    }
    if (jsonw_is_hazard(s, len))
        jsonw_escape(b, s, len);
    else
        jsonw_raw(b, (const char *)s, len);
    return len;
}

/*
 * How many bytes of s are characters of two and three bytes that stand as they
 * are?  Ends early at any that is in doubt: hazards, those next to surrogates
 * and overlong forms, and the rest of their blocks.
 */
static size_t
wide_len(const unsigned char *s, size_t len)
{
    size_t i = 0;

    for (;;) {
        if (len - i >= 2 && s[i] >= 0xc3 && s[i] <= 0xdf && s[i] != 0xd8 &&
            utf8_continues((char)s[i + 1]))
            i += 2;
        else if (len - i >= 3 && s[i] > 0xe0 && s[i] <= 0xef && s[i] != 0xed &&
                 (s[i] != 0xe2 || s[i + 1] > 0x81) &&
                 utf8_continues((char)s[i + 1]) &&
                 utf8_continues((char)s[i + 2]))
            i += 3;
        else
            return i;
    }
}

void
jsonw_text(struct buf *b, const char *s, size_t len)
{
    size_t i = 0;

    while (i < len) {
        size_t run = (unsigned char)s[i] < 0x80
                         ? plain_len(s + i, len - i)
                         : wide_len((const unsigned char *)s + i, len - i);

        if (run > 0) {
            jsonw_raw(b, s + i, run);
            i += run;
            continue;
        }
        if ((unsigned char)s[i] < 0x80)
            add_ascii_escape(b, (unsigned char)s[i++]);
        else
            i += add_wide(b, (const unsigned char *)s + i, len - i);
    }
}

void
jsonw_string_n(struct buf *b, const char *s, size_t len)
{
    if (!s) {
        JSONW_LITERAL(b, "null");
        return;
    }
    /* Enough for text without escapes: one growth, not several. */
    *jsonw_room(b, len + 2) = '"';
    b->len++;
    jsonw_text(b, s, len);
    JSONW_LITERAL(b, "\"");
}

void
jsonw_plain(struct buf *b, const char *s, size_t len)
{
    char *p = jsonw_room(b, len + 2);

    *p = '"';
    memcpy(p + 1, s, len);
    p[len + 1] = '"';
    b->len += len + 2;
}

void
jsonw_string(struct buf *b, const char *s)
{
    jsonw_string_n(b, s, s ? strlen(s) : 0);
}

/* Two digits at a time need half the divisions. */
static const char digit_pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334"
    "3536373839404142434445464748495051525354555657585960616263646566676869"
    "707172737475767778798081828384858687888990919293949596979899";

static void
put_pair(char *p, uint64_t n)
{
    memcpy(p, digit_pairs + 2 * n, 2);
}

static size_t
count_digits(uint64_t n)
{
    size_t len = 1;

    for (; n >= 10000; n /= 10000)
        len += 4;
    return len + (n >= 10) + (n >= 100) + (n >= 1000);
}

void
jsonw_uint(struct buf *b, uint64_t n)
{
    size_t len;
    char *p;

    /* Most numbers have one digit. */
    if (n < 10) {
        *jsonw_room(b, 1) = (char)('0' + n);
        b->len++;
        return;
    }
    len = count_digits(n);
    p = jsonw_room(b, len) + len;
    b->len += len;
    for (; len >= 2; len -= 2, n /= 100)
        put_pair(p -= 2, n % 100);
    if (len > 0)
        p[-1] = (char)('0' + n);
}

/* The number's absolute value, with the minus sign written. */
static uint64_t
add_sign(struct buf *b, int64_t n)
{
    if (n >= 0)
        return (uint64_t)n;
    JSONW_LITERAL(b, "-");
    return -(uint64_t)n;
}

void
jsonw_int(struct buf *b, int64_t n)
{
    jsonw_uint(b, add_sign(b, n));
}

void
jsonw_bool(struct buf *b, bool is)
{
    if (is)
        JSONW_LITERAL(b, "true");
    else
        JSONW_LITERAL(b, "false");
}

void
jsonw_seconds(struct buf *b, int64_t us)
{
    uint64_t left = add_sign(b, us);
    uint32_t part = (uint32_t)(left % (uint64_t)US_PER_S);
    size_t len = 7;
    char *p;

    jsonw_uint(b, left / (uint64_t)US_PER_S);
    if (part == 0)
        return;
    p = jsonw_room(b, len);
    p[0] = '.';
    put_pair(p + 1, part / 10000);
    put_pair(p + 3, part / 100 % 100);
    put_pair(p + 5, part % 100);
    while (p[len - 1] == '0')
        len--;
    b->len += len;
}

void
jsonw_int_or_null(struct buf *b, int64_t n)
{
    if (n < 0)
        JSONW_LITERAL(b, "null");
    else
        jsonw_uint(b, (uint64_t)n);
}

void
jsonw_seconds_or_null(struct buf *b, int64_t us)
{
    if (us < 0)
        JSONW_LITERAL(b, "null");
    else
        jsonw_seconds(b, us);
}

void
jsonw_base64(struct buf *b, const void *data, size_t len)
{
    char *p = jsonw_room(b, BASE64_CHARS(len) + 2);

    *p = '"';
    base64_encode(data, len, p + 1);
    p[1 + BASE64_CHARS(len)] = '"';
    b->len += BASE64_CHARS(len) + 2;
}
