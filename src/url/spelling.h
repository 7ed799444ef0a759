/*
 * spelling.h - what a resolver or a proxy may take a host's name for.
 *
 * libcurl's URL parser makes 127.1 and 0x7f000001 the addresses that they are,
 * but not "127.1." and the like, which go to a proxy as names.  A proxy may
 * read them as addresses all the same, each in its own way.
 */
#ifndef SPELLING_H
#define SPELLING_H

#include "base/addr.h"
#include "base/base.h"

/* Most readings that a name has: leading zeros may mean octal, or nothing. */
#define SPELLING_READINGS 2

/*
 * The IPv4 addresses that a name may be read as: one to four numbers, each
 * decimal, octal or hexadecimal, as in inet_aton(3), dots at the end left out.
 * Returns how many there are.
 */
size_t spelling_addrs(const char *name, struct addr addrs[SPELLING_READINGS]);

/* Is its last label a number?  Then it is no name (URL standard, "ends in a
 * number"). */
bool spelling_is_number(const char *name);

/*
 * Does it mean the machine that looks it up, or a cloud's metadata service?
 * "localhost" and all below it (RFC 6761, 6.3), and what hosts files and
 * clouds call these.
 */
bool spelling_is_local(const char *name);

#endif /* SPELLING_H */
