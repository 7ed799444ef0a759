/*
 * json_compact.h - JSON text from elsewhere made fit for a result line.
 *
 * No tree is built: a body of 16 MiB that is all brackets would become one
 * of a gigabyte.  And the texts of numbers stay as they were.
 */
#ifndef COMPACT_H
#define COMPACT_H

#include "base/base.h"
#include "base/json_reader.h"

struct arena;
struct buf;

/*
 * Is this one JSON value (RFC 8259) that readers of a result line can be
 * expected to take?  Not so where it is nested too deep (see
 * compact_is_readable()), has an unpaired surrogate, a number too big for a
 * double, or U+0000 in a key.
 */
bool compact_is_json(const char *text, size_t len);

/*
 * Append valid JSON without the white space between its tokens, and with
 * what could harm a terminal escaped (see json_writer.h).
 */
void compact_json(struct buf *out, const char *text, size_t len);

/* The same, copied to the arena with a NUL behind it; *len, which may be NULL,
 * is its length. */
NODISCARD const char *span_compact(struct span s, struct arena *mem,
                                   size_t *len);

/*
 * Will jq 1.6 and Python's json read valid JSON that stands within a result
 * line?  jq's stack has 256 places: an array takes one, an object two, and the
 * line and --keep-request's object around it four.  Python takes integers of
 * 4300 digits.  NULL: they will; else what is wrong.
 */
NODISCARD const char *compact_is_readable(struct span s);

#endif /* COMPACT_H */
