/*
 * access.h - may we talk to this host?  --deny-private, --allow-host and
 * --deny-host.
 *
 * Judged twice: by what the URL says, before anybody is asked for an address
 * (access_check_url()); and by each address before it is connected to
 * (access_check_addr()), so that no name can lead elsewhere.
 *
 * --deny-host goes before all.  Where there is an --allow-host, a host must
 * have its name or its address there.  --deny-private wants a public address
 * but for those that --allow-host has; a name there is no excuse, as it leads
 * where whoever runs its domain wants it to.
 *
 * Behind a proxy, or a Unix socket, we see no address: then names that mean
 * this machine are refused, and what else a name leads to is unknown.
 */
#ifndef ACCESS_H
#define ACCESS_H

#include "base/base.h"
#include "url/url.h"

struct addr;
struct job;
struct opts;
struct target;

/* Is there anything to judge? */
bool access_is_on(const struct opts *opts);

/* Will --deny-private not see the addresses of some hosts? */
bool access_is_blind(const struct opts *opts);

/* -1 and *flaw: it must not be asked for. */
NODISCARD int access_check_url(const struct opts *opts, const struct target *t,
                               struct url_flaw *flaw);

/* addr is the host's, not a proxy's; t passed access_check_url(). */
NODISCARD int access_check_addr(const struct opts *opts, const struct target *t,
                                const struct addr *addr, struct url_flaw *flaw);

/*
 * Take the addresses that are refused out of j->addrs, before libcurl gets
 * them.  -1 and *flaw: none is left, or the one to connect to is refused.
 */
NODISCARD int access_filter(const struct opts *opts, struct job *j,
                            struct url_flaw *flaw);

#endif /* ACCESS_H */
