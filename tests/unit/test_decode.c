#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/budgets.h"
#include "body/codings.h"
#include "body/decode.h"
#include "body/room.h"

/* How it is put on. */
typedef void packer(struct buf *out, const char *data, size_t len);

static void
pack_zlib(struct buf *out, const char *data, size_t len, int bits)
{
    z_stream z = {0};
    size_t bound = len + 1000;

    cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, bits, 9, Z_DEFAULT_STRATEGY),
                 Z_OK);
    z.next_in = (Bytef *)(uintptr_t)data;
    z.avail_in = (unsigned)len;
    z.next_out = (Bytef *)buf_reserve(out, bound);
    z.avail_out = (unsigned)bound;
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len += bound - z.avail_out;
    deflateEnd(&z);
}

static void
pack_gzip(struct buf *out, const char *data, size_t len)
{
    pack_zlib(out, data, len, 15 + 16);
}

static void
pack_deflate(struct buf *out, const char *data, size_t len)
{
    pack_zlib(out, data, len, 15);
}

static void
pack_raw(struct buf *out, const char *data, size_t len)
{
    pack_zlib(out, data, len, -15);
}

static void
pack_brotli(struct buf *out, const char *data, size_t len)
{
    size_t n = BrotliEncoderMaxCompressedSize(len) + 100;

    cr_assert(BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, len,
                                    (const uint8_t *)data, &n,
                                    (uint8_t *)buf_reserve(out, n)));
    out->len += n;
}

static void
pack_zstd(struct buf *out, const char *data, size_t len)
{
    size_t bound = ZSTD_compressBound(len);
    size_t n = ZSTD_compress(buf_reserve(out, bound), bound, data, len, 3);

    cr_assert_not(ZSTD_isError(n));
    out->len += n;
}

static void
pack_twice(struct buf *out, const char *data, size_t len)
{
    struct buf once = BUF_INIT;

    pack_gzip(&once, data, len);
    pack_brotli(out, once.data, once.len);
    buf_fini(&once);
}

static const struct {
    const char *codings;
    packer *pack;
} codings[] = {
    {"gzip", pack_gzip},
    {"x-gzip", pack_gzip},
    {"GZip", pack_gzip},
    {"deflate", pack_deflate},
    {"deflate", pack_raw},
    {"br", pack_brotli},
    {"zstd", pack_zstd},
    {"gzip, br", pack_twice},
    {"gzip,identity ,br", pack_twice},
};

/* Some data that compresses well and some that does not. */
static void
make_text(struct buf *text, size_t len)
{
    uint32_t chance = 1;

    for (size_t i = 0; i < len; i++) {
        chance = chance * 1664525 + 1013904223;
        buf_addc(text, i % 1000 < 900 ? 'a' : (char)(chance >> 24));
    }
}

/* The work that run() lets a decoder do at once. */
static int64_t a_turn = INT64_MAX;

/* Unpack in pieces, so many bytes in and out at a time.  -1: it failed. */
static int
run(struct decode *u, const struct buf *packed, size_t in, size_t out,
    struct buf *result)
{
    char piece[5000];

    for (size_t pos = 0; pos < packed->len;) {
        size_t n = packed->len - pos < in ? packed->len - pos : in, left = n;
        const char *data = packed->data + pos;
        bool is_over;
        int got;

        do {
            do {
                int64_t work = a_turn;
                got = decode_read(u, &data, &left, piece, out, &work);
                is_over = work > 0;
            } while (got == 0 && !is_over);
            if (got < 0)
                return -1;
            cr_assert_leq((size_t)got, out);
            buf_add(result, piece, (size_t)got);
        } while (got > 0);
        cr_assert_eq(left, 0);
        pos += n;
    }
    return 0;
}

static struct decode *
make(const char *names)
{
    struct codings c = {0};
    struct decode *u;

    codings_add(&c, names, strlen(names));
    cr_assert_eq(decode_new(&c, NULL, &u), 0, "%s", names);
    cr_assert_not_null(u);
    codings_fini(&c);
    return u;
}

