/*
 * buf.h - growing bytes, and text made ready for JSON.
 *
 * Out of memory ends the server: a test that asks for that much is broken.
 */
#ifndef SERVER_BUF_H
#define SERVER_BUF_H

#include <stddef.h>

/* Bytes that grow at the end and are consumed at the front. */
struct buf {
    char *data; /* not NUL-terminated */
    size_t len; /* bytes in use */
    size_t cap; /* bytes allocated */
};

/* Make room for n more bytes behind len. */
void buf_reserve(struct buf *b, size_t n);

/* Append n bytes, a string, or formatted text. */
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Append a JSON string, quotes included; a byte that is no UTF-8 is U+FFFD. */
void buf_json(struct buf *b, const char *bytes, size_t n);

/* Append n bytes as base64, without line breaks. */
void buf_base64(struct buf *b, const char *bytes, size_t n);

/* Drop n bytes at the front, n at most len. */
void buf_drop(struct buf *b, size_t n);

/* Free the bytes and leave an empty buffer. */
void buf_free(struct buf *b);

#endif /* SERVER_BUF_H */
