/*
 * fuzz_charset.c - bytes in any charset become one string of JSON.
 *
 * The first line of the input is a Content-Type, the rest the bytes.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/buf.h"
#include "output/charset.h"

static char *
copy_of(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);

    check(copy != NULL);
    memcpy(copy, data, size);
    return copy;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *newline = size ? memchr(data, '\n', size) : NULL;
    struct buf out = BUF_INIT;
    size_t len;
    char *type, *bytes;
    json_t *text;

    if (!newline)
        return 0;
    len = (size_t)(newline - data);
    type = copy_of(data, len);
    type[len] = '\0';
    size -= len + 1;
    bytes = malloc(size ? size : 1);
    check(bytes != NULL);
    memcpy(bytes, newline + 1, size);
    charset_write(&out, type, bytes, size);
    text =
        json_loadb(out.data, out.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    check(json_is_string(text));
    json_decref(text);
    free(bytes);
    free(type);
    buf_fini(&out);
    return 0;
}
