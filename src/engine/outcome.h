/*
 * outcome.h - what a transfer that is over came to, as its job's result.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include <curl/curl.h>

#include "base/base.h"

struct transfer;

/* Fill x->job->res: peer, response, times and what went wrong.  code is how
 * libcurl saw it end. */
void outcome_fill(struct transfer *x, CURLcode code, int64_t now_us);

/* Why the response did not come whole, in the words of WARC-Truncated; NULL:
 * it did. */
const char *outcome_truncated(const struct transfer *x, CURLcode code);

#endif /* OUTCOME_H */
