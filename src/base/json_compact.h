/*
 * json_compact.h - JSON text from elsewhere made fit for a result line.
 *
 * No tree is built: a body of 16 MiB that is all brackets would become one
 * of a gigabyte.  And the texts of numbers stay as they were.
 */
#ifndef COMPACT_H
#define COMPACT_H

#include "base/base.h"

struct buf;

/*
 * Is this one JSON value (RFC 8259) that readers of a result line can be
 * expected to take?  Not so where it is nested more than 200 deep, has an
 * unpaired surrogate, a number too big for a double, or U+0000 in a key.
 */
bool compact_is_json(const char *text, size_t len);

/*
 * Append valid JSON without the white space between its tokens, and with
 * what could harm a terminal escaped (see json_writer.h).
 */
void compact_json(struct buf *out, const char *text, size_t len);

#endif /* COMPACT_H */
