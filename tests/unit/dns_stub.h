/*
 * dns_stub.h - a name server on the test's own loop, which does as told.
 *
 * A name's first letters say what becomes of its queries:
 *
 *   nx     no such name
 *   v4     has an IPv4 address only
 *   v6     has an IPv6 address only
 *   fail   SERVFAIL
 *   twice  has each of its addresses twice
 *   held   the answer stays here until dns_stub_release()
 *   lost   the first query of each type is ignored
 *   mute   never answered
 *
 * Any other has 192.0.2.1, 192.0.2.2, 2001:db8::1 and 2001:db8::2.
 */
#ifndef DNS_STUB_H
#define DNS_STUB_H

#include "base/base.h"

struct dns_stub;
struct ev_loop;

NODISCARD struct dns_stub *dns_stub_new(struct ev_loop *loop);
void dns_stub_free(struct dns_stub *s); /* NULL is fine */

/* Read no query from now on. */
void dns_stub_set_deaf(struct dns_stub *s);

/* "127.0.0.1:PORT". */
const char *dns_stub_addr(const struct dns_stub *s);

/* Queries for A and for AAAA records that came in. */
size_t dns_stub_na(const struct dns_stub *s);
size_t dns_stub_naaaa(const struct dns_stub *s);

/* The last query's name, as it was written in the packet. */
const char *dns_stub_last_name(const struct dns_stub *s);

/* Send the answers that are held. */
void dns_stub_release(struct dns_stub *s);

#endif /* DNS_STUB_H */