Test(decode, each_coding_comes_off_in_any_pieces)
{
    static const size_t sizes[][2] = {
        {1, 5000}, {7, 1}, {100000, 4999}, {50, 50}};
    struct buf text = BUF_INIT;

    make_text(&text, 60000);
    for (size_t i = 0; i < ARRAY_LEN(codings); i++) {
        struct buf packed = BUF_INIT;

        codings[i].pack(&packed, text.data, text.len);
        for (size_t j = 0; j < ARRAY_LEN(sizes); j++) {
            struct decode *u = make(codings[i].codings);
            struct buf result = BUF_INIT;

            cr_expect(decode_is_complete(u));
            cr_expect_eq(run(u, &packed, sizes[j][0], sizes[j][1], &result), 0);
            cr_expect(decode_is_complete(u), "%s", codings[i].codings);
            cr_expect_eq(result.len, text.len);
            cr_expect_eq(memcmp(result.data, text.data, text.len), 0);
            buf_fini(&result);
            decode_free(u);
        }
        buf_fini(&packed);
    }
    buf_fini(&text);
}

Test(decode, an_end_that_is_missing_is_noticed)
{
    struct buf text = BUF_INIT;

    make_text(&text, 60000);
    for (size_t i = 0; i < ARRAY_LEN(codings); i++) {
        struct decode *u = make(codings[i].codings);
        struct buf packed = BUF_INIT, result = BUF_INIT;

        codings[i].pack(&packed, text.data, text.len);
        packed.len -= 5;
        cr_expect_eq(run(u, &packed, 1000, 5000, &result), 0);
        cr_expect_not(decode_is_complete(u), "%s", codings[i].codings);
        buf_fini(&packed);
        buf_fini(&result);
        decode_free(u);
    }
    buf_fini(&text);
}

Test(decode, invalid_codings_fail)
{
    static const char *const names[] = {"gzip", "br", "zstd", "gzip, br",
                                        "zstd, gzip"};
    struct buf noise = BUF_INIT;

    buf_addstr(&noise, "<html>this is no compressed body at all</html>");
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct decode *u = make(names[i]);
        struct buf result = BUF_INIT;

        cr_expect_eq(run(u, &noise, 10, 100, &result), -1, "%s", names[i]);
        buf_fini(&result);
        decode_free(u);
    }
    buf_fini(&noise);
}

Test(decode, gzip_may_have_several_members_and_padding)
{
    struct decode *u = make("gzip");
    struct buf packed = BUF_INIT, result = BUF_INIT;

    pack_gzip(&packed, "one,", 4);
    pack_gzip(&packed, "", 0);
    pack_gzip(&packed, "two", 3);
    buf_add(&packed, "\0\0\0", 3);
    cr_expect_eq(run(u, &packed, 1, 10, &result), 0);
    cr_expect(decode_is_complete(u));
    cr_expect_eq(result.len, 7);
    cr_expect_eq(memcmp(result.data, "one,two", 7), 0);
    buf_fini(&packed);
    buf_fini(&result);
    decode_free(u);
}

Test(decode, zstd_may_have_several_frames)
{
    struct decode *u = make("zstd");
    struct buf packed = BUF_INIT, result = BUF_INIT;

    pack_zstd(&packed, "one,", 4);
    pack_zstd(&packed, "two", 3);
    cr_expect_eq(run(u, &packed, 100, 4, &result), 0);
    cr_expect(decode_is_complete(u));
    cr_expect_eq(result.len, 7);
    buf_fini(&packed);
    buf_fini(&result);
    decode_free(u);
}

Test(decode, zstd_gets_no_window_beyond_8_mib)
{
    struct decode *u = make("zstd");
    struct buf packed = BUF_INIT, result = BUF_INIT;
    ZSTD_CCtx *c = ZSTD_createCCtx();
    size_t len = 16 << 20, n;
    char *zeros = calloc(1, len);

    ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 24);
    ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag, 0);
    n = ZSTD_compress2(c, buf_reserve(&packed, len), len, zeros, len);
    cr_assert_not(ZSTD_isError(n));
    packed.len = n;
    cr_expect_eq(run(u, &packed, 1000, 5000, &result), -1);
    ZSTD_freeCCtx(c);
    free(zeros);
    buf_fini(&packed);
    buf_fini(&result);
    decode_free(u);
}

