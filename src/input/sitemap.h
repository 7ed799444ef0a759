/*
 * sitemap.h - sitemaps and sitemap indexes (sitemaps.org, 0.9), plain or gzip,
 * in pieces of any size to one JSON request per entry.
 *
 * An entry's <loc> is its url; <lastmod> becomes meta.lastmod, and meta.sitemap
 * is true where the entry is one of an index, so a sitemap itself.  Nothing
 * else of an entry is kept.  Memory is bounded: a tag or a text of over 1 MiB,
 * elements nested 100 deep and entity declarations end the input.
 */
#ifndef SITEMAP_H
#define SITEMAP_H

#include "base/base.h"

struct sitemap;

enum sitemap_status {
    SITEMAP_RECORD, /* *e is set */
    SITEMAP_MORE,   /* bytes are needed: sitemap_space() */
    SITEMAP_AGAIN,  /* work was done and no entry showed: call again */
    SITEMAP_END,    /* nothing more comes */
};

struct sitemap_entry {
    const char *text; /* a JSON request; valid until the next call here */
    size_t len;
    uint64_t line;    /* where the entry begins, 1-based */
    const char *flaw; /* the input is no sitemap from here on: why; no text */
};

NODISCARD struct sitemap *sitemap_new(void);
void sitemap_free(struct sitemap *s); /* NULL is fine */

/* After SITEMAP_MORE: where to read to, and how much; then say how much came,
 * or that the input is over. */
char *sitemap_space(struct sitemap *s, size_t *size);
void sitemap_filled(struct sitemap *s, size_t n);
void sitemap_end(struct sitemap *s);

/* The next entry.  A flaw comes once, and then SITEMAP_END. */
NODISCARD enum sitemap_status sitemap_next(struct sitemap *s,
                                           struct sitemap_entry *e);

#endif /* SITEMAP_H */
