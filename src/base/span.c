#include "base/span.h"

#include <string.h>

#include "base/utf8.h"

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span
span_trim(struct span s)
{
    while (s.len > 0 && is_space(s.p[0])) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

struct span
span_trim_mark(struct span s)
{
    s = span_trim(s);
    s.p = utf8_skip_mark(s.p, &s.len);
    return span_trim(s);
}

bool
span_is(struct span s, const char *text)
{
    return s.len == strlen(text) && memcmp(s.p, text, s.len) == 0;
}

struct span
span_cut(struct span s, size_t max)
{
    if (s.len > max)
        s.len = utf8_cut(s.p, max);
    return s;
}

struct span
span_between(const char *p, const char *end)
{
    return (struct span){p, (size_t)(end - p)};
}
