#include "base/addr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/buf.h"

/* A network as it stands in the tables below. */
struct range {
    unsigned char bytes[16];
    unsigned nbits;
};

/* IPv4 that is not public: IANA's special-purpose registry (RFC 6890 and
 * what came after it), multicast, and one address of a cloud's own. */
static const struct range private4[] = {
    {{0}, 8},                 /* this network */
    {{10}, 8},                /* private, RFC 1918 */
    {{100, 64}, 10},          /* carriers' NAT, RFC 6598 */
    {{127}, 8},               /* loopback */
    {{168, 63, 129, 16}, 32}, /* Azure's host agent and metadata */
    {{169, 254}, 16},         /* link-local; clouds' metadata */
    {{172, 16}, 12},          /* private */
    {{192, 0, 0}, 24},        /* protocol assignments */
    {{192, 0, 2}, 24},        /* documentation */
    {{192, 88, 99}, 24},      /* 6to4 relays, given up */
    {{192, 168}, 16},         /* private */
    {{198, 18}, 15},          /* benchmarks */
    {{198, 51, 100}, 24},     /* documentation */
    {{203, 0, 113}, 24},      /* documentation */
    {{224}, 4},               /* multicast */
    {{240}, 4},               /* reserved, broadcast */
};

/* Global unicast.  All other IPv6 addresses are not public, or embed an IPv4
 * address. */
static const struct range global6 = {{0x20}, 3};

/* Ranges within global6 that are not public. */
static const struct range private6[] = {
    {{0x20, 0x01}, 23},             /* protocols: Teredo, ORCHID, ... */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x3f, 0xff}, 20},             /* documentation, RFC 9637 */
};

/* IPv6 ranges that embed an IPv4 address at byte `at`. */
static const struct {
    struct range range;
    unsigned at;
} wrappers[] = {
    {{{[10] = 0xff, [11] = 0xff}, 96}, 12}, /* ::ffff:0:0/96 */
    {{{[8] = 0xff, [9] = 0xff}, 96}, 12},   /* ::ffff:0:0:0/96 */
    {{{0, 0x64, 0xff, 0x9b}, 96}, 12},      /* NAT64 */
    {{{0x20, 0x02}, 16}, 2},                /* 6to4 */
};

static bool
same_bits(const unsigned char *a, const unsigned char *b, unsigned nbits)
{
    unsigned rest = nbits % 8;

    if (memcmp(a, b, nbits / 8) != 0)
        return false;
    return rest == 0 || (a[nbits / 8] ^ b[nbits / 8]) >> (8 - rest) == 0;
}

static bool
is_in(const struct addr *addr, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (same_bits(addr->bytes, ranges[i].bytes, ranges[i].nbits))
            return true;
    return false;
}

int
addr_parse(const char *text, size_t len, struct addr *addr)
{
    char plain[INET6_ADDRSTRLEN];
    const char *zone;
    bool has_brackets = len >= 2 && text[0] == '[' && text[len - 1] == ']';

    if (has_brackets) {
        text++;
        len -= 2;
    }
    zone = memchr(text, '%', len);
    if (zone)
        len = (size_t)(zone - text);
    if (len >= sizeof(plain))
        return -1;
    memcpy(plain, text, len);
    plain[len] = '\0';
    memset(addr, 0, sizeof(*addr));
    if (!has_brackets && !zone && inet_pton(AF_INET, plain, addr->bytes) == 1)
        addr->n = 4;
    else if (inet_pton(AF_INET6, plain, addr->bytes) == 1)
        addr->n = 16;
    return addr->n ? 0 : -1;
}

int
addr_parse_plain(const char *text, size_t len, struct addr *addr)
{
    if (memchr(text, '[', len) || memchr(text, '%', len))
        return -1;
    return addr_parse(text, len, addr);
}

struct addr
addr_from_bytes(int family, const void *bytes)
{
    struct addr addr = {.n = family == AF_INET ? 4 : 16};

    memcpy(addr.bytes, bytes, addr.n);
    return addr;
}

int
addr_from_sockaddr(const struct sockaddr *sa, struct addr *addr)
{
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, sa, sizeof(in));
        *addr = addr_from_bytes(AF_INET, &in.sin_addr);
        return 0;
    }
    if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, sa, sizeof(in6));
        *addr = addr_from_bytes(AF_INET6, &in6.sin6_addr);
        return 0;
    }
    return -1;
}

