/*
 * addresses.h - the addresses of an origin's name: whose turn it is, and which
 * did not answer lately.
 *
 * Connections of a name are spread over its addresses.  One to which no
 * connection could be made, while another of its family took it, is tried last
 * for a while: libcurl waits for half of the connect time-out before it goes on
 * to the next address.
 */
#ifndef ADDRESSES_H
#define ADDRESSES_H

#include "base/addr.h"
#include "base/base.h"

struct arena;

struct address {
    struct addr addr;
    int64_t last_until_us; /* until then it is tried last; 0: it is not */
};

/* Starts zeroed. */
struct addresses {
    struct address *v; /* the preferred family first; NULL: none */
    size_t n[2];       /* per family */
};

void addresses_fini(struct addresses *a);

/* Copy new addresses, at least one, in place of the old ones.  Those that are
 * in both lists are tried last as long as before. */
void addresses_set(struct addresses *a, struct addr_list addrs);

/* All of them in memory of mem, in the order in which to try them: each family
 * begins with the one whose turn it is. */
struct addr_list addresses_list(const struct addresses *a, size_t turn,
                                int64_t now_us, struct arena *mem);

/* A connection was made to peer, and tried is the list that libcurl had for it:
 * what stands before peer did not answer. */
void addresses_note_peer(struct addresses *a, struct addr_list tried,
                         const struct addr *peer, int64_t now_us);

#endif /* ADDRESSES_H */
