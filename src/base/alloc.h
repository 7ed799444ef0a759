/*
 * alloc.h - allocation that ends the run where there is no memory.
 *
 * Out of memory is no condition that a fetcher of lists can mend: the
 * message goes to stderr and the process exits with status 4.  What was
 * written before that stays written, in whole lines.  So no caller checks for
 * NULL; and libraries are given these functions where they take some.
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

/* Say that memory ran out, and exit.  For libraries that return NULL. */
NORETURN void alloc_failed(void);

/* Say this, a whole message with its newline, and exit likewise.  For libraries
 * that would abort where the system denies them something else. */
NORETURN void alloc_denied(const char *message);

/*
 * Between these two no other thread ends the process for want of memory: for
 * a write(2) that must not be cut.  Nothing may be allocated in between.
 */
void alloc_hold_exit(void);
void alloc_release_exit(void);

#endif /* ALLOC_H */
