/*
 * ascii.h - characters of ASCII, whatever the locale says.
 */
#ifndef ASCII_H
#define ASCII_H

#include <string.h>
#include <strings.h>

#include "base/base.h"

static inline bool
ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool
ascii_is_alpha(char c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z';
}

static inline bool
ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* White space within a line of a header (RFC 9110, OWS). */
static inline bool
ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* White space of JSON and of XML. */
static inline bool
ascii_is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline char
ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The value of a hexadecimal digit, or -1. */
static inline int
ascii_hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%XX" at s stands for, or -1 if s has none before end. */
static inline int
ascii_percent_value(const char *s, const char *end)
{
    int high = end - s > 2 && *s == '%' ? ascii_hex_value(s[1]) : -1;
    int low = high >= 0 ? ascii_hex_value(s[2]) : -1;

    return low >= 0 ? high << 4 | low : -1;
}

/* May it stand in a scheme behind its first letter (RFC 3986, 3.1)? */
static inline bool
ascii_is_scheme(char c)
{
    return ascii_is_alnum(c) || c == '+' || c == '-' || c == '.';
}

/* May it stand anywhere in a URL without another meaning (RFC 3986, 2.3)? */
static inline bool
ascii_is_unreserved(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Is the text of len bytes this word, in any case? */
static inline bool
ascii_is_word(const char *s, size_t len, const char *word)
{
    return len == strlen(word) && strncasecmp(s, word, len) == 0;
}

#endif /* ASCII_H */
