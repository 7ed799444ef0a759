#include "base/json_skim.h"

#include <string.h>

#include "base/ascii.h"

static inline char
peek(struct json_skim *s)
{
    if (s->pos < s->end && (unsigned char)*s->pos > ' ')
        return *s->pos;
    while (s->pos < s->end && ascii_is_white(*s->pos))
        s->pos++;
    return s->pos < s->end ? *s->pos : '\0';
}

/* Is p escaped: is there an odd number of backslashes before it? */
static bool
is_escaped(const char *p, const char *start)
{
    const char *from = p;

    while (from > start && from[-1] == '\\')
        from--;
    return (p - from) % 2 != 0;
}

/* Skip a string from its opening quote to behind the closing one.  False: it
 * does not end. */
static bool
skip_string(struct json_skim *s)
{
    const char *start = s->pos + 1, *quote = start;

    for (;; quote++) {
        quote = memchr(quote, '"', (size_t)(s->end - quote));
        if (!quote)
            return false;
        if (quote == start || quote[-1] != '\\' || !is_escaped(quote, start))
            break;
    }
    s->pos = quote + 1;
    return true;
}

/* Skip a container from its opening bracket to behind the matching one. */
static bool
skip_container(struct json_skim *s)
{
    size_t depth = 0;

    while (s->pos < s->end) {
        char c = *s->pos;

        if (c == '"') {
            if (!skip_string(s))
                return false;
            continue;
        }
        s->pos++;
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

static bool
skip_value(struct json_skim *s)
{
    const char *start = s->pos;
    char first = peek(s);

    if (first == '"')
        return skip_string(s);
    if (first == '{' || first == '[')
        return skip_container(s);
    while (s->pos < s->end && !ascii_is_white(*s->pos) && *s->pos != ',' &&
           *s->pos != '}')
        s->pos++;
    return s->pos > start;
}

void
json_skim_init(struct json_skim *s, struct span text)
{
    *s = (struct json_skim){text.p, text.p + text.len};
}

static enum json_skim_status
finish(struct json_skim *s)
{
    s->pos++;
    return peek(s) == '\0' && s->pos == s->end ? JSON_SKIM_END
                                               : JSON_SKIM_BROKEN;
}

enum json_skim_status
json_skim_member(struct json_skim *s, struct span *key, struct span *value)
{
    char before = peek(s); /* the brace or comma that it follows */

    if (before == '}')
        return finish(s);
    if (before != '{' && before != ',')
        return JSON_SKIM_BROKEN;
    s->pos++;
    if (peek(s) == '}' && before == '{')
        return finish(s);
    if (peek(s) != '"')
        return JSON_SKIM_BROKEN;
    key->p = s->pos;
    if (!skip_string(s))
        return JSON_SKIM_BROKEN;
    key->len = (size_t)(s->pos - key->p);
    if (peek(s) != ':')
        return JSON_SKIM_BROKEN;
    s->pos++;
    (void)peek(s);
    value->p = s->pos;
    if (!skip_value(s))
        return JSON_SKIM_BROKEN;
    value->len = (size_t)(s->pos - value->p);
    return JSON_SKIM_MEMBER;
}
