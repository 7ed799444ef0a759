/*
 * route.h - the paths of the server.
 *
 * A route turns a request into a reply.  README.md lists them for users; the
 * table that joins names to functions is in routes.c.
 */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "http.h"
#include "reply.h"

/* arg is what stands behind the route's name: "10" in /delay/10; or "". */
typedef void route_function(const struct request *q, const char *arg,
                            struct reply *r);

/* Fill in the reply, which is initialised, for a complete request. */
void routes_answer(const struct request *q, struct reply *r);

/* Make the body a stream of total bytes: the alphabet, over and over. */
void route_pattern(struct reply *r, uint64_t total);

/* content.c: well-behaved bodies */
route_function route_root, route_delay, route_status, route_bytes,
    route_chunked, route_drip, route_http10, route_no_length, route_echo,
    route_headers_bytes, route_utf8, route_latin1, route_json, route_binary,
    route_mirror;

/* access.c: redirects, cookies, passwords, and answers that come true later */
route_function route_redirect, route_redirect_loop, route_redirect_to,
    route_redirect_no_location, route_cookie_set, route_auth_basic,
    route_auth_digest, route_429, route_flaky;

/* faults.c: everything that a server should not do */
route_function route_stall, route_stall_headers, route_stall_body, route_reset,
    route_reset_body, route_empty, route_truncated, route_garbage,
    route_bad_chunk, route_bad_gzip, route_http09, route_headers_flood,
    route_header_line, route_header_lines, route_endless, route_continue_flood,
    route_drop_second, route_close_after_idle, route_raw;

/* zip.c: compressed bodies */
route_function route_gzip, route_bomb;

#endif /* SERVER_ROUTE_H */
