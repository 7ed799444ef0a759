/*
 * scheme.h - the scheme at the beginning of a URL: ours, another one, or what
 * is left of a misspelt one.
 */
#ifndef SCHEME_H
#define SCHEME_H

#include "base/base.h"
#include "base/span.h"

struct url_parts;

/* The length of a scheme before its colon (RFC 3986, 3.1); 0: none. */
size_t scheme_len(struct span s);

/* In the following, the scheme is the first len bytes of s, in any case. */

/* Is it http or https? */
bool scheme_is_http(struct span s, size_t len);

/*
 * Is the word before the first colon a scheme, and not a host before its port?
 * "mailto:me@host" in a scraped list would otherwise be read as user "mailto"
 * at a host, and "C:/list" as a host "c".  But "news:8080/" is a host.  len is
 * not 0, and the word is not http or https.
 */
bool scheme_is_foreign(struct span s, size_t len);

/* Is it the scheme of a proxy? */
bool scheme_is_proxy(struct span s, size_t len);

/*
 * Is the host "http" or "https", the remains of a scheme?  Either the scheme is
 * there twice ("http://http://host/"), or it was not recognised, since its
 * colon is missing or an invisible character was copied with it.  The rest of
 * the URL, with its credentials, would be sent to a host "http".
 *
 * u           the URL's parts behind its scheme
 * host        its host as host_parse() returns it
 * has_scheme  the URL began with http: or https:
 */
bool scheme_is_lost(const struct url_parts *u, const char *host,
                    bool has_scheme);

#endif /* SCHEME_H */
