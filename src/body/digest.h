/*
 * digest.h - the SHA-256 of bytes as they come.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "base/base.h"

/* Hex digits and a NUL. */
#define DIGEST_TEXT 65

struct digest;

NODISCARD struct digest *digest_new(void);
/* Begin anew.  Cheaper than a new one. */
void digest_restart(struct digest *d);
void digest_free(struct digest *d); /* NULL is fine */
void digest_add(struct digest *d, const void *data, size_t len);

/* The text, in lower case.  Nothing may be added after that, until
 * digest_restart(). */
void digest_finish(struct digest *d, char text[DIGEST_TEXT]);

#endif /* DIGEST_H */
