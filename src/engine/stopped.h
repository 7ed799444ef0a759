/*
 * stopped.h - the error of a transfer that we ended ourselves.
 */
#ifndef STOPPED_H
#define STOPPED_H

#include <curl/curl.h>

#include "base/base.h"
#include "job/result.h"

struct transfer;

/* Set the error of the job's result by x->stop. code is libcurl's, phase how
 * far the transfer had come. */
void stopped_fill(struct transfer *x, CURLcode code, enum phase phase);

#endif /* STOPPED_H */
