/*
 * callbacks.h - what libcurl tells during a transfer, except for the response
 * (receive_head.h, receive_body.h).
 */
#ifndef CALLBACKS_H
#define CALLBACKS_H

#include "base/base.h"

struct transfer;

/* Set what stays the same between requests, on a new handle: the options of the
 * run and the callbacks. */
void callbacks_setup(struct transfer *x);

/* May its connection carry other streams beside this one? */
bool callbacks_may_multiplex(const struct transfer *x);

#endif /* CALLBACKS_H */
