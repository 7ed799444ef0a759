#include "app/request_url.h"

#include <string.h>

#include "job/job.h"
#include "job/options.h"
#include "url/url.h"

/* A URL with a query behind the one that it may have. */
static const char *
with_query(struct arena *mem, const char *url, const char *query)
{
    const char *mark = strchr(url, '?');
    size_t len = strlen(url);

    if (!mark)
        return arena_printf(mem, "%s?%s", url, query);
    if (mark[1] == '\0' || url[len - 1] == '&')
        return arena_printf(mem, "%s%s", url, query);
    return arena_printf(mem, "%s&%s", url, query);
}

int
request_url_parse(struct job *j, const struct opts *opts, struct url_flaw *flaw)
{
    const char *url;

    if (url_parse(j->url_given, j->url_given_len, opts->default_scheme, &j->mem,
                  &j->origin, flaw))
        return -1;
    if (!opts->query)
        return 0;
    url = with_query(&j->mem, j->origin.url, opts->query);
    return url_parse(url, strlen(url), opts->default_scheme, &j->mem,
                     &j->origin, flaw);
}
