#include "url/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/alloc.h"

#define CODE_MALFORMED "url_malformed"
#define CODE_SCHEME    "scheme_unsupported"

/* The longest name of a host (RFC 1035, 2.3.4), as text. */
#define HOST_MAX 253

static void
flaw_set(struct url_flaw *flaw, const char *code, const char *message)
{
    flaw->code = code;
    snprintf(flaw->message, sizeof(flaw->message), "%s", message);
}

static void
flaw_from_curl(struct url_flaw *flaw, CURLUcode rc)
{
    /* So 7.88 says of a host name that IDNA (RFC 5891) doesn't allow. */
    if (rc == CURLUE_OUT_OF_MEMORY)
        rc = CURLUE_BAD_HOSTNAME;
    flaw_set(flaw,
             rc == CURLUE_UNSUPPORTED_SCHEME ? CODE_SCHEME : CODE_MALFORMED,
             curl_url_strerror(rc));
}

/*
 * A link that was scraped together with the others: "mailto:me@host" would
 * otherwise pass as user "mailto" at a host.
 */
static bool
is_foreign_scheme(const char *text, size_t len)
{
    static const char *const schemes[] = {
        "about:",  "blob:",   "chrome:", "data:", "file:", "javascript:",
        "magnet:", "mailto:", "news:",   "sms:",  "tel:",  "urn:",
    };

    for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
        size_t n = strlen(schemes[i]);
        if (len >= n && strncasecmp(text, schemes[i], n) == 0)
            return true;
    }
    return false;
}

/* Does it begin with "scheme://"?  (RFC 3986, 3.1) */
static bool
has_scheme(const char *text, size_t len)
{
    size_t i = 0;

    if (len == 0 || !isalpha((unsigned char)text[0]))
        return false;
    while (i < len &&
           (isalnum((unsigned char)text[i]) || strchr("+-.", text[i])))
        i++;
    return len - i >= 3 && memcmp(text + i, "://", 3) == 0;
}

static int
refuse_foreign(const char *text, size_t len, struct url_flaw *flaw)
{
    if (has_scheme(text, len) || !is_foreign_scheme(text, len))
        return 0;
    flaw_set(flaw, CODE_SCHEME, "only http and https URLs are supported");
    return -1;
}

/* ------------------------------------------------------------ plain URLs */

/*
 * Most URLs of a list are plain, and libcurl's parser takes 17,000
 * instructions for one: ten times what it takes here.  Plain is what every
 * libcurl leaves as it is but for the slash of an empty path: a scheme in
 * lower case, a name that begins with a letter (and so is no number in
 * disguise) or a whole IPv4 address, a port as it would be printed, a path
 * and query without escapes, dot segments and a fragment.  Anything else is
 * libcurl's.  The fuzzer of URLs holds one against the other.
 */

static bool
is_between(char c, char first, char last)
{
    return c >= first && c <= last;
}

/* Of a host's name. */
static bool
is_name_char(char c)
{
    return is_between(c, 'a', 'z') || is_between(c, '-', '.') ||
           is_between(c, '0', '9') || c == '_';
}

/* Of a path and query (RFC 3986, 3.3), without "%" and "@". */
static bool
is_path_char(char c)
{
    return is_between(c, 'a', 'z') || is_between(c, '&', ';') ||
           is_between(c, 'A', 'Z') || c == '_' || c == '=' || c == '~' ||
           c == '!' || c == '$';
}

/* The end of a plain host at p, NULL: it is none. */
static const char *
plain_host_end(const char *p, const char *end)
{
    const char *start = p;

    while (p < end && is_name_char(*p)) {
        if (*p == '.' && p > start && p[-1] == '.')
            return NULL;
        p++;
    }
    if (p == start || p - start > HOST_MAX || *start == '-' || *start == '.')
        return NULL;
    return p;
}

/* Is it a whole IPv4 address, as inet_ntop() would write it? */
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

/* The end of ":port" at p, p where there is none, NULL: it isn't plain. */
static const char *
plain_port_end(const char *p, const char *end, uint16_t *port)
{
    const char *start = p + 1;
    unsigned n = 0;

    if (p == end || *p != ':')
        return p;
    for (p = start; p < end && is_between(*p, '0', '9') && n <= UINT16_MAX; p++)
        n = n * 10 + (unsigned)(*p - '0');
    if (n == 0 || n > UINT16_MAX || *start == '0')
        return NULL;
    *port = (uint16_t)n;
    return p;
}

