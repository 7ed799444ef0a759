/*
 * proxy.h - which proxy a URL goes through, by curl's rules.
 */
#ifndef PROXY_H
#define PROXY_H

#include "base/base.h"
#include "job.h"

struct opts;

/*
 * Set t's proxy, and what hangs on it: a host behind another proxy is
 * another host, and its name is then the proxy's to look up (sched/).
 */
void proxy_select(const struct opts *opts, struct target *t,
                  struct arena *mem);

/*
 * Is the host on a list as that of NO_PROXY?  Entries are separated by
 * commas or white space: "*", a domain (which stands for its sub-domains,
 * too; a leading dot is dropped), an address, a network "192.0.2.0/24".
 */
bool proxy_is_exempt(const char *host, bool is_numeric, const char *list);

#endif /* PROXY_H */
