/*
 * warc_seen.h - which payloads an archive holds already: a table of bounded
 * size, in which new ones take old ones' places.
 */
#ifndef WARC_SEEN_H
#define WARC_SEEN_H

#include "base/base.h"

/* "urn:uuid:" and a UUID, with its NUL. */
#define WARC_ID 46

/* A record that holds a payload. */
struct warc_visit {
    char id[WARC_ID];
    char *uri;       /* without credentials */
    int64_t wall_us; /* its WARC-Date */
};

struct warc_seen;

NODISCARD struct warc_seen *warc_seen_new(void);
void warc_seen_free(struct warc_seen *s); /* NULL is fine */

/* Find a payload by its SHA-256 in hex; visit->uri is the caller's to free.
 * False: it is not there. */
NODISCARD bool warc_seen_find(const struct warc_seen *s, const char *sha256,
                              struct warc_visit *visit);

/* Note a payload.  The URI is copied; one that is very long is not noted. */
void warc_seen_add(struct warc_seen *s, const char *sha256,
                   const struct warc_visit *visit);

#endif /* WARC_SEEN_H */
