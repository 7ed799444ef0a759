/*
 * plain.h - recognises URLs that are already in the form to be requested.
 *
 * Most URLs of a list are, and need no full parsing.  Plain URLs are those
 * that url.c would not change, except for the slash of an empty path: scheme
 * in lower case, a name that begins with a letter (so it cannot be a disguised
 * number) or a complete IPv4 address, no redundant port, path and query
 * without escapes or dot segments, no fragment.  No libcurl changes such a
 * URL, and none needs escapes in JSON.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "base/base.h"

/* The positions of the parts of a plain URL. */
struct plain {
    bool is_tls;
    bool is_numeric; /* the host is an IPv4 address */
    const char *host, *host_end;
    uint16_t port;
    const char *path; /* the end of the text if there is none */
};

/* Returns false if it is not plain; *p is then unset. */
NODISCARD bool plain_parse(const char *text, size_t len, struct plain *p);

#endif /* PLAIN_H */
