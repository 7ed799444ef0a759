/*
 * outcome.h - fills a job's result from a transfer that is over.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include <curl/curl.h>

#include "base/base.h"

struct transfer;

/*
 * Fill x->job->res: peer, response, times and error. code is libcurl's result.
 */
void outcome_fill(struct transfer *x, CURLcode code, int64_t now_us);

/* Why the response is incomplete, in the words of WARC-Truncated; NULL: it is
 * complete. */
const char *outcome_truncated(const struct transfer *x, CURLcode code);

#endif /* OUTCOME_H */
