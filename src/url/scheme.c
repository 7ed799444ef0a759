#include "url/scheme.h"

#include <string.h>

#include "base/ascii.h"
#include "url/parts.h"

size_t
scheme_len(struct span s)
{
    size_t i = 0;

    if (s.len == 0 || !ascii_is_alpha(s.p[0]))
        return 0;
    while (i < s.len && ascii_is_scheme(s.p[i]))
        i++;
    return i < s.len && s.p[i] == ':' ? i : 0;
}

/* Is the text of len bytes one of these words? */
static bool
is_one_of(struct span s, size_t len, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ascii_is_word(s.p, len, words[i]))
            return true;
    return false;
}

bool
scheme_is_http(struct span s, size_t len)
{
    return ascii_is_word(s.p, len, "http") || ascii_is_word(s.p, len, "https");
}

/* Is it "8080/...", as behind the name of a host? */
static bool
is_port_and_path(struct span s)
{
    size_t n = 0;

    while (n < s.len && ascii_is_digit(s.p[n]))
        n++;
    return n > 0 && n <= 5 && n < s.len && s.p[n] == '/';
}

bool
scheme_is_foreign(struct span s, size_t len)
{
    static const char *const schemes[] = {
        "about",  "blob",   "chrome", "data", "file", "javascript",
        "magnet", "mailto", "news",   "sms",  "tel",  "urn",
    };

    if (is_port_and_path(span_skip(s, len + 1)))
        return false;
    return is_one_of(s, len, schemes, ARRAY_LEN(schemes)) ||
           url_count_slashes(span_skip(s, len + 1)) >= 1;
}

bool
scheme_is_proxy(struct span s, size_t len)
{
    static const char *const schemes[] = {
        "http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h",
    };

    return is_one_of(s, len, schemes, ARRAY_LEN(schemes));
}

/* Does a colon without a port follow the host? */
static bool
has_empty_port(const struct url_parts *u)
{
    return u->port.len == 0 && u->port.p > u->host.p + u->host.len;
}

bool
scheme_is_lost(const struct url_parts *u, const char *host, bool has_scheme)
{
    bool is_word = strcmp(host, "http") == 0 || strcmp(host, "https") == 0;

    if (has_scheme)
        return is_word && has_empty_port(u);
    return is_word || (has_empty_port(u) && url_count_slashes(u->path) >= 2);
}
