#include "dns/addrs.h"

#include "base/alloc.h"
#include "dns/hosts_file.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

void
addrs_add(struct addrs *a, size_t first, const char *text)
{
    if (a->n - first == ADDRS_MAX_FAMILY)
        return;
    for (size_t i = first; i < a->n; i++)
        if (strcmp(a->text[i], text) == 0)
            return;
    assert(strlen(text) < sizeof(a->text[0]));
    memcpy(a->text[a->n], text, strlen(text) + 1);
    a->list[a->n] = a->text[a->n];
    a->n++;
}

void
addrs_add_hosts(struct addrs *a, const struct hosts_file_addr *h, int family)
{
    size_t first = a->n;

    for (; h != NULL; h = h->next)
        if (h->family == family)
            addrs_add(a, first, h->text);
}

bool
addrs_have(const struct addrs *a, int family)
{
    for (size_t i = 0; i < a->n; i++)
        if ((strchr(a->list[i], ':') != NULL) == (family == AF_INET6))
            return true;
    return false;
}

const char *const *
addrs_copy(const struct addrs *a)
{
    const char **list = xmalloc(a->n * (sizeof(*list) + sizeof(a->text[0])));
    char *text = (char *)(list + a->n);

    memcpy(text, a->text, a->n * sizeof(a->text[0]));
    for (size_t i = 0; i < a->n; i++)
        list[i] = text + i * sizeof(a->text[0]);
    return list;
}

struct addrs *
addrs_clone(const struct addrs *a)
{
    struct addrs *clone = xcalloc(1, sizeof(*clone));

    for (size_t i = 0; i < a->n; i++)
        addrs_add(clone, i, a->list[i]);
    return clone;
}
