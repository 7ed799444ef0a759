/*
 * A parser by the WHATWG URL Standard for http and https.  Three kinds of text
 * are parsed: an entry of a list, which may lack its scheme; a Location, which
 * is relative to a URL; and the result of either, written out.  Each is first
 * brought to the form
 *
 *     user:password@host:port/path?query
 *     ^-- authority ---------^
 *
 * which build() splits and writes as the URL to be requested. libcurl's own
 * parser is not used, since it differs between versions.
 *
 * Departures from the standard are for safety: control characters are refused
 * instead of dropped or escaped, because a tab or newline that separates two
 * URLs would otherwise join them. host.h says what is refused in hosts.
 */
#include "url/url.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/span.h"
#include "url/host.h"
#include "url/parts.h"
#include "url/plain.h"
#include "url/scheme.h"

#define CODE_MALFORMED "url_malformed"
#define CODE_SCHEME    "scheme_unsupported"

static int
refuse(struct url_flaw *flaw, const char *code, const char *message)
{
    flaw->code = code;
    snprintf(flaw->message, sizeof(flaw->message), "%s", message);
    return -1;
}

/* ---------------------------------------------------------- the target */

/* "scheme://host:port" */
static const char *
make_key(const struct target *t, struct arena *mem)
{
    char port[8];
    size_t scheme_len = strlen(t->scheme), host_len = strlen(t->host);
    size_t port_len = 0;
    unsigned n = t->port;
    char *key, *p;

    do
        port[sizeof(port) - ++port_len] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    key = arena_text(mem, scheme_len + 3 + host_len + 1 + port_len + 1);
    p = mempcpy(key, t->scheme, scheme_len);
    p = mempcpy(p, "://", 3);
    p = mempcpy(p, t->host, host_len);
    *p++ = ':';
    p = mempcpy(p, port + sizeof(port) - port_len, port_len);
    *p = '\0';
    return key;
}

static void
set_scheme(struct target *t, bool is_tls)
{
    t->is_tls = is_tls;
    t->scheme = is_tls ? "https" : "http";
    t->port = is_tls ? 443 : 80;
}

/* Connect to the URL's host, unless route_select() changes that. */
static void
connect_to_host(struct target *t)
{
    t->connect_host = t->host;
    t->connect_port = t->port;
    t->connect_is_numeric = t->is_numeric;
}

static bool
parse_plain(const char *text, size_t len, struct arena *mem, struct target *t)
{
    const char *end = text + len;
    struct plain p;
    char *url;

    if (!plain_parse(text, len, &p))
        return false;
    memset(t, 0, sizeof(*t));
    set_scheme(t, p.is_tls);
    t->port = p.port;
    t->is_plain = true;
    t->is_numeric = p.is_numeric;
    t->host = arena_strndup(mem, p.host, (size_t)(p.host_end - p.host));
    url = arena_text(mem, len + 2);
    memcpy(url, text, len);
    memcpy(url + len, "/", 2);
    if (p.path < end)
        url[len] = '\0';
    t->url = url;
    t->path = url + (p.path - text);
    /* With a port, the URL begins with the origin's key. */
    t->key = p.path > p.host_end
                 ? arena_strndup(mem, text, (size_t)(p.path - text))
                 : make_key(t, mem);
    connect_to_host(t);
    return true;
}

static int
set_port(struct target *t, struct span port, struct url_flaw *flaw)
{
    unsigned n = 0;

    for (size_t i = 0; i < port.len; i++) {
        if (!ascii_is_digit(port.p[i]))
            return refuse(flaw, CODE_MALFORMED, "the port is not a number");
        if (n <= UINT16_MAX)
            n = n * 10 + (unsigned)(port.p[i] - '0');
    }
    if (port.len > 0 && (n == 0 || n > UINT16_MAX))
        return refuse(flaw, CODE_MALFORMED, "the port must be 1 to 65535");
    if (port.len > 0)
        t->port = (uint16_t)n;
    return 0;
}

/*
 * Is it free of control characters after decoding?  (RFC 7617, 2) With Digest,
 * name and password are written into a header, and libcurl lets a "%0d%0a" in
 * them end that header.
 */
static bool
is_clean(struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int value = ascii_percent_value(s.p + i, s.p + s.len);

        if ((value >= 0 && value < 0x20) || value == 0x7f)
            return false;
    }
    return true;
}

/* Write the URL of the parts, whose host and port have been checked. */
static void
write_url(struct target *t, const struct url_parts *u, const char *host,
          struct arena *mem)
{
    size_t n = u->user.len + u->password.len + u->path.len + u->query.len;
    char *url = arena_text(mem, 3 * n + strlen(host) +
                                    sizeof("https://:@:"
                                           "65535/?"));
    char *to = stpcpy(stpcpy(url, t->scheme), "://");

