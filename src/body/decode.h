/*
 * decode.h - removes the content codings of a body (RFC 9110, 8.4): gzip,
 * deflate, br, zstd, and combinations of them.
 *
 * Decoding returns at most as many bytes as it is asked for, so the caller can
 * stop at any point. libcurl's own decoders produce all output of a piece at
 * once: 16 MB for 16 KB of gzip, a gigabyte for 800 bytes of brotli, during
 * which nothing else runs.
 *
 * Memory: 64 KiB for a coding, for brotli up to 24 MiB and for zstd up to 9
 * MiB, depending on the response.  A struct room limits the windows beyond
 * WINDOW_FREE.  zstd's windows are limited as in RFC 9659.
 */
#ifndef DECODE_H
#define DECODE_H

#include "base/base.h"

struct codings;
struct decode;
struct room;

/* The codings that a request says it accepts. */
#define DECODE_CODINGS "gzip, deflate, br, zstd"

/*
 * Create a decoder that removes codings from the last one on, up to the first
 * unknown one.
 *
 * room     limits the windows of all decoders; NULL: nothing does
 * decoder  set to the decoder, the caller's; NULL if there is nothing to decode
 * returns  how many bytes of c->text name the codings that remain, which are
 *          the first ones; 0: none
 */
NODISCARD size_t decode_new(const struct codings *c, struct room *room,
                            struct decode **decoder);
void decode_free(struct decode *u); /* NULL is fine */

/*
 * Decode up to size bytes (size > 0) from *data, the next *len bytes of the
 * wire.  Both are advanced past the bytes that were used.
 *
 * work     the work still allowed, as budgets.h counts it; reduced by the work
 *          done, and may become slightly negative
 * returns  the number of bytes put into out; 0: all input was used and more is
 *          needed, or the body is complete, or *work is used up and decoding
 *          goes on later with the remaining input; -1: the input is invalid,
 *          or decode_lacks_room()
 */
NODISCARD int decode_read(struct decode *u, const char **data, size_t *len,
                          char *out, size_t size, int64_t *work);

/* The most bytes that any one of the codings has produced so far. */
int64_t decode_most_made(const struct decode *u);

/* Did it fail because the decoders of all bodies have too large windows? */
bool decode_lacks_room(const struct decode *u);

/* May the body end here?  True if nothing came at all. */
bool decode_is_complete(const struct decode *u);

#endif /* DECODE_H */
