/*
 * json_canonical.h - what a JSON text says, without how it is written: for
 * comparing, not for reading.
 */
#ifndef JSON_CANONICAL_H
#define JSON_CANONICAL_H

#include "base/base.h"

struct buf;

/*
 * Append valid JSON without white space between tokens, strings without
 * their escapes and with a byte 0xff for each quote.  Two texts come out the
 * same exactly where their values are the same, numbers by their text and
 * members in their order.
 */
void json_canonical(struct buf *out, const char *text, size_t len);

#endif /* JSON_CANONICAL_H */
