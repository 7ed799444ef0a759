/*
 * buf.h - a growing array of bytes.
 */
#ifndef BUF_H
#define BUF_H

#include "base/base.h"

struct buf {
    char *data; /* NULL while cap is 0; not NUL-terminated */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated */
};

#define BUF_INIT                                                               \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

/* Free the bytes; the buffer is empty and usable again. */
void buf_fini(struct buf *b);

/* Forget the bytes, keep the memory. */
static inline void
buf_clear(struct buf *b)
{
    b->len = 0;
}

/* Make room for n more bytes behind len and return where they start. */
char *buf_reserve(struct buf *b, size_t n);

/* Append bytes, a string, a character, formatted text. */
void buf_add(struct buf *b, const void *data, size_t n);
void buf_addstr(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Drop the first n bytes; the rest moves to the front. */
void buf_consume(struct buf *b, size_t n);

#endif /* BUF_H */
