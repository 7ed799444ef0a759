/*
 * netrc.h - which machines ~/.netrc has an entry for.
 *
 * libcurl reads names and passwords itself.  Only it also takes a "default"
 * entry, which is no origin's own: a redirect must not get that one.
 */
#ifndef NETRC_H
#define NETRC_H

#include "base/base.h"

struct netrc;

/* The machines of ~/.netrc; none where it can't be read.  The caller frees. */
NODISCARD struct netrc *netrc_read(void);
void netrc_free(struct netrc *n); /* NULL is fine */

/* Does it have an entry of this machine's own?  NULL has none. */
bool netrc_has(const struct netrc *n, const char *host);

#endif /* NETRC_H */
