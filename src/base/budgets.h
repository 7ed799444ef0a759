/*
 * budgets.h - how much a stranger's list or server may make us hold or do.
 *
 * All limits are in one table, so that their sum can be checked.  A record
 * that exceeds a budget gets an error or waits; it never costs another
 * record.  SECURITY.md and the manual page (LIMITS) name the same numbers.
 */
#ifndef BUDGETS_H
#define BUDGETS_H

#include "base/base.h"

#define KIB(n) (INT64_C(1024) * (n))
#define MIB(n) (INT64_C(1048576) * (n))

/* ---- A record ---- */

/* Headers of a request, counting each value of an array, and the bytes of
 * their names and values.  Servers accept about a hundred headers, and 8 to 64
 * KiB. */
#define HEADERS_MAX       1000
#define HEADERS_MAX_BYTES ((size_t)256 * 1024)

/* Parts of a record's form.  Servers accept about as many; libcurl needs 700
 * bytes for each. */
#define FORM_PARTS_MAX 1000

/* The most that a file of -H @FILE or --oauth2-bearer @FILE may hold when it
 * is read again. */
#define RENEWED_FILE_MAX ((size_t)256 * 1024)

/* ---- A transfer ---- */

/* --limit-rate may add up to this multiple of --timeout to it.  Without a bound
 * a body without end would never reach the time-out. */
#define SLOWED_FACTOR 9

/* ---- The head of a response ---- */

/*
 * The whole head of a response, including interim responses and trailers.
 * libcurl itself stops at 100 KB for one line and, in newer versions, at 300
 * KB for all, with an error that differs between versions.  This limit is
 * reached first.
 */
#define HEAD_MAX_BYTES (200 * 1024)

/* All lines of a head. libcurl keeps each line and needs a hundred bytes or
 * more for it, even for a short one. */
#define HEAD_MAX_LINES 5000

/*
 * Content codings applied on top of each other, including unknown ones but not
 * "identity" and empty ones. libcurl allows the same number; in
 * practice there is one.
 */
#define CODINGS_MAX 5

/* The longest Location that is followed. */
#define LOCATION_MAX_BYTES ((size_t)64 * 1024)

/* The URLs of all redirects of an attempt, for --redirects.  The line of the
 * result has them twice, as URL and as Location. */
#define REDIRECTS_MAX_BYTES ((size_t)160 * 1024)

/*
 * A job that waits for its next hop or attempt keeps of the one before: these
 * bytes of facts, for the case that no other attempt starts, and the URL to be
 * requested.  Beyond CARRIED_FREE of each, all jobs together may keep
 * CARRIED_MAX; a redirect that does not fit is an error.
 */
#define CARRIED_FACTS_MAX ((size_t)1024)
#define CARRIED_FREE      ((size_t)2 * 1024)
#define CARRIED_MAX       MIB(16)

/* ---- The body of a response ---- */

/*
 * The body of a redirect that is followed is only read so that its connection
 * can be used again.  Beyond this size or time the redirect is followed
 * without the rest of the body.
 */
#define REDIRECT_BODY_MAX_BYTES KIB(64)
#define REDIRECT_BODY_MAX_US    (100 * US_PER_MS)

/* The largest body kept for the result line if the options set no cap. */
#define LINE_BODY_MAX MIB(16)

/*
 * Bodies for the result line, and the lines made of them.  Each may use
 * ROOM_FREE; what they need beyond that comes out of ROOM_MAX, and a body
 * waits while that is used up.  A stream of a multiplexed connection cannot
 * wait, because libcurl < 8.x would stop reading the whole connection; it is
 * ended beyond ROOM_MAX_STREAMS.
 */
#define ROOM_FREE        MIB(1)
#define ROOM_MAX         MIB(64)
#define ROOM_MAX_STREAMS MIB(256)

/* A hop with a body of this size is finished outside the engine's thread:
 * app/finisher. */
#define FINISHED_APART MIB(1)

/*
 * The windows of decoders: up to 16 MiB for brotli, 8 MiB for zstd, and each of
 * CODINGS_MAX codings may have one.  Those beyond WINDOW_FREE take at most
 * WINDOWS_MAX together, or WINDOW_USUAL for each request that may be in flight
 * if that is more: brotli's encoder makes windows of 4 MiB by default, and an
 * honest server's body must not fail.
 */
#define WINDOW_FREE  MIB(1)
#define WINDOW_USUAL MIB(5)
#define WINDOWS_MAX  MIB(512)

/* A body is refused as a decompression bomb if one of its codings produces
 * more than this many bytes and more than this many times its input. gzip
 * cannot reach that ratio, brotli and zstd can. */
#define UNPACKED_FREE_BYTES MIB(64)
#define UNPACKED_MAX_RATIO  2000

/*
 * The decoders' work in one turn of an engine's loop, some ten milliseconds.
 * Work counts even if it produces no output: each output byte, each input byte
 * DECODE_IN_COST times (a few bytes may build a table), and DECODE_STEP_COST
 * for each call.
 */
#define DECODE_PER_TURN  MIB(4)
#define DECODE_IN_COST   4
#define DECODE_STEP_COST 256

/* ---- Cookies, by -b and --cookie-jar ---- */

/* RFC 6265, 6.1 asks for no less.  A name and its value have 4 KiB together. */
#define COOKIES_PER_DOMAIN 50
#define COOKIES_MAX        3000

/* The most cookies in one request, as in libcurl. */
#define COOKIES_SENT_MAX       150
#define COOKIES_SENT_MAX_BYTES 8190

/* ---- What comes over connections ---- */

/*
 * The most bytes that libcurl may read in one call.  A call usually serves one
 * connection: HTTP/2 frames of 9 bytes or chunks of one byte take some 10 ms
 * of CPU.  All calls in one turn of an engine thread's loop share
 * READ_PER_TURN; after that each gets READ_PER_CALL_MIN.
 */
#define READ_PER_CALL     ((size_t)256 * 1024)
#define READ_PER_CALL_MIN ((size_t)64 * 1024)
#define READ_PER_TURN     ((size_t)1024 * 1024)

/* A read of fewer bytes counts as this many, and so does a send: libcurl reads
 * a proxy's answer to CONNECT byte by byte, at 1 to 8 microseconds of CPU each;
 * OpenSSL takes two reads for a KeyUpdate and may answer it, at 50. */
#define READ_COST_MIN ((size_t)256)

/* What a byte of a proxy's answer to CONNECT costs beside the reading, if it
 * comes over TLS: libcurl takes each out of OpenSSL with a call, half a
 * microsecond. */
#define TUNNEL_BYTE_COST 8

/* The most bytes that may arrive on a connection while no transfer gets a byte
 * of head or body and no upload makes progress.  A TLS handshake is below
 * 200 KB; an upload of 10 GB causes 8 MB of WINDOW_UPDATE frames. */
#define INACTIVE_READ_MAX ((size_t)8 * 1024 * 1024)

#endif /* BUDGETS_H */
