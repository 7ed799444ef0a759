/*
 * json_compact.h - makes JSON text from elsewhere fit for a result line.
 *
 * Works on the text and builds no tree: the tree of a 16 MiB body of brackets
 * would take a gigabyte.  Numbers keep their text.
 */
#ifndef COMPACT_H
#define COMPACT_H

#include "base/base.h"
#include "base/span.h"

struct arena;
struct buf;

/*
 * Is this one JSON value (RFC 8259) that readers of a result line can be
 * expected to accept?  Refused are values nested too deeply (see
 * compact_is_readable()), unpaired surrogates, numbers too big for a double,
 * and U+0000 in a key.
 */
bool compact_is_json(const char *text, size_t len);

/*
 * Append valid JSON without white space between its tokens, with characters
 * that could harm a terminal escaped (see json_writer.h).
 */
void compact_json(struct buf *out, const char *text, size_t len);

/* Like compact_json(), but copied to the arena with a NUL behind it. *len, if
 * not NULL, is set to its length. */
NODISCARD const char *span_compact(struct span s, struct arena *mem,
                                   size_t *len);

/*
 * Can jq 1.6 and Python's json read valid JSON as part of a result line? jq's
 * stack has 256 places: an array takes one, an object two, and the line with
 * --keep-request's object four.  Python accepts integers of up to 4300
 * digits.  Returns NULL if they can, else what is wrong.
 */
NODISCARD const char *compact_is_readable(struct span s);

#endif /* COMPACT_H */
