#include "url/plain.h"

#include <string.h>

/* The longest name of a host (RFC 1035, 2.3.4), as text. */
#define HOST_MAX 253

static bool
is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

/* Is it a character of a host's name? */
static bool
is_name_char(char c)
{
    return is_between(c, 'a', 'z') || is_between(c, '-', '.') ||
           is_between(c, '0', '9') || c == '_';
}

/* Is it a character of a path or query (RFC 3986, 3.3), except "%" and "@"? */
static bool
is_path_char(char c)
{
    return is_between(c, 'a', 'z') || is_between(c, '&', ';') ||
           is_between(c, 'A', 'Z') || c == '_' || c == '=' || c == '~' ||
           c == '!' || c == '$';
}

/* The end of a plain host at p, or NULL. */
static const char *
plain_host_end(const char *p, const char *end)
{
    const char *start = p, *label = p;

    for (; p < end && is_name_char(*p); p++) {
        if (*p != '.')
            continue;
        if (p == label)
            return NULL;
        label = p + 1;
    }
    if (p == label || p - start > HOST_MAX || *start == '-')
        return NULL;
    /* A name must not end in a number. */
    if (is_between(*label, '0', '9') && is_between(*start, 'a', 'z'))
        return NULL;
    return p;
}

/* Is it a complete IPv4 address in the form of inet_ntop()? */
static bool
is_plain_ipv4(const char *p, const char *end)
{
    unsigned ndots = 0;

    for (;; p++) {
        const char *start = p;
        unsigned n = 0;

        for (; p < end && is_between(*p, '0', '9') && n <= 255; p++)
            n = n * 10 + (unsigned)(*p - '0');
        if (p == start || n > 255 || (*start == '0' && p - start > 1))
            return false;
        if (p == end)
            return ndots == 3;
        if (*p != '.' || ndots++ == 3)
            return false;
    }
}

/*
 * The end of ":port" at p; p if there is none; NULL if it is not plain. *port
 * is preset to the scheme's port.
 */
static const char *
plain_port_end(const char *p, const char *end, uint16_t *port)
{
    const char *start = p + 1;
    unsigned n = 0;

    if (p == end || *p != ':')
        return p;
    for (p = start; p < end && is_between(*p, '0', '9') && n <= UINT16_MAX; p++)
        n = n * 10 + (unsigned)(*p - '0');
    if (n == 0 || n > UINT16_MAX || *start == '0' || n == *port)
        return NULL;
    *port = (uint16_t)n;
    return p;
}

/* Is the text empty, or a path with or without a query? */
static bool
is_plain_path(const char *p, const char *end)
{
    bool in_query = false;

    if (p == end)
        return true;
    if (*p != '/')
        return false;
    for (; p < end; p++) {
        if (*p == '?') {
            /* libcurl 7.88 drops an empty query. */
            if (!in_query && p + 1 == end)
                return false;
            in_query = true;
        } else if (!is_path_char(*p) || (*p == '\'' && in_query) ||
                   (*p == '.' && p[-1] == '/' && !in_query)) {
            return false;
        }
    }
    return true;
}

bool
plain_parse(const char *text, size_t len, struct plain *p)
{
    const char *end = text + len, *host = text;

    p->is_tls = len > 5 && text[4] == 's';
    p->port = p->is_tls ? 443 : 80;
    host += p->is_tls ? 8 : 7;
    if (host >= end || memcmp(text, p->is_tls ? "https://" : "http://",
                              (size_t)(host - text)) != 0)
        return false;
    p->host = host;
    p->host_end = plain_host_end(host, end);
    p->path = p->host_end ? plain_port_end(p->host_end, end, &p->port) : NULL;
    if (!p->path || !is_plain_path(p->path, end))
        return false;
    p->is_numeric = !is_between(*host, 'a', 'z');
    return !p->is_numeric || is_plain_ipv4(host, p->host_end);
}
