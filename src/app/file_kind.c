#include "app/file_kind.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "output/result_line.h"
#include "report/page.h"

static bool
begins_with(const char *p, size_t len, const char *text)
{
    size_t n = strlen(text);

    return len >= n && memcmp(p, text, n) == 0;
}

/* Does a file that begins with p, or is only p, begin with the text as far as
 * it goes? */
static bool
may_begin_with(const char *p, size_t len, const char *text)
{
    size_t n = strlen(text);

    return memcmp(p, text, len < n ? len : n) == 0;
}

/* Field i of a line of a table, the first one being 0. */
static struct span
field_of(const char *p, size_t len, size_t i)
{
    const char *end = p + len, *tab;

    for (; (tab = memchr(p, '\t', (size_t)(end - p))) && i > 0; i--)
        p = tab + 1;
    return (struct span){p, (size_t)((tab ? tab : end) - p)};
}

static bool
is_flag(struct span field)
{
    return ascii_is_word(field.p, field.len, "true") ||
           ascii_is_word(field.p, field.len, "false");
}

/* Is it a line of a jar?  It has seven fields, of which the last may be empty.
 * Without a title above it the line could be any table's, so both flags must be
 * valid, too. */
static bool
is_cookie_line(const char *p, size_t len, bool has_title)
{
    size_t ntabs = 0;

    for (size_t i = 0; i < len; i++)
        ntabs += p[i] == '\t';
    return (ntabs == 5 || ntabs == 6) &&
           (has_title ||
            (is_flag(field_of(p, len, 1)) && is_flag(field_of(p, len, 3))));
}

/* "# Netscape HTTP Cookie File", "# HTTP Cookie File". */
static bool
is_jar_title(const char *p, size_t len)
{
    static const char title[] = "Cookie File";

    return memmem(p, len, title, sizeof(title) - 1) != NULL;
}

bool
file_kind_is_jar(const char *p, size_t len)
{
    const char *end = p + len;
    bool has_title = len == 0;

    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((newline ? newline : end) - p);

        if (n > 0 && p[n - 1] == '\r')
            n--;
        if (n > 0 && (*p != '#' || begins_with(p, n, "#HttpOnly_")))
            return is_cookie_line(p, n, has_title);
        has_title |= is_jar_title(p, n);
        p = newline ? newline + 1 : end;
    }
    return has_title;
}

bool
file_kind_is_summary(const char *p, size_t len)
{
    return may_begin_with(p, len, "{\"records\":");
}

bool
file_kind_is_page(const char *p, size_t len)
{
    return len == 0 || begins_with(p, len, PAGE_START);
}

bool
file_kind_is_trace(const char *p, size_t len)
{
    return may_begin_with(p, len, "{\"t\":");
}

/* May a request have this key, too? */
static bool
is_of_requests(const char *key, size_t len)
{
    static const char *const keys[] = {"url", "method", "id", "meta", "body"};

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strlen(keys[i]) == len && memcmp(keys[i], key, len) == 0)
            return true;
    return false;
}

/* any_first: a line may begin with any key, otherwise only with a key that no
 * request has. */
static bool
is_results(const char *p, size_t len, bool any_first)
{
    static const char key_chars[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t n = 0;

    for (; len > 0 && *p == '\n'; p++, len--)
        continue;
    if (len == 0 || (len == 1 && *p == '{') || begins_with(p, len, "{}"))
        return true;
    if (!begins_with(p, len, "{\""))
        return false;
    p += 2;
    len -= 2;
    while (n < len && memchr(key_chars, p[n], sizeof(key_chars) - 1))
        n++;
    if (n == len)
        return true; /* a run was killed within its first line */
    return p[n] == '"' && result_line_is_field(p, n) &&
           (any_first || !is_of_requests(p, n));
}

bool
file_kind_is_results(const char *p, size_t len)
{
    return is_results(p, len, false);
}

bool
file_kind_is_fields(const char *p, size_t len)
{
    return is_results(p, len, true);
}

bool
file_kind_is_text(const char *p, size_t len)
{
    return !memchr(p, '\0', len) && !begins_with(p, len, "#!") &&
           !begins_with(p, len, "<");
}

bool
file_kind_is_archive(const char *p, size_t len)
{
    return may_begin_with(p, len, "WARC/") ||
           may_begin_with(p, len, "\x1f\x8b");
}
