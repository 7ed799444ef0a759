/*
 * overrides.h - the addresses that --resolve gives for names.
 */
#ifndef OVERRIDES_H
#define OVERRIDES_H

#include "base/addr.h"
#include "base/base.h"

struct overrides;

/* entries: n entries of --resolve, borrowed (url/rule.h).  The last one for a
 * name wins, as with curl. */
NODISCARD struct overrides *overrides_new(const char *const *entries, size_t n);
void overrides_free(struct overrides *o); /* NULL is fine */

/* The addresses for a name and port; without an entry its n is 0. */
struct addr_list overrides_find(const struct overrides *o, const char *host,
                                uint16_t port);

#endif /* OVERRIDES_H */
