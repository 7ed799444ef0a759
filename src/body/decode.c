/*
 * Coders form a chain; the first one reads from the wire:
 *
 *     the wire -> v[0] -> buffer -> v[1] -> ... -> out
 *
 * Output is pulled: a coder returns what it has, and asks the coder before it
 * for more input when it has nothing left.  So no more is decoded than was
 * asked for, and nothing happens when nobody asks.
 */
#include "body/decode.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/budgets.h"
#include "body/codings.h"
#include "body/room.h"

/* Between two coders. */
#define BUFFER_BYTES ((size_t)16 * 1024)

/* Base-2 logarithm of 8 MiB (RFC 9659). */
#define ZSTD_WINDOW_LOG_MAX 23

/* For inflateInit2(): the largest window, with or without a header. */
#define ZLIB_BITS      15
#define ZLIB_OR_GZIP   32
#define ZLIB_NO_HEADER (-ZLIB_BITS)

#define GZIP_MAGIC 0x1f

enum kind { KIND_GZIP, KIND_DEFLATE, KIND_BROTLI, KIND_ZSTD };

struct coder {
    enum kind kind;
    bool is_begun; /* it had bytes */
    bool is_ended; /* its stream is complete */
    bool is_full;  /* it filled its output and may have more */
    const char *in;
    size_t in_len;
    char *buffer; /* where in points to; NULL for the first coder */
    int64_t made; /* bytes so far */
    int64_t held; /* bytes of memory, for KIND_BROTLI */
    struct room *room;
    int64_t window; /* bytes that room counts, for KIND_ZSTD */
    bool lacks_room;
    z_stream z; /* for KIND_GZIP and KIND_DEFLATE, once begun */
    BrotliDecoderState *brotli;
    ZSTD_DStream *zstd;
};

struct decode {
    size_t n;
    struct coder v[CODINGS_MAX];
};

/* ---------------------------------------------------------------- coders */

static int
kind_of(const char *s, size_t len, enum kind *kind)
{
    if (ascii_is_word(s, len, "gzip") || ascii_is_word(s, len, "x-gzip"))
        *kind = KIND_GZIP;
    else if (ascii_is_word(s, len, "deflate"))
        *kind = KIND_DEFLATE;
    else if (ascii_is_word(s, len, "br"))
        *kind = KIND_BROTLI;
    else if (ascii_is_word(s, len, "zstd"))
        *kind = KIND_ZSTD;
    else
        return -1;
    return 0;
}

/* ---------------------------------------------------------------- memory */

/* Brotli does not tell how much it frees, so each piece has its size before it.
 */
#define SIZE_BYTES 16

static bool
is_window(size_t size)
{
    return (int64_t)size > WINDOW_FREE;
}

/* Brotli's allocation.  NULL: too many windows are in use.  Brotli may fill a
 * whole window in one call, so the window is taken here, before it does. */
static void *
take_memory(void *arg, size_t size)
{
    struct coder *c = arg;
    char *p;

    if (is_window(size) && !room_take_window(c->room, (int64_t)size)) {
        c->lacks_room = true;
        return NULL;
    }
    p = xmalloc(SIZE_BYTES + size);
    memcpy(p, &size, sizeof(size));
    c->held += (int64_t)size;
    return p + SIZE_BYTES;
}

static void
give_memory(void *arg, void *p)
{
    struct coder *c = arg;
    size_t size;

    if (!p)
        return;
    memcpy(&size, (char *)p - SIZE_BYTES, sizeof(size));
    c->held -= (int64_t)size;
    if (is_window(size))
        room_give_window(c->room, (int64_t)size);
    free((char *)p - SIZE_BYTES);
}

/* zstd has allocated its window.  The window counts once zstd may have written
 * more than WINDOW_FREE of it: pages that were not written take no memory. */
static int
count_zstd(struct coder *c)
{
    int64_t more;

    if (c->made <= WINDOW_FREE)
        return 0;
    more = (int64_t)ZSTD_sizeof_DStream(c->zstd) - c->window;
    if (more <= 0)
        return 0;
    if (!room_take_window(c->room, more)) {
        c->lacks_room = true;
        return -1;
    }
    c->window += more;
    return 0;
}

