/*
 * base64.h - base64 (RFC 4648, 4) to bytes and back.
 */
#ifndef BASE64_H
#define BASE64_H

#include "base/base.h"

/* Room that len characters need at most. */
#define BASE64_MAX_BYTES(len) ((len) / 4 * 3)

/*
 * Decode strictly as in RFC 4648, 4: padding required, no white space, no
 * other alphabet, no stray bits before the padding. out has
 * BASE64_MAX_BYTES(len).  Returns the number of bytes, or -1 if text is not
 * base64.
 */
NODISCARD ptrdiff_t base64_decode(const char *text, size_t len, void *out);

/* The characters that len bytes become. */
#define BASE64_CHARS(len) (((len) + 2) / 3 * 4)

/* Encode len bytes, padded, to BASE64_CHARS(len) characters without a NUL. */
void base64_encode(const void *data, size_t len, char *out);

#endif /* BASE64_H */
