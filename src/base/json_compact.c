#include "base/json_compact.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/json_writer.h"
#include "base/utf8.h"

/*
 * Size of jq 1.6's stack, and what the result line uses of it around a value.
 */
#define MAX_DEPTH     256
#define DEPTH_OUTSIDE 4

/* The places on the stack for an open array; an open object needs one more, for
 * its key. */
#define DEPTH_OF_ARRAY  1
#define DEPTH_OF_OBJECT 2

/* The most digits that Python's json accepts in an integer. */
#define MAX_DIGITS 4300

/* A number below 10 to this power is a finite double. */
#define MAX_EXPONENT 308

/* What is left of the text. */
struct scan {
    const char *pos;
    const char *end;
};

static bool scan_value(struct scan *s, unsigned depth);

/* The next character, NUL at the end (no token has one). */
static char
peek(const struct scan *s)
{
    return s->pos < s->end ? *s->pos : '\0';
}

/* Take c if it comes next. */
static bool
take(struct scan *s, char c)
{
    if (s->pos == s->end || *s->pos != c)
        return false;
    s->pos++;
    return true;
}

static void
skip_space(struct scan *s)
{
    while (s->pos < s->end && ascii_is_white(*s->pos))
        s->pos++;
}

static bool
take_word(struct scan *s, const char *word, size_t len)
{
    if ((size_t)(s->end - s->pos) < len || memcmp(s->pos, word, len) != 0)
        return false;
    s->pos += len;
    return true;
}

/* Take digits and return how many there were. */
static size_t
take_digits(struct scan *s)
{
    const char *start = s->pos;

    while (s->pos < s->end && ascii_is_digit(*s->pos))
        s->pos++;
    return (size_t)(s->pos - start);
}

/* Take an exponent's sign and digits; *value is 0 to 9999 for a positive one,
 * 0 for a negative one. */
static bool
scan_exponent(struct scan *s, size_t *value)
{
    bool is_negative = peek(s) == '-';
    const char *start;

    if (!take(s, '-'))
        (void)take(s, '+');
    start = s->pos;
    if (take_digits(s) == 0)
        return false;
    *value = 0;
    if (is_negative)
        return true;
    for (; start < s->pos && *value < 1000; start++)
        *value = *value * 10 + (size_t)(*start - '0');
    return true;
}

static bool
scan_number(struct scan *s)
{
    size_t ndigits, exponent = 0;

    (void)take(s, '-');
    if (take(s, '0'))
        ndigits = 1;
    else if ((ndigits = take_digits(s)) == 0)
        return false;
    if (take(s, '.') && take_digits(s) == 0)
        return false;
    if ((take(s, 'e') || take(s, 'E')) && !scan_exponent(s, &exponent))
        return false;
    return ndigits + exponent <= MAX_EXPONENT;
}

