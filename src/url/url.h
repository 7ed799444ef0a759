/*
 * url.h - URLs checked, taken apart and written as they are requested (WHATWG
 * URL Standard, for http and https alone).
 *
 * The result does not depend on the libcurl in use: libcurl gets host and
 * port in their only spelling, and path and query as they are to be sent.
 * The manual page has a table of where browsers and curl differ.
 */
#ifndef URL_H
#define URL_H

#include "base/base.h"
#include "job/job.h"

/* Why a URL can't be used: goes into the result's error. */
struct url_flaw {
    const char *code; /* "url_malformed", "scheme_unsupported" */
    char message[160];
};

/*
 * Take a URL apart into *t; its strings go to mem.  A URL without a scheme
 * gets default_scheme ("http" or "https").  -1 and *flaw where it can't be
 * used.
 */
NODISCARD int url_parse(const char *text, size_t len,
                        const char *default_scheme, struct arena *mem,
                        struct target *t, struct url_flaw *flaw);

/*
 * The same for a Location, relative to base.  Credentials in it are dropped;
 * those of base stay within its origin.  is_trusted (--location-trusted): the
 * Location's count, and where it has none base's go to any origin.
 */
NODISCARD int url_follow(const struct target *base, const char *location,
                         bool is_trusted, struct arena *mem, struct target *t,
                         struct url_flaw *flaw);

/* Is it what libcurl takes as a proxy: "[SCHEME://][USER[:PASSWORD]@]HOST
 * [:PORT]", with http, https or a socks scheme? */
bool url_is_proxy(const char *text);

/* Scheme, host and port are the same (RFC 6454). */
bool url_is_same_origin(const struct target *a, const struct target *b);

#endif /* URL_H */
