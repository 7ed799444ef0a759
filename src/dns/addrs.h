/*
 * addrs.h - the addresses of a name in order of preference, without
 * repetitions.
 */
#ifndef ADDRS_H
#define ADDRS_H

#include "base/base.h"

#include <netinet/in.h>

struct hosts_file_addr;

#define ADDRS_MAX_FAMILY 32 /* per family; further addresses are dropped */
#define ADDRS_MAX        (2 * ADDRS_MAX_FAMILY)

/* Starts zeroed. */
struct addrs {
    size_t n;
    const char *list[ADDRS_MAX]; /* numeric; into text */
    char text[ADDRS_MAX][INET6_ADDRSTRLEN];
};

/*
 * Append an address shorter than INET6_ADDRSTRLEN.  Nothing is added if it is
 * already in the list from index first on, or if there are ADDRS_MAX_FAMILY
 * from there on.
 */
void addrs_add(struct addrs *a, size_t first, const char *text);

/* Append the hosts file's addresses of one family; a has none of that family
 * yet. */
void addrs_add_hosts(struct addrs *a, const struct hosts_file_addr *h,
                     int family);

/* Does the list have an address of that family, AF_INET or AF_INET6? */
bool addrs_have(const struct addrs *a, int family);

/*
 * A copy of the list with its texts in one block; free with free(). a->n > 0.
 */
NODISCARD const char *const *addrs_copy(const struct addrs *a);

/* A copy; free with free(). */
NODISCARD struct addrs *addrs_clone(const struct addrs *a);

#endif /* ADDRS_H */
