/*
 * base64.h - base64 to bytes.
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

#endif /* BASE64_H */
