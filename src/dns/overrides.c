#include "dns/overrides.h"

#include "base/alloc.h"
#include "url/rule.h"

#include <stdlib.h>
#include <string.h>

/* The most addresses used for one name. */
#define ADDRS_MAX 64

struct override {
    struct rule_peer peer;
    char *texts; /* what addrs point into */
    const char *addrs[ADDRS_MAX];
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
    const char *list, *addr;
    size_t len;
    char *to;

    if (!rule_parse_resolve(entry, &rule))
        return;
    v->peer = rule.peer;
    v->texts = to = xmalloc(strlen(rule.addrs) + 1);
    for (list = rule.addrs; list && v->naddrs < ADDRS_MAX; to += len + 1) {
        (void)rule_next_address(&list, &addr, &len);
        memcpy(to, addr, len);
        to[len] = '\0';
        v->addrs[v->naddrs++] = to;
    }
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
    if (o == NULL)
        return;
    for (size_t i = 0; i < o->n; i++)
        free(o->v[i].texts);
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

const char *const *
overrides_find(const struct overrides *o, const char *host, uint16_t port,
               size_t *n)
{
    const struct override *v = find(o, host, port, false);

    if (v == NULL)
        v = find(o, host, port, true);
    if (v == NULL)
        return NULL;
    *n = v->naddrs;
    return v->addrs;
}