static void
coder_fini(struct coder *c)
{
    if ((c->kind == KIND_GZIP || c->kind == KIND_DEFLATE) && c->is_begun)
        inflateEnd(&c->z);
    if (c->brotli)
        BrotliDecoderDestroyInstance(c->brotli);
    ZSTD_freeDStream(c->zstd);
    room_give_window(c->room, c->window);
    free(c->buffer);
}

/*
 * "deflate" means deflate with zlib's header (RFC 9110, 8.4.1.2), but many
 * servers omit the header.  Its first byte consists of the method, 8, and the
 * window size (RFC 1950, 2.2).
 */
static bool
has_zlib_header(unsigned char first)
{
    return (first & 0x0f) == 8 && first >> 4 <= 7;
}

/* The first bytes have arrived: create the library's decoder. */
static void
coder_begin(struct coder *c)
{
    int bits = ZLIB_BITS;

    c->is_begun = true;
    switch (c->kind) {
    case KIND_GZIP:
        bits += ZLIB_OR_GZIP;
        break;
    case KIND_DEFLATE:
        if (!has_zlib_header((unsigned char)c->in[0]))
            bits = ZLIB_NO_HEADER;
        break;
    case KIND_BROTLI:
        c->brotli = BrotliDecoderCreateInstance(take_memory, give_memory, c);
        if (!c->brotli)
            alloc_failed();
        return;
    case KIND_ZSTD:
        c->zstd = ZSTD_createDStream();
        if (!c->zstd)
            alloc_failed();
        ZSTD_DCtx_setParameter(c->zstd, ZSTD_d_windowLogMax,
                               ZSTD_WINDOW_LOG_MAX);
        return;
    }
    if (inflateInit2(&c->z, bits) != Z_OK)
        alloc_failed();
}

/* A gzip body is a sequence of members (RFC 1952, 2.2).  Other bytes after a
 * member are padding, as all decoders treat them. */
static bool
next_member(struct coder *c)
{
    if (c->kind != KIND_GZIP || (unsigned char)c->in[0] != GZIP_MAGIC ||
        inflateReset(&c->z) != Z_OK)
        return false;
    c->is_ended = false;
    return true;
}

static int
step_zlib(struct coder *c, char *out, size_t size)
{
    int rc;

    c->z.next_in = (Bytef *)(uintptr_t)c->in;
    c->z.avail_in = c->in_len > UINT_MAX ? UINT_MAX : (unsigned)c->in_len;
    c->z.next_out = (Bytef *)out;
    c->z.avail_out = (unsigned)size;
    rc = inflate(&c->z, Z_NO_FLUSH);
    c->in_len -= (size_t)((const char *)c->z.next_in - c->in);
    c->in = (const char *)c->z.next_in;
    if (rc == Z_MEM_ERROR)
        alloc_failed();
    if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
        return -1;
    c->is_ended = rc == Z_STREAM_END;
    return (int)(size - c->z.avail_out);
}

static int
step_brotli(struct coder *c, char *out, size_t size)
{
    const uint8_t *in = (const uint8_t *)c->in;
    uint8_t *to = (uint8_t *)out;
    size_t room = size;
    BrotliDecoderResult rc = BrotliDecoderDecompressStream(
        c->brotli, &c->in_len, &in, &room, &to, NULL);

    c->in = (const char *)in;
    if (rc == BROTLI_DECODER_RESULT_ERROR)
        return -1;
    c->is_ended = rc == BROTLI_DECODER_RESULT_SUCCESS;
    return (int)(size - room);
}

/* Decodes one or more frames (RFC 8878, 3.1). */
static int
step_zstd(struct coder *c, char *out, size_t size)
{
    ZSTD_inBuffer in = {c->in, c->in_len, 0};
    ZSTD_outBuffer to = {out, size, 0};
    size_t rc = ZSTD_decompressStream(c->zstd, &to, &in);

    c->in += in.pos;
    c->in_len -= in.pos;
    if (ZSTD_isError(rc))
        return -1;
    c->is_ended = rc == 0;
    return count_zstd(c) ? -1 : (int)to.pos;
}

