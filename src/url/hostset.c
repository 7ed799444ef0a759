#include "url/hostset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/addr.h"
#include "base/alloc.h"
#include "url/host.h"

/* Longest name and label (RFC 1035, 2.3.4). */
#define NAME_MAX_LEN  253
#define LABEL_MAX_LEN 63

struct pattern {
    struct net net;   /* if name is NULL */
    const char *name; /* the name to match, or the suffix of names to match */
    size_t len;       /* of name, without a trailing dot */
    bool is_suffix;   /* "*.": name is ".example.com" */
};

struct hostset {
    size_t n;
    struct pattern v[];
};

/* Letters, digits, hyphens and, because many names have them, underscores. */
static bool
is_label(const char *s, size_t len)
{
    static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    return len > 0 && len <= LABEL_MAX_LEN && strspn(s, chars) >= len;
}

/* Labels and dots.  The last label is not a number, since that would be an
 * address. */
static bool
is_name(const char *s)
{
    size_t left = host_len(s);
    bool is_number = true;

    if (left == 0 || left > NAME_MAX_LEN)
        return false;
    for (;;) {
        size_t len = strcspn(s, ".");

        if (len > left)
            len = left;
        if (!is_label(s, len))
            return false;
        is_number = strspn(s, "0123456789") >= len ||
                    (len >= 2 && strncasecmp(s, "0x", 2) == 0);
        if (len == left)
            return !is_number;
        s += len + 1;
        left -= len + 1;
    }
}

static int
pattern_parse(const char *text, struct pattern *p)
{
    *p = (struct pattern){.is_suffix = strncmp(text, "*.", 2) == 0};
    if (!p->is_suffix && net_parse(text, strlen(text), &p->net) == 0)
        return 0;
    if (!is_name(text + 2 * (size_t)p->is_suffix))
        return -1;
    p->name = text + (size_t)p->is_suffix;
    p->len = host_len(p->name);
    return 0;
}

bool
hostset_is_pattern(const char *text)
{
    struct pattern p;

    return pattern_parse(text, &p) == 0;
}

struct hostset *
hostset_new(const char *const *patterns, size_t n)
{
    struct hostset *set = xcalloc(1, sizeof(*set) + n * sizeof(set->v[0]));

    for (size_t i = 0; i < n; i++)
        if (pattern_parse(patterns[i], &set->v[set->n]) == 0)
            set->n++;
    return set;
}

void
hostset_free(struct hostset *set)
{
    free(set);
}

static bool
matches(const struct pattern *p, const char *name, size_t len)
{
    if (!p->name || len < p->len || (!p->is_suffix && len != p->len))
        return false;
    /* "*." must match at least one character. */
    if (p->is_suffix && len == p->len)
        return false;
    return strncasecmp(name + len - p->len, p->name, p->len) == 0;
}

bool
hostset_has_name(const struct hostset *set, const char *name)
{
    size_t len = host_len(name);

    for (size_t i = 0; set && i < set->n; i++)
        if (matches(&set->v[i], name, len))
            return true;
    return false;
}

bool
hostset_has_addr(const struct hostset *set, const struct addr *addr)
{
    for (size_t i = 0; set && i < set->n; i++)
        if (!set->v[i].name && net_has(&set->v[i].net, addr))
            return true;
    return false;
}

bool
hostset_has_nets(const struct hostset *set)
{
    for (size_t i = 0; set && i < set->n; i++)
        if (!set->v[i].name)
            return true;
    return false;
}
