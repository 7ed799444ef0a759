#include "engine/public_suffix.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* libpsl's functions, since 0.16. */
struct public_suffix {
    void *list; /* psl_ctx_t *; NULL: there is no libpsl, or no list */
    void (*free_list)(void *list);
    int (*is_suffix)(const void *list, const char *domain);
    int (*accepts)(const void *list, const char *host, const char *domain);
};

/* dlsym() gives a pointer to an object, which C does not take for one to a
 * function. */
static void
find(const char *name, void *function)
{
    void *found = dlsym(RTLD_DEFAULT, name);

    memcpy(function, &found, sizeof(found));
}

struct public_suffix *
public_suffix_new(void)
{
    struct public_suffix *p = xcalloc(1, sizeof(*p));
    void *(*latest)(const char *path);

    find("psl_latest", (void *)&latest);
    find("psl_free", (void *)&p->free_list);
    find("psl_is_public_suffix", (void *)&p->is_suffix);
    find("psl_is_cookie_domain_acceptable", (void *)&p->accepts);
    if (latest && p->free_list && p->is_suffix && p->accepts)
        p->list = latest(NULL);
    return p;
}

void
public_suffix_free(struct public_suffix *p)
{
    if (p && p->list)
        p->free_list(p->list);
    free(p);
}

bool
public_suffix_allows(const struct public_suffix *p, const char *host,
                     const char *domain)
{
    return p->list && !p->is_suffix(p->list, domain) &&
           p->accepts(p->list, host, domain);
}
