#include "base/buf.h"
#include "body/gzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <zlib.h>

static struct gzip_pool *pool;

static void
make_pool(void)
{
    pool = gzip_pool_new();
}

static void
free_pool(void)
{
    gzip_pool_free(pool);
}

TestSuite(gzip, .init = make_pool, .fini = free_pool);

/* Bytes that look random, and are the same each time. */
static void
add_noise(struct buf *b, size_t len)
{
    uint32_t x = 1;

    for (size_t i = 0; i < len; i++) {
        x = x * 1664525 + 1013904223;
        buf_addc(b, (char)(x >> 24));
    }
}

static void
add_text(struct buf *b, size_t len)
{
    for (size_t i = 0; b->len < len; i++)
        buf_printf(b, "line %zu of a text, ", i);
    b->len = len;
}

/* A member of pieces of that length at most. */
static void
make_member(const struct buf *data, size_t piece, struct buf *out)
{
    size_t begin = out->len;
    uint32_t crc = 0;

    buf_reserve(out, GZIP_HEADER);
    out->len += GZIP_HEADER;
    for (size_t at = 0; at < data->len; at += piece) {
        size_t n = data->len - at < piece ? data->len - at : piece;

        gzip_piece(pool, data->data + at, n, out);
        crc = gzip_crc_join(crc, gzip_crc(0, data->data + at, n), n);
    }
    gzip_tail(out, crc, data->len);
    gzip_header((unsigned char *)out->data + begin, out->len - begin);
}

/* Inflate a member as any gzip would: -1: it can't. */
static int
inflate_all(const struct buf *member, struct buf *out)
{
    z_stream z = {0};
    int rc;

    cr_assert_eq(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
    z.next_in = (Bytef *)member->data;
    z.avail_in = (uInt)member->len;
    do {
        z.next_out = (Bytef *)buf_reserve(out, 65536);
        z.avail_out = 65536;
        rc = inflate(&z, Z_NO_FLUSH);
        out->len += 65536 - z.avail_out;
    } while (rc == Z_OK);
    inflateEnd(&z);
    return rc == Z_STREAM_END && z.avail_in == 0 ? 0 : -1;
}

Test(gzip, a_member_of_pieces_is_what_went_in)
{
    static const size_t lengths[] = {0, 1, 511, 512, 70000, 200000};
    static const size_t pieces[] = {1000, 65535, 65536, 300000};

    for (size_t i = 0; i < ARRAY_LEN(lengths) * ARRAY_LEN(pieces) * 2; i++) {
        size_t len = lengths[i / 2 % ARRAY_LEN(lengths)];
        size_t piece = pieces[i / 2 / ARRAY_LEN(lengths)];
        struct buf data = BUF_INIT, member = BUF_INIT, back = BUF_INIT;

        if (i % 2)
            add_noise(&data, len);
        else
            add_text(&data, len);
        make_member(&data, piece, &member);
        cr_assert_eq(inflate_all(&member, &back), 0, "%zu by %zu", len, piece);
        cr_assert_eq(back.len, len);
        cr_assert(len == 0 || memcmp(back.data, data.data, len) == 0);
        buf_fini(&data);
        buf_fini(&member);
        buf_fini(&back);
    }
}

Test(gzip, incompressible_data_is_stored)
{
    struct buf noise = BUF_INIT, text = BUF_INIT, out = BUF_INIT;

    add_noise(&noise, 100000);
    add_text(&text, 100000);
    for (size_t len = 512; len <= 100000; len += 997) {
        cr_expect(gzip_is_dense(noise.data, len), "%zu", len);
        cr_expect_not(gzip_is_dense(text.data, len), "%zu", len);
    }
    cr_expect_not(gzip_is_dense(noise.data, 511), "too few to tell");
    gzip_piece(pool, noise.data, noise.len, &out);
    cr_assert_eq(out.len, noise.len + 10, "two blocks");
    buf_clear(&out);
    gzip_piece(pool, text.data, text.len, &out);
    cr_assert_lt(out.len, text.len / 5);
    buf_clear(&out);
    gzip_piece(pool, text.data, 0, &out);
    cr_assert_eq(out.len, 0, "nothing is no piece");
    buf_fini(&noise);
    buf_fini(&text);
    buf_fini(&out);
}

/* A file of that content. */
static int
make_file(const struct buf *content)
{
    char path[] = "/tmp/test_gzip.XXXXXX";
    int fd = mkstemp(path);

    cr_assert(fd >= 0);
    unlink(path);
    cr_assert_eq(write(fd, content->data, content->len), (ssize_t)content->len);
    return fd;
}

Test(gzip, ends_are_found_and_torn_members_told)
{
    struct buf data = BUF_INIT, out = BUF_INIT;
    char head[5];
    off_t first, next;
    int fd;

    add_text(&data, 5000);
    make_member(&data, 1000, &out);
    first = (off_t)out.len;
    make_member(&data, 5000, &out);
    fd = make_file(&out);
    cr_assert_eq(gzip_find_end(fd, 0, (off_t)out.len, &next), GZIP_WHOLE);
    cr_assert_eq(next, first);
    cr_assert_eq(gzip_find_end(fd, first, (off_t)out.len, &next), GZIP_WHOLE);
    cr_assert_eq(next, (off_t)out.len);
    for (off_t size = first + 1; size < (off_t)out.len; size++) {
        cr_assert_eq(ftruncate(fd, size), 0);
        cr_assert_eq(gzip_find_end(fd, first, size, &next), GZIP_TORN, "%d",
                     (int)size);
        if (size > first + 40)
            size += 100;
        cr_assert_eq(pwrite(fd, out.data, out.len, 0), (ssize_t)out.len);
    }
    cr_assert_eq(gzip_find_end(fd, 1, (off_t)out.len, &next), GZIP_BROKEN);
    cr_assert_eq(gzip_peek(fd, first, head, sizeof(head)), sizeof(head));
    cr_assert_eq(memcmp(head, "line ", 5), 0);
    close(fd);
    buf_fini(&data);
    buf_fini(&out);
}

Test(gzip, a_member_of_another_program_is_read_through)
{
    struct buf data = BUF_INIT, out = BUF_INIT;
    z_stream z = {0};
    off_t next;
    int fd;

    add_text(&data, 300000);
    cr_assert_eq(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, 0), Z_OK);
    z.next_in = (Bytef *)data.data;
    z.avail_in = (uInt)data.len;
    z.next_out = (Bytef *)buf_reserve(&out, 300000);
    z.avail_out = 300000;
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.len = z.total_out;
    deflateEnd(&z);
    buf_addstr(&out, "more");
    fd = make_file(&out);
    cr_assert_eq(gzip_find_end(fd, 0, (off_t)out.len, &next), GZIP_WHOLE);
    cr_assert_eq(next, (off_t)out.len - 4);

    cr_assert_eq(ftruncate(fd, 100), 0);
    cr_assert_eq(gzip_find_end(fd, 0, 100, &next), GZIP_TORN);
    close(fd);
    cr_assert_eq(gzip_find_end(-1, 0, 100, &next), GZIP_UNREAD);
    buf_fini(&data);
    buf_fini(&out);
}
