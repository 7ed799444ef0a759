/*
 * plain.h - does a URL stand already as it is to be requested?
 *
 * Most URLs of a list do, and need not be taken apart with care.  Plain is
 * what url.c leaves as it is but for the slash of an empty path: a scheme in
 * lower case, a name that begins with a letter (and so is no number in
 * disguise) or a whole IPv4 address, a port that is not the scheme's own, a
 * path and query without escapes, dot segments and a fragment.  No libcurl
 * changes such a URL, and none of it needs an escape in JSON.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "base/base.h"

/* Where the parts of a plain URL are. */
struct plain {
    bool is_tls;
    bool is_numeric; /* the host is an IPv4 address */
    const char *host, *host_end;
    uint16_t port;
    const char *path; /* the end of the text where there is none */
};

/* false: it is not plain, and *p is void. */
NODISCARD bool plain_parse(const char *text, size_t len, struct plain *p);

#endif /* PLAIN_H */
