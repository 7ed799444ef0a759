/*
 * hostset.h - a set of hosts as the user's patterns name them.
 *
 *   example.com         that name
 *   *.example.com       every name below it, not itself
 *   192.0.2.7           that address, also of a name that has it
 *   192.0.2.0/24        every address in that network; 2001:db8::/32
 *
 * Names are compared without regard to case and to a dot at their end.  There
 * are few patterns, so each is looked at in turn.
 */
#ifndef HOSTSET_H
#define HOSTSET_H

#include "base/base.h"

struct addr;
struct hostset;

/* Is it a pattern?  International names have to be in ASCII ("xn--..."). */
bool hostset_is_pattern(const char *text);

/* The patterns as a set; each must be one, and outlive the set.  A set that
 * is NULL is empty. */
NODISCARD struct hostset *hostset_new(const char *const *patterns, size_t n);
void hostset_free(struct hostset *set);

/* By its name alone; an address is no name. */
bool hostset_has_name(const struct hostset *set, const char *name);

/* By an address or network in the set; and are there any? */
bool hostset_has_addr(const struct hostset *set, const struct addr *addr);
bool hostset_has_nets(const struct hostset *set);

#endif /* HOSTSET_H */
