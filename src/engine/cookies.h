/*
 * cookies.h - one cookie engine for the whole run (RFC 6265), libcurl's,
 * shared by all engines.
 *
 * Which cookie goes to which host is libcurl's to decide, at each request
 * and so at each redirect hop.
 */
#ifndef COOKIES_H
#define COOKIES_H

#include "base/base.h"

struct cookies;
struct opts;

/*
 * Read the files of -b and get ready to write --cookie-jar's.
 *
 * c        set to NULL where the options ask for no cookie engine
 * returns  -1 where a file can't be used, which was reported
 */
NODISCARD int cookies_new(const struct opts *opts, struct cookies **c);

/* Write the jar, if there is one, and free.  After the last engine.  -1: the
 * jar can't be written, which was reported.  NULL is fine. */
NODISCARD int cookies_free(struct cookies *c);

/*
 * A response sets a cookie; and, at the end of its head: forget the oldest of
 * a domain that has more than COOKIES_PER_DOMAIN, and of those that have the
 * most where all are more than COOKIES_MAX.  Any thread; NULL is fine.
 *
 * libcurl's engine has no bound, and looks at all cookies of a domain for each
 * new one: 50,000 cost a minute.  A prune takes time for each cookie that is
 * kept, so with many it comes only after a quarter as many new ones.
 */
void cookies_note_set(struct cookies *c);
void cookies_prune(struct cookies *c);

/* The CURLSH * for CURLOPT_SHARE; any thread. */
void *cookies_share(struct cookies *c);

/* Is it a file's name rather than "name=value"?  (curl's rule for -b) */
bool cookies_is_file(const char *text);

#endif /* COOKIES_H */
