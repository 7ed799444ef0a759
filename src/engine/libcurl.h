/*
 * libcurl.h - the libcurl in use: set up, and what it can do.
 */
#ifndef LIBCURL_H
#define LIBCURL_H

#include "base/base.h"

struct opts;

/* Once per process, before the first engine and after the last.  -1: libcurl
 * can't be used, which was reported. */
NODISCARD int libcurl_init(void);
void libcurl_fini(void);

/* Is it able to do what the options ask for?  -1: reported. */
NODISCARD int libcurl_check(const struct opts *opts);

/* May requests share a connection, with and without TLS? */
bool libcurl_multiplexes(const struct opts *opts, bool is_tls);

/* HTTP/2 without TLS is asked for, and all requests of such a connection but
 * the first would fail (7.88). */
bool libcurl_breaks_h2c(const struct opts *opts);

/* An upgrade of a connection to HTTP/2 is asked for, and its streams would get
 * each other's bodies (libcurl < 8.1). */
bool libcurl_breaks_upgrade(const struct opts *opts);

/* "libcurl/7.88.1 OpenSSL/3.0.22 ...", of what is in use. */
const char *libcurl_names(void);

#endif /* LIBCURL_H */
