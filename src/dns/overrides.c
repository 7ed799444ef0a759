#include "dns/overrides.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "url/rule.h"

/* The most addresses used for one name. */
#define ADDRS_MAX 64

struct override {
    struct rule_peer peer;
    struct addr addrs[ADDRS_MAX];
    size_t naddrs;
};

struct overrides {
    struct override *v;
    size_t n;
};

static void
override_parse(struct override *v, const char *entry)
{
    struct resolve_rule rule;
    const char *list;

    if (!rule_parse_resolve(entry, &rule))
        return;
    v->peer = rule.peer;
    for (list = rule.addrs; list && v->naddrs < ADDRS_MAX; v->naddrs++)
        (void)rule_next_address(&list, &v->addrs[v->naddrs]);
}

struct overrides *
overrides_new(const char *const *entries, size_t n)
{
    struct overrides *o = xcalloc(1, sizeof(*o));

    o->v = xcalloc(n + 1, sizeof(*o->v));
    o->n = n;
    for (size_t i = 0; i < n; i++)
        override_parse(&o->v[i], entries[i]);
    return o;
}

void
overrides_free(struct overrides *o)
{
    if (!o)
        return;
    free(o->v);
    free(o);
}

/* The last entry of that name and port, or NULL. */
static const struct override *
find(const struct overrides *o, const char *host, uint16_t port, bool is_any)
{
    for (size_t i = o->n; i-- > 0;) {
        const struct override *v = &o->v[i];

        if (v->naddrs > 0 && (v->peer.host_len == 0) == is_any &&
            rule_matches(&v->peer, host, port))
            return v;
    }
    return NULL;
}

struct addr_list
overrides_find(const struct overrides *o, const char *host, uint16_t port)
{
    const struct override *v = find(o, host, port, false);

    if (!v)
        v = find(o, host, port, true);
    if (!v)
        return (struct addr_list){NULL, 0};
    return (struct addr_list){v->addrs, v->naddrs};
}