Test(decode, decoding_continues_after_its_work_was_used_up)
{
    struct buf text = BUF_INIT;

    a_turn = 1;
    make_text(&text, 60000);
    for (size_t i = 0; i < ARRAY_LEN(codings); i++) {
        struct decode *u = make(codings[i].codings);
        struct buf packed = BUF_INIT, result = BUF_INIT;

        codings[i].pack(&packed, text.data, text.len);
        cr_expect_eq(run(u, &packed, 5000, 77, &result), 0);
        cr_expect(decode_is_complete(u), "%s", codings[i].codings);
        cr_expect_eq(result.len, text.len);
        cr_expect_eq(decode_most_made(u), (int64_t)text.len);
        cr_expect_eq(memcmp(result.data, text.data, text.len), 0);
        buf_fini(&packed);
        buf_fini(&result);
        decode_free(u);
    }
    buf_fini(&text);
}

/* 16 MiB of gzip's empty blocks, packed to 16 KiB. */
Test(decode, work_that_makes_nothing_is_counted)
{
    static const char empty_block[] = {0, 0, 0, (char)0xff, (char)0xff};
    struct buf blocks = BUF_INIT, packed = BUF_INIT;
    struct decode *u = make("deflate, gzip");
    int64_t total = 0;
    char out[100];
    const char *data;
    size_t left;
    int got = 0;

    for (int i = 0; i < 16 << 20; i += 5)
        buf_add(&blocks, empty_block, sizeof(empty_block));
    pack_gzip(&packed, blocks.data, blocks.len);
    data = packed.data;
    left = packed.len;
    do {
        int64_t work = DECODE_PER_TURN;
        got = decode_read(u, &data, &left, out, sizeof(out), &work);
        cr_expect_eq(got, 0);
        cr_expect_gt(work, -INT64_C(500000));
        total += DECODE_PER_TURN - work;
    } while (left > 0);
    cr_expect_gt(total, INT64_C(16) << 20);
    cr_expect_eq(decode_most_made(u), (int64_t)blocks.len);
    decode_free(u);
    buf_fini(&packed);
    buf_fini(&blocks);
}

/* Zeros that fill the largest windows: 16 MiB of brotli, 8 MiB of zstd. */
enum { ZEROS = 17 << 20 };

static void
pack_zeros(struct buf *out, bool is_brotli)
{
    char *zeros = calloc(1, ZEROS);
    size_t n = BrotliEncoderMaxCompressedSize(ZEROS);
    char *to = buf_reserve(out, n);
    ZSTD_CCtx *zstd = ZSTD_createCCtx();

    cr_assert_not_null(zeros);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, 23);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_contentSizeFlag, 0);
    if (!is_brotli)
        n = ZSTD_compress2(zstd, to, n, zeros, ZEROS);
    else
        cr_assert(BrotliEncoderCompress(1, 24, BROTLI_MODE_GENERIC, ZEROS,
                                        (const uint8_t *)zeros, &n,
                                        (uint8_t *)to));
    out->len = n;
    ZSTD_freeCCtx(zstd);
    free(zeros);
}

/* Decode until most bytes have come, or until it fails. */
static int
decode_some(struct decode *u, const struct buf *packed, int64_t most)
{
    const char *data = packed->data;
    size_t left = packed->len;
    char out[16384];
    int n = 1;

    while (n > 0 && decode_most_made(u) < most) {
        int64_t work = INT64_MAX;

        n = decode_read(u, &data, &left, out, sizeof(out), &work);
    }
    return n;
}

static struct decode *
make_in(struct room *room, const char *name)
{
    struct codings c = {0};
    struct decode *u;

    codings_add(&c, name, strlen(name));
    cr_assert_eq(decode_new(&c, room, &u), 0);
    codings_fini(&c);
    return u;
}

