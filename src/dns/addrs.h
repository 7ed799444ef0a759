/*
 * addrs.h - the addresses of a name, in order of preference, each once.
 */
#ifndef ADDRS_H
#define ADDRS_H

#include "base/base.h"

#include <netinet/in.h>

struct hosts_file_addr;

#define ADDRS_MAX_FAMILY 32 /* of each family; what comes later is dropped */
#define ADDRS_MAX        (2 * ADDRS_MAX_FAMILY)

/* Starts zeroed. */
struct addrs {
    size_t n;
    const char *list[ADDRS_MAX]; /* numeric; into text */
    char text[ADDRS_MAX][INET6_ADDRSTRLEN];
};

/*
 * Append an address that is shorter than INET6_ADDRSTRLEN, unless it stands
 * there from the index first on, or there are ADDRS_MAX_FAMILY from there on.
 */
void addrs_add(struct addrs *a, size_t first, const char *text);

/* Append what the hosts file has of one family, which a has nothing of. */
void addrs_add_hosts(struct addrs *a, const struct hosts_file_addr *h,
                     int family);

/* Is there one of that family, AF_INET or AF_INET6? */
bool addrs_have(const struct addrs *a, int family);

/* The list with its texts in one block, to be freed by free(); a->n > 0. */
NODISCARD const char *const *addrs_copy(const struct addrs *a);

/* A copy, to be freed by free(). */
NODISCARD struct addrs *addrs_clone(const struct addrs *a);

#endif /* ADDRS_H */
