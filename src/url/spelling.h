/*
 * spelling.h - other meanings that a resolver or proxy may give to a host's
 * name.
 *
 * libcurl's URL parser turns 127.1 and 0x7f000001 into addresses, but not
 * "127.1." and the like, which go to a proxy as names.  A proxy may still read
 * them as addresses, in its own way.
 */
#ifndef SPELLING_H
#define SPELLING_H

#include "base/addr.h"
#include "base/base.h"

/* The most readings of a name: leading zeros may mean octal, or nothing. */
#define SPELLING_READINGS 2

/*
 * The IPv4 addresses that a name may be read as: one to four numbers, each
 * decimal, octal or hexadecimal, as in inet_aton(3), ignoring trailing dots.
 * Returns their number.
 */
size_t spelling_addrs(const char *name, struct addr addrs[SPELLING_READINGS]);

/* Is its last label a number?  Then it is not a name (URL standard, "ends in a
 * number"). */
bool spelling_is_number(const char *name);

/*
 * Does it mean the machine that looks it up, a host of that machine's own
 * network, or a cloud's metadata service?  True for names without a dot, which
 * come from hosts files and search domains, for names below those that are
 * reserved for this (RFC 6761, 6.3), and for those that clouds use.  The name
 * is not an address.
 */
bool spelling_is_local(const char *name);

#endif /* SPELLING_H */