/* Is it a path, and perhaps a query, up to the end, or nothing at all? */
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
            /* An empty query is kept by some versions only. */
            if (!in_query && p + 1 == end)
                return false;
            in_query = true;
        } else if (!is_path_char(*p) ||
                   (*p == '.' && p[-1] == '/' && !in_query)) {
            return false;
        }
    }
    return true;
}

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

/* Connect to what the URL names, until route_select() knows better. */
static void
connect_to_host(struct target *t)
{
    t->connect_host = t->host;
    t->connect_port = t->port;
    t->connect_is_numeric = t->is_numeric;
}

/* Take a plain URL apart; false: it is none, and *t is void. */
static bool
parse_plain(const char *text, size_t len, struct arena *mem, struct target *t)
{
    const char *end = text + len, *host = text, *host_end, *path;
    char *url;

    memset(t, 0, sizeof(*t));
    t->is_tls = len > 5 && text[4] == 's';
    t->scheme = t->is_tls ? "https" : "http";
    t->port = t->is_tls ? 443 : 80;
    host += t->is_tls ? 8 : 7;
    if (host >= end || memcmp(text, t->is_tls ? "https://" : "http://",
                              (size_t)(host - text)) != 0)
        return false;
    host_end = plain_host_end(host, end);
    path = host_end ? plain_port_end(host_end, end, &t->port) : NULL;
    if (!path || !is_plain_path(path, end))
        return false;
    t->is_numeric = !is_between(*host, 'a', 'z');
    if (t->is_numeric && !is_plain_ipv4(host, host_end))
        return false;
    t->host = arena_strndup(mem, host, (size_t)(host_end - host));
    url = arena_text(mem, len + 2);
    memcpy(url, text, len);
    memcpy(url + len, "/", 2);
    if (path < end)
        url[len] = '\0';
    t->url = url;
    t->path = url + (path - text);
    /* With a port it begins with its key. */
    t->key = path > host_end ? arena_strndup(mem, text, (size_t)(path - text))
                             : make_key(t, mem);
    connect_to_host(t);
    return true;
}

/* --------------------------------------------------------- all other URLs */

/* One part of a parsed URL, copied to mem; NULL where there is none. */
static char *
get_part(CURLU *u, CURLUPart part, unsigned flags, struct arena *mem,
         CURLUcode *rc)
{
    char *text, *copy;

    text = NULL;
    *rc = curl_url_get(u, part, &text, flags);
    if (*rc) {
        /* 7.88 has one left over where IDNA refuses a name. */
        curl_free(text);
        return NULL;
    }
    copy = arena_strdup(mem, text);
    curl_free(text);
    return copy;
}

/* Lower case, without an IPv6 address's brackets. */
static void
normalise_host(char *host, struct target *t)
{
    unsigned char addr[sizeof(struct in6_addr)];
    size_t len = strlen(host);

    for (char *p = host; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    if (len > 2 && host[0] == '[') {
        host[len - 1] = '\0';
        host++;
        t->is_numeric = true; /* a zone may follow the address */
    } else {
        t->is_numeric = inet_pton(AF_INET, host, addr) == 1;
    }
    t->host = host;
}

/*
 * libcurl looks at a name's bytes before it makes ASCII of the letters of all
 * scripts, among which there are wide ones of "/", "@" and the like: what is
 * a host's name here would be the end of one when libcurl reads the URL again.
 * And it would decode escapes once more: "%2541" is "%41" here and "A" there
 * (7.88).
 */
static bool
is_usable_host(const char *host)
{
    static const char refused[] = " /:#?!@{}[]\\$'\"^`*<>=;,+&()%";

    if (host[0] == '[')
        return true;
    for (const char *p = host; *p; p++)
        if (iscntrl((unsigned char)*p) || strchr(refused, *p))
            return false;
    return true;
}

/*
 * Are name and password, as they are sent, free of control characters?  (RFC
 * 7617, 2)  With Digest they stand in a header as they are, and libcurl lets
 * "%0d%0a" in them end that header.
 */
static bool
is_clean_userinfo(CURLU *u)
{
    static const CURLUPart parts[] = {CURLUPART_USER, CURLUPART_PASSWORD};

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        char *text = NULL;
        CURLUcode rc = curl_url_get(u, parts[i], &text, CURLU_URLDECODE);

        curl_free(text);
        if (rc == CURLUE_OUT_OF_MEMORY)
            alloc_failed();
        if (rc == CURLUE_URLDECODE)
            return false;
    }
    return true;
}

static void
drop_userinfo(CURLU *u)
{
    (void)curl_url_set(u, CURLUPART_USER, NULL, 0);
    (void)curl_url_set(u, CURLUPART_PASSWORD, NULL, 0);
}

/* Drop name and password if both are empty: "http://@host/" has none (URL
 * standard), while libcurl would send them. */
