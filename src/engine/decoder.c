#include "engine/decoder.h"

#include <zstd.h>

/* The power of two that is 8 MiB: as much as a content coding may want
 * (RFC 9659).  What wants more is not decoded. */
#define WINDOW_LOG_MAX 23

void
decoder_init(void)
{
}

/*
 * libcurl makes its zstd decoders with this function and sets nothing on
 * them: a response of a few kilobytes could ask for a window of 128 MiB, and
 * fill it.  A program's own symbol goes before a library's, so libcurl's call
 * comes here.
 */
ZSTD_DStream *
ZSTD_createDStream(void)
{
    ZSTD_DStream *d = ZSTD_createDCtx();

    if (d)
        ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
    return d;
}
