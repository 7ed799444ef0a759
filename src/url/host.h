/*
 * host.h - the host of a URL, as it is looked up and sent (WHATWG URL
 * Standard, 3.5 "host parsing"; UTS 46, nontransitional, by libidn2).
 *
 * Stricter than the standard in four points: a name that no DNS can hold
 * (over 253 bytes) and bytes that no name has (such as "!" and "$", which
 * libcurl refuses, too) are refused, and so are letters that IDNA 2008 does
 * not allow (libidn2); "xn--" labels are not decoded, DNS decides on them.
 * More lenient in one: an IPv6 address may have a zone, as in curl.
 */
#ifndef HOST_H
#define HOST_H

#include "base/base.h"

struct arena;

struct host {
    const char *name; /* lower case, ASCII; an IPv6 address without brackets
                         and zone */
    const char *text; /* the same as it stands in a URL */
    bool is_numeric;  /* it is an address */
};

/*
 * Take the host of an authority, in any spelling, to *h; its strings go to
 * mem.  Returns what is wrong with it, NULL where nothing is.
 */
NODISCARD const char *host_parse(const char *text, size_t len,
                                 struct arena *mem, struct host *h);

#endif /* HOST_H */
