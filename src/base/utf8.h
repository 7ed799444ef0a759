/*
 * utf8.h - which bytes are UTF-8 (RFC 3629: no surrogates, no overlong form,
 * nothing over U+10FFFF).
 */
#ifndef UTF8_H
#define UTF8_H

#include "base/base.h"

/*
 * Length in bytes (1 to 4) of the character at s, where n >= 1 bytes are
 * available. 0 if no valid character starts at s.
 */
size_t utf8_char(const unsigned char *s, size_t n);

/* Is all of it UTF-8? */
bool utf8_valid(const char *s, size_t n);

/* Write a code point's bytes (1 to 4) to out; returns how many. */
size_t utf8_encode(uint32_t code, char out[4]);

/* Is it a byte of a character other than the first? */
static inline bool
utf8_continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* The longest length up to max that cuts no character of s in two; s has more
 * than max bytes.  Returns max if s is not UTF-8. */
size_t utf8_cut(const char *s, size_t max);

/* The byte order mark. */
#define UTF8_MARK "\xef\xbb\xbf"

/* s without a byte order mark at its start; NULL is fine where *n is 0. */
const char *utf8_skip_mark(const char *s, size_t *n);

#endif /* UTF8_H */
