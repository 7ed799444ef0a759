/*
 * charset_decode.h - the decoders of the WHATWG's Encoding Standard.
 */
#ifndef CHARSET_DECODE_H
#define CHARSET_DECODE_H

#include "base/base.h"

struct buf;

/*
 * Append len bytes to out as what stands between the quotes of a JSON string.
 * Each sequence that means nothing becomes one U+FFFD, and an ASCII byte in it
 * is kept.  Linear in len, and takes no other memory.
 *
 * charset  an enum charset; CHARSET_SINGLE_BYTE + N: by the Nth table
 */
void charset_decode(struct buf *out, unsigned charset,
                    const unsigned char *data, size_t len);

#endif /* CHARSET_DECODE_H */
