/*
 * interface.h - resolves --interface: the name of an interface, an address or
 * a host.
 */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "base/base.h"

struct arena;

/*
 * Convert the value to a form for which libcurl needs no look-up, since that
 * would block all transfers of an engine: "if!NAME" or "host!ADDRESS".  A
 * host's name is looked up once, here.
 *
 * ip_version  4 or 6: use an address of this version; 0: IPv4 if possible,
 *             since libcurl binds to one address only
 * returns     text in mem; NULL: nothing on this machine has that name
 */
const char *interface_find(const char *text, int ip_version, struct arena *mem);

#endif /* INTERFACE_H */