static void
drop_empty_userinfo(CURLU *u)
{
    char *user = NULL, *password = NULL;

    (void)curl_url_get(u, CURLUPART_USER, &user, 0);
    (void)curl_url_get(u, CURLUPART_PASSWORD, &password, 0);
    if ((!user || !*user) && (!password || !*password))
        drop_userinfo(u);
    curl_free(user);
    curl_free(password);
}

/* Take the parsed URL apart, as it was parsed. */
static int
take_apart(CURLU *u, struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    CURLUcode rc;
    char *host, *port, *scheme;

    memset(t, 0, sizeof(*t));
    scheme = get_part(u, CURLUPART_SCHEME, 0, mem, &rc);
    if (!scheme)
        goto curl_error;
    t->is_tls = strcasecmp(scheme, "https") == 0;
    if (!t->is_tls && strcasecmp(scheme, "http") != 0) {
        flaw->code = CODE_SCHEME;
        snprintf(flaw->message, sizeof(flaw->message),
                 "scheme '%.40s' is not supported, only http and https are",
                 scheme);
        return -1;
    }
    t->scheme = t->is_tls ? "https" : "http";
    drop_empty_userinfo(u);
    if (!is_clean_userinfo(u)) {
        flaw_set(flaw, CODE_MALFORMED,
                 "the credentials have a control character in them");
        return -1;
    }
    host = get_part(u, CURLUPART_HOST, CURLU_PUNYCODE, mem, &rc);
    if (!host)
        goto curl_error;
    if (!is_usable_host(host)) {
        flaw_set(flaw, CODE_MALFORMED, "the host name has bytes no name has");
        return -1;
    }
    normalise_host(host, t);
    port = get_part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, mem, &rc);
    if (!port)
        goto curl_error;
    t->port = (uint16_t)strtoul(port, NULL, 10);
    if (t->port == 0) {
        flaw_set(flaw, CODE_MALFORMED, "port number must be 1 to 65535");
        return -1;
    }
    /* The fragment is not the server's business (RFC 9110, 7.1). */
    (void)curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
    t->url = get_part(u, CURLUPART_URL, CURLU_PUNYCODE, mem, &rc);
    if (!t->url)
        goto curl_error;
    t->key = make_key(t, mem);
    connect_to_host(t);
    return 0;

curl_error:
    flaw_from_curl(flaw, rc);
    return -1;
}

/* Take the parsed URL apart.  Its name may be a number only now that its
 * escapes are decoded, as libcurl would then find when it connects: "%347" is
 * 0.0.0.47. */
static int
target_fill(CURLU *u, struct arena *mem, struct target *t,
            struct url_flaw *flaw)
{
    CURLUcode rc;

    if (take_apart(u, mem, t, flaw))
        return -1;
    if (t->is_numeric || !isdigit((unsigned char)t->host[0]))
        return 0;
    rc = curl_url_set(u, CURLUPART_URL, t->url, 0);
    if (!rc)
        return take_apart(u, mem, t, flaw);
    flaw_from_curl(flaw, rc);
    return -1;
}

/* Does a result have it like this, where credentials were? */
static bool
is_redacted(CURLU *u)
{
    char *user = NULL;
    bool is_hidden = curl_url_get(u, CURLUPART_USER, &user, 0) == CURLUE_OK &&
                     strcmp(user, "***") == 0;

    curl_free(user);
    return is_hidden;
}

/* The text as one that has a scheme, NUL-terminated. */
static char *
with_scheme(const char *text, size_t len, const char *default_scheme,
            struct arena *mem)
{
    if (has_scheme(text, len))
        return arena_strndup(mem, text, len);
    if (len >= 2 && memcmp(text, "//", 2) == 0)
        return arena_printf(mem, "%s:%.*s", default_scheme, (int)len, text);
    return arena_printf(mem, "%s://%.*s", default_scheme, (int)len, text);
}

