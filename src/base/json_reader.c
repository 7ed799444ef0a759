#include "base/json_reader.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/*
 * Checking.  Uses one loop and a stack of bits instead of recursion, because
 * the sender chooses the depth.  Every function leaves pos where it stopped,
 * which is the position of the error, if any.
 */
struct check {
    const char *pos;
    const char *end;
    const char *what; /* NULL: no flaw yet */
    unsigned depth;
    unsigned char is_object[SPAN_MAX_DEPTH / 8]; /* a bit per open container */
};

static bool
fail(struct check *c, const char *what)
{
    c->what = what;
    return false;
}

/* The next byte that isn't white space, 0 at the end. */
static char
peek(struct check *c)
{
    while (c->pos < c->end && ascii_is_white(*c->pos))
        c->pos++;
    return c->pos < c->end ? *c->pos : 0;
}

static bool
is_digit(const struct check *c)
{
    return c->pos < c->end && ascii_is_digit(*c->pos);
}

/* Four hex digits; -1: they aren't there. */
static int
hex4(const char *p, const char *end)
{
    int n = 0;

    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = ascii_hex_value(p[i]);

        if (digit < 0)
            return -1;
        n = n << 4 | digit;
    }
    return n;
}

static bool
is_low_surrogate(int n)
{
    return n >= 0xdc00 && n <= 0xdfff;
}

/* An escape, at its backslash. */
static bool
check_escape(struct check *c)
{
    const char *p = c->pos;

    if (c->end - p < 2)
        return fail(c, "the string is not closed");
    if (p[1] != 'u') {
        if (p[1] == '\0' || !strchr("\"\\/bfnrt", p[1]))
            return fail(c, "there is no such escape");
        c->pos += 2;
        return true;
    }

    int n = hex4(p + 2, c->end);

    if (n < 0)
        return fail(c, "\\u takes four hex digits");
    c->pos += 6;
    if (n < 0xd800 || n > 0xdfff)
        return true;
    if (!is_low_surrogate(n) && c->end - p >= 12 && p[6] == '\\' &&
        p[7] == 'u' && is_low_surrogate(hex4(p + 8, c->end))) {
        c->pos += 6;
        return true;
    }
    c->pos = p;
    return fail(c, "half a surrogate pair");
}

static bool
is_plain(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* A string, at its opening quote. */
static bool
check_string(struct check *c)
{
    c->pos++;
    for (;;) {
        const char *p = c->pos;

        while (p < c->end && is_plain(*p))
            p++;
        c->pos = p;
        if (c->pos == c->end)
            return fail(c, "the string is not closed");
        if (*c->pos == '"')
            break;
        if (*c->pos == '\\') {
            if (!check_escape(c))
                return false;
            continue;
        }
        if ((unsigned char)*c->pos < 0x20)
            return fail(c, "a control byte in a string");

        size_t n =
            utf8_char((const unsigned char *)c->pos, (size_t)(c->end - c->pos));

        if (n == 0)
            return fail(c, "not UTF-8");
        c->pos += n;
    }
    c->pos++;
    return true;
}

static bool
check_digits(struct check *c)
{
    if (!is_digit(c))
        return fail(c, "a digit is missing");
    while (is_digit(c))
        c->pos++;
    return true;
}

static bool
check_number(struct check *c)
{
    if (*c->pos == '-')
        c->pos++;
    if (c->pos < c->end && *c->pos == '0') {
        c->pos++;
        if (is_digit(c))
            return fail(c, "a number starts with 0");
    } else if (!check_digits(c)) {
        return false;
    }
    if (c->pos < c->end && *c->pos == '.') {
        c->pos++;
        if (!check_digits(c))
            return false;
    }
    if (c->pos < c->end && (*c->pos | 0x20) == 'e') {
        c->pos++;
        if (c->pos < c->end && (*c->pos == '+' || *c->pos == '-'))
            c->pos++;
        return check_digits(c);
    }
    return true;
}

static bool
check_word(struct check *c, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(c->end - c->pos) < len || memcmp(c->pos, word, len) != 0)
        return fail(c, "not a value");
    c->pos += len;
    return true;
}

static bool
check_scalar(struct check *c)
{
    switch (peek(c)) {
    case '"':
        return check_string(c);
    case 't':
        return check_word(c, "true");
    case 'f':
        return check_word(c, "false");
    case 'n':
        return check_word(c, "null");
    case '-':
        return check_number(c);
    default:
        return is_digit(c) ? check_number(c) : fail(c, "not a value");
    }
}

