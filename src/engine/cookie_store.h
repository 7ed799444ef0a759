/*
 * cookie_store.h - cookies, found by their domain, and no more of them than
 * COOKIES_PER_DOMAIN and COOKIES_MAX (base/budgets.h).
 *
 * A new cookie takes the place of the one that has been set the longest ago: of
 * its domain where that is full, else of a domain that has the most.  So each
 * step takes time for the cookies of one domain at most, and nobody's few
 * cookies go because somebody else sets many.
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
 * Keep a cookie, or drop the one of its name where it is over already.
 *
 * c          the store's from now on
 * is_secure  it came over https, or from a file: it may take the place of one
 *            that is for https alone
 */
void cookie_store_add(struct cookie_store *s, struct cookie *c, bool is_secure,
                      int64_t now_s);

size_t cookie_store_len(const struct cookie_store *s);

/* Append "a=b; c=d": what goes there, in the order of RFC 6265, 5.4; nothing
 * where that is nothing. */
void cookie_store_line(struct cookie_store *s, const struct cookie_place *to,
                       int64_t now_s, struct buf *out);

/* Append all that are not over as lines in Netscape's format. */
void cookie_store_write(struct cookie_store *s, int64_t now_s, struct buf *out);

#endif /* COOKIE_STORE_H */
