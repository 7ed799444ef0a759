/*
 * parts.h - the parts of a URL: where they are in a text, and how each is
 * written (WHATWG URL Standard, 4.4 and its percent-encode sets).
 *
 * Judges nothing: url.h says which parts are refused.
 */
#ifndef URL_PARTS_H
#define URL_PARTS_H

#include "base/base.h"
#include "base/span.h"

/* The parts of a text, pointing into it. */
struct url_parts {
    struct span user, password; /* empty if there is none */
    struct span host, port;
    struct span path;  /* may be empty; its slashes may be backslashes */
    struct span query; /* without "?"; p is NULL if there is none */
};

/* Split the text behind the slashes of "http://". */
void url_parts_split(struct url_parts *u, struct span text);

/* A slash, or the backslash that counts as one. */
bool url_is_slash(char c);

/* How many of these the text begins with. */
size_t url_count_slashes(struct span s);

/*
 * Write a part with escapes to a place with room for three times its bytes.
 * Returns the end, where no NUL is.
 *
 * url_put_userinfo  "user:password@", or nothing if both are empty
 * url_put_path      at least "/", without "." and ".." as segments
 */
char *url_put_userinfo(char *to, const struct url_parts *u);
char *url_put_path(char *to, struct span path);
char *url_put_query(char *to, struct span query);

#endif /* URL_PARTS_H */
