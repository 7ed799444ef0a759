/*
 * addr.h - IP addresses and networks: read, compared, judged.
 *
 * Pure: no socket, no name look-up.
 */
#ifndef ADDR_H
#define ADDR_H

#include "base/base.h"

struct buf;
struct sockaddr;

/* An address in network byte order; IPv4 has n == 4 and zeros behind that, IPv6
 * n == 16. */
struct addr {
    unsigned char bytes[16];
    unsigned char n;
};

/* Addresses in order of preference, which belong to others. */
struct addr_list {
    const struct addr *v;
    size_t n;
};

/* The addresses whose first nbits are those of addr. */
struct net {
    struct addr addr;
    unsigned nbits;
};

/*
 * Read "192.0.2.1", "2001:db8::1", "[2001:db8::1]" or an address with a zone
 * ("fe80::1%eth0"); the zone is dropped.  Returns -1 if text is not an
 * address.  Short, octal and hexadecimal forms are not accepted: the URL
 * parser has already replaced them.
 */
NODISCARD int addr_parse(const char *text, size_t len, struct addr *addr);

/* Read an address; those with brackets or a zone are refused, with -1. */
NODISCARD int addr_parse_plain(const char *text, size_t len, struct addr *addr);

/* Make an address of AF_INET or AF_INET6 from its 4 or 16 bytes. */
struct addr addr_from_bytes(int family, const void *bytes);

/* Returns -1 if sa is neither IPv4 nor IPv6. */
NODISCARD int addr_from_sockaddr(const struct sockaddr *sa, struct addr *addr);

/* Room for addr_format(). */
#define ADDR_TEXT 46
void addr_format(const struct addr *addr, char text[ADDR_TEXT]);

/* AF_INET or AF_INET6. */
int addr_family(const struct addr *addr);

bool addr_equals(const struct addr *a, const struct addr *b);

/* Do they have the same addresses in the same order? */
bool addr_list_equals(struct addr_list a, struct addr_list b);

/* A copy; free its v with free(). */
NODISCARD struct addr_list addr_list_copy(struct addr_list list);

/* Append "192.0.2.1,2001:db8::1" to out. */
void addr_list_write(struct buf *out, struct addr_list list);

/*
 * Is the address on the public Internet?  Loopback, link-local, private,
 * multicast and other special addresses (the registries of RFC 6890) are not,
 * nor are the addresses of cloud metadata services.
 */
bool addr_is_public(const struct addr *addr);

/* Read "192.0.2.0/24", "2001:db8::/32" or a single address.  Returns -1
 * otherwise. */
NODISCARD int net_parse(const char *text, size_t len, struct net *net);

/* Is the address in the network, either as it is or as the IPv4 address that
 * it embeds? */
bool net_has(const struct net *net, const struct addr *addr);

#endif /* ADDR_H */
