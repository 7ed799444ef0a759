#include "job/options.h"

#include <string.h>

bool
ranges_has(const struct ranges *r, int n)
{
    return n >= 0 && n < (int)ARRAY_LEN(r->has) && r->has[n];
}

/* Three digits, 100 to 999; NULL where there are none, else what follows. */
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
