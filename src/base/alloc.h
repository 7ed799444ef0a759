/*
 * alloc.h - allocation that ends the run when there is no memory.
 *
 * fanfetch cannot recover from a failed allocation: it prints a message to
 * stderr and exits with status 4.  Results that were already written stay
 * written, in whole lines.  Callers therefore never check for NULL.  Libraries
 * that accept allocation functions are given these.
 */
#ifndef ALLOC_H
#define ALLOC_H

#include "base/base.h"

/* malloc, calloc, realloc and strdup; never NULL.  Freed with free(). */
NODISCARD void *xmalloc(size_t size);
NODISCARD void *xcalloc(size_t n, size_t size);
NODISCARD void *xrealloc(void *p, size_t size);
NODISCARD char *xstrdup(const char *s);
NODISCARD char *xstrndup(const char *s, size_t len);

/* Report that memory ran out, and exit.  For libraries that return NULL. */
NORETURN void alloc_failed(void);

/* Print a whole message, newline included, and exit in the same way.  For
 * libraries that would otherwise abort when the system refuses some other
 * resource. */
NORETURN void alloc_denied(const char *message);

/*
 * Between these two calls no other thread can end the process for lack of
 * memory.  For a write(2) that must not be interrupted.  Allocate nothing in
 * between.
 */
void alloc_hold_exit(void);
void alloc_release_exit(void);

#endif /* ALLOC_H */
