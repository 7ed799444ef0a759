/*
 * url.h - checks URLs, splits them and writes them as they are requested
 * (WHATWG URL Standard, http and https only).
 *
 * The result does not depend on the version of libcurl, which gets host and
 * port in their canonical form, and path and query as they are to be sent.
 * The manual page has a table of the differences to browsers and curl.
 */
#ifndef URL_H
#define URL_H

#include "base/base.h"
#include "job/job.h"

/* Why a URL cannot be used, for the result's error. */
struct url_flaw {
    const char *code; /* "url_malformed", "scheme_unsupported" */
    char message[160];
};

/*
 * Parse a URL into *t; its strings are in mem.  A URL without a scheme gets
 * default_scheme ("http" or "https").  Returns -1 and sets *flaw if it cannot
 * be used.
 */
NODISCARD int url_parse(const char *text, size_t len,
                        const char *default_scheme, struct arena *mem,
                        struct target *t, struct url_flaw *flaw);

/*
 * Parse a Location, relative to base, into *t; its strings are in mem.  Returns
 * -1 and sets *flaw if it cannot be followed.  Its credentials are dropped;
 * those of base are kept within its origin.  With is_trusted
 * (--location-trusted) the Location's credentials are used, and if it has
 * none, base's for any origin.
 */
NODISCARD int url_follow(const struct target *base, const char *location,
                         bool is_trusted, struct arena *mem, struct target *t,
                         struct url_flaw *flaw);

/* Is it a proxy in libcurl's form: "[SCHEME://][USER[:PASSWORD]@]HOST[:PORT]",
 * with http, https or a socks scheme?  "@" and blanks in USER and PASSWORD must
 * be escaped. */
bool url_is_proxy(const char *text);

/* Scheme, host and port are the same (RFC 6454). */
bool url_is_same_origin(const struct target *a, const struct target *b);

#endif /* URL_H */
