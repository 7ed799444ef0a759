/*
 * json_writer.h - JSON text written piece by piece into a buffer.
 *
 * For the result line, where a tree of json_t would cost half as much as the
 * fetch itself.  The output is always valid UTF-8: an invalid byte becomes
 * U+FFFD.  Quotes, backslashes and the characters of jsonw_is_hazard() are
 * escaped, so that a line does no harm on a terminal.
 */
#ifndef JSON_H
#define JSON_H

#include "base/base.h"
#include "base/buf.h"

#include <string.h>

/* Reserve n >= 1 more bytes; inline if there is room already. */
static inline char *
jsonw_room(struct buf *b, size_t n)
{
    return b->cap - b->len >= n ? b->data + b->len : buf_reserve(b, n);
}

/* Append len >= 1 bytes unchanged. */
static inline void
jsonw_raw(struct buf *b, const char *s, size_t len)
{
    memcpy(jsonw_room(b, len), s, len);
    b->len += len;
}

/* Append a string literal unchanged: punctuation, fixed keys. */
#define JSONW_LITERAL(b, s) jsonw_raw((b), (s), sizeof(s) - 1)

/* U+FFFD, which replaces an invalid byte. */
#define JSONW_REPLACEMENT "\xef\xbf\xbd"

/* Append a quoted string, or null for NULL. */
void jsonw_string(struct buf *b, const char *s);
void jsonw_string_n(struct buf *b, const char *s, size_t len);

/* Append a string that the caller knows to need no escapes. */
void jsonw_plain(struct buf *b, const char *s, size_t len);

/*
 * Must this character, len bytes of UTF-8 at s, never reach a terminal
 * unescaped?  True for C0 controls, DEL, C1 controls (U+0080 to U+009F), the
 * line ends U+2028 and U+2029, and the controls of text direction: U+061C,
 * U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069.  Results and messages
 * share this set.
 */
bool jsonw_is_hazard(const unsigned char *s, size_t len);

/* Append such a character as JSON's escape: \n, \u001b, \u202e. */
void jsonw_escape(struct buf *b, const unsigned char *s, size_t len);

/* Append what stands between the quotes, for a string written in pieces. */
void jsonw_text(struct buf *b, const char *s, size_t len);

/* Integers and booleans. */
void jsonw_int(struct buf *b, int64_t n);
void jsonw_uint(struct buf *b, uint64_t n);
void jsonw_bool(struct buf *b, bool is);

/* Microseconds as seconds with at most six decimals: 1.5, 0.000041, 0. */
void jsonw_seconds(struct buf *b, int64_t us);

/* Like jsonw_int(), with null for a negative number. */
void jsonw_int_or_null(struct buf *b, int64_t n);
void jsonw_seconds_or_null(struct buf *b, int64_t us);

/* Bytes as a base64 string with its quotes (RFC 4648, 4, padded). */
void jsonw_base64(struct buf *b, const void *data, size_t len);

#endif /* JSON_H */
