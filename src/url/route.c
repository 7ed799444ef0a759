#include "url/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/addr.h"
#include "job/options.h"

/* "192.0.2.7" on "192.0.2.0/24" or "192.0.2.7". */
static bool
address_matches(const char *host, const char *entry, size_t len)
{
    struct addr addr;
    struct net net;

    return addr_parse(host, strlen(host), &addr) == 0 &&
           net_parse(entry, len, &net) == 0 && net_has(&net, &addr);
}

/* "www.example.com" on "example.com". */
static bool
domain_matches(const char *host, const char *entry, size_t len)
{
    size_t host_len = strlen(host);

    while (len > 0 && entry[0] == '.') {
        entry++;
        len--;
    }
    while (len > 0 && entry[len - 1] == '.')
        len--;
    while (host_len > 0 && host[host_len - 1] == '.')
        host_len--;
    if (len == 0 || host_len < len ||
        strncasecmp(host + host_len - len, entry, len) != 0)
        return false;
    return host_len == len || host[host_len - len - 1] == '.';
}

/* Is it an address?  (IPv6 may have a zone.) */
static bool
is_numeric(const char *host)
{
    return strchr(host, ':') || addr_family(host, strlen(host)) == AF_INET;
}

bool
route_is_exempt(const char *host, bool is_address, const char *list)
{
    static const char separators[] = ", \t";

    while (*(list += strspn(list, separators))) {
        size_t len = strcspn(list, separators);
        if (len == 1 && *list == '*')
            return true;
        if (is_address ? address_matches(host, list, len)
                       : domain_matches(host, list, len))
            return true;
        list += len;
    }
    return false;
}

/* One field of HOST1:PORT1:HOST2:PORT2, and what is behind its colon. */
static const char *
field_end(const char *p)
{
    if (*p == '[')
        p += strcspn(p, "]");
    return p + strcspn(p, ":");
}

static bool
field_is(const char *p, const char *end, const char *text)
{
    size_t len;

    if (*p == '[' && end[-1] == ']') {
        p++;
        end--;
    }
    len = (size_t)(end - p);
    return len == 0 || (strlen(text) == len && strncasecmp(p, text, len) == 0);
}

/*
 * Where --connect-to sends this host, as libcurl will: the first entry that
 * matches; an empty field stands for any, or for the same.
 */
static void
connect_to(const char *entry, struct target *t, struct arena *mem,
           bool *matched)
{
    const char *host1 = entry, *port1, *host2, *port2, *end;
    char number[8];

    snprintf(number, sizeof(number), "%u", (unsigned)t->port);
    end = field_end(host1);
    *matched = *end && field_is(host1, end, t->host);
    if (!*end)
        return;
    port1 = end + 1;
    end = field_end(port1);
    *matched = *matched && *end && field_is(port1, end, number);
    if (!*matched)
        return;
    host2 = end + 1;
    end = field_end(host2);
    if (end > host2) {
        bool bracketed = *host2 == '[' && end[-1] == ']';
        t->connect_host =
            arena_strndup(mem, host2 + bracketed,
                          (size_t)(end - host2) - 2 * (size_t)bracketed);
        t->connect_is_numeric = is_numeric(t->connect_host);
    }
    port2 = *end ? end + 1 : end;
    if (*port2)
        t->connect_port = (uint16_t)strtoul(port2, NULL, 10);
}

bool
route_wants_address(const char *proxy)
{
    static const char *const schemes[] = {"socks://", "socks4://", "socks5://"};

    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strncasecmp(proxy, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

/* The port that libcurl takes where a proxy's URL has none. */
static uint16_t
default_proxy_port(const char *proxy)
{
    return strncasecmp(proxy, "https://", 8) == 0 ? 443 : 1080;
}

/* A name of ASCII, and not an address or one with escapes. */
static bool
is_plain_name(const char *name)
{
    static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    return *name && name[strspn(name, chars)] == '\0';
}

/*
 * Connect to the proxy: "scheme://user:password@host:port/".  Whatever isn't
 * a plain name is left to libcurl.
 */
static void
connect_to_proxy(struct target *t, struct arena *mem)
{
    const char *scheme_end = strstr(t->proxy, "://");
    const char *host = scheme_end ? scheme_end + 3 : t->proxy;
    const char *end = host + strcspn(host, "/?#");
    const char *at = memrchr(host, '@', (size_t)(end - host));
    const char *port;

    if (at)
        host = at + 1;
    port = memchr(host, ':', (size_t)(end - host));
    t->connect_is_proxy = true;
    t->connect_host =
        arena_strndup(mem, host, (size_t)((port ? port : end) - host));
    t->connect_port = port && port + 1 < end
                          ? (uint16_t)strtoul(port + 1, NULL, 10)
                          : default_proxy_port(t->proxy);
    t->connect_is_numeric =
        !is_plain_name(t->connect_host) || is_numeric(t->connect_host);
}

/*
 * Does --resolve say anything of an address?  Then it counts as a name.
 * (libcurl can't be told such a thing of an IPv6 address.)
 */
static bool
is_resolved(const struct opts *opts, const char *host, uint16_t port)
{
    for (size_t i = 0; i < opts->resolve.n && !strchr(host, ':'); i++) {
        const char *entry = opts->resolve.v[i], *end = field_end(entry);
        bool is_any = end == entry + 1 && *entry == '*';
        if ((is_any || field_is(entry, end, host)) &&
            strtoul(end + 1, NULL, 10) == port)
            return true;
    }
    return false;
}

static void
choose_way(const struct opts *opts, struct target *t, struct arena *mem)
{
    const char *proxy = t->is_tls ? opts->proxy_https : opts->proxy_http;
    bool matched = false;

    for (size_t i = 0; i < opts->connect_to.n && !matched; i++)
        connect_to(opts->connect_to.v[i], t, mem, &matched);
    /* libcurl takes no proxy on a Unix socket. */
    if (!proxy || !*proxy || opts->unix_socket)
        return;
    if (opts->noproxy && route_is_exempt(t->host, t->is_numeric, opts->noproxy))
        return;
    t->proxy = proxy;
    t->proxy_is_socks = strncasecmp(proxy, "socks", 5) == 0;
    if (!route_wants_address(proxy))
        connect_to_proxy(t, mem);
    t->key = arena_printf(mem, "%s via %s", t->key, proxy);
}

void
route_select(const struct opts *opts, struct target *t, struct arena *mem)
{
    choose_way(opts, t, mem);
    if (t->connect_is_numeric &&
        is_resolved(opts, t->connect_host, t->connect_port))
        t->connect_is_numeric = false;
}
