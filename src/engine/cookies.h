/*
 * cookies.h - the cookies of a run (RFC 6265), shared by its engines: read
 * from the files of -b, set by servers, sent, and written to the file of
 * --cookie-jar.
 *
 * libcurl does not store them: it has no limit, and searches all cookies of a
 * domain, or of all addresses, for each new one.
 */
#ifndef COOKIES_H
#define COOKIES_H

#include "base/base.h"

struct buf;
struct cookie_place;
struct cookies;
struct opts;

/*
 * Read the files of -b.
 *
 * c        set to NULL if the options ask for no cookie engine
 * returns  -1 if a file cannot be used, which was reported
 */
NODISCARD int cookies_new(const struct opts *opts, struct cookies **c);

/*
 * Check that the file of --cookie-jar, if there is one, can be written at the
 * end of the run; without this call it is not written.  It is created if it is
 * missing.  Returns -1 after a message.
 */
NODISCARD int cookies_open_jar(struct cookies *c, const struct opts *opts);

/* Write the jar, if it was opened, and free everything.  Call after the last
 * engine was freed.  Returns -1 if the jar cannot be written, which was
 * reported.  NULL is fine. */
NODISCARD int cookies_free(struct cookies *c);

/* Handle a Set-Cookie header with that value in a response.  Safe from any
 * thread. */
void cookies_set(struct cookies *c, const struct cookie_place *from,
                 const char *text, size_t len);

/* Append the cookies of a request: the stored ones, and with has_own those of
 * cookies_own().  Safe from any thread. */
void cookies_line(struct cookies *c, const struct cookie_place *to,
                  bool has_own, struct buf *out);

/* Append all "name=value" of -b in the form to be sent. */
void cookies_own(const struct opts *opts, struct buf *out);

#endif /* COOKIES_H */
