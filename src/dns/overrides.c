#include "dns/overrides.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* As many addresses of one name as are used. */
#define ADDRS_MAX 64

struct override {
    char *text; /* the entry, cut into its parts */
    const char *host;
    uint16_t port;
    const char *addrs[ADDRS_MAX];
    size_t naddrs;
};

struct overrides {
    struct override *v;
    size_t n;
};

/* Cut text at the first of the separators; what is behind it, or NULL. */
static char *
cut(char *text, char separator)
{
    char *end = strchr(text, separator);

    if (end == NULL)
        return NULL;
    *end = '\0';
    return end + 1;
}

static const char *
without_brackets(char *addr)
{
    size_t len = strlen(addr);

    if (len < 2 || addr[0] != '[' || addr[len - 1] != ']')
        return addr;
    addr[len - 1] = '\0';
    return addr + 1;
}

static void
override_parse(struct override *v, const char *entry)
{
    char *port, *addr, *next;

    v->text = xstrdup(*entry == '+' ? entry + 1 : entry);
    v->host = v->text;
    port = cut(v->text, ':');
    addr = port ? cut(port, ':') : NULL;
    v->port = port ? (uint16_t)strtoul(port, NULL, 10) : 0;
    for (; addr != NULL && v->naddrs < ADDRS_MAX; addr = next) {
        next = cut(addr, ',');
        v->addrs[v->naddrs++] = without_brackets(addr);
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
        free(o->v[i].text);
    free(o->v);
    free(o);
}

/* The last entry of that name and port, or NULL. */
static const struct override *
find(const struct overrides *o, const char *host, uint16_t port)
{
    for (size_t i = o->n; i-- > 0;) {
        const struct override *v = &o->v[i];
        if (v->port == port && v->naddrs > 0 && strcasecmp(v->host, host) == 0)
            return v;
    }
    return NULL;
}

const char *const *
overrides_find(const struct overrides *o, const char *host, uint16_t port,
               size_t *n)
{
    const struct override *v = find(o, host, port);

    if (v == NULL)
        v = find(o, "*", port);
    if (v == NULL)
        return NULL;
    *n = v->naddrs;
    return v->addrs;
}
