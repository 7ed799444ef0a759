#include "job/earlier.h"

#include <string.h>

#include "base/buf.h"
#include "base/redact.h"
#include "job/job.h"

/* Does a line show this URL, with or without credentials? */
static bool
is_shown_as(const char *url, const char *shown)
{
    struct buf text = BUF_INIT;
    bool is_same;

    if (strcmp(url, shown) == 0)
        return true;
    if (!strchr(url, '@'))
        return false;
    redact_url(&text, url, strlen(url));
    is_same =
        text.len == strlen(shown) && memcmp(text.data, shown, text.len) == 0;
    buf_fini(&text);
    return is_same;
}

const struct header *
earlier_conditions(const struct job *j)
{
    const struct earlier *e = j->earlier;

    if (!e || !e->conditions || !is_shown_as(j->target.url, e->url))
        return NULL;
    return e->conditions;
}

const char *
earlier_change_name(enum change change)
{
    static const char *const names[] = {
        [CHANGE_UNKNOWN] = NULL,
        [CHANGE_NEW] = "new",
        [CHANGE_CHANGED] = "changed",
        [CHANGE_UNCHANGED] = "unchanged",
    };

    return names[change];
}
