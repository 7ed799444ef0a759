/*
 * name_servers.h - the list of --dns-servers, as c-ares takes it.
 */
#ifndef NAME_SERVERS_H
#define NAME_SERVERS_H

#include "base/base.h"

struct buf;

/*
 * Parse "ADDRESS[:PORT],..." and write it to out, which is empty, in the only
 * form that all versions of c-ares take for both families: address, with
 * brackets where it is IPv6, colon, port.  A list has no spaces and no empty
 * items; IPv6 with a port needs brackets.
 *
 * returns NULL, out then a C string; or what is allowed
 */
NODISCARD const char *name_servers_parse(struct buf *out, const char *list);

#endif /* NAME_SERVERS_H */
