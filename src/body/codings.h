/*
 * codings.h - the content codings of a response (RFC 9110, 8.4), gathered from
 * the lines of its Content-Encoding as they come.
 */
#ifndef CODINGS_H
#define CODINGS_H

#include "base/base.h"
#include "base/buf.h"

/* All zero is empty. */
struct codings {
    struct buf text;  /* "gzip, br", in the order in which they were put on */
    unsigned n;       /* that are in it */
    bool is_too_long; /* there are more than CODINGS_MAX */
};

/* Forget all of them, and the memory, too. */
void codings_fini(struct codings *c);

/*
 * Add those of a field's value.  Empty ones and "identity" say nothing and are
 * left out, and so is "none", which is not registered, but which some servers
 * send and curl takes.  Time: O(len).
 */
void codings_add(struct codings *c, const char *value, size_t len);

#endif /* CODINGS_H */
