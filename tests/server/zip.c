/* zip.c - compressed bodies: an honest one, and a bomb. */
#include "route.h"

#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

enum { BLOCK = 1 << 20 };

/*
 * Deflate n bytes of a body with a raw stream.
 *
 * flush  Z_FULL_FLUSH for a piece that may be followed by any other,
 *        Z_FINISH for the last one
 */
static void
deflate_raw(struct buf *out, const char *bytes, size_t n, int flush)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();

    size_t room = deflateBound(&z, n) + 64;
    buf_reserve(out, room);
    z.next_in = (const Bytef *)bytes;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out->data + out->len;
    z.avail_out = (uInt)room;
    deflate(&z, flush);
    out->len += room - z.avail_out;
    deflateEnd(&z);
}

static void
gzip_start(struct reply *r, struct buf *out)
{
    r->type = "text/plain";
    reply_header(r, "Content-Encoding", "gzip");
    buf_add(out, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03", 10);
}

static void
gzip_end(struct buf *out, uLong crc, uint64_t total)
{
    for (int i = 0; i < 32; i += 8)
        buf_add(out, &(char){(char)(crc >> i)}, 1);
    for (int i = 0; i < 32; i += 8)
        buf_add(out, &(char){(char)(total >> i)}, 1);
}

void
route_gzip(const struct request *q, const char *arg, struct reply *r)
{
    size_t size = (size_t)http_param_int(q, "size", 1000);
    struct buf text = {0};

    (void)arg;
    buf_reserve(&text, size + 64);
    for (unsigned i = 0; text.len < size; i++)
        buf_printf(&text, "line %u of a text\n", i);

    gzip_start(r, &r->body);
    deflate_raw(&r->body, text.data, size, Z_FINISH);
    gzip_end(&r->body, crc32(0, (Bytef *)text.data, (uInt)size), size);
    buf_free(&text);
}

/* A bomb's state: what a block of zeros packs to, and the sum so far. */
struct bomb {
    uint64_t total;
    uLong block_crc, crc;
    size_t packed_len;
    char packed[4096];
};

static const char zeros[BLOCK];

/* A block of zeros at a time; the rest of the bytes comes with the end. */
static bool
next_zeros(struct reply *r, struct buf *piece)
{
    struct bomb *bomb = r->state;

    if (r->done)
        return false;
    for (int i = 0; i < 16 && r->left >= BLOCK; i++) {
        buf_add(piece, bomb->packed, bomb->packed_len);
        bomb->crc = crc32_combine(bomb->crc, bomb->block_crc, BLOCK);
        r->left -= BLOCK;
    }
    if (r->left >= BLOCK)
        return true;

    deflate_raw(piece, zeros, (size_t)r->left, Z_FINISH);
    uLong crc = crc32(0, (const Bytef *)zeros, (uInt)r->left);
    bomb->crc = crc32_combine(bomb->crc, crc, (z_off_t)r->left);
    gzip_end(piece, bomb->crc, bomb->total);
    r->done = 1;
    return true;
}

void
route_bomb(const struct request *q, const char *arg, struct reply *r)
{
    struct bomb *bomb = calloc(1, sizeof(*bomb));
    struct buf packed = {0};
    if (!bomb)
        abort();

    (void)arg;
    deflate_raw(&packed, zeros, BLOCK, Z_FULL_FLUSH);
    if (packed.len > sizeof(bomb->packed))
        abort();
    memcpy(bomb->packed, packed.data, packed.len);
    bomb->packed_len = packed.len;
    buf_free(&packed);
    bomb->block_crc = crc32(0, (const Bytef *)zeros, BLOCK);
    bomb->total = (uint64_t)http_param_int(q, "size", 1 << 30);

    r->state = bomb;
    r->left = bomb->total;
    r->framing = FRAME_CHUNKED;
    r->next = next_zeros;
    gzip_start(r, &r->body);
}
