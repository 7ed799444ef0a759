/*
 * fail_alloc.c - to be preloaded: memory allocations that fail.
 *
 * Counts the process's allocations from main() on, and lets some of them
 * fail, by variables of the environment:
 *
 *     FAIL_AT=N     the N-th
 *     FAIL_FROM=N   the N-th and all that follow
 *     FAIL_EVERY=N  each N-th
 *     FAIL_COUNT=F  none; write how many there were to file F at exit, without
 *                   those of libcurl
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *p);

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
                           void (*)(void), void (*)(void), void *);

start_function __libc_start_main;

static atomic_ulong count;
static atomic_bool counts;
static unsigned long at, from, every;
static main_function *real_main;

static int
fails(void)
{
    unsigned long n;

    if (!counts)
        return 0;
    n = ++count;
    if (n != at && (from == 0 || n < from) && (every == 0 || n % every != 0))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *
malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int
posix_memalign(void **p, size_t alignment, size_t size)
{
    void *got = fails() ? NULL : __libc_memalign(alignment, size);

    if (!got)
        return ENOMEM;
    *p = got;
    return 0;
}

static char *
libc_strdup(const char *s)
{
    size_t size = strlen(s) + 1;
    char *copy = __libc_malloc(size);

    return copy ? memcpy(copy, s, size) : NULL;
}

/* The program has libcurl allocate through itself: what it gives away here
 * goes past the count. */
CURLcode
curl_global_init_mem(long flags, curl_malloc_callback m, curl_free_callback f,
                     curl_realloc_callback r, curl_strdup_callback s,
                     curl_calloc_callback c)
{
    CURLcode (*real)(long, curl_malloc_callback, curl_free_callback,
                     curl_realloc_callback, curl_strdup_callback,
                     curl_calloc_callback) =
        (CURLcode(*)(long, curl_malloc_callback, curl_free_callback,
                     curl_realloc_callback, curl_strdup_callback,
                     curl_calloc_callback))dlsym(RTLD_NEXT,
                                                 "curl_global_init_mem");

    return getenv("FAIL_COUNT")
               ? real(flags, __libc_malloc, __libc_free, __libc_realloc,
                      libc_strdup, __libc_calloc)
               : real(flags, m, f, r, s, c);
}

static unsigned long
number(const char *name)
{
    const char *text = getenv(name);

    return text ? strtoul(text, NULL, 10) : 0;
}

static void
write_count(void)
{
    FILE *f;

    counts = 0;
    f = fopen(getenv("FAIL_COUNT"), "w");
    if (!f)
        abort();
    fprintf(f, "%lu\n", (unsigned long)count);
    fclose(f);
}

static int
our_main(int argc, char **argv, char **env)
{
    at = number("FAIL_AT");
    from = number("FAIL_FROM");
    every = number("FAIL_EVERY");
    if (getenv("FAIL_COUNT"))
        atexit(write_count);
    counts = 1;
    return real_main(argc, argv, env);
}

/* Called by the program's first instructions: what comes before main() is not
 * the program's. */
int
__libc_start_main(main_function *main, int argc, char **argv,
                  void (*init)(void), void (*fini)(void),
                  void (*rtld_fini)(void), void *stack_end)
{
    start_function *start =
        (start_function *)dlsym(RTLD_NEXT, "__libc_start_main");

    real_main = main;
    return start(our_main, argc, argv, init, fini, rtld_fini, stack_end);
}