    to = stpcpy(url_put_userinfo(to, u), host);
    if (t->port != (t->is_tls ? 443 : 80))
        to += snprintf(to, sizeof(":65535"), ":%u", (unsigned)t->port);
    t->path = to;
    to = url_put_path(to, u->path);
    if (u->query.p) {
        *to++ = '?';
        to = url_put_query(to, u->query);
    }
    *to = '\0';
    t->url = url;
}

static int
build(const struct url_parts *u, bool is_tls, struct arena *mem,
      struct target *t, struct url_flaw *flaw)
{
    struct host host;
    const char *why;

    memset(t, 0, sizeof(*t));
    set_scheme(t, is_tls);
    if (!is_clean(u->user) || !is_clean(u->password))
        return refuse(flaw, CODE_MALFORMED,
                      "the credentials have a control character in them");
    why = host_parse(u->host.p, u->host.len, mem, &host);
    if (why)
        return refuse(flaw, CODE_MALFORMED, why);
    if (set_port(t, u->port, flaw))
        return -1;
    t->host = host.name;
    t->is_numeric = host.is_numeric;
    write_url(t, u, host.text, mem);
    t->key = make_key(t, mem);
    connect_to_host(t);
    return 0;
}

/* ----------------------------------------------------- URLs as given */

/* The text without surrounding white space and without its fragment, which is
 * not sent (RFC 9110, 7.1). */
static int
prepare(struct span *text, struct url_flaw *flaw)
{
    const char *hash;

    *text = span_trim(*text);
    if (memchr(text->p, '\0', text->len))
        return refuse(flaw, CODE_MALFORMED, "the URL has a NUL byte");
    hash = memchr(text->p, '#', text->len);
    if (hash)
        *text = span_between(text->p, hash);
    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->p[i];

        if (c == '\t' || c == '\n' || c == '\r')
            return refuse(
                flaw, CODE_MALFORMED,
                "the URL has a tab or a line break; it may be two URLs");
        if (c < ' ' || c == 0x7f)
            return refuse(flaw, CODE_MALFORMED,
                          "the URL has a control character");
    }
    return 0;
}

static int
refuse_scheme(struct span s, size_t len, struct url_flaw *flaw)
{
    flaw->code = CODE_SCHEME;
    snprintf(flaw->message, sizeof(flaw->message),
             "scheme '%.*s' is not supported, only http and https are",
             (int)(len < 40 ? len : 40), s.p);
    return -1;
}

/* Were its credentials replaced, as in a result? */
static bool
is_redacted(const struct url_parts *u)
{
    return u->user.len == 3 && memcmp(u->user.p, "***", 3) == 0;
}

int
url_parse(const char *text, size_t len, const char *default_scheme,
          struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    struct span s = {text, len};
    bool is_tls = strcmp(default_scheme, "https") == 0;
    bool has_scheme;
    struct url_parts u;
    size_t n;

    if (parse_plain(text, len, mem, t))
        return 0;
    if (prepare(&s, flaw))
        return -1;
    n = scheme_len(s);
    has_scheme = scheme_is_http(s, n);
    if (has_scheme) {
        is_tls = n == 5;
        s = span_skip(s, n + 1);
    } else if (n > 0 && scheme_is_foreign(s, n)) {
        return refuse_scheme(s, n, flaw);
    } else if (url_count_slashes(s) == 1) {
        return refuse(flaw, CODE_MALFORMED,
                      "it begins with a slash: a path is not a URL");
    }
    url_parts_split(&u, span_skip(s, url_count_slashes(s)));
    if (build(&u, is_tls, mem, t, flaw))
        return -1;
    if (scheme_is_lost(&u, t->host, has_scheme))
        return refuse(flaw, CODE_MALFORMED,
                      has_scheme ? "its scheme is there twice"
                                 : "it begins with a misspelt scheme, or "
                                   "something invisible before it");
    if (is_redacted(&u))
        return refuse(flaw, CODE_MALFORMED,
                      "the credentials of this URL were "
                      "taken out of a result");
    return 0;
}

/* ----------------------------------------------------------- Locations */

/* The userinfo of a parsed URL, with its "@"; may be empty. */
static struct span
userinfo_of(const struct target *t)
{
    const char *authority = strstr(t->url, "://") + 3;
    const char *at = memchr(authority, '@', (size_t)(t->path - authority));

    return span_between(authority, at ? at + 1 : authority);
}

