/*
 * nearest.h - the name that was probably meant by one that is spelled almost
 * alike.
 */
#ifndef NEAREST_H
#define NEAREST_H

#include "base/base.h"

/* No longer name is compared. */
#define NEAREST_MAX_LEN 31

/* A search over the names that are there. */
struct nearest {
    const char *name; /* what was typed; borrowed */
    size_t len;
    size_t best;       /* how far off the found one is */
    const char *found; /* borrowed from nearest_try(); NULL: none is near */
    size_t found_len;
};

/* Begin a search for name, len bytes of it. */
void nearest_init(struct nearest *n, const char *name, size_t len);

/* Compare with one of the names.  Of several that are equally near the first
 * is kept. */
void nearest_try(struct nearest *n, const char *name, size_t len);

#endif /* NEAREST_H */
