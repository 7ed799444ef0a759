#include "engine/memory.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <malloc.h>
#include <stdlib.h>

#include "base/alloc.h"

/* How much unused memory malloc() keeps at the end of a heap.  Each thread has
 * a heap. */
#define KEPT_BYTES (8 * 1024 * 1024)

/* Blocks of at least this size are mapped one by one. */
#define MAPPED_BYTES (512 * 1024)

static void *
ssl_malloc(size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return xmalloc(size);
}

static void *
ssl_realloc(void *p, size_t size, const char *file, int line)
{
    (void)file, (void)line;
    if (size > 0)
        return xrealloc(p, size);
    free(p);
    return NULL;
}

static void
ssl_free(void *p, const char *file, int line)
{
    (void)file, (void)line;
    free(p);
}

/*
 * libcurl < 8.8: each transfer takes a buffer of 100 KiB and frees it.  That is
 * near malloc's own threshold of 128 KiB, so it would often give pages back to
 * the system, which stops the other threads for a moment, and take them again.
 */
static void
keep_freed_memory(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
#endif
}

int
memory_global_init(void)
{
    keep_freed_memory();
    /* OpenSSL refuses if it has already allocated, for example in another
     * library: ignore that. */
    (void)CRYPTO_set_mem_functions(ssl_malloc, ssl_realloc, ssl_free);
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, xmalloc, free, xrealloc,
                                xstrdup, xcalloc) == CURLE_OK
               ? 0
               : -1;
}
