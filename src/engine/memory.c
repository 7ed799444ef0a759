#include "engine/memory.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <stdlib.h>

#include "base/alloc.h"

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

int
memory_global_init(void)
{
    /* OpenSSL refuses if it has already allocated, for example in another
     * library: ignore that. */
    (void)CRYPTO_set_mem_functions(ssl_malloc, ssl_realloc, ssl_free);
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, xmalloc, free, xrealloc,
                                xstrdup, xcalloc) == CURLE_OK
               ? 0
               : -1;
}
