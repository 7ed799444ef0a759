/*
 * json_canonical.h - a canonical form of JSON text, for comparing values
 * independently of how they are written.
 */
#ifndef JSON_CANONICAL_H
#define JSON_CANONICAL_H

#include "base/base.h"

struct buf;

/*
 * Append valid JSON without white space between tokens, with strings unescaped
 * and a byte 0xff for each quote.  Two texts give the same output exactly if
 * their values are the same, comparing numbers as text and members in order.
 */
void json_canonical(struct buf *out, const char *text, size_t len);

#endif /* JSON_CANONICAL_H */
