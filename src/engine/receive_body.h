/*
 * receive_body.h - receives the body of a response, decodes it within the
 * budget of a turn, and passes it to body_add().
 */
#ifndef RECEIVE_BODY_H
#define RECEIVE_BODY_H

#include "base/base.h"

struct transfer;

/* CURLOPT_WRITEFUNCTION: take bytes of a body. arg is the struct transfer.  To
 * end the transfer it sets x->stop; on_held() or on_paused() of its env is
 * called before it pauses the transfer. */
size_t receive_body(char *data, size_t size, size_t n, void *arg);

/* Is there still no room for the body of a transfer that is TRANSFER_HELD? */
bool receive_must_wait(struct transfer *x);

#endif /* RECEIVE_BODY_H */
