#include "engine/public_suffix.h"

#include <stdlib.h>
#include <string.h>

#include <libpsl.h>

#include "base/alloc.h"
#include "url/host.h"

struct public_suffix {
    psl_ctx_t *list; /* NULL: there is none */
};

struct public_suffix *
public_suffix_new(void)
{
    struct public_suffix *p = xcalloc(1, sizeof(*p));

    p->list = psl_latest(NULL);
    return p;
}

void
public_suffix_free(struct public_suffix *p)
{
    if (p)
        psl_free(p->list);
    free(p);
}

/* The name without dots at its end, which libpsl does not expect. */
static char *
without_dots(const char *name)
{
    return xstrndup(name, host_len(name));
}

bool
public_suffix_allows(const struct public_suffix *p, const char *host,
                     const char *domain)
{
    char *plain_host, *plain_domain;
    bool is_allowed;

    if (!p->list)
        return false;
    plain_host = without_dots(host);
    plain_domain = without_dots(domain);
    is_allowed =
        !psl_is_public_suffix(p->list, plain_domain) &&
        psl_is_cookie_domain_acceptable(p->list, plain_host, plain_domain);
    free(plain_host);
    free(plain_domain);
    return is_allowed;
}
