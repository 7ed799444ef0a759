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

/* Set whether the hop may use a kept connection, and whether its own is kept.
 */
void prepare_connection_use(struct transfer *x);

/* Set the URL to be requested. */
void prepare_url(struct transfer *x);

/*
 * The host whose cookies apply: the one that a Host header of the options
 * names; NULL: the target's.  A record's own Host header does not count, or the
 * author of a list could have any host's cookies sent to their own server.
 */
const char *prepare_cookie_host(struct job *j,
                                const struct curl_slist *headers);

/* Set the cookies that the hop sends, if the run keeps any.  Call it when the
 * request is about to be sent. */
void prepare_cookies(struct transfer *x);

/* Store a cookie that a response sets. */
void prepare_set_cookie(const struct transfer *x, const char *value,
                        size_t len);

/* Does its connection take this one request and no other? */
bool prepare_is_single_use(const struct transfer *x);

/*
 * Is its connection kept only once an answer has begun?  It is over HTTP/2
 * without TLS: there libcurl < 8.21 lets later streams wait for the first
 * answer of the connection (url_match_http_multiplex()), and without
 * end if the first stream ends without one.
 */
bool prepare_is_kept_once_answered(const struct transfer *x);

#endif /* PREPARE_H */
