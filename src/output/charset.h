/*
 * charset.h - converts text from the charset of its Content-Type to UTF-8.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "base/base.h"

struct buf;

/*
 * Append len bytes as a JSON string, converted to UTF-8 from the charset
 * parameter of content_type (NULL: none).  Invalid bytes become U+FFFD.  A
 * missing or unknown charset counts as UTF-8.  A byte order mark at the start
 * is dropped.
 */
void charset_write(struct buf *out, const char *content_type, const char *data,
                   size_t len);

#endif /* CHARSET_H */
