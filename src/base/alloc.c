#include "base/alloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *
xmalloc(size_t size)
{
    /* malloc(0) may return NULL, which would look like a failure. */
    void *p = malloc(size != 0 ? size : 1);

    if (p == NULL)
        alloc_failed();
    return p;
}

void *
xcalloc(size_t n, size_t size)
{
    void *p = n != 0 && size != 0 ? calloc(n, size) : calloc(1, 1);

    if (p == NULL)
        alloc_failed();
    return p;
}

void *
xrealloc(void *p, size_t size)
{
    p = realloc(p, size != 0 ? size : 1);
    if (p == NULL)
        alloc_failed();
    return p;
}

char *
xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t len)
{
    char *copy = xmalloc(len + 1);

    if (len != 0)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

/* Held by who must not be interrupted by the end, and by who brings it. */
static pthread_mutex_t exit_lock = PTHREAD_MUTEX_INITIALIZER;

void
alloc_hold_exit(void)
{
    pthread_mutex_lock(&exit_lock);
}

void
alloc_release_exit(void)
{
    pthread_mutex_unlock(&exit_lock);
}

void
alloc_denied(const char *message)
{
    /*
     * Neither stdio nor exit(): both may allocate, and the other threads go
     * on meanwhile.  Status 4 tells that the output is not complete.  The
     * lock is kept, so that this is said and done once.
     */
    ssize_t n;

    pthread_mutex_lock(&exit_lock);
    n = write(STDERR_FILENO, message, strlen(message));
    (void)n;
    _exit(4);
}

void
alloc_failed(void)
{
    alloc_denied("fanfetch: error: out of memory\n");
}