static bool
in_object(const struct check *c)
{
    unsigned top = c->depth - 1;

    return c->is_object[top / 8] >> top % 8 & 1;
}

/* Check a member's key and its colon. */
static bool
check_key(struct check *c)
{
    if (peek(c) != '"')
        return fail(c, "a key in quotes is missing");
    if (!check_string(c))
        return false;
    if (peek(c) != ':')
        return fail(c, "':' is missing");
    c->pos++;
    return true;
}

/* Enter a container, at its opening bracket. */
static bool
check_open(struct check *c)
{
    unsigned bit = 1u << c->depth % 8;
    unsigned char *byte = &c->is_object[c->depth / 8];

    if (c->depth == SPAN_MAX_DEPTH)
        return fail(c, "nested too deep");
    *byte = (unsigned char)(*c->pos == '{' ? *byte | bit : *byte & ~bit);
    c->depth++;
    c->pos++;
    return true;
}

/* Behind a value: leave the containers that end here and stop where the next
 * value starts. */
static bool
check_after(struct check *c)
{
    while (c->depth > 0) {
        char next = peek(c);

        if (next == ',') {
            c->pos++;
            return !in_object(c) || check_key(c);
        }
        if (next != (in_object(c) ? '}' : ']'))
            return fail(c, in_object(c) ? "',' or '}' is missing"
                                        : "',' or ']' is missing");
        c->pos++;
        c->depth--;
    }
    return true;
}

static bool
check_value(struct check *c)
{
    do {
        char first = peek(c);

        if (first == '{' || first == '[') {
            if (!check_open(c))
                return false;
            if (peek(c) != (first == '{' ? '}' : ']')) {
                if (first == '{' && !check_key(c))
                    return false;
                continue;
            }
        } else if (!check_scalar(c)) {
            return false;
        }
        if (!check_after(c))
            return false;
    } while (c->depth > 0);
    return true;
}

bool
span_is_json(struct span s, struct span_flaw *flaw)
{
    struct check c = {.pos = s.p, .end = s.p + s.len};
    bool is_valid = check_value(&c);

    if (is_valid) {
        (void)peek(&c);
        if (c.pos < c.end)
            is_valid = fail(&c, "something stands behind the value");
    }
    flaw->what = c.what;
    flaw->at = (size_t)(c.pos - s.p);
    return is_valid;
}

/*
 * Walking.  These functions rely on the text being valid and only look for
 * ends.  Within a container some byte that ends a run always comes, so they
 * need no length.
 */
static const char *
skip_blanks(const char *p)
{
    while (ascii_is_white(*p))
        p++;
    return p;
}

/* Returns the end of a string; p is at its opening quote. */
static const char *
string_end(const char *p)
{
    for (p++; *p != '"'; p++) {
        if (*p == '\\')
            p++;
    }
    return p + 1;
}

/* Returns the end of a value; p is at its first byte. */
static const char *
value_end(const char *p)
{
    unsigned depth = 0;

    do {
        if (*p == '"') {
            p = string_end(p);
        } else if (*p == '{' || *p == '[') {
            depth++;
            p++;
        } else if (*p == '}' || *p == ']') {
            depth--;
            p++;
        } else if (depth > 0) {
            p++; /* the bytes in between do not matter */
        } else {
            p += strcspn(p, ",]} \t\n\r"); /* a number or a word */
        }
    } while (depth > 0);
    return p;
}

void
span_walk_init(struct span_walk *w, struct span s)
{
    w->pos = skip_blanks(skip_blanks(s.p) + 1);
}

/* Read the next value, and skip to the next member or the end. */
static struct span
walk_value(struct span_walk *w)
{
    struct span value = {.p = w->pos};

    w->pos = value_end(w->pos);
    value.len = (size_t)(w->pos - value.p);
    w->pos = skip_blanks(w->pos);
    if (*w->pos == ',')
        w->pos = skip_blanks(w->pos + 1);
    return value;
}

bool
span_walk_member(struct span_walk *w, struct span *key, struct span *value)
{
    if (*w->pos == '}')
        return false;
    key->p = w->pos;
    w->pos = string_end(w->pos);
    key->len = (size_t)(w->pos - key->p);
    w->pos = skip_blanks(skip_blanks(w->pos) + 1); /* over the colon */
    *value = walk_value(w);
    return true;
}

bool
span_walk_element(struct span_walk *w, struct span *value)
{
    if (*w->pos == ']')
        return false;
    *value = walk_value(w);
    return true;
}
