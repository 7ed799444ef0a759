#include "url/rule.h"

#include <string.h>

#include "base/addr.h"
#include "base/ascii.h"

/* Read a host up to its colon or the end.  Returns the text behind it, or NULL
 * if it is not in ASCII: the names of URLs are compared in that form. */
static const char *
read_host(const char *s, struct rule_peer *peer)
{
    const char *close = *s == '[' ? strchr(s, ']') : NULL;
    const char *end = close ? close + 1 : s;

    end += strcspn(end, ":");
    for (const char *p = s; p < end; p++)
        if ((unsigned char)*p >= 0x80)
            return NULL;
    peer->host = s;
    peer->host_len = (size_t)(end - s);
    if (close && close + 1 == end) {
        peer->host++;
        peer->host_len -= 2;
    }
    return end;
}

/* Read a port of 1 to 65535 up to its colon or the end.  Returns NULL if it is
 * invalid. */
static const char *
read_port(const char *s, struct rule_peer *peer)
{
    size_t len = strcspn(s, ":");
    unsigned port = 0;

    if (len == 0 || len > 5 || strspn(s, "0123456789") < len)
        return NULL;
    for (size_t i = 0; i < len; i++)
        port = port * 10 + (unsigned)(s[i] - '0');
    if (port < 1 || port > 65535)
        return NULL;
    peer->port = (uint16_t)port;
    return s + len;
}

/* Read a port that may be empty, which stands for any: 0. */
static const char *
read_any_port(const char *s, struct rule_peer *peer)
{
    peer->port = 0;
    return *s == ':' || *s == '\0' ? s : read_port(s, peer);
}

bool
rule_next_address(const char **list, struct addr *addr)
{
    const char *s = *list;
    size_t n = strcspn(s, ",");
    bool has_brackets = n >= 2 && s[0] == '[' && s[n - 1] == ']';

    *list = s[n] == ',' ? s + n + 1 : NULL;
    if (has_brackets) {
        s++;
        n -= 2;
    }
    return addr_parse_plain(s, n, addr) == 0 && !(has_brackets && addr->n == 4);
}

bool
rule_parse_resolve(const char *text, struct resolve_rule *rule)
{
    const char *s;
    struct addr addr;

    /* curl's "-host:port" (forget) and "+host" (let it expire) are answered
     * by cli/guess.c. */
    if (*text == '\0' || strchr("-+[", *text))
        return false;
    s = read_host(text, &rule->peer);
    if (!s || s == text || *s != ':')
        return false;
    s = read_port(s + 1, &rule->peer);
    if (!s || *s != ':')
        return false;
    if (rule->peer.host_len == 1 && *text == '*')
        rule->peer.host_len = 0;
    rule->addrs = s + 1;
    for (s = rule->addrs; s;)
        if (!rule_next_address(&s, &addr))
            return false;
    return true;
}

bool
rule_parse_connect_to(const char *text, struct connect_rule *rule)
{
    const char *s = read_host(text, &rule->from);

    s = s && *s == ':' ? read_any_port(s + 1, &rule->from) : NULL;
    if (!s || *s != ':')
        return false;
    s = read_host(s + 1, &rule->to);
    if (!s)
        return false;
    s = read_any_port(*s == ':' ? s + 1 : s, &rule->to);
    return s && *s == '\0';
}

bool
rule_matches(const struct rule_peer *peer, const char *host, uint16_t port)
{
    if (peer->port != 0 && peer->port != port)
        return false;
    return peer->host_len == 0 ||
           ascii_is_word(peer->host, peer->host_len, host);
}
