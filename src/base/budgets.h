/*
 * budgets.h - how much a stranger's list or server may make us hold or do.
 *
 * One table, so that the sum can be judged.  What goes beyond a budget is an
 * error of its own record, or waits; it never costs another record. SECURITY.md
 * and the manual page (LIMITS) name the same numbers.
 */
#ifndef BUDGETS_H
#define BUDGETS_H

#include "base/base.h"

#define KIB(n) (INT64_C(1024) * (n))
#define MIB(n) (INT64_C(1048576) * (n))

/* ---- A record ---- */

/* Headers of a request, each value of an array counted, and bytes of their
 * names and values: servers take a hundred of them, and 8 to 64 KiB. */
#define HEADERS_MAX       1000
#define HEADERS_MAX_BYTES ((size_t)256 * 1024)

/* What -H @FILE and --oauth2-bearer @FILE hold when they are read again. */
#define RENEWED_FILE_MAX ((size_t)256 * 1024)

/* ---- The head of a response ---- */

/* All of a response's head, interim responses and trailers included.  libcurl
 * itself stops at 100 KB for one line and, but for old ones, at 300 KB for all,
 * with an error that is another one in each version: we are there before it. */
#define HEAD_MAX_BYTES (200 * 1024)

/* All of its lines: libcurl keeps each of them, in a hundred bytes or more
 * however short it is. */
#define HEAD_MAX_LINES 5000

/* Content codings on top of each other, unknown ones included; "identity" and
 * empty ones are not counted.  libcurl takes as many, and nobody uses two. */
#define CODINGS_MAX 5

/* A Location that is followed: each hop keeps a few copies. */
#define LOCATION_MAX_BYTES ((size_t)64 * 1024)

/* ---- The body of a response ---- */

/*
 * The body of a redirect that is followed is of no use; it is read only so that
 * its connection can be used again.  That is worth so much and so long a wait:
 * then the redirect is followed without the rest.
 */
#define REDIRECT_BODY_MAX_BYTES KIB(64)
#define REDIRECT_BODY_MAX_US    (100 * US_PER_MS)

/* A body that is kept for the result line, where the options set no cap. */
#define LINE_BODY_MAX MIB(16)

/*
 * Bodies for the result line, and those lines: each may have ROOM_FREE, and
 * what they need beyond it may be ROOM_MAX together; those beyond wait.
 * Streams of one connection can't wait, as libcurl < 8.x stops reading the
 * connection, and the other streams with it: they are ended beyond
 * ROOM_MAX_STREAMS.
 */
#define ROOM_FREE        MIB(1)
#define ROOM_MAX         MIB(64)
#define ROOM_MAX_STREAMS MIB(256)

/* A body, or what one of its codings makes of it on the way, that has more
 * bytes than this and so many times what came was made to do harm.  gzip can't
 * do that, but brotli and zstd can. */
#define UNPACKED_FREE_BYTES MIB(64)
#define UNPACKED_MAX_RATIO  2000

/*
 * The decoders' work in one turn of an engine's loop: some ten milliseconds.
 * Each coding's work counts, also where nothing comes of it: the bytes that it
 * makes, those that it takes DECODE_IN_COST times, as tables may be built from
 * few of them, and DECODE_STEP_COST for each call.
 */
#define DECODE_PER_TURN  MIB(4)
#define DECODE_IN_COST   4
#define DECODE_STEP_COST 256

/* ---- Cookies, by -b and --cookie-jar ---- */

/* RFC 6265, 6.1 asks for no less.  A name and its value have 4 KiB together. */
#define COOKIES_PER_DOMAIN 50
#define COOKIES_MAX        3000

/* Of these with one request: as many as libcurl would send. */
#define COOKIES_SENT_MAX       150
#define COOKIES_SENT_MAX_BYTES 8190

/* ---- What comes over connections ---- */

/*
 * What libcurl may read in one call, which is for one connection as a rule: of
 * HTTP/2 frames of 9 bytes, or of chunks of one byte, that is some 10 ms of
 * CPU. In one turn of an engine thread's loop all calls together get
 * READ_PER_TURN, and when that is used up READ_PER_CALL_MIN each.
 */
#define READ_PER_CALL     ((size_t)256 * 1024)
#define READ_PER_CALL_MIN ((size_t)64 * 1024)
#define READ_PER_TURN     ((size_t)1024 * 1024)

/* What may come over a connection without a byte of a head or body for any
 * transfer, and without any of an upload leaving.  A TLS handshake is less than
 * 200 KB, and an upload of 10 GB has 8 MB of WINDOW_UPDATE frames. */
#define READ_IN_VAIN_MAX ((size_t)8 * 1024 * 1024)

#endif /* BUDGETS_H */
