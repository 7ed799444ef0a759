#include "url/parts.h"

#include <string.h>

#include "base/ascii.h"

/* ------------------------------------------------------------- escapes */

/* Characters escaped in each part, besides control characters and bytes beyond
 * ASCII ("percent-encode sets"). */
static const char path_set[] = " \"#<>?^`{}";
static const char query_set[] = " \"#<>'";
static const char user_set[] = " \"#<>?^`{}/:;=@[\\]|";

static bool
is_escaped(unsigned char c, const char *set)
{
    return c <= ' ' || c >= 0x7f || strchr(set, c);
}

/* Copy with escapes to a place with room for 3 * s.len bytes.  Returns the
 * end. */
static char *
escape(char *to, struct span s, const char *set)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (!is_escaped(c, set)) {
            *to++ = (char)c;
            continue;
        }
        *to++ = '%';
        *to++ = digits[c >> 4];
        *to++ = digits[c & 15];
    }
    return to;
}

/* ----------------------------------------------------------- the parts */

bool
url_is_slash(char c)
{
    return c == '/' || c == '\\';
}

size_t
url_count_slashes(struct span s)
{
    size_t n = 0;

    while (n < s.len && url_is_slash(s.p[n]))
        n++;
    return n;
}

static void
split_userinfo(struct url_parts *u, const char *p, const char *end)
{
    const char *colon = memchr(p, ':', (size_t)(end - p));

    u->user = span_between(p, colon ? colon : end);
    if (colon)
        u->password = span_between(colon + 1, end);
}

/* "host:port" or "[address]:port" */
static void
split_host(struct url_parts *u, const char *p, const char *end)
{
    const char *from = p, *colon;

    if (p < end && *p == '[')
        from = memchr(p, ']', (size_t)(end - p));
    colon = from ? memchr(from, ':', (size_t)(end - from)) : NULL;
    u->host = span_between(p, colon ? colon : end);
    u->port = colon ? span_between(colon + 1, end) : (struct span){end, 0};
}

void
url_parts_split(struct url_parts *u, struct span text)
{
    const char *p = text.p, *end = p + text.len, *stop = p, *at, *query;

    memset(u, 0, sizeof(*u));
    while (stop < end && !url_is_slash(*stop) && *stop != '?')
        stop++;
    at = memrchr(p, '@', (size_t)(stop - p));
    if (at)
        split_userinfo(u, p, at);
    split_host(u, at ? at + 1 : p, stop);
    query = memchr(stop, '?', (size_t)(end - stop));
    u->path = span_between(stop, query ? query : end);
    if (query)
        u->query = span_between(query + 1, end);
}

/* ------------------------------------------------------------ the path */

/* Is the segment "." or "..", possibly as "%2e"?  Returns the number of dots,
 * or 0. */
static int
dots_of(const char *p, const char *end)
{
    int n = 0;

    while (p < end) {
        if (*p == '.')
            p++;
        else if (end - p >= 3 && p[0] == '%' && p[1] == '2' &&
                 ascii_lower(p[2]) == 'e')
            p += 3;
        else
            return 0;
        if (++n > 2)
            return 0;
    }
    return n;
}

/*
 * Remove "." and ".." from a path that begins with "/".  Returns its new end.
 */
static char *
remove_dots(char *path, const char *end)
{
    char *to = path;

    for (const char *p = path, *next; p < end; p = next) {
        next = memchr(p + 1, '/', (size_t)(end - p - 1));
        next = next ? next : end;
        int ndots = dots_of(p + 1, next);
        if (ndots == 0) {
            to = (char *)memmove(to, p, (size_t)(next - p)) + (next - p);
            continue;
        }
        while (ndots == 2 && to > path && *--to != '/')
            ;
        if (next == end)
            *to++ = '/';
    }
    return to;
}

char *
url_put_path(char *to, struct span path)
{
    char *start = to;

    if (path.len == 0)
        *to++ = '/';
    to = escape(to, path, path_set);
    for (char *p = start; p < to; p++)
        if (*p == '\\')
            *p = '/';
    return remove_dots(start, to);
}

/* ------------------------------------------- the other parts, written */

char *
url_put_userinfo(char *to, const struct url_parts *u)
{
    if (u->user.len == 0 && u->password.len == 0)
        return to;
    to = escape(to, u->user, user_set);
    if (u->password.len > 0) {
        *to++ = ':';
        to = escape(to, u->password, user_set);
    }
    *to++ = '@';
    return to;
}

char *
url_put_query(char *to, struct span query)
{
    return escape(to, query, query_set);
}
