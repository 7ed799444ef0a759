/*
 * cookie_store.h - stores cookies by domain, at most COOKIES_PER_DOMAIN and
 * COOKIES_MAX of them (base/budgets.h).
 *
 * When its domain is full, a new cookie replaces the one of the domain that
 * was set the longest ago; when the store is full, one of a domain with the
 * most cookies.  So each step takes time for the cookies of one domain only,
 * and a domain that sets many cookies removes none of a domain that has few.
 */
#ifndef COOKIE_STORE_H
#define COOKIE_STORE_H

#include "base/base.h"

struct buf;
struct cookie;
struct cookie_place;
struct cookie_store;

NODISCARD struct cookie_store *cookie_store_new(void);
void cookie_store_free(struct cookie_store *s); /* NULL is fine */

/*
 * Store a cookie, or remove the one of its name if it has expired.
 *
 * c          the store's from now on
 * is_secure  it came over https, or from a file: it may replace one that is for
 *            https only
 */
void cookie_store_add(struct cookie_store *s, struct cookie *c, bool is_secure,
                      int64_t now_s);

/* Append "a=b; c=d", the cookies to be sent there in the order of RFC 6265,
 * 5.4; nothing if there are none. */
void cookie_store_line(struct cookie_store *s, const struct cookie_place *to,
                       int64_t now_s, struct buf *out);

/* Append all valid cookies as lines in Netscape's format. */
void cookie_store_write(struct cookie_store *s, int64_t now_s, struct buf *out);

#endif /* COOKIE_STORE_H */
