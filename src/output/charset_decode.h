/*
 * charset_decode.h - the decoders of the WHATWG Encoding Standard.
 */
#ifndef CHARSET_DECODE_H
#define CHARSET_DECODE_H

#include "base/base.h"

struct buf;

/*
 * Append len bytes to out as the content of a JSON string.  Each invalid
 * sequence becomes one U+FFFD, except for ASCII bytes in it.  Linear in len,
 * without other memory.
 *
 * charset  an enum charset; CHARSET_SINGLE_BYTE + N: use the Nth table
 */
void charset_decode(struct buf *out, unsigned charset,
                    const unsigned char *data, size_t len);

#endif /* CHARSET_DECODE_H */
