#include "engine/memory.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include "base/reuse.h"

static void *
ssl_malloc(size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return reuse_alloc(size);
}

static void *
ssl_realloc(void *p, size_t size, const char *file, int line)
{
    (void)file, (void)line;
    if (size > 0)
        return reuse_realloc(p, size);
    reuse_free(p);
    return NULL;
}

static void
ssl_free(void *p, const char *file, int line)
{
    (void)file, (void)line;
    reuse_free(p);
}

int
memory_global_init(void)
{
    /* It refuses where it has allocated already, as an engine that another
     * library has loaded may have: then it stays as it is. */
    (void)CRYPTO_set_mem_functions(ssl_malloc, ssl_realloc, ssl_free);
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, reuse_alloc, reuse_free,
                                reuse_realloc, reuse_strdup,
                                reuse_calloc) == CURLE_OK
               ? 0
               : -1;
}
