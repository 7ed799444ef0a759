#include "engine/public_suffix.h"

#include <stdlib.h>

#include <libpsl.h>

#include "base/alloc.h"

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

bool
public_suffix_allows(const struct public_suffix *p, const char *host,
                     const char *domain)
{
    return p->list && !psl_is_public_suffix(p->list, domain) &&
           psl_is_cookie_domain_acceptable(p->list, host, domain);
}
