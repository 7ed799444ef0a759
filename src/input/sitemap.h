/*
 * sitemap.h - turns sitemaps and sitemap indexes (sitemaps.org, 0.9), plain or
 * gzip, into one JSON request per entry.
 *
 * An entry's <loc> becomes its url, <lastmod> becomes meta.lastmod, and
 * meta.sitemap is true for an entry of an index, which is a sitemap itself.
 * Other elements are ignored.  Memory is limited: a tag or text over 1 MiB,
 * elements nested 100 deep and entity declarations end the input.
 */
#ifndef SITEMAP_H
#define SITEMAP_H

#include "base/base.h"

struct sitemap;

enum sitemap_status {
    SITEMAP_RECORD, /* *e is set */
    SITEMAP_MORE,   /* more bytes are needed: sitemap_space() */
    SITEMAP_AGAIN,  /* work was done, but no entry was found: call again */
    SITEMAP_END,    /* nothing more comes */
};

struct sitemap_entry {
    const char *text; /* a JSON request; valid until the next call here */
    size_t len;
    uint64_t line; /* where the entry begins, 1-based */
    /* The input is not a sitemap from here on: why; no text. */
    const char *flaw;
};

NODISCARD struct sitemap *sitemap_new(void);
void sitemap_free(struct sitemap *s); /* NULL is fine */

/* After SITEMAP_MORE: where to read to, and how much; then report how much was
 * read, or the end of the input. */
char *sitemap_space(struct sitemap *s, size_t *size);
void sitemap_filled(struct sitemap *s, size_t n);
void sitemap_end(struct sitemap *s);

/* The next entry.  An error is returned once, and then SITEMAP_END. */
NODISCARD enum sitemap_status sitemap_next(struct sitemap *s,
                                           struct sitemap_entry *e);

#endif /* SITEMAP_H */
