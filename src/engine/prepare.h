/*
 * prepare.h - what a job's hop wants of libcurl beside the request itself
 * (setup.h): how long, where to, over which connection.
 */
#ifndef PREPARE_H
#define PREPARE_H

#include "base/base.h"

struct curl_slist;
struct job;
struct transfer;

/* Time-outs: what is left of them at now_us. */
void prepare_timeouts(struct transfer *x, int64_t now_us);

/* The job's addresses, instead of a look-up. */
void prepare_addresses(struct transfer *x);

/* How it gets its connection, and what becomes of that. */
void prepare_connection_use(struct transfer *x);

void prepare_url(struct transfer *x);

/* The host that a Host header of the user's names, whose cookies count then;
 * NULL: the target's own do. */
const char *prepare_cookie_host(struct job *j,
                                const struct curl_slist *headers);

/* The cookies that the hop sends, where any are kept: when the request is about
 * to leave. */
void prepare_cookies(struct transfer *x);

/* A response sets a cookie, and they are kept. */
void prepare_set_cookie(const struct transfer *x, const char *value,
                        size_t len);

/* Does its connection take this one request and no other? */
bool prepare_is_single_use(const struct transfer *x);

#endif /* PREPARE_H */
