#include "job/options.h"

#include <string.h>

#include "base/arena.h"

void
strings_add(struct arena *mem, struct strings *list, const char *s)
{
    /* The array is full at each power of two.  The arena keeps the old array
     * until the end, which wastes little. */
    if ((list->n & (list->n - 1)) == 0) {
        size_t cap = list->n ? list->n * 2 : 1;
        const char **v = arena_alloc(mem, cap * sizeof(*v));

        if (list->n > 0)
            memcpy(v, list->v, list->n * sizeof(*v));
        list->v = v;
    }
    list->v[list->n++] = s;
}

bool
opts_renew(const struct opts *opts)
{
    return opts->header_files || opts->oauth2_file;
}

bool
ranges_has(const struct ranges *r, int n)
{
    return n >= 0 && n < (int)ARRAY_LEN(r->has) && r->has[n];
}

/* Scan three digits, 100 to 999.  Returns what follows, or NULL. */
static const char *
scan_status(const char *s, int *status)
{
    if (strspn(s, "0123456789") != 3 || *s == '0')
        return NULL;
    *status = (s[0] - '0') * 100 + (s[1] - '0') * 10 + (s[2] - '0');
    return s + 3;
}

bool
ranges_parse(struct ranges *r, const char *text)
{
    memset(r, 0, sizeof(*r));
    for (const char *s = text;; s++) {
        int first, last;

        s = scan_status(s, &first);
        if (!s)
            return false;
        last = first;
        if (*s == '-')
            s = scan_status(s + 1, &last);
        if (!s || last < first || (*s != '\0' && *s != ','))
            return false;
        for (int i = first; i <= last; i++)
            r->has[i] = true;
        if (*s == '\0')
            return true;
    }
}
