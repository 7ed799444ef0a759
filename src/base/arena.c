#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define CHUNK_FIRST 1024
#define CHUNK_BYTES 4096
#define ALIGNMENT   _Alignof(max_align_t)

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* of data */
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
    while (a->chunks) {
        struct arena_chunk *c = a->chunks;

        a->chunks = c->next;
        free(c);
    }
    arena_init(a);
}

struct arena *
arena_new(void)
{
    struct arena *a = xmalloc(sizeof(*a));

    arena_init(a);
    return a;
}

void
arena_free(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    free(a);
}

size_t
arena_size(const struct arena *a)
{
    size_t size = 0;

    for (const struct arena_chunk *c = a->chunks; c; c = c->next)
        size += c->size;
    return size;
}

bool
arena_owns(const struct arena *a, const void *p)
{
    const char *at = p;

    if (at >= a->first && at < a->first + sizeof(a->first))
        return true;
    for (const struct arena_chunk *c = a->chunks; c; c = c->next)
        if (at >= c->data && at < c->data + c->size)
            return true;
    return false;
}

static char *
add_chunk(struct arena *a, size_t n)
{
    struct arena_chunk *c;

    if (n > SIZE_MAX - sizeof(*c))
        alloc_failed();
    c = xmalloc(sizeof(*c) + n);
    c->next = a->chunks;
    c->size = n;
    a->chunks = c;
    return c->data;
}

/* Take n bytes, after skipping pad bytes for alignment. */
static void *
take(struct arena *a, size_t n, size_t pad)
{
    size_t room = (size_t)(a->end - a->pos), size;
    char *p;

    if (pad <= room && n <= room - pad) {
        p = a->pos + pad;
        a->pos = p + n;
        return p;
    }

    /* Give a large piece a chunk of its own.  Otherwise the rest of the
     * current chunk would be lost to the small pieces that follow. */
    if (n > CHUNK_FIRST)
        return add_chunk(a, n);

    size = a->chunks ? CHUNK_BYTES : CHUNK_FIRST;
    p = add_chunk(a, size);
    a->pos = p + n;
    a->end = p + size;
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
