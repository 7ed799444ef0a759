/*
 * name_servers.h - converts the list of --dns-servers to c-ares's form.
 */
#ifndef NAME_SERVERS_H
#define NAME_SERVERS_H

#include "base/base.h"

struct buf;

/*
 * Parse "ADDRESS[:PORT],..." and write it to out, which is empty, in the only
 * form that all versions of c-ares accept for both families: address, in
 * brackets for IPv6, colon, port.  The list has no spaces and no empty items;
 * IPv6 with a port needs brackets.
 *
 * returns  NULL, with out as a C string; or a message that says what is allowed
 */
NODISCARD const char *name_servers_parse(struct buf *out, const char *list);

#endif /* NAME_SERVERS_H */
