#include "job/carry.h"

#include <stddef.h>
#include <string.h>

#include "base/budgets.h"
#include "job/job.h"

struct carrier {
    const struct arena *from;
    struct arena *to;
    size_t left; /* bytes of facts that may still be kept */
};

/* Copy a text if it would be freed. */
static void
carry_text(const struct carrier *c, const char **text)
{
    if (*text && arena_owns(c->from, *text))
        *text = arena_strdup(c->to, *text);
}

/* Copy a fact of the result if it would be freed.  Facts over what is left of
 * their share are forgotten: they become NULL. */
static void
carry_fact(struct carrier *c, const char **text)
{
    size_t size;

    if (!*text || !arena_owns(c->from, *text))
        return;
    size = strlen(*text) + 1;
    if (size > c->left) {
        *text = NULL;
        return;
    }
    c->left -= size;
    *text = arena_strdup(c->to, *text);
}

static void
carry_target(const struct carrier *c, struct target *t)
{
    size_t path = (size_t)(t->path - t->url);

    carry_text(c, &t->url);
    t->path = t->url + path;
    carry_text(c, &t->scheme);
    carry_text(c, &t->host);
    carry_text(c, &t->connect_host);
    carry_text(c, &t->proxy);
    carry_text(c, &t->proxy_host);
    carry_text(c, &t->key);
}

/* A copy of a struct that would be freed, NULL: it would not. */
static void *
carry_copy(const struct carrier *c, const void *old, size_t size)
{
    if (!old || !arena_owns(c->from, old))
        return NULL;
    return memcpy(arena_alloc(c->to, size), old, size);
}

/* The texts are the record's; its links may be the hop's. */
static void
carry_headers(const struct carrier *c, struct header **list)
{
    for (struct header **at = list; *at; at = &(*at)->next) {
        struct header *copy = carry_copy(c, *at, sizeof(*copy));

        if (copy)
            *at = copy;
    }
}

static void
carry_tls(struct carrier *c, const struct tls_info **tls)
{
    struct tls_info *copy = carry_copy(c, *tls, sizeof(*copy));

    if (!copy)
        return;
    carry_text(c, &copy->version);
    carry_text(c, &copy->cipher);
    carry_text(c, &copy->alpn);
    carry_fact(c, &copy->subject);
    carry_fact(c, &copy->issuer);
    carry_text(c, &copy->sha256);
    *tls = copy;
}

static void
carry_archived(struct carrier *c, const struct archived **archived)
{
    struct archived *copy = carry_copy(c, *archived, sizeof(*copy));

    if (!copy)
        return;
    carry_text(c, &copy->id);
    carry_fact(c, &copy->url);
    carry_text(c, &copy->date);
    carry_text(c, &copy->file);
    *archived = copy;
}

static void
carry_result(struct carrier *c, struct result *r)
{
    carry_fact(c, &r->url_effective);
    carry_text(c, &r->method);
    carry_text(c, &r->http_version);
    carry_fact(c, &r->content_type);
    carry_fact(c, &r->content_encoding);
    carry_fact(c, &r->location);
    carry_fact(c, &r->body_path);
    carry_fact(c, &r->disposition);
    carry_fact(c, &r->sha256);
    carry_fact(c, &r->etag);
    carry_fact(c, &r->last_modified);
    carry_tls(c, &r->tls);
    carry_fact(c, &r->warc_file);
    carry_fact(c, &r->warc_request);
    carry_archived(c, &r->archived);
    carry_fact(c, &r->url_earlier);
}

void
carry_over(struct job *j)
{
    struct arena *from = j->hop_mem;
    struct carrier c;

    j->carried = 0;
    if (!from)
        return;
    c = (struct carrier){from, arena_new(), CARRIED_FACTS_MAX};
    carry_target(&c, &j->target);
    carry_text(&c, &j->req.method);
    carry_headers(&c, &j->req.headers);
    carry_result(&c, &j->res);
    j->addrs = j->proxy_addrs = (struct addr_list){NULL, 0};
    j->range = NULL;
    j->hop_mem = c.to;
    j->carried = arena_size(c.to);
    arena_free(from);
}
