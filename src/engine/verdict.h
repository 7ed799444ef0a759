/*
 * verdict.h - decides whether a transfer that is over has failed, and with
 * which error.
 *
 * libcurl's code does not tell it alone: it takes some truncated answers for
 * complete ones, reports an error of a connection to one of its streams or to
 * none, and hides what a server said of a request.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <curl/curl.h>

#include "base/base.h"

struct transfer;

/*
 * Set the error of x->job->res, its evidence and is_head_enough.  code is
 * libcurl's result.  The rest of the result, except its connection, must have
 * been filled in.
 */
void verdict_fill(struct transfer *x, CURLcode code, int64_t now_us);

#endif /* VERDICT_H */
