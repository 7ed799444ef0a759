/*
 * interface.h - what --interface names: an interface, an address or a host.
 */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "base/base.h"

struct arena;

/*
 * The text as libcurl takes it without a look-up of its own, for which it
 * would hold up all of an engine's transfers: "if!NAME" or "host!ADDRESS".
 * A host's name is looked up here, once.
 *
 * ip_version  4 or 6: of a name's addresses one of these; 0: an IPv4 one if
 *             there is any, since libcurl binds to one address alone
 * returns     in mem; NULL: there is no such thing on this machine
 */
const char *interface_find(const char *text, int ip_version, struct arena *mem);

#endif /* INTERFACE_H */
