#include "engine/cookie_store.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "engine/cookie.h"

/* The cookies of one domain; there is at least one. */
struct cookie_domain {
    struct list_node
        of_count; /* in the list of domains with the same number of cookies */
    struct list cookies; /* the one set last is last */
    size_t n;
    size_t name_len;
    char name[];
};

struct cookie_store {
    struct map *domains;
    struct list all; /* in order of creation */
    /* The domains with each number of cookies. */
    struct list by_count[COOKIES_PER_DOMAIN + 1];
    size_t n;
    uint64_t norders;
};

struct cookie_store *
cookie_store_new(void)
{
    struct cookie_store *s = xcalloc(1, sizeof(*s));

    s->domains = map_new();
    list_init(&s->all);
    for (size_t i = 0; i < ARRAY_LEN(s->by_count); i++)
        list_init(&s->by_count[i]);
    return s;
}

static struct cookie *
of_domain(struct list_node *node)
{
    return node ? LIST_OWNER(node, struct cookie, of_domain) : NULL;
}

static struct cookie *
of_all(struct list_node *node)
{
    return node ? LIST_OWNER(node, struct cookie, of_all) : NULL;
}

/* The number of the domain's cookies has changed. */
static void
recount(struct cookie_store *s, struct cookie_domain *d, size_t n)
{
    if (list_is_linked(&d->of_count))
        list_remove(&d->of_count);
    d->n = n;
    if (n > 0)
        /* make_room() has kept it within the array, which cppcheck does not see
         */
        /* cppcheck-suppress arrayIndexOutOfBoundsCond */
        list_push_tail(&s->by_count[n], &d->of_count);
}

/* Remove a cookie, and its domain if it was the last one. */
static void
drop(struct cookie_store *s, struct cookie *c)
{
    struct cookie_domain *d = c->home;

    list_remove(&c->of_domain);
    list_remove(&c->of_all);
    cookie_free(c);
    s->n--;
    recount(s, d, d->n - 1);
    if (d->n > 0)
        return;
    (void)map_remove(s->domains, d->name, d->name_len);
    free(d);
}

void
cookie_store_free(struct cookie_store *s)
{
    if (!s)
        return;
    while (list_first(&s->all))
        drop(s, of_all(list_first(&s->all)));
    map_free(s->domains);
    free(s);
}

static struct cookie_domain *
find_domain(const struct cookie_store *s, const char *name, size_t len)
{
    return map_get(s->domains, name, len);
}

static struct cookie_domain *
make_domain(struct cookie_store *s, const char *name, size_t len)
{
    struct cookie_domain *d = xcalloc(1, sizeof(*d) + len + 1);

    memcpy(d->name, name, len);
    d->name_len = len;
    list_init(&d->cookies);
    map_put(s->domains, d->name, len, d);
    return d;
}

/* Would the new cookie hide one that is for https only? "/login" hides
 * "/login/en", but not "/loginhelper". */
static bool
is_hidden_secure(const struct cookie *old, const struct cookie *c)
{
    const char *sep = strchr(old->path + 1, '/');
    size_t len = sep ? (size_t)(sep - old->path) : old->path_len;

    return old->is_secure && !c->is_secure &&
           strncasecmp(old->path, c->path, len) == 0;
}

static bool
has_name_of(const struct cookie *a, const struct cookie *b)
{
    return a->name_len == b->name_len &&
           memcmp(a->name, b->name, a->name_len) == 0;
}

/* The cookie that the new one replaces. *is_refused is set if it may not. */
static struct cookie *
find_old(const struct cookie_domain *d, const struct cookie *c, bool is_secure,
         bool *is_refused)
{
    struct cookie *old = of_domain(list_first(&d->cookies)), *same = NULL;

    *is_refused = false;
    for (; old; old = of_domain(list_next(&d->cookies, &old->of_domain))) {
        if (!has_name_of(old, c))
            continue;
        if (!is_secure && is_hidden_secure(old, c))
            *is_refused = true;
        if (old->is_wide == c->is_wide && old->path_len == c->path_len &&
            memcmp(old->path, c->path, c->path_len) == 0)
            same = old;
    }
    return same;
}

static void
drop_expired(struct cookie_store *s, const struct cookie_domain *d,
             int64_t now_s)
{
    struct cookie *c = of_domain(list_first(&d->cookies)), *next;

    for (; c; c = next) {
        bool is_last = d->n == 1;

        next = of_domain(list_next(&d->cookies, &c->of_domain));
        if (cookie_is_expired(c, now_s))
            drop(s, c);
        if (is_last)
            return; /* the domain may be freed */
    }
}

