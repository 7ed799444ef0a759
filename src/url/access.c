#include "url/access.h"

#include <stdio.h>
#include <string.h>

#include "base/addr.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"
#include "url/hostset.h"
#include "url/route.h"
#include "url/spelling.h"

#define CODE_DENIED  "host_denied"
#define CODE_PRIVATE "private_address"

bool
access_is_on(const struct opts *opts)
{
    return opts->deny_private || opts->allow || opts->deny;
}

static bool
looks_names_up(const char *proxy)
{
    return proxy && *proxy && !route_wants_address(proxy);
}

bool
access_is_blind(const struct opts *opts)
{
    return opts->deny_private &&
           (opts->unix_socket || looks_names_up(opts->proxy_http) ||
            looks_names_up(opts->proxy_https));
}

/* Do we get to know the host's own address? */
static bool
sees_address(const struct opts *opts, const struct target *t)
{
    return !t->connect_is_proxy && !opts->unix_socket;
}

static int
refuse(struct url_flaw *flaw, const char *code, const char *what,
       const struct target *t)
{
    flaw->code = code;
    snprintf(flaw->message, sizeof(flaw->message), "'%.100s' %s", t->host,
             what);
    return -1;
}

/* Could a name that is not allowed be allowed by its address? */
static bool
may_be_allowed(const struct opts *opts, const struct target *t)
{
    return sees_address(opts, t) && hostset_has_nets(opts->allow);
}

int
access_check_url(const struct opts *opts, const struct target *t,
                 struct url_flaw *flaw)
{
    struct addr addrs[SPELLING_READINGS];
    size_t n;

    if (!access_is_on(opts))
        return 0;
    if (addr_parse(t->host, strlen(t->host), &addrs[0]) == 0)
        return access_check_addr(opts, t, &addrs[0], flaw);
    n = spelling_addrs(t->host, addrs);
    for (size_t i = 0; i < n; i++)
        if (access_check_addr(opts, t, &addrs[i], flaw))
            return -1;
    if (hostset_has_name(opts->deny, t->host))
        return refuse(flaw, CODE_DENIED, "is denied", t);
    if (opts->allow && n == 0 && !hostset_has_name(opts->allow, t->host) &&
        !may_be_allowed(opts, t))
        return refuse(flaw, CODE_DENIED, "is not among the allowed hosts", t);
    if (sees_address(opts, t))
        return 0;
    /* We will not see the address that it leads to. */
    if (n == 0 && spelling_is_number(t->host))
        return refuse(flaw, CODE_DENIED, "has no address that can be checked",
                      t);
    if (opts->deny_private && n == 0 && spelling_is_local(t->host))
        return refuse(flaw, CODE_PRIVATE,
                      "means the proxy's machine or network", t);
    return 0;
}

int
access_check_header(const struct opts *opts, struct job *j,
                    struct url_flaw *flaw)
{
    const struct header *h =
        header_find(j->first.headers, "Host", strlen("Host"));
    struct target named;
    const char *url;

    if (!h || !access_is_on(opts) || !target_asks_proxy(&j->target))
        return 0;
    url = arena_printf(&j->mem, "http://%s/", h->value);
    if (url_parse(url, strlen(url), "http", &j->mem, &named, flaw))
        return refuse(flaw, CODE_DENIED,
                      "has a Host header that cannot be checked", &j->target);
    named.connect_is_proxy = true;
    return access_check_url(opts, &named, flaw);
}

/* "'www.example.com' is at 10.0.0.1, which is denied". */
static int
refuse_addr(struct url_flaw *flaw, const char *code, const char *what,
            const struct target *t, const struct addr *addr)
{
    char text[ADDR_TEXT];

    addr_format(addr, text);
    if (strcmp(text, t->host) == 0)
        return refuse(flaw, code, what, t);
    flaw->code = code;
    snprintf(flaw->message, sizeof(flaw->message), "'%.60s' is at %s, which %s",
             t->host, text, what);
    return -1;
}

int
access_check_addr(const struct opts *opts, const struct target *t,
                  const struct addr *addr, struct url_flaw *flaw)
{
    bool is_allowed = hostset_has_addr(opts->allow, addr);

    if (hostset_has_addr(opts->deny, addr))
        return refuse_addr(flaw, CODE_DENIED, "is denied", t, addr);
    if (opts->allow && !is_allowed && !hostset_has_name(opts->allow, t->host))
        return refuse_addr(flaw, CODE_DENIED, "is not among the allowed hosts",
                           t, addr);
    if (opts->deny_private && !is_allowed && !addr_is_public(addr))
        return refuse_addr(flaw, CODE_PRIVATE, "is no public address", t, addr);
    return 0;
}

/* Check the address to connect to, which --connect-to may have named.  An
 * unreadable one is refused. */
static int
check_connect_host(const struct opts *opts, const struct target *t,
                   struct url_flaw *flaw)
{
    struct addr addr;

    if (!t->connect_is_numeric)
        return 0;
    if (addr_parse(t->connect_host, strlen(t->connect_host), &addr))
        return refuse(flaw, CODE_DENIED, "has no address that can be checked",
                      t);
    return access_check_addr(opts, t, &addr, flaw);
}

int
access_filter(const struct opts *opts, struct job *j, struct url_flaw *flaw)
{
    const struct target *t = &j->target;
    struct addr *kept;
    size_t n = 0;

    if (!access_is_on(opts) || !sees_address(opts, t))
        return 0;
    if (j->addrs.n == 0)
        return check_connect_host(opts, t, flaw);
    kept = arena_alloc(job_hop_mem(j), j->addrs.n * sizeof(*kept));
    for (size_t i = 0; i < j->addrs.n; i++)
        if (access_check_addr(opts, t, &j->addrs.v[i], flaw) == 0)
            kept[n++] = j->addrs.v[i];
    j->addrs = (struct addr_list){kept, n};
    return n > 0 ? 0 : -1;
}
