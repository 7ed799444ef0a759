/*
 * libcurl.h - initialises the libcurl in use and tells what it can do.
 */
#ifndef LIBCURL_H
#define LIBCURL_H

#include "base/base.h"

struct opts;

/* Call once per process, before the first engine and after the last.  Returns
 * -1 if libcurl cannot be used, which was reported. */
NODISCARD int libcurl_init(void);
void libcurl_fini(void);

/*
 * Can this libcurl do what the options ask for?  Returns -1 if not, which was
 * reported.
 */
NODISCARD int libcurl_check(const struct opts *opts);

/* Load what the options need beside libcurl; call after libcurl_check(). */
void libcurl_load(const struct opts *opts);

/* May requests share a connection, with and without TLS? */
bool libcurl_multiplexes(const struct opts *opts, bool is_tls);

/* HTTP/2 without TLS is requested, and every request of such a connection
 * except the first would fail (libcurl 7.88). */
bool libcurl_breaks_h2c(const struct opts *opts);

/* An upgrade to HTTP/2 is requested, and its streams would get each other's
 * bodies (libcurl < 8.1). */
bool libcurl_breaks_upgrade(const struct opts *opts);

/* A body from a file is never sent over HTTP/2 if a digest's challenge comes
 * before it (libcurl < 8.1). */
bool libcurl_breaks_digest(const struct opts *opts);

/* The number of a connection, by which connections to a Unix socket are told
 * apart, is in libcurl's messages alone (libcurl < 8.2). */
bool libcurl_lacks_number(const struct opts *opts);

/* Does libcurl use a kept HTTP/1 connection that has something to read
 * (libcurl < 8.0)?  Later ones look for it and take another connection. */
bool libcurl_reuses_unread(void);

/* Does a used handle remember its last header, whose memory is freed as the
 * next transfer starts (libcurl < 8.1)?  A response whose first header line
 * begins with a blank would be added to it. */
bool libcurl_keeps_header(void);

/* Does libcurl forget that HTTP/2 streams have ended when it cannot read any
 * more (libcurl < 8.0), unless that is the end of TCP? */
bool libcurl_forgets_streams(void);

/* Does libcurl add the trailer of an HTTP/3 response to its body?  8.14 does,
 * 8.23 does not. */
bool libcurl_adds_trailers(void);

/* "libcurl/7.88.1 OpenSSL/3.0.22 ...", of what is in use. */
const char *libcurl_names(void);

#endif /* LIBCURL_H */
