/*
 * netrc.h - the machines that have an entry in ~/.netrc.
 *
 * libcurl reads names and passwords itself.  But it also uses a "default"
 * entry, which belongs to no particular origin and must not be used for a
 * redirect.
 */
#ifndef NETRC_H
#define NETRC_H

#include "base/base.h"

struct buf;
struct netrc;

/* Append the name of ~/.netrc, with a NUL. */
void netrc_path(struct buf *path);

/* Read the machines of ~/.netrc; none if it cannot be read.  The caller frees
 * the result. */
NODISCARD struct netrc *netrc_read(void);
void netrc_free(struct netrc *n); /* NULL is fine */

/* Is there an entry for this machine?  NULL has none. */
bool netrc_has(const struct netrc *n, const char *host);

#endif /* NETRC_H */
