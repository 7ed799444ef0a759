/*
 * access.h - may this host be contacted?  Applies --deny-private, --allow-host
 * and --deny-host.
 *
 * The URL is checked before its name is looked up (access_check_url()), and
 * each address before it is connected to (access_check_addr()), so the rules
 * cannot be evaded by what a name resolves to.
 *
 * --deny-host takes precedence.  If there is an --allow-host, a host must
 * match one by name or address.  --deny-private requires a public address, or
 * one that matches --allow-host; a matching name is not enough, since whoever
 * runs its domain chooses where it leads.
 *
 * Behind a proxy or a Unix socket we see no addresses: names that mean this
 * machine are then refused, and where other names lead is unknown.
 */
#ifndef ACCESS_H
#define ACCESS_H

#include "base/base.h"
#include "url/url.h"

struct addr;
struct job;
struct opts;
struct target;

/* Is there any rule to apply? */
bool access_is_on(const struct opts *opts);

/* Will --deny-private miss the addresses of some hosts? */
bool access_is_blind(const struct opts *opts);

/* Returns -1 and sets *flaw if the URL must not be requested. */
NODISCARD int access_check_url(const struct opts *opts, const struct target *t,
                               struct url_flaw *flaw);

/*
 * Check the host that a record's own Host header names, by the rules for a
 * URL's host: an HTTP proxy must go by the URL (RFC 9112, 3.2.2), but some go
 * by that header.  j->target has passed access_check_url(), and its route is
 * known.  Returns -1 and sets *flaw if the request must not be sent.
 */
NODISCARD int access_check_header(const struct opts *opts, struct job *j,
                                  struct url_flaw *flaw);

/* Returns -1 and sets *flaw if the address must not be connected to.  addr must
 * be the host's, not a proxy's; t must have passed access_check_url(). */
NODISCARD int access_check_addr(const struct opts *opts, const struct target *t,
                                const struct addr *addr, struct url_flaw *flaw);

/*
 * Remove refused addresses from j->addrs before libcurl gets them.  Returns -1
 * and sets *flaw if none is left, or if the address to connect to is refused.
 */
NODISCARD int access_filter(const struct opts *opts, struct job *j,
                            struct url_flaw *flaw);

#endif /* ACCESS_H */
