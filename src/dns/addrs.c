#include "dns/addrs.h"

#include "base/alloc.h"
#include "dns/hosts_file.h"

void
addrs_add(struct addrs *a, const struct addr *addr)
{
    for (size_t i = 0; i < a->n; i++)
        if (addr_equals(&a->v[i], addr))
            return;
    if (addrs_count(a, addr_family(addr)) < ADDRS_MAX_FAMILY)
        a->v[a->n++] = *addr;
}

void
addrs_add_hosts(struct addrs *a, const struct hosts_file_addr *h, int family)
{
    for (; h; h = h->next)
        if (addr_family(&h->addr) == family)
            addrs_add(a, &h->addr);
}

size_t
addrs_count(const struct addrs *a, int family)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n; i++)
        n += addr_family(&a->v[i]) == family;
    return n;
}

struct addr_list
addrs_list(const struct addrs *a)
{
    return (struct addr_list){a->v, a->n};
}

struct addrs *
addrs_clone(const struct addrs *a)
{
    struct addrs *clone = xmalloc(sizeof(*clone));

    *clone = *a;
    return clone;
}
