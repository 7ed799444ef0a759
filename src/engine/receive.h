/*
 * receive.h - what a server sends, as it comes: head and body of a response,
 * within their bounds, unpacked, and handed to body_add().
 */
#ifndef RECEIVE_H
#define RECEIVE_H

#include "base/base.h"

struct transfer;

/* CURLOPT_HEADERFUNCTION and CURLOPT_WRITEFUNCTION; arg is the struct transfer.
 * Where they end the transfer they set x->stop. */
size_t receive_header(char *line, size_t size, size_t n, void *arg);
size_t receive_body(char *data, size_t size, size_t n, void *arg);

/* Nothing of a response has come yet, or all that did is void. */
void receive_forget(struct transfer *x);

/* Is there still no room for the body of a transfer that is_held? */
bool receive_must_wait(struct transfer *x);

#endif /* RECEIVE_H */