/* inet_ntop() takes 1,000 instructions for this, and each request may need it
 * for several addresses.  Returns the end of the text, its NUL. */
static char *
format_ipv4(const unsigned char bytes[4], char *to)
{
    for (int i = 0; i < 4; i++) {
        unsigned value = bytes[i];

        if (value >= 100)
            *to++ = (char)('0' + value / 100);
        if (value >= 10)
            *to++ = (char)('0' + value / 10 % 10);
        *to++ = (char)('0' + value % 10);
        *to++ = i < 3 ? '.' : '\0';
    }
    return to - 1;
}

static char *
format(const struct addr *addr, char text[ADDR_TEXT])
{
    if (addr->n == 4)
        return format_ipv4(addr->bytes, text);
    if (!inet_ntop(AF_INET6, addr->bytes, text, ADDR_TEXT))
        text[0] = '\0';
    return text + strlen(text);
}

void
addr_format(const struct addr *addr, char text[ADDR_TEXT])
{
    (void)format(addr, text);
}

int
addr_family(const struct addr *addr)
{
    return addr->n == 4 ? AF_INET : AF_INET6;
}

bool
addr_equals(const struct addr *a, const struct addr *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

bool
addr_list_equals(struct addr_list a, struct addr_list b)
{
    return a.n == b.n &&
           (a.n == 0 || memcmp(a.v, b.v, a.n * sizeof(*a.v)) == 0);
}

struct addr_list
addr_list_copy(struct addr_list list)
{
    struct addr *v = NULL;

    if (list.n > 0) {
        v = xmalloc(list.n * sizeof(*v));
        memcpy(v, list.v, list.n * sizeof(*v));
    }
    return (struct addr_list){v, list.n};
}

void
addr_list_write(struct buf *out, struct addr_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        char *to = buf_reserve(out, 1 + ADDR_TEXT);

        if (i > 0)
            *to++ = ',';
        out->len = (size_t)(format(&list.v[i], to) - out->data);
    }
}

/*
 * Return the IPv4 address that an IPv6 address embeds: mapped and compatible
 * forms (RFC 4291, 2.5.5), translated ones (RFC 6052, RFC 2765) and 6to4 (RFC
 * 3056).  Any other address is returned unchanged.
 */
static struct addr
unwrap(const struct addr *addr)
{
    static const struct range compatible = {{0}, 96}; /* ::192.0.2.1 */
    struct addr inner = {.n = 4};

    if (addr->n == 4)
        return *addr;
    for (size_t i = 0; i < ARRAY_LEN(wrappers); i++) {
        if (!is_in(addr, &wrappers[i].range, 1))
            continue;
        memcpy(inner.bytes, addr->bytes + wrappers[i].at, 4);
        return inner;
    }
    /* :: and ::1 are IPv6's own. */
    if (!is_in(addr, &compatible, 1) ||
        (memcmp(addr->bytes + 12, "\0\0\0", 3) == 0 && addr->bytes[15] <= 1))
        return *addr;
    memcpy(inner.bytes, addr->bytes + 12, 4);
    return inner;
}

bool
addr_is_public(const struct addr *addr)
{
    struct addr a = unwrap(addr);

    if (a.n == 4)
        return !is_in(&a, private4, ARRAY_LEN(private4));
    return is_in(&a, &global6, 1) && !is_in(&a, private6, ARRAY_LEN(private6));
}

int
net_parse(const char *text, size_t len, struct net *net)
{
    const char *slash = memchr(text, '/', len);
    size_t addr_len = slash ? (size_t)(slash - text) : len;
    unsigned max, nbits = 0;

    if (addr_parse(text, addr_len, &net->addr))
        return -1;
    max = net->addr.n * 8u;
    net->nbits = max;
    if (!slash)
        return 0;
    if (slash + 1 == text + len || text + len - slash > 4)
        return -1;
    for (const char *p = slash + 1; p < text + len; p++) {
        if (*p < '0' || *p > '9')
            return -1;
        nbits = nbits * 10 + (unsigned)(*p - '0');
    }
    net->nbits = nbits;
    return nbits <= max ? 0 : -1;
}

bool
net_has(const struct net *net, const struct addr *addr)
{
    struct addr inner = unwrap(addr);

    if (net->addr.n == addr->n &&
        same_bits(net->addr.bytes, addr->bytes, net->nbits))
        return true;
    return inner.n != addr->n && net->addr.n == inner.n &&
           same_bits(net->addr.bytes, inner.bytes, net->nbits);
}
