/*
 * guard.h - may we talk to this host?  --deny-private, --allow-host and
 * --deny-host.
 *
 * Judged twice: by what the URL says, before anybody is asked for an address
 * (guard_check_url()); and by each address before it is connected to
 * (guard_check_addr()), so that no name can lead elsewhere.
 *
 * --deny-host goes before all.  Where there is an --allow-host, a host must
 * have its name or its address there.  --deny-private wants a public address
 * but for those that --allow-host has; a name there is no excuse, as it leads
 * where whoever runs its domain wants it to.
 *
 * Behind a proxy, or a Unix socket, we see no address: then names that mean
 * this machine are refused, and what else a name leads to is unknown.
 */
#ifndef GUARD_H
#define GUARD_H

#include "base/base.h"
#include "engine/url.h"

struct addr;
struct job;
struct opts;
struct target;

/* Is there anything to judge? */
bool guard_is_on(const struct opts *opts);

/* Will --deny-private not see the addresses of some hosts? */
bool guard_is_blind(const struct opts *opts);

/* -1 and *flaw: it must not be asked for. */
NODISCARD int guard_check_url(const struct opts *opts, const struct target *t,
                              struct url_flaw *flaw);

/* addr is the host's, not a proxy's; t passed guard_check_url(). */
NODISCARD int guard_check_addr(const struct opts *opts, const struct target *t,
                               const struct addr *addr, struct url_flaw *flaw);

/*
 * Take the addresses that are refused out of j->addrs, before libcurl gets
 * them.  -1 and *flaw: none is left, or the one to connect to is refused.
 */
NODISCARD int guard_filter(const struct opts *opts, struct job *j,
                           struct url_flaw *flaw);

#endif /* GUARD_H */
