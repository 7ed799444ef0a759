/*
 * receive.h - what a server sends, as it comes: head and body of a response,
 * within their bounds, unpacked, and handed to body_add().
 */
#ifndef RECEIVE_H
#define RECEIVE_H

#include "base/base.h"

struct transfer;

/* All of a response's head, interim responses included.  libcurl itself stops
 * at 100 KB for one line and, but for old ones, at 300 KB for all, with an
 * error that is another one in each version: we are there before it. */
#define HEAD_MAX_BYTES (200 * 1024)

/* And all its lines: libcurl keeps each of them, in a hundred bytes or more
 * however short it is. */
#define HEAD_MAX_LINES 5000

/*
 * A body that unpacks to more than this, and to so many times what came, was
 * made to do harm.  gzip can't do that, but brotli and zstd can.
 */
#define UNPACKED_FREE_BYTES (INT64_C(64) * 1024 * 1024)
#define UNPACKED_MAX_RATIO  2000

/* CURLOPT_HEADERFUNCTION and CURLOPT_WRITEFUNCTION; arg is the struct transfer.
 * Where they end the transfer they set x->stop. */
size_t receive_header(char *line, size_t size, size_t n, void *arg);
size_t receive_body(char *data, size_t size, size_t n, void *arg);

/* Nothing of a response has come yet, or all that did is void. */
void receive_forget(struct transfer *x);

#endif /* RECEIVE_H */
