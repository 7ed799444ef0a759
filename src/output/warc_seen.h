/*
 * warc_seen.h - remembers which payloads an archive contains, in a table of
 * limited size in which new ones replace old ones.
 */
#ifndef WARC_SEEN_H
#define WARC_SEEN_H

#include "base/base.h"

/* "urn:uuid:" and a UUID, with its NUL. */
#define WARC_ID 46

struct archived;
struct arena;
struct warc_seen;

NODISCARD struct warc_seen *warc_seen_new(void);
void warc_seen_free(struct warc_seen *s); /* NULL is fine */

/* The record with a payload, by its SHA-256 in hex, copied to mem.  NULL: it
 * is not known. */
NODISCARD const struct archived *warc_seen_find(const struct warc_seen *s,
                                                const char *sha256,
                                                struct arena *mem);

/* Remember where a payload is.  Texts are copied; records with very long URLs
 * are not remembered. */
void warc_seen_add(struct warc_seen *s, const char *sha256,
                   const struct archived *record);

#endif /* WARC_SEEN_H */
