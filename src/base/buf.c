#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define MIN_BYTES 64

void
buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf)BUF_INIT;
}

char *
buf_reserve(struct buf *b, size_t n)
{
    size_t need = b->len + n;
    size_t cap = b->cap;

    if (need < n)
        alloc_failed();
    if (need > cap || cap == 0) {
        cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
        if (cap < need)
            cap = need;
        if (cap < MIN_BYTES)
            cap = MIN_BYTES;
        b->data = xrealloc(b->data, cap);
        b->cap = cap;
    }
    return b->data + b->len;
}

void
buf_add(struct buf *b, const void *data, size_t n)
{
    if (n == 0)
        return;
    memcpy(buf_reserve(b, n), data, n);
    b->len += n;
}

void
buf_addstr(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char c)
{
    *buf_reserve(b, 1) = c;
    b->len++;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    size_t room;
    int len;

    buf_reserve(b, MIN_BYTES);
    room = b->cap - b->len;
    va_start(args, fmt);
    len = vsnprintf(b->data + b->len, room, fmt, args);
    va_end(args);
    if (len < 0)
        alloc_failed();

    if ((size_t)len >= room) {
        buf_reserve(b, (size_t)len + 1);
        va_start(args, fmt);
        vsnprintf(b->data + b->len, (size_t)len + 1, fmt, args);
        va_end(args);
    }
    b->len += (size_t)len;
}

void
buf_consume(struct buf *b, size_t n)
{
    if (n == 0)
        return;
    b->len -= n;
    memmove(b->data, b->data + n, b->len);
}
