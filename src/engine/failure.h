/*
 * failure.h - collects what is known of a transfer that failed in libcurl, and
 * sets its error.
 */
#ifndef FAILURE_H
#define FAILURE_H

#include <curl/curl.h>

#include "base/base.h"
#include "job/result.h"

struct transfer;

/* Did it come as far as TLS with the server: is TCP connected, and the tunnel
 * of a proxy established?  False without TLS. */
bool failure_reached_tls(const struct transfer *x);

/* How far a transfer came that ended with that code. */
enum phase failure_phase(const struct transfer *x, CURLcode code);

/* Set the error of x->job->res.  code is not CURLE_OK. */
void failure_fill(struct transfer *x, CURLcode code, int64_t now_us);

#endif /* FAILURE_H */
