#include "base/arena.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES 4096
#define ALIGNMENT   _Alignof(max_align_t)

struct arena_chunk {
    struct arena_chunk *next;
    _Alignas(max_align_t) char data[];
};

_Static_assert(ALIGNMENT <= 16, "arena.first is aligned to 16");

void
arena_init(struct arena *a)
{
    a->chunks = NULL;
    a->pos = a->first;
    a->end = a->first + sizeof(a->first);
}

void
arena_reset(struct arena *a)
{
    while (a->chunks != NULL) {
        struct arena_chunk *c = a->chunks;

        a->chunks = c->next;
        free(c);
    }
    arena_init(a);
}

static char *
add_chunk(struct arena *a, size_t n)
{
    struct arena_chunk *c;

    if (n > SIZE_MAX - sizeof(*c))
        alloc_failed();
    c = xmalloc(sizeof(*c) + n);
    c->next = a->chunks;
    a->chunks = c;
    return c->data;
}

/* Take n bytes, after skipping pad bytes for alignment. */
static void *
take(struct arena *a, size_t n, size_t pad)
{
    size_t room = (size_t)(a->end - a->pos);
    char *p;

    if (pad <= room && n <= room - pad) {
        p = a->pos + pad;
        a->pos = p + n;
        return p;
    }

    /* Give a large piece a chunk of its own.  Otherwise the rest of the
     * current chunk would be lost to the small pieces that follow. */
    if (n > CHUNK_BYTES / 4)
        return add_chunk(a, n);

    p = add_chunk(a, CHUNK_BYTES);
    a->pos = p + n;
    a->end = p + CHUNK_BYTES;
    return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
    return take(a, n, -(uintptr_t)a->pos % ALIGNMENT);
}

char *
arena_text(struct arena *a, size_t n)
{
    return take(a, n, 0);
}

char *
arena_strndup(struct arena *a, const char *s, size_t len)
{
    char *copy = take(a, len + 1, 0);

    if (len != 0)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    char *text;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        alloc_failed();

    text = take(a, (size_t)len + 1, 0);
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return text;
}