Test(decode, windows_have_a_limit_together)
{
    for (int is_brotli = 0; is_brotli < 2; is_brotli++) {
        const char *name = is_brotli ? "br" : "zstd";
        struct room *room = room_new();
        struct decode *u[2] = {make_in(room, name), make_in(room, name)};
        struct buf packed = BUF_INIT;

        pack_zeros(&packed, is_brotli);
        cr_assert(room_take_window(room, WINDOWS_MAX - MIB(30)));
        cr_expect_gt(decode_some(u[0], &packed, MIB(2)), 0);
        if (!is_brotli)
            cr_assert(room_take_window(room, MIB(16)));
        cr_expect_eq(decode_some(u[1], &packed, MIB(2)), -1);
        cr_expect(decode_lacks_room(u[1]));
        cr_expect_not(decode_lacks_room(u[0]));
        decode_free(u[0]);
        decode_free(u[1]);
        /* All is given back. */
        u[0] = make_in(room, name);
        cr_expect_gt(decode_some(u[0], &packed, MIB(2)), 0);
        decode_free(u[0]);
        buf_fini(&packed);
        room_free(room);
    }
}

Test(decode, many_requests_have_more_for_their_windows)
{
    struct room *room = room_new();

    room_expect(room, 10);
    cr_expect_not(room_take_window(room, WINDOWS_MAX + 1));
    room_expect(room, 1000);
    cr_expect(room_take_window(room, 1000 * WINDOW_USUAL));
    cr_expect_not(room_take_window(room, 1));
    room_free(room);
}

Test(decode, a_window_that_is_filled_at_once_is_counted)
{
    struct buf packed = BUF_INIT;
    struct decode *u = make("br");
    int64_t work = DECODE_PER_TURN;
    const char *data;
    size_t left;
    char out[16384];

    pack_zeros(&packed, true);
    data = packed.data;
    left = packed.len;
    cr_expect_gt(decode_read(u, &data, &left, out, sizeof(out), &work), 0);
    cr_expect_lt(work, -MIB(4));
    decode_free(u);
    buf_fini(&packed);
}

Test(decode, unknown_codings_stay)
{
    static const struct {
        const char *names, *stays;
        bool has_known;
    } cases[] = {
        {"", "", false},
        {"identity", "", false},
        {" , identity,,\tNone\r\n", "", false},
        {"compress", "compress", false},
        {"UTF-8", "UTF-8", false},
        {"gzip, lzma", "gzip, lzma", false},
        {"aws-chunked,gzip", "aws-chunked", true},
        {"b,identity,gzipp , br,gzip", "b, gzipp", true},
        {"gzip,deflate,br,zstd,x-gzip", "", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct codings c = {0};
        struct decode *u;
        size_t n;

        codings_add(&c, cases[i].names, strlen(cases[i].names));
        cr_expect_not(c.is_too_long);
        n = decode_new(&c, NULL, &u);
        cr_expect_eq(n, strlen(cases[i].stays), "'%s'", cases[i].names);
        if (n > 0)
            cr_expect_eq(memcmp(c.text.data, cases[i].stays, n), 0);
        cr_expect_eq(u != NULL, cases[i].has_known, "'%s'", cases[i].names);
        decode_free(u);
        codings_fini(&c);
    }
    decode_free(NULL);
}

Test(codings, lines_add_up_to_a_bounded_list)
{
    struct codings c = {0};

    for (int i = 0; i < 100000; i++)
        codings_add(&c, " identity,none, ", 16);
    cr_expect_eq(c.text.cap, 0);
    for (int i = 0; i < CODINGS_MAX; i++)
        codings_add(&c, "gzip", 4);
    cr_expect_not(c.is_too_long);
    codings_add(&c, "x", 1);
    cr_expect(c.is_too_long);
    cr_expect_eq(c.text.len, 5 * 6 - 2);
    codings_fini(&c);
}
