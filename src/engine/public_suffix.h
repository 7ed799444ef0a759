/*
 * public_suffix.h - may a host set cookies for a domain above it?
 *
 * The Public Suffix List (publicsuffix.org) decides, as libpsl reads it.
 */
#ifndef PUBLIC_SUFFIX_H
#define PUBLIC_SUFFIX_H

#include "base/base.h"

struct public_suffix;

/* From the system's list, or the one built into libpsl if that is newer. */
NODISCARD struct public_suffix *public_suffix_new(void);
void public_suffix_free(struct public_suffix *p); /* NULL is fine */

/* May the host, which is the domain itself or below it, set a cookie for all
 * hosts below the domain?  Without a list, no host may. */
bool public_suffix_allows(const struct public_suffix *p, const char *host,
                          const char *domain);

#endif /* PUBLIC_SUFFIX_H */
