/*
 * reuse.h - memory for libraries that give back and ask for the same again.
 *
 * libcurl takes and frees 45 pieces for each request and OpenSSL hundreds for
 * each connection, always of the same few sizes.  malloc() has its price for
 * that: its own cache holds seven of a size, none over 1 KiB and none for
 * calloc().  Here what is freed waits in a list of its size for the next who
 * asks; a list is its thread's own, so there is no lock.  It holds no more than
 * 1,024 pieces or 8 MiB, and never more than was in use at once.
 *
 * A piece that is freed twice, or whose head was written over, ends the
 * process, as it does with malloc().  Under sanitizers it is malloc() itself.
 * Out of memory ends the run, as in alloc.h.
 */
#ifndef REUSE_H
#define REUSE_H

#include "base/base.h"

/* From here to reuse_end() this thread keeps what it frees.  A thread that
 * says neither takes and frees all the same, without keeping. */
void reuse_begin(void);
void reuse_end(void);

/* What one thread takes another may free.  NULL may be freed. */
NODISCARD void *reuse_alloc(size_t size);
NODISCARD void *reuse_calloc(size_t n, size_t size);
NODISCARD void *reuse_realloc(void *p, size_t size);
NODISCARD char *reuse_strdup(const char *s);
void reuse_free(void *p);

#endif /* REUSE_H */
