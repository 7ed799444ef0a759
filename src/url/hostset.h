/*
 * hostset.h - a set of hosts given as patterns.
 *
 *   example.com         that name
 *   *.example.com       every name below it, not itself
 *   192.0.2.7           that address, also if a name has it
 *   192.0.2.0/24        every address in that network; 2001:db8::/32
 *
 * Names are compared ignoring case and a trailing dot.  There are few
 * patterns, so each is tried in turn.
 */
#ifndef HOSTSET_H
#define HOSTSET_H

#include "base/base.h"

struct addr;
struct hostset;

/* Is it a valid pattern?  International names must be in ASCII ("xn--..."). */
bool hostset_is_pattern(const char *text);

/* Make a set of valid patterns, which must outlive it.  A NULL set is empty. */
NODISCARD struct hostset *hostset_new(const char *const *patterns, size_t n);
void hostset_free(struct hostset *set);

/* Does the set contain the name?  An address is not a name. */
bool hostset_has_name(const struct hostset *set, const char *name);

/* Does an address or network in the set match? */
bool hostset_has_addr(const struct hostset *set, const struct addr *addr);

/* Does the set have any address or network? */
bool hostset_has_nets(const struct hostset *set);

#endif /* HOSTSET_H */
