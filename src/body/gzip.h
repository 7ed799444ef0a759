/*
 * gzip.h - gzip members made of pieces that are compressed one by one.
 *
 * A member here is a header that tells the member's length, deflated pieces
 * that depend on nothing before them, and a tail.  So a long body can be
 * compressed as it comes, with no state of its own in between, and a reader
 * who knows the length steps over members without inflating them.
 * Any gzip reads them (RFC 1952).
 */
#ifndef GZIP_H
#define GZIP_H

#include <sys/types.h>

#include "base/base.h"

struct buf;
struct gzip_pool;

/* Compressors that threads share: 260 KB for each that works at once. */
NODISCARD struct gzip_pool *gzip_pool_new(void);
void gzip_pool_free(struct gzip_pool *pool); /* NULL is fine */

/* Append data as a piece.  From any thread.  What would not become smaller is
 * stored as it is. */
void gzip_piece(struct gzip_pool *pool, const void *data, size_t len,
                struct buf *out);

/* Append data as it is, as a piece. */
void gzip_store(const void *data, size_t len, struct buf *out);

/* Is data of the kind that does not become smaller: compressed, or encrypted?
 * Judged by how often each byte is there. */
NODISCARD bool gzip_is_dense(const void *data, size_t len);

/* Bytes of a member's header and tail. */
#define GZIP_HEADER 24
#define GZIP_TAIL   10

/* Write a header: the member is len bytes long, header and tail included. */
void gzip_header(unsigned char out[GZIP_HEADER], uint64_t len);

/* Append a tail: CRC-32 and number of the bytes before they were deflated. */
void gzip_tail(struct buf *out, uint32_t crc, uint64_t size);

/* The CRC-32 with len more bytes; of nothing it is 0. */
uint32_t gzip_crc(uint32_t crc, const void *data, size_t len);

/* The CRC-32 of two texts in a row; len is the second one's. */
uint32_t gzip_crc_join(uint32_t first, uint32_t second, uint64_t len);

enum gzip_found {
    GZIP_WHOLE,  /* *next is where it ends */
    GZIP_TORN,   /* the file ends within it */
    GZIP_BROKEN, /* it is no member, or damaged */
};

/*
 * Look for the end of the member at offset pos of a file of size bytes.
 * Those with a length in their header are not read, others are inflated.
 */
NODISCARD enum gzip_found gzip_find_end(int fd, off_t pos, off_t size,
                                        off_t *next);

/* Inflate the first bytes of the member at pos: how many there are of len. */
NODISCARD size_t gzip_peek(int fd, off_t pos, char *out, size_t len);

#endif /* GZIP_H */