int
url_parse_by_curl(const char *text, size_t len, const char *default_scheme,
                  struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    CURLU *u;
    CURLUcode rc;
    int ret = -1;

    if (memchr(text, '\0', len)) {
        flaw_set(flaw, CODE_MALFORMED, "the URL holds a NUL byte");
        return -1;
    }
    if (refuse_foreign(text, len, flaw))
        return -1;
    u = curl_url();
    if (!u)
        alloc_failed();
    rc = curl_url_set(u, CURLUPART_URL,
                      with_scheme(text, len, default_scheme, mem),
                      CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
    if (rc)
        flaw_from_curl(flaw, rc);
    else
        ret = target_fill(u, mem, t, flaw);
    /* Looked for here, since the text may have had no scheme. */
    if (ret == 0 && is_redacted(u)) {
        flaw_set(flaw, CODE_MALFORMED,
                 "the credentials of this URL were taken out of a result");
        ret = -1;
    }
    curl_url_cleanup(u);
    return ret;
}

int
url_parse(const char *text, size_t len, const char *default_scheme,
          struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    if (parse_plain(text, len, mem, t))
        return 0;
    return url_parse_by_curl(text, len, default_scheme, mem, t, flaw);
}

/* Is there "user@" in the authority? */
static bool
has_userinfo(const char *url)
{
    const char *authority = strstr(url, "://") + 3;

    return memchr(authority, '@', strcspn(authority, "/?#")) != NULL;
}

/* A redirect within an origin keeps the credentials of its URL. */
static void
keep_userinfo(CURLU *u, const struct target *base)
{
    CURLU *from = curl_url();
    char *user = NULL, *password = NULL;

    if (!from)
        alloc_failed();
    if (curl_url_set(from, CURLUPART_URL, base->url, 0) == CURLUE_OK &&
        curl_url_get(from, CURLUPART_USER, &user, 0) == CURLUE_OK) {
        (void)curl_url_set(u, CURLUPART_USER, user, 0);
        if (curl_url_get(from, CURLUPART_PASSWORD, &password, 0) == CURLUE_OK)
            (void)curl_url_set(u, CURLUPART_PASSWORD, password, 0);
    }
    curl_free(user);
    curl_free(password);
    curl_url_cleanup(from);
}

/* Servers send raw spaces; curl would make a "+" of one in a query. */
static const char *
encode_spaces(const char *location, struct arena *mem)
{
    size_t n = 0;
    char *text, *to;

    for (const char *p = location; *p; p++)
        n += *p == ' ';
    if (n == 0)
        return location;
    to = text = arena_alloc(mem, strlen(location) + 2 * n + 1);
    for (const char *p = location; *p; p++) {
        if (*p == ' ')
            to = stpcpy(to, "%20");
        else
            *to++ = *p;
    }
    *to = '\0';
    return text;
}

/* Decide whose credentials go to the URL of a redirect, which is in u and t. */
static int
settle_userinfo(CURLU *u, const struct target *base, bool is_trusted,
                struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    bool has_own = has_userinfo(t->url);

    if (has_own && is_trusted)
        return 0;
    if (has_own)
        drop_userinfo(u);
    if (has_userinfo(base->url) && (is_trusted || url_is_same_origin(base, t)))
        keep_userinfo(u, base);
    else if (!has_own)
        return 0;
    return target_fill(u, mem, t, flaw);
}

int
url_follow(const struct target *base, const char *location, bool is_trusted,
           struct arena *mem, struct target *t, struct url_flaw *flaw)
{
    CURLU *u;
    CURLUcode rc;
    int ret = -1;

    /* The same document.  libcurl takes a fragment for a path's last part. */
    if (*location == '#')
        location = base->url;
    if (!has_userinfo(base->url) &&
        parse_plain(location, strlen(location), mem, t))
        return 0;
    if (refuse_foreign(location, strlen(location), flaw))
        return -1;
    u = curl_url();
    if (!u)
        alloc_failed();
    rc = curl_url_set(u, CURLUPART_URL, base->url, 0);
    if (!rc)
        rc = curl_url_set(u, CURLUPART_URL, encode_spaces(location, mem),
                          CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
    if (rc)
        flaw_from_curl(flaw, rc);
    else
        ret = target_fill(u, mem, t, flaw);
    if (ret == 0)
        ret = settle_userinfo(u, base, is_trusted, mem, t, flaw);
    curl_url_cleanup(u);
    return ret;
}

static bool
is_proxy_scheme(const char *scheme)
{
    static const char *const schemes[] = {
        "http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h",
    };

    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strcasecmp(scheme, schemes[i]) == 0)
            return true;
    return false;
}

bool
url_is_proxy(const char *text)
{
    CURLU *u = curl_url();
    char *scheme = NULL, *host = NULL;
    bool ok;

    if (!u)
        alloc_failed();
    ok = curl_url_set(u, CURLUPART_URL, text,
                      CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME) ==
             CURLUE_OK &&
         curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
         curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK && *host;
    /* libcurl, too, takes "ftp.example.com" for one that speaks FTP. */
    ok = ok && is_proxy_scheme(scheme);
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(u);
    return ok;
}

bool
url_is_same_origin(const struct target *a, const struct target *b)
{
    return a->is_tls == b->is_tls && a->port == b->port &&
           strcmp(a->host, b->host) == 0;
}
