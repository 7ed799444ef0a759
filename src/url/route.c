#include "url/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/addr.h"
#include "job/options.h"
#include "url/host.h"
#include "url/rule.h"
#include "url/spelling.h"
#include "url/url.h"

/* Does "192.0.2.7" match "192.0.2.0/24" or "192.0.2.7"? */
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
    size_t nhost = host_len(host);

    while (len > 0 && entry[0] == '.') {
        entry++;
        len--;
    }
    while (len > 0 && entry[len - 1] == '.')
        len--;
    if (len == 0 || nhost < len ||
        strncasecmp(host + nhost - len, entry, len) != 0)
        return false;
    return nhost == len || host[nhost - len - 1] == '.';
}

/* Is it an address?  IPv6 may have a zone; libcurl and the system read 127.1
 * and the like as IPv4. */
static bool
is_numeric(const char *host)
{
    return strchr(host, ':') || spelling_is_number(host);
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

/* Does libcurl use an HTTP proxy by CONNECT?  It does for https, and where
 * --connect-to names another peer. */
static bool
needs_tunnel(const struct target *t)
{
    return t->is_tls || t->connect_port != t->port ||
           strcasecmp(t->connect_host, t->host) != 0;
}

/* Apply a --connect-to entry, as libcurl will.  Returns false if it does not
 * match. */
static bool
connect_to(const char *entry, struct target *t, struct arena *mem)
{
    struct connect_rule rule;

    if (!rule_parse_connect_to(entry, &rule) ||
        !rule_matches(&rule.from, t->host, t->port))
        return false;
    if (rule.to.host_len > 0) {
        t->connect_host = arena_strndup(mem, rule.to.host, rule.to.host_len);
        t->connect_is_numeric = is_numeric(t->connect_host);
    }
    if (rule.to.port != 0)
        t->connect_port = rule.to.port;
    return true;
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

/* Is it an ASCII name, not an address and without escapes? */
static bool
is_plain_name(const char *name)
{
    static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    return *name && name[strspn(name, chars)] == '\0';
}

/* The host and port of a proxy, "scheme://user:password@host:port/"; an IPv6
 * address keeps its brackets. */
static const char *
proxy_peer(const struct target *t, struct arena *mem, uint16_t *peer_port)
{
    const char *scheme_end = strstr(t->proxy, "://");
    const char *host = scheme_end ? scheme_end + 3 : t->proxy;
    const char *end = host + strcspn(host, "/?#");
    const char *at = memrchr(host, '@', (size_t)(end - host));
    const char *port, *bracket;

    if (at)
        host = at + 1;
    bracket = *host == '[' ? memchr(host, ']', (size_t)(end - host)) : NULL;
    port = bracket ? bracket : host;
    port = memchr(port, ':', (size_t)(end - port));
    *peer_port = port && port + 1 < end
                     ? (uint16_t)strtoul(port + 1, NULL, 10)
                     : (t->proxy_is_tls ? 443 : 1080); /* libcurl's */
    return arena_strndup(mem, host, (size_t)((port ? port : end) - host));
}

/* Is it a plain name?  libcurl has to read anything else. */
static bool
is_looked_up(const char *host)
{
    return is_plain_name(host) && !is_numeric(host);
}

/* The proxy looks the host's name up: only its own address is needed. */
static void
connect_to_proxy(struct target *t, struct arena *mem)
{
    t->connect_is_proxy = true;
    t->connect_host = proxy_peer(t, mem, &t->connect_port);
    t->connect_is_numeric = !is_looked_up(t->connect_host);
}

/* The proxy is told the host's address, so its own name is a second one to look
 * up, unless the host's name has to be left to libcurl. */
static void
connect_through_proxy(struct target *t, struct arena *mem)
{
    const char *host = proxy_peer(t, mem, &t->proxy_port);
    struct addr addr;

    if (is_looked_up(host) &&
        (!t->connect_is_numeric ||
         addr_parse(t->connect_host, strlen(t->connect_host), &addr) == 0))
        t->proxy_host = host;
}

/*
 * Does --resolve have an entry for the address?  It is then treated as a
 * name.  (libcurl does not support this for IPv6 addresses.)
 */
static bool
is_resolved(const struct opts *opts, const char *host, uint16_t port)
{
    struct resolve_rule rule;

    for (size_t i = 0; i < opts->resolve.n && !strchr(host, ':'); i++)
        if (rule_parse_resolve(opts->resolve.v[i], &rule) &&
            rule_matches(&rule.peer, host, port))
            return true;
    return false;
}

static void
choose_way(const struct opts *opts, struct target *t, struct arena *mem)
{
    const char *proxy = t->is_tls ? opts->proxy_https : opts->proxy_http;

    for (size_t i = 0; i < opts->connect_to.n; i++)
        if (connect_to(opts->connect_to.v[i], t, mem))
            break;
    /* libcurl does not use a proxy on a Unix socket. */
    if (!proxy || !*proxy || opts->unix_socket)
        return;
    if (opts->noproxy && route_is_exempt(t->host, t->is_numeric, opts->noproxy))
        return;
    t->proxy = proxy;
    t->proxy_is_socks = strncasecmp(proxy, "socks", 5) == 0;
    t->proxy_is_tunnel = !t->proxy_is_socks && needs_tunnel(t);
    t->proxy_is_tls = strncasecmp(proxy, "https:", 6) == 0;
    if (route_wants_address(proxy))
        connect_through_proxy(t, mem);
    else
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

/* Does --resolve name addresses for the host, and none of that family? */
static bool
is_resolved_otherwise(const struct opts *opts, const char *host, uint16_t port,
                      int family)
{
    bool is_named = false;
    struct resolve_rule rule;
    struct addr addr;

    for (size_t i = 0; i < opts->resolve.n; i++) {
        if (!rule_parse_resolve(opts->resolve.v[i], &rule) ||
            !rule_matches(&rule.peer, host, port))
            continue;
        is_named = true;
        while (rule.addrs && rule_next_address(&rule.addrs, &addr))
            if (addr_family(&addr) == family)
                return false;
    }
    return is_named;
}

int
route_check(const struct opts *opts, const struct target *t, struct arena *mem,
            struct url_flaw *flaw)
{
    bool is_ipv4 = opts->ip_version == 4;
    int family = is_ipv4 ? AF_INET : AF_INET6;
    const char *host = t->connect_host;
    const char *kind = is_ipv4 ? "IPv4" : "IPv6";
    uint16_t port = t->connect_port;
    struct addr addr;

    if (opts->ip_version == 0 || opts->unix_socket)
        return 0;
    if (t->proxy)
        host = proxy_peer(t, mem, &port);
    if (is_resolved_otherwise(opts, host, port, family))
        snprintf(flaw->message, sizeof(flaw->message),
                 "--resolve has no %s address for '%.100s'", kind, host);
    else if ((t->proxy || t->connect_is_numeric) &&
             addr_parse(host, strlen(host), &addr) == 0 &&
             addr_family(&addr) != family)
        snprintf(flaw->message, sizeof(flaw->message),
                 "'%.100s' is no %s address", host, kind);
    else
        return 0;
    flaw->code = "not_found";
    return -1;
}