/* Run the decoder once. */
static int
step(struct coder *c, char *out, size_t size)
{
    if (c->is_ended && c->in_len == 0)
        return 0;
    if (!c->is_begun)
        coder_begin(c);
    if (c->is_ended && c->in_len > 0 && c->kind != KIND_ZSTD &&
        !next_member(c)) {
        c->in_len = 0;
        return 0;
    }
    switch (c->kind) {
    case KIND_GZIP:
    case KIND_DEFLATE:
        return step_zlib(c, out, size);
    case KIND_BROTLI:
        return step_brotli(c, out, size);
    case KIND_ZSTD:
        return step_zstd(c, out, size);
    }
    return -1;
}

/* ------------------------------------------------------------- all of them */

static bool
has_more(const struct coder *c)
{
    return c->brotli && BrotliDecoderHasMoreOutput(c->brotli);
}

/* Run a decoder once and subtract its work from *work.  If brotli has more
 * output than it was asked for, it may have filled all of its window. */
static int
step_counted(struct coder *c, char *out, size_t size, int64_t *work)
{
    size_t before = c->in_len;
    bool had_more = has_more(c);
    int n = step(c, out, size);

    *work -= DECODE_STEP_COST;
    if (n < 0)
        return -1;
    if (!had_more && has_more(c))
        *work -= c->held;
    *work -= (int64_t)(before - c->in_len) * DECODE_IN_COST + n;
    c->made += n;
    c->is_full = (size_t)n == size;
    return n;
}

/* When *work is used up, all coders stop where they are. */
static int
pull(struct decode *u, size_t i, char *out, size_t size, int64_t *work)
{
    struct coder *c = &u->v[i];
    int n = 0;

    while (n == 0 && *work > 0) {
        if (c->in_len == 0 && !c->is_full && i > 0) {
            n = pull(u, i - 1, c->buffer, BUFFER_BYTES, work);
            if (n < 0)
                return -1;
            c->in = c->buffer;
            c->in_len = (size_t)n;
        }
        if (c->in_len == 0 && !c->is_full)
            return 0;
        n = step_counted(c, out, size, work);
    }
    return n;
}

int
decode_read(struct decode *u, const char **data, size_t *len, char *out,
            size_t size, int64_t *work)
{
    struct coder *first = &u->v[0];
    int n;

    assert(size > 0 && size <= INT_MAX && *work > 0);
    first->in = *data;
    first->in_len = *len;
    n = pull(u, u->n - 1, out, size, work);
    *data = first->in;
    *len = first->in_len;
    first->in = NULL;
    first->in_len = 0;
    return n;
}

int64_t
decode_most_made(const struct decode *u)
{
    int64_t most = 0;

    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].made > most)
            most = u->v[i].made;
    return most;
}

bool
decode_lacks_room(const struct decode *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].lacks_room)
            return true;
    return false;
}

bool
decode_is_complete(const struct decode *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].is_begun && !u->v[i].is_ended)
            return false;
    return true;
}

/* Add a coding that was applied before those already there.  Returns -1 if it
 * is not known. */
static int
add(struct decode *u, struct room *room, const char *name, size_t len)
{
    struct coder *c = &u->v[u->n];
    enum kind kind;

    if (kind_of(name, len, &kind))
        return -1;
    *c = (struct coder){.kind = kind, .room = room};
    if (u->n > 0)
        c->buffer = xmalloc(BUFFER_BYTES);
    u->n++;
    return 0;
}

/* The list is in order of encoding, so start at its end. */
size_t
decode_new(const struct codings *codings, struct room *room,
           struct decode **decoder)
{
    const char *text = codings->text.data;
    size_t end = codings->text.len;
    struct decode *u;

    *decoder = NULL;
    if (end == 0)
        return 0;
    u = xcalloc(1, sizeof(*u));
    while (end > 0) {
        size_t start = end;

        while (start > 0 && text[start - 1] != ' ')
            start--;
        if (add(u, room, text + start, end - start))
            break;
        end = start > 0 ? start - strlen(", ") : 0;
    }
    *decoder = u;
    if (u->n == 0) {
        *decoder = NULL;
        decode_free(u);
    }
    return end;
}

void
decode_free(struct decode *u)
{
    if (!u)
        return;
    for (size_t i = 0; i < u->n; i++)
        coder_fini(&u->v[i]);
    free(u);
}
