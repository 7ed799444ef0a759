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

    if (!p)
        alloc_failed();
    return p;
}

void *
xcalloc(size_t n, size_t size)
{
    void *p = n != 0 && size != 0 ? calloc(n, size) : calloc(1, 1);

    if (!p)
        alloc_failed();
    return p;
}

void *
xrealloc(void *p, size_t size)
{
    p = realloc(p, size != 0 ? size : 1);
    if (!p)
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

/* Held while the process must not exit, and by the thread that ends it. */
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
     * Use neither stdio nor exit(): both may allocate, and other threads keep
     * running.  Status 4 says that the output is incomplete.  The lock is
     * never released, so the message is printed only once.
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
