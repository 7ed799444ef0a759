/*
 * route.h - which way a URL goes: through which proxy, to which peer.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include "base/base.h"
#include "job/job.h"

struct opts;

/*
 * Set t's proxy (--proxy, the environment, --noproxy) and whose address must
 * be known (--connect-to; the proxy's).  Texts are borrowed from opts, or in
 * mem.
 */
void route_select(const struct opts *opts, struct target *t, struct arena *mem);

/*
 * Is the host on a list as that of NO_PROXY?  By curl's rules: entries are
 * separated by commas or white space: "*", a domain (which stands for its
 * sub-domains, too; a leading dot is dropped), an address, a network
 * "192.0.2.0/24".
 */
bool route_is_exempt(const char *host, bool is_address, const char *list);

/* Is a proxy of this URL told an address?  So are those of socks4 and socks5;
 * socks4a, socks5h and HTTP proxies look names up themselves. */
bool route_wants_address(const char *proxy);

#endif /* ROUTE_H */
