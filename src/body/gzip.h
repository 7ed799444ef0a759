/*
 * gzip.h - gzip members built of pieces that are compressed independently.
 *
 * A member is a header that states the member's length, deflated pieces that
 * do not depend on earlier ones, and a tail.  A long body can so be compressed
 * as it arrives without keeping any state, and a reader that knows the length
 * can skip a member without inflating it.  Any gzip implementation reads them
 * (RFC 1952).
 */
#ifndef GZIP_H
#define GZIP_H

#include <sys/types.h>

#include "base/base.h"

struct buf;
struct gzip_pool;

/*
 * Compressors shared by threads: 260 KB for each one in use at the same time.
 */
NODISCARD struct gzip_pool *gzip_pool_new(void);
void gzip_pool_free(struct gzip_pool *pool); /* NULL is fine */

/* Append data as a piece.  Safe from any thread.  Data that compression would
 * not make smaller is stored unchanged. */
void gzip_piece(struct gzip_pool *pool, const void *data, size_t len,
                struct buf *out);

/* Append data as it is, as a piece. */
void gzip_store(const void *data, size_t len, struct buf *out);

/* Is data of the kind that does not become smaller: compressed, or encrypted?
 * How often each byte occurs decides it. */
NODISCARD bool gzip_is_dense(const void *data, size_t len);

/* Bytes of a member's header and tail. */
#define GZIP_HEADER 24
#define GZIP_TAIL   10

/* Write a header for a member of len bytes, header and tail included. */
void gzip_header(unsigned char out[GZIP_HEADER], uint64_t len);

/* Append a tail: the CRC-32 and number of the uncompressed bytes. */
void gzip_tail(struct buf *out, uint32_t crc, uint64_t size);

/* The CRC-32 after len more bytes; it starts at 0. */
uint32_t gzip_crc(uint32_t crc, const void *data, size_t len);

/* The CRC-32 of two texts in sequence; len is the second one's length. */
uint32_t gzip_crc_join(uint32_t first, uint32_t second, uint64_t len);

enum gzip_found {
    GZIP_WHOLE,  /* *next is its end */
    GZIP_TORN,   /* the file ends within it */
    GZIP_BROKEN, /* not a member, or damaged */
    GZIP_UNREAD, /* reading failed; errno is set */
};

/*
 * Find the end of the member at offset pos in a file of size bytes.  Members
 * with a length in their header are skipped, others are inflated.
 */
NODISCARD enum gzip_found gzip_find_end(int fd, off_t pos, off_t size,
                                        off_t *next);

/* Inflate up to len first bytes of the member at pos.  Returns how many there
 * are. */
NODISCARD size_t gzip_peek(int fd, off_t pos, char *out, size_t len);

#endif /* GZIP_H */
