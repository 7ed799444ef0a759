/*
 * cookie.h - one cookie: read from a Set-Cookie header or a line of a jar, and
 * matched with a request (RFC 6265, and libcurl's rules where that says
 * nothing).
 */
#ifndef COOKIE_H
#define COOKIE_H

#include "base/base.h"
#include "base/list.h"

struct buf;

struct cookie {
    /* Used by the store. */
    struct list_node of_domain;
    struct list_node of_all;
    struct cookie_domain *home;
    const char *domain; /* lower case, without a leading dot; "": unknown, for a
                           Set-Cookie in a file */
    const char *path;   /* without a trailing slash, except for "/" */
    const char *name;
    const char *value;
    size_t domain_len;
    size_t path_len;
    size_t name_len;
    size_t value_len;
    int64_t expires_s; /* Unix time; 0: end of the session */
    uint64_t order;    /* order of creation, set by the store */
    bool is_wide;      /* also valid for hosts below the domain */
    bool is_secure;    /* for https alone */
    bool is_http_only; /* kept for the jar, otherwise ignored */
};

/* Where a cookie comes from, or is sent to. */
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
 * Read the value of a Set-Cookie header.
 *
 * from     the response it belongs to; NULL: it is in a file, and may name any
 *          domain
 * now_s    Unix time
 * returns  a cookie, which the caller frees; NULL if it must not be kept. Of
 *          the domain only its last dot is checked
 */
NODISCARD struct cookie *cookie_from_field(const char *text, size_t len,
                                           const struct cookie_place *from,
                                           int64_t now_s);

/* Read a line of a file in Netscape's format.  Returns NULL if it contains no
 * cookie. */
NODISCARD struct cookie *cookie_from_line(const char *text, size_t len);

/* Append the cookie as such a line, with a newline. */
void cookie_write_line(const struct cookie *c, struct buf *out);

/* Is it over? */
bool cookie_is_expired(const struct cookie *c, int64_t now_s);

/* May the cookie be sent there?  Its domain must have been checked. */
bool cookie_suits(const struct cookie *c, const struct cookie_place *to);

#endif /* COOKIE_H */
