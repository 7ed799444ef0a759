/*
 * prepare.h - what a job's hop wants of libcurl beside the request itself
 * (setup.h): how long, where to, over which connection.
 */
#ifndef PREPARE_H
#define PREPARE_H

#include "base/base.h"

struct transfer;

/* Time-outs: what is left of them at now_us. */
void prepare_timeouts(struct transfer *x, int64_t now_us);

/* The job's addresses, instead of a look-up. */
void prepare_addresses(struct transfer *x);

/* How it gets its connection, and what becomes of that. */
void prepare_connection_use(struct transfer *x);

void prepare_url(struct transfer *x);

/* Does its connection take this one request and no other? */
bool prepare_is_single_use(const struct transfer *x);

#endif /* PREPARE_H */
