/*
 * codings.h - the content codings of a response (RFC 9110, 8.4), collected
 * from its Content-Encoding lines as they arrive.
 */
#ifndef CODINGS_H
#define CODINGS_H

#include "base/base.h"
#include "base/buf.h"

/* All zero is empty. */
struct codings {
    struct buf text;  /* "gzip, br", in the order in which they were applied */
    unsigned n;       /* that are in it */
    bool is_too_long; /* there are more than CODINGS_MAX */
};

/* Forget all of them and free the memory. */
void codings_fini(struct codings *c);

/*
 * Add the codings of a field's value.  Empty ones and "identity" have no
 * effect and are left out; so is the unregistered "none", which some servers
 * send and curl accepts.  Time: O(len).
 */
void codings_add(struct codings *c, const char *value, size_t len);

#endif /* CODINGS_H */
