/*
 * route.h - how a URL is reached: through which proxy, and at which host.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include "base/base.h"
#include "job/job.h"

struct opts;
struct url_flaw;

/*
 * Set t's proxy (--proxy, the environment, --noproxy) and the host whose
 * address is needed (the proxy's, or --connect-to's).  A SOCKS proxy that is
 * told addresses needs two: the host's and its own.  Texts are borrowed from
 * opts or in mem.
 */
void route_select(const struct opts *opts, struct target *t, struct arena *mem);

/*
 * Does -4 or -6 exclude the address that the URL or the proxy is given by, or
 * those that --resolve names?
 * (Some versions of libcurl would connect to it.)  Returns -1 and sets *flaw.
 */
NODISCARD int route_check(const struct opts *opts, const struct target *t,
                          struct arena *mem, struct url_flaw *flaw);

/*
 * Is the host on a list in the form of NO_PROXY?  By curl's rules, entries are
 * separated by commas or white space: "*", a domain (including its subdomains;
 * a leading dot is ignored), an address, or a network "192.0.2.0/24".
 */
bool route_is_exempt(const char *host, bool is_address, const char *list);

/* Does a proxy of this URL need an address?  Proxies for socks4 and socks5 do;
 * socks4a, socks5h and HTTP proxies look names up themselves. */
bool route_wants_address(const char *proxy);

#endif /* ROUTE_H */