/* Make room for another cookie of a domain of that name. */
static void
make_room(struct cookie_store *s, const struct cookie *c, int64_t now_s)
{
    struct cookie_domain *d = find_domain(s, c->domain, c->domain_len);
    size_t most = COOKIES_PER_DOMAIN;

    if (d && d->n == COOKIES_PER_DOMAIN) {
        drop_expired(s, d, now_s);
        d = find_domain(s, c->domain, c->domain_len);
    }
    if (d && d->n == COOKIES_PER_DOMAIN)
        drop(s, of_domain(list_first(&d->cookies)));
    if (s->n < COOKIES_MAX)
        return;
    while (!list_first(&s->by_count[most]))
        most--;
    d = LIST_OWNER(list_first(&s->by_count[most]), struct cookie_domain,
                   of_count);
    drop(s, of_domain(list_first(&d->cookies)));
}

void
cookie_store_add(struct cookie_store *s, struct cookie *c, bool is_secure,
                 int64_t now_s)
{
    struct cookie_domain *d = find_domain(s, c->domain, c->domain_len);
    struct cookie *old = NULL;
    bool is_refused = false;

    c->order = ++s->norders;
    if (d)
        old = find_old(d, c, is_secure, &is_refused);
    if (is_refused) {
        cookie_free(c);
        return;
    }
    if (old) {
        c->order = old->order;
        drop(s, old);
    }
    if (cookie_is_expired(c, now_s)) {
        cookie_free(c);
        return;
    }
    make_room(s, c, now_s);
    d = find_domain(s, c->domain, c->domain_len);
    if (!d)
        d = make_domain(s, c->domain, c->domain_len);
    c->home = d;
    list_push_tail(&d->cookies, &c->of_domain);
    list_push_tail(&s->all, &c->of_all);
    s->n++;
    recount(s, d, d->n + 1);
}

/* ---------------------------------------------------------------- Sending */

struct picked {
    const struct cookie *v[COOKIES_SENT_MAX];
    size_t n;
};

static void
pick(struct cookie_store *s, const char *name, size_t len,
     const struct cookie_place *to, int64_t now_s, struct picked *out)
{
    struct cookie_domain *d = find_domain(s, name, len);
    struct cookie *c = d ? of_domain(list_first(&d->cookies)) : NULL;

    for (; c; c = of_domain(list_next(&d->cookies, &c->of_domain)))
        if (out->n < COOKIES_SENT_MAX && !cookie_is_expired(c, now_s) &&
            cookie_suits(c, to))
            out->v[out->n++] = c;
}

/* Longer paths first, then older cookies (RFC 6265, 5.4). */
static int
compare(const void *left, const void *right)
{
    const struct cookie *a = *(const struct cookie *const *)left;
    const struct cookie *b = *(const struct cookie *const *)right;

    if (a->path_len != b->path_len)
        return a->path_len > b->path_len ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static void
write_picked(const struct picked *p, struct buf *out)
{
    size_t len = strlen("Cookie: ");

    for (size_t i = 0; i < p->n; i++) {
        const struct cookie *c = p->v[i];
        size_t add = c->name_len + c->value_len + 1;

        if (len + add >= COOKIES_SENT_MAX_BYTES)
            return;
        if (i > 0)
            buf_add(out, "; ", 2);
        buf_add(out, c->name, c->name_len);
        buf_addc(out, '=');
        buf_add(out, c->value, c->value_len);
        len += add + (i > 0 ? 2 : 0);
    }
}

void
cookie_store_line(struct cookie_store *s, const struct cookie_place *to,
                  int64_t now_s, struct buf *out)
{
    const char *name = to->host, *end = to->host + to->host_len;
    struct picked p = {.n = 0};

    while (name) {
        pick(s, name, (size_t)(end - name), to, now_s, &p);
        if (to->is_numeric)
            break;
        name = memchr(name, '.', (size_t)(end - name));
        if (name && ++name == end)
            break;
    }
    qsort(p.v, p.n, sizeof(p.v[0]), compare);
    write_picked(&p, out);
}

void
cookie_store_write(struct cookie_store *s, int64_t now_s, struct buf *out)
{
    struct list_node *node = list_first(&s->all);

    for (; node; node = list_next(&s->all, node))
        if (!cookie_is_expired(of_all(node), now_s))
            cookie_write_line(of_all(node), out);
}