/* Take the four digits of a \u escape.  Returns -1 if they are not there. */
static int
scan_hex4(struct scan *s)
{
    int value = 0;

    if (s->end - s->pos < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = ascii_hex_value(*s->pos++);

        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* What follows a backslash. */
static bool
scan_escape(struct scan *s, bool is_key)
{
    int unit;

    if (!take(s, 'u')) {
        char c = peek(s);

        s->pos++;
        return c != '\0' && strchr("\"\\/bfnrt", c) != NULL;
    }
    unit = scan_hex4(s);
    if (unit < 0 || (unit == 0 && is_key))
        return false;
    if ((unit & 0xf800) != 0xd800)
        return true;
    /* A surrogate is valid only as a high one followed by a low one. */
    if (unit >= 0xdc00 || !take(s, '\\') || !take(s, 'u'))
        return false;
    return (scan_hex4(s) & ~0x3ff) == 0xdc00;
}

static bool
scan_string(struct scan *s, bool is_key)
{
    if (!take(s, '"'))
        return false;
    while (s->pos < s->end) {
        unsigned char c = (unsigned char)*s->pos;
        size_t n = 1;

        if (c == '"') {
            s->pos++;
            return true;
        }
        if (c == '\\') {
            s->pos++;
            if (s->pos == s->end || !scan_escape(s, is_key))
                return false;
            continue;
        }
        if (c < 0x20)
            return false;
        if (c >= 0x80)
            n = utf8_char((const unsigned char *)s->pos,
                          (size_t)(s->end - s->pos));
        if (n == 0)
            return false;
        s->pos += n;
    }
    return false;
}

/* The members of an object or array behind its opening bracket. */
static bool
scan_members(struct scan *s, bool is_object, unsigned depth)
{
    char close = is_object ? '}' : ']';

    skip_space(s);
    if (take(s, close))
        return true;
    for (;;) {
        skip_space(s);
        if (is_object) {
            if (!scan_string(s, true))
                return false;
            skip_space(s);
            if (!take(s, ':'))
                return false;
        }
        if (!scan_value(s, depth))
            return false;
        if (take(s, close))
            return true;
        if (!take(s, ','))
            return false;
    }
}

/* Take a value and the white space around it. */
static bool
scan_value(struct scan *s, unsigned depth)
{
    bool ok;

    skip_space(s);
    switch (peek(s)) {
    case '{':
    case '[':
        if (depth >= MAX_DEPTH)
            return false;
        depth += peek(s) == '{' ? DEPTH_OF_OBJECT : DEPTH_OF_ARRAY;
        ok = scan_members(s, *s->pos++ == '{', depth);
        break;
    case '"':
        ok = scan_string(s, false);
        break;
    case 't':
        ok = take_word(s, "true", 4);
        break;
    case 'f':
        ok = take_word(s, "false", 5);
        break;
    case 'n':
        ok = take_word(s, "null", 4);
        break;
    default:
        ok = scan_number(s);
    }
    skip_space(s);
    return ok;
}

bool
compact_is_json(const char *text, size_t len)
{
    struct scan s;

    if (len == 0)
        return false;
    s.pos = text;
    s.end = text + len;
    return scan_value(&s, DEPTH_OUTSIDE) && s.pos == s.end;
}

/* Copy an escape as it is, s behind its backslash. */
static void
add_escape(struct buf *out, struct scan *s)
{
    jsonw_raw(out, s->pos - 1, 2);
    s->pos++;
}

/* Copy a string; s stands behind its opening quote. */
static void
copy_string(struct buf *out, struct scan *s)
{
    JSONW_LITERAL(out, "\"");
    while (s->pos < s->end && *s->pos != '"') {
        const char *start = s->pos;

        while (s->pos < s->end && *s->pos != '"' && *s->pos != '\\')
            s->pos++;
        jsonw_text(out, start, (size_t)(s->pos - start));
        if (s->end - s->pos < 2 || *s->pos == '"')
            break;
        s->pos++;
        add_escape(out, s);
    }
    s->pos += s->pos < s->end;
    JSONW_LITERAL(out, "\"");
}

void
compact_json(struct buf *out, const char *text, size_t len)
{
    struct scan s = {text, text + len};

    jsonw_room(out, len + 1);
    while (s.pos < s.end) {
        const char *start = s.pos;

        while (s.pos < s.end && *s.pos != '"' && !ascii_is_white(*s.pos))
            s.pos++;
        if (s.pos > start)
            jsonw_raw(out, start, (size_t)(s.pos - start));
        if (s.pos < s.end && *s.pos++ == '"')
            copy_string(out, &s);
    }
}

const char *
span_compact(struct span s, struct arena *mem, size_t *len)
{
    struct buf out = BUF_INIT;
    const char *text;

    compact_json(&out, s.p, s.len);
    text = arena_strndup(mem, out.data, out.len);
    if (len)
        *len = out.len;
    buf_fini(&out);
    return text;
}

/* The end of a valid string, whose opening quote is at p. */
static const char *
string_end(const char *p)
{
    for (p++; *p != '"'; p++)
        p += *p == '\\';
    return p + 1;
}

const char *
compact_is_readable(struct span s)
{
    const char *p = s.p, *end = s.p + s.len;
    unsigned depth = DEPTH_OUTSIDE;
    size_t ndigits = 0;

    while (p < end) {
        bool is_open = *p == '[' || *p == '{';

        if (is_open && depth >= MAX_DEPTH)
            return "nested too deep: jq 1.6 could not read the result";
        ndigits = ascii_is_digit(*p) ? ndigits + 1 : 0;
        if (ndigits > MAX_DIGITS)
            return "a number of over 4300 digits: Python could not read the "
                   "result";
        if (is_open)
            depth += *p == '{' ? DEPTH_OF_OBJECT : DEPTH_OF_ARRAY;
        else if (*p == ']' || *p == '}')
            depth -= *p == '}' ? DEPTH_OF_OBJECT : DEPTH_OF_ARRAY;
        p = *p == '"' ? string_end(p) : p + 1;
    }
    return NULL;
}
