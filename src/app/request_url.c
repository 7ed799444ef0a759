#include "app/request_url.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "job/job.h"
#include "job/options.h"
#include "url/url.h"

/* Append a query to a URL, which may already have one. */
static const char *
with_query(struct arena *mem, const char *url, const char *query)
{
    const char *mark = strchr(url, '?');
    size_t len = strlen(url);

    if (!mark && *query == '\0')
        return url;
    if (!mark)
        return arena_printf(mem, "%s?%s", url, query);
    if (mark[1] == '\0' || url[len - 1] == '&')
        return arena_printf(mem, "%s%s", url, query);
    return arena_printf(mem, "%s&%s", url, query);
}

/* The last segment of a path, percent-encoded. */
static const char *
encoded_name(struct arena *mem, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct buf out = BUF_INIT;
    const char *kept;

    for (; *name; name++) {
        if (ascii_is_unreserved(*name))
            buf_addc(&out, *name);
        else
            buf_printf(&out, "%%%02X", (unsigned char)*name);
    }
    kept = arena_strndup(mem, out.data, out.len);
    buf_fini(&out);
    return kept;
}

/* Does the URL end in a slash and have no query? */
static bool
is_folder(const char *url)
{
    return !strchr(url, '?') && url[strlen(url) - 1] == '/';
}

int
request_url_parse(struct job *j, const struct opts *opts, struct url_flaw *flaw)
{
    const char *url;

    if (url_parse(j->url_given, j->url_given_len, opts->default_scheme, &j->mem,
                  &j->origin, flaw))
        return -1;
    url = j->origin.url;
    if (opts->query)
        url = with_query(&j->mem, url, opts->query);
    else if (opts->upload_file && !request_has_own_body(&j->first) &&
             is_folder(url))
        url = arena_printf(&j->mem, "%s%s", url,
                           encoded_name(&j->mem, opts->upload_file));
    else
        return 0;
    return url_parse(url, strlen(url), opts->default_scheme, &j->mem,
                     &j->origin, flaw);
}
