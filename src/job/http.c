#include "job/http.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/ascii.h"

struct header *
header_new(struct arena *mem, const char *name, const char *value,
           struct header *next)
{
    struct header *h = arena_alloc(mem, sizeof(*h));

    *h = (struct header){name, value, next};
    return h;
}

const struct header *
header_find(const struct header *list, const char *name, size_t len)
{
    for (; list; list = list->next)
        if (ascii_is_word(name, len, list->name))
            return list;
    return NULL;
}

struct header *
header_without(const struct header *list, bool (*test)(const char *, size_t),
               struct arena *mem)
{
    struct header *kept = NULL, **tail = &kept;

    for (; list; list = list->next) {
        if (test(list->name, strlen(list->name)))
            continue;
        *tail = arena_alloc(mem, sizeof(**tail));
        **tail = *list;
        tail = &(*tail)->next;
    }
    *tail = NULL;
    return kept;
}

static bool
begins_with(const char *name, size_t len, const char *prefix)
{
    size_t n = strlen(prefix);

    return len > n && strncasecmp(name, prefix, n) == 0;
}

bool
header_stays_behind(const char *name, size_t len)
{
    static const char *const names[] = {
        "accept",
        "cache-control",
        "content-encoding",
        "content-language",
        "content-type",
        "pragma",
        "range",
        "user-agent",
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (ascii_is_word(name, len, names[i]))
            return false;
    return !begins_with(name, len, "accept-") && !begins_with(name, len, "if-");
}

bool
header_is_host(const char *name, size_t len)
{
    return ascii_is_word(name, len, "host");
}

bool
header_is_condition(const char *name, size_t len)
{
    return len > 3 && strncasecmp(name, "if-", 3) == 0;
}

bool
header_is_content(const char *name, size_t len)
{
    return begins_with(name, len, "content-") ||
           ascii_is_word(name, len, "transfer-encoding") ||
           ascii_is_word(name, len, "trailer") ||
           ascii_is_word(name, len, "expect");
}

bool
http_is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

bool
http_is_idempotent(const char *method)
{
    static const char *const methods[] = {"GET",   "HEAD", "OPTIONS",
                                          "TRACE", "PUT",  "DELETE"};

    for (size_t i = 0; i < ARRAY_LEN(methods); i++)
        if (strcmp(method, methods[i]) == 0)
            return true;
    return false;
}

bool
http_is_token(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!ascii_is_alnum(s[i]) &&
            (s[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", s[i])))
            return false;
    return len > 0;
}

bool
http_is_value(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

const char *
http_reason(int status)
{
    static const struct {
        int status;
        const char *text;
    } reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {203, "Non-Authoritative Information"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {300, "Multiple Choices"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {416, "Range Not Satisfiable"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    };

    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        if (reasons[i].status == status)
            return reasons[i].text;
    }
    return "";
}

bool
http_is_strong_etag(const char *etag)
{
    size_t len;

    if (!etag || etag[0] != '"')
        return false;
    len = strlen(etag);
    return len >= 2 && strchr(etag + 1, '"') == etag + len - 1;
}

/* Read a number of 1 to 18 digits.  Returns its end, or NULL if there is none.
 */
static const char *
read_number(const char *s, int64_t *n)
{
    int ndigits = 0;

    for (*n = 0; *s >= '0' && *s <= '9' && ndigits < 18; s++, ndigits++)
        *n = *n * 10 + (*s - '0');
    return ndigits > 0 ? s : NULL;
}

const char *
http_list_next(const char **list, const char *end, size_t *len)
{
    const char *begin;

    while (*list < end && (**list == ',' || ascii_is_white(**list)))
        ++*list;
    for (begin = *list; *list < end; ++*list)
        if (**list == ',' || ascii_is_white(**list))
            break;
    *len = (size_t)(*list - begin);
    return *len > 0 ? begin : NULL;
}

bool
http_list_has(const char *list, size_t len, const char *element)
{
    const char *at, *end = list + len;
    size_t n;

    while ((at = http_list_next(&list, end, &n)))
        if (ascii_is_word(at, n, element))
            return true;
    return false;
}

bool
http_read_range(const char *text, int64_t *first, int64_t *last, int64_t *total)
{
    if (!text || strncasecmp(text, "bytes ", 6) != 0)
        return false;
    text = read_number(text + 6, first);
    if (!text || *text != '-' || !(text = read_number(text + 1, last)) ||
        *text != '/' || !(text = read_number(text + 1, total)))
        return false;
    text += strspn(text, " \t");
    return *text == '\0' && *first <= *last && *last < *total;
}
