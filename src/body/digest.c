#include "body/digest.h"

#include <assert.h>

#include <openssl/evp.h>

#include "base/alloc.h"

/* struct digest is an EVP_MD_CTX under another name. */
static EVP_MD_CTX *
context(struct digest *d)
{
    return (EVP_MD_CTX *)d;
}

struct digest *
digest_new(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
        alloc_failed();
    return (struct digest *)ctx;
}

void
digest_restart(struct digest *d)
{
    if (EVP_DigestInit_ex(context(d), NULL, NULL) != 1)
        alloc_failed();
}

void
digest_free(struct digest *d)
{
    EVP_MD_CTX_free(context(d));
}

void
digest_add(struct digest *d, const void *data, size_t len)
{
    if (EVP_DigestUpdate(context(d), data, len) != 1)
        alloc_failed();
}

void
digest_finish(struct digest *d, char text[DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    if (EVP_DigestFinal_ex(context(d), bytes, &n) != 1)
        alloc_failed();
    assert(n * 2 + 1 == DIGEST_TEXT);
    for (unsigned i = 0; i < n; i++) {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = '\0';
}
