#include "dns/search.h"

#include "base/alloc.h"

#include <ares.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct search {
    struct ares_options options; /* "domains" and "ndots" of them */
};

struct search *
search_new(void)
{
    struct search *s = xcalloc(1, sizeof(*s));
    ares_channel channel;
    int which;

    if (ares_init_options(&channel, NULL, 0) != ARES_SUCCESS)
        return s; /* no domain, and ndots is 0 */
    if (ares_save_options(channel, &s->options, &which) != ARES_SUCCESS)
        s->options = (struct ares_options){0};
    ares_destroy(channel);
    return s;
}

void
search_free(struct search *s)
{
    if (s == NULL)
        return;
    ares_destroy_options(&s->options);
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
    size_t ndomains = is_full ? 0 : (size_t)s->options.ndomains;
    bool itself_first = is_full || count_dots(name) >= (size_t)s->options.ndots;
    size_t itself = itself_first ? 0 : ndomains;
    const char *domain;
    int n;

    if (i > ndomains)
        return false;
    if (i == itself) {
        n = snprintf(out, size, "%s", name);
    } else {
        domain = s->options.domains[itself_first ? i - 1 : i];
        n = snprintf(out, size, "%s.%s", name, *domain == '.' ? "" : domain);
    }
    if (n < 0 || (size_t)n >= size)
        snprintf(out, size, "..");
    return true;
}