/* Resolve a reference without a host to the text behind "http://". */
static struct span
resolve(const struct target *base, struct span s, struct arena *mem)
{
    const char *authority = strstr(base->url, "://") + 3;
    const char *end = base->path + strcspn(base->path, "?");
    char *text;

    if (s.len == 0)
        end += strlen(end);
    else if (url_is_slash(s.p[0]))
        end = base->path;
    else if (s.p[0] != '?')
        end =
            (const char *)memrchr(base->path, '/', (size_t)(end - base->path)) +
            1;
    text = arena_printf(mem, "%.*s%.*s", (int)(end - authority), authority,
                        (int)s.len, s.p);
    return (struct span){text, strlen(text)};
}

/* Give a redirect's URL the credentials of the previous one. */
static int
keep_userinfo(const struct target *base, struct arena *mem, struct target *t,
              struct url_flaw *flaw)
{
    struct span userinfo = userinfo_of(base);
    struct url_parts u;
    char *text = arena_printf(mem, "%.*s%s", (int)userinfo.len, userinfo.p,
                              strstr(t->url, "://") + 3);

    url_parts_split(&u, (struct span){text, strlen(text)});
    return build(&u, t->is_tls, mem, t, flaw);
}

int
url_follow(const struct target *base, const char *location, bool is_trusted,
           struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    struct span s = {location, strlen(location)};
    bool has_userinfo = userinfo_of(base).len > 0;
    bool is_tls = base->is_tls, is_relative = true;
    struct url_parts u;
    size_t n;

    if (!has_userinfo && parse_plain(s.p, s.len, mem, t))
        return 0;
    if (prepare(&s, flaw))
        return -1;
    n = scheme_len(s);
    if (n > 0) {
        if (!scheme_is_http(s, n))
            return refuse_scheme(s, n, flaw);
        is_tls = n == 5;
        is_relative = is_tls == base->is_tls;
        s = span_skip(s, n + 1);
    }
    is_relative = is_relative && url_count_slashes(s) < 2;
    s = is_relative ? resolve(base, s, mem)
                    : span_skip(s, url_count_slashes(s));
    url_parts_split(&u, s);
    if (!is_relative && !is_trusted)
        u.user.len = u.password.len = 0;
    if (build(&u, is_tls, mem, t, flaw))
        return -1;
    if (!is_relative && scheme_is_lost(&u, t->host, true))
        return refuse(flaw, CODE_MALFORMED, "its scheme is there twice");
    if (has_userinfo && u.user.len == 0 && u.password.len == 0 &&
        (is_trusted || url_is_same_origin(base, t)))
        return keep_userinfo(base, mem, t, flaw);
    return 0;
}

/* ------------------------------------------------------------- proxies */

/* Would libcurl take a host of that name for one of another service, where the
 * URL has no scheme?  "ftp." at the start means FTP. */
static bool
is_other_service(const char *host)
{
    static const char *const names[] = {"dict.", "ftp.",  "imap.",
                                        "ldap.", "pop3.", "smtp."};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strncasecmp(host, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* "http:/host" and "http//host" do not mean a host "http". */
static bool
is_broken_scheme(const struct url_parts *u)
{
    return u->port.len == 0 && u->path.len > 0 &&
           scheme_is_proxy(u->host, u->host.len);
}

/* libcurl takes the first "@" for the end of the credentials, and refuses
 * blanks. */
static bool
has_raw(struct span s)
{
    return s.len > 0 && (memchr(s.p, '@', s.len) || memchr(s.p, ' ', s.len));
}

bool
url_is_proxy(const char *text)
{
    struct span s = {text, strlen(text)};
    size_t n = scheme_len(s);
    struct url_parts u;
    struct target t;
    struct url_flaw flaw;
    struct arena mem;
    bool has_scheme = n > 0 && strncmp(text + n, "://", 3) == 0, is_usable;

    if (has_scheme && !scheme_is_proxy(s, n))
        return false;
    url_parts_split(&u, has_scheme ? span_skip(s, n + 3) : s);
    if (has_raw(u.user) || has_raw(u.password))
        return false;
    if (!has_scheme && (is_other_service(u.host.p) || is_broken_scheme(&u)))
        return false;
    arena_init(&mem);
    is_usable = build(&u, false, &mem, &t, &flaw) == 0;
    arena_reset(&mem);
    return is_usable;
}

bool
url_is_same_origin(const struct target *a, const struct target *b)
{
    return a->is_tls == b->is_tls && a->port == b->port &&
           strcmp(a->host, b->host) == 0;
}
