/*
 * prepare.h - sets up a hop's time-outs, addresses and connection; setup.h
 * sets up the request itself.
 */
#ifndef PREPARE_H
#define PREPARE_H

#include "base/base.h"

struct curl_slist;
struct job;
struct transfer;

/* Set time-outs to what is left of them at now_us. */
void prepare_timeouts(struct transfer *x, int64_t now_us);

/* Give libcurl the job's addresses, so that it does no look-up. */
void prepare_addresses(struct transfer *x);

/* How the hop gets its connection, and whether it is kept afterwards. */
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
