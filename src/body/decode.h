/*
 * decode.h - a body's content codings taken off (RFC 9110, 8.4): gzip,
 * deflate, br, zstd, and several of them on top of each other.
 *
 * It is asked for so many bytes and gives no more, so that whoever asks can
 * stop in the midst of it: libcurl's own decoders make whatever comes of a
 * piece in one go, which is 16 MB for 16 KB of gzip and a gigabyte for 800
 * bytes of brotli, while nobody else gets a turn.
 *
 * Memory: 64 KiB for a coding, for brotli up to 32 MiB and for zstd up to 16,
 * as the response wants.  zstd's windows are those of RFC 9659.
 */
#ifndef DECODE_H
#define DECODE_H

#include "base/base.h"

struct codings;
struct decode;

/* What a request may say that it accepts. */
#define DECODE_CODINGS "gzip, deflate, br, zstd"

/*
 * Take codings off, the last one first, up to one that is not known.
 *
 * unpack   the caller's; NULL where nothing is to be done
 * returns  how many bytes of c->text name the codings that stay, which are the
 *          first ones; 0: none
 */
NODISCARD size_t decode_new(const struct codings *c, struct decode **unpack);
void decode_free(struct decode *u); /* NULL is fine */

/*
 * Take of *data, whose *len bytes come next on the wire, as much as is needed
 * for up to size bytes, size > 0; both are moved on.
 *
 * work     what may yet be done, as budgets.h counts it; what is done is taken
 *          from it, and it may become a little less than 0
 * returns  how many bytes were put into out; 0: all was taken and more is
 *          needed, or there is no more to come, or, where *work is not above
 *          0, go on later with what is left; -1: it can't be decoded
 */
NODISCARD int decode_read(struct decode *u, const char **data, size_t *len,
                          char *out, size_t size, int64_t *work);

/* The most bytes that one of the codings has made so far. */
int64_t decode_most_made(const struct decode *u);

/* Did what came so far end where it may end?  So does nothing at all. */
bool decode_is_complete(const struct decode *u);

#endif /* DECODE_H */
