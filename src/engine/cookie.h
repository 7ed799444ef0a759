/*
 * cookie.h - one cookie: read from a Set-Cookie or from a line of a jar, and
 * matched with a request (RFC 6265, and libcurl's rules where that is silent).
 */
#ifndef COOKIE_H
#define COOKIE_H

#include "base/base.h"
#include "base/list.h"

struct buf;

struct cookie {
    struct list_node of_domain; /* the store's */
    struct list_node of_all;    /* ditto */
    struct cookie_domain *home; /* ditto */
    const char *domain;         /* lower case, without a dot before it; "": any,
                                   as of a Set-Cookie in a file */
    const char *path;           /* without a slash at its end, but "/" */
    const char *name;
    const char *value;
    size_t domain_len;
    size_t path_len;
    size_t name_len;
    size_t value_len;
    int64_t expires_s; /* Unix time, 0: with the session */
    uint64_t order;    /* the store's: of creation */
    bool is_wide;      /* for the hosts below the domain, too */
    bool is_secure;    /* for https alone */
    bool is_http_only; /* of no meaning here, but kept */
};

/* Where a cookie comes from, or goes to. */
struct cookie_place {
    const char *host; /* lower case, IPv6 without brackets */
    size_t host_len;
    bool is_numeric;  /* the host is an address */
    const char *path; /* and query */
    bool is_secure;   /* https, or this machine */
};

/* A cookie's strings are part of it. */
void cookie_free(struct cookie *c);

/*
 * Read the value of a Set-Cookie field.
 *
 * from     whose response it is; NULL: it stands in a file, and may say all
 * now_s    Unix time
 * returns  a cookie, the caller's; NULL where it is not to be kept.  Whether
 *          the domain may have cookies is not judged but for its last dot.
 */
NODISCARD struct cookie *cookie_from_field(const char *text, size_t len,
                                           const struct cookie_place *from,
                                           int64_t now_s);

/* Read a line of a file in Netscape's format.  NULL: it holds no cookie. */
NODISCARD struct cookie *cookie_from_line(const char *text, size_t len);

/* Append it as such a line, with a newline. */
void cookie_write_line(const struct cookie *c, struct buf *out);

/* Is it over? */
bool cookie_is_expired(const struct cookie *c, int64_t now_s);

/* May it go there?  Its domain has been looked at. */
bool cookie_suits(const struct cookie *c, const struct cookie_place *to);

#endif /* COOKIE_H */
