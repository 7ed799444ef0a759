/*
 * host.h - parses the host of a URL into the form that is looked up and sent
 * (WHATWG URL Standard, 3.5 "host parsing"; UTS 46, nontransitional, by
 * libidn2).
 *
 * Stricter than the standard in four points: names longer than DNS allows (253
 * bytes), bytes that no name has (such as "!" and "$", which libcurl refuses,
 * too) and letters that IDNA 2008 does not allow (libidn2) are refused; "xn--"
 * labels are not decoded.  More lenient in one: an IPv6 address may have a
 * zone, as in curl.
 */
#ifndef HOST_H
#define HOST_H

#include "base/base.h"

struct arena;

struct host {
    const char *name; /* lower case, ASCII; IPv6 without brackets and zone */
    const char *text; /* the same in the form for a URL */
    bool is_numeric;  /* it is an address */
};

/*
 * Parse the host of an authority, in any spelling, to *h; its strings are in
 * mem.  Returns what is wrong with it, or NULL.
 */
NODISCARD const char *host_parse(const char *text, size_t len,
                                 struct arena *mem, struct host *h);

/* The length of a host's name without the dots at its end. */
size_t host_len(const char *name);

#endif /* HOST_H */
