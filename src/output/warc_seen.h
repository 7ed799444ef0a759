/*
 * warc_seen.h - which payloads an archive holds already: a table of bounded
 * size, in which new ones take old ones' places.
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

/* The record of a payload, by its SHA-256 in hex: a copy in mem.  NULL: it is
 * not there. */
NODISCARD const struct archived *warc_seen_find(const struct warc_seen *s,
                                                const char *sha256,
                                                struct arena *mem);

/* Note where a payload is.  Texts are copied; a record with a very long URL is
 * not noted. */
void warc_seen_add(struct warc_seen *s, const char *sha256,
                   const struct archived *record);

#endif /* WARC_SEEN_H */
