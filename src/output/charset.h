/*
 * charset.h - text in the charset that its Content-Type declares.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "base/base.h"

struct buf;

/*
 * Append len bytes as a JSON string, converted to UTF-8 from the charset
 * parameter of content_type (NULL: none).  What can't be converted becomes
 * U+FFFD; no charset, or one that is not known, counts as UTF-8.  A byte order
 * mark at the start is dropped.
 */
void charset_write(struct buf *out, const char *content_type, const char *data,
                   size_t len);

#endif /* CHARSET_H */
