/*
 * addrs.h - the addresses of a name in order of preference, without
 * repetitions.
 */
#ifndef ADDRS_H
#define ADDRS_H

#include "base/addr.h"
#include "base/base.h"

struct hosts_file_addr;

#define ADDRS_MAX_FAMILY 32 /* per family; further addresses are dropped */
#define ADDRS_MAX        (2 * ADDRS_MAX_FAMILY)

/* Starts zeroed. */
struct addrs {
    size_t n;
    struct addr v[ADDRS_MAX];
};

/* Append an address, unless the list has it, or has ADDRS_MAX_FAMILY of its
 * family. */
void addrs_add(struct addrs *a, const struct addr *addr);

/* Append the hosts file's addresses of one family. */
void addrs_add_hosts(struct addrs *a, const struct hosts_file_addr *h,
                     int family);

/* How many addresses of that family, AF_INET or AF_INET6, does it have? */
size_t addrs_count(const struct addrs *a, int family);

/* A view, valid until the list changes. */
struct addr_list addrs_list(const struct addrs *a);

/* A copy; free with free(). */
NODISCARD struct addrs *addrs_clone(const struct addrs *a);

#endif /* ADDRS_H */
