#include "engine/proxy.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/opts.h"

/* Are the first nbits of two addresses the same? */
static bool
same_bits(const unsigned char *a, const unsigned char *b, unsigned nbits)
{
    unsigned rest = nbits % 8;

    if (memcmp(a, b, nbits / 8) != 0)
        return false;
    return rest == 0 || (a[nbits / 8] ^ b[nbits / 8]) >> (8 - rest) == 0;
}

/* "192.0.2.7" on "192.0.2.0/24" or "192.0.2.7". */
static bool
address_matches(const char *host, const char *entry, size_t len)
{
    unsigned char a[sizeof(struct in6_addr)], b[sizeof(struct in6_addr)];
    char net[INET6_ADDRSTRLEN + 1];
    const char *slash = memchr(entry, '/', len);
    size_t net_len = slash ? (size_t)(slash - entry) : len;
    int family = strchr(host, ':') ? AF_INET6 : AF_INET;
    unsigned long max = family == AF_INET6 ? 128 : 32;
    unsigned long nbits = slash ? strtoul(slash + 1, NULL, 10) : max;

    if (net_len >= 2 && entry[0] == '[' && entry[net_len - 1] == ']') {
        entry++;
        net_len -= 2;
    }
    if (net_len >= sizeof(net) || nbits > max)
        return false;
    memcpy(net, entry, net_len);
    net[net_len] = '\0';
    return inet_pton(family, host, a) == 1 && inet_pton(family, net, b) == 1 &&
           same_bits(a, b, (unsigned)nbits);
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

bool
proxy_is_exempt(const char *host, bool is_numeric, const char *list)
{
    static const char separators[] = ", \t";

    while (*(list += strspn(list, separators))) {
        size_t len = strcspn(list, separators);
        if (len == 1 && *list == '*')
            return true;
        if (is_numeric ? address_matches(host, list, len)
                       : domain_matches(host, list, len))
            return true;
        list += len;
    }
    return false;
}

void
proxy_select(const struct opts *opts, struct target *t, struct arena *mem)
{
    const char *proxy = t->is_tls ? opts->proxy_https : opts->proxy_http;

    if (!proxy || !*proxy)
        return;
    if (opts->noproxy && proxy_is_exempt(t->host, t->is_numeric, opts->noproxy))
        return;
    t->proxy = proxy;
    t->key = arena_printf(mem, "%s via %s", t->key, proxy);
}
