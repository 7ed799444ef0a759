/*
 * local.h - answers that need no server: the hosts file and localhost.
 */
#ifndef LOCAL_H
#define LOCAL_H

#include "base/base.h"

struct addrs;
struct hosts_file;
struct families;

/* Append the addresses of a lower-case name to a, which must be empty. */
void local_find(const struct hosts_file *hosts, const struct families *f,
                const char *name, size_t len, struct addrs *a);

#endif /* LOCAL_H */
