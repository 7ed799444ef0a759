#include "dns/search.h"

#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct search {
    struct __res_state state; /* the C library's */
    size_t ndomains;
};

struct search *
search_new(void)
{
    struct search *s = xcalloc(1, sizeof(*s));

    if (res_ninit(&s->state) != 0)
        return s; /* no domain, and ndots is 0 */
    while (s->ndomains < MAXDNSRCH && s->state.dnsrch[s->ndomains])
        s->ndomains++;
    return s;
}

void
search_free(struct search *s)
{
    if (!s)
        return;
    res_nclose(&s->state);
    free(s);
}

static size_t
count_dots(const char *name)
{
    size_t n = 0;

    for (; *name; name++)
        n += *name == '.';
    return n;
}

bool
search_name(const struct search *s, const char *name, size_t i, char *out,
            size_t size)
{
    size_t len = strlen(name);
    bool is_full = len > 0 && name[len - 1] == '.';
    size_t ndomains = is_full ? 0 : s->ndomains;
    bool itself_first = is_full || count_dots(name) >= s->state.ndots;
    size_t itself = itself_first ? 0 : ndomains;
    const char *domain;
    int n;

    if (i > ndomains)
        return false;
    if (i == itself) {
        n = snprintf(out, size, "%s", name);
    } else {
        domain = s->state.dnsrch[itself_first ? i - 1 : i];
        n = snprintf(out, size, "%s.%s", name, *domain == '.' ? "" : domain);
    }
    if (n < 0 || (size_t)n >= size)
        snprintf(out, size, "..");
    return true;
}
