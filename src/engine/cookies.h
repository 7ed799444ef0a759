/*
 * cookies.h - the cookies of a run (RFC 6265), for all of its engines: read
 * from the files of -b, set by servers, sent, and written to --cookie-jar's.
 *
 * They are not libcurl's to keep: it has no bound for them, and looks at all of
 * a domain's, or of all addresses', for each new one.
 */
#ifndef COOKIES_H
#define COOKIES_H

#include "base/base.h"

struct buf;
struct cookie_place;
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

/* A response has a Set-Cookie with that value.  Any thread. */
void cookies_set(struct cookies *c, const struct cookie_place *from,
                 const char *text, size_t len);

/* Append what a request sends: the kept ones, and with has_own those of
 * cookies_own().  Any thread. */
void cookies_line(struct cookies *c, const struct cookie_place *to,
                  bool has_own, struct buf *out);

/* Append all "name=value" of -b, as they are sent. */
void cookies_own(const struct opts *opts, struct buf *out);

/* Is it a file's name rather than "name=value"?  (curl's rule for -b) */
bool cookies_is_file(const char *text);

#endif /* COOKIES_H */
