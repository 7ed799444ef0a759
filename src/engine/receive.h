/*
 * receive.h - receives the head and body of a response within their limits,
 * decodes the body and passes it to body_add().
 */
#ifndef RECEIVE_H
#define RECEIVE_H

#include "base/base.h"

struct transfer;

/* CURLOPT_HEADERFUNCTION and CURLOPT_WRITEFUNCTION; arg is the struct transfer.
 * Where they end the transfer they set x->stop. */
size_t receive_header(char *line, size_t size, size_t n, void *arg);
size_t receive_body(char *data, size_t size, size_t n, void *arg);

/* Reset: nothing of a response has arrived, or it is discarded. */
void receive_forget(struct transfer *x);

/* Can the response have no body, whatever its head says? */
bool receive_has_no_body(const struct transfer *x);

/* Is there more of the response than its head, as far as that tells? */
bool receive_may_have_body(const struct transfer *x);

/* Is there still no room for the body of a transfer that is TRANSFER_HELD? */
bool receive_must_wait(struct transfer *x);

#endif /* RECEIVE_H */
