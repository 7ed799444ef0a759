/*
 * kernel.h - what the kernel knows of a transfer's connection.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include "base/base.h"

struct transfer;

/* Bytes sent that the peer has not acknowledged. */
int kernel_unacked(const struct transfer *x);

/*
 * Is the request's body still being sent?  Yes while libcurl or the kernel has
 * bytes of it to send, or if fewer are unacknowledged than at the last call.
 * Bytes that only lack the peer's acknowledgement do not count: they may never
 * get it.
 */
bool kernel_is_uploading(struct transfer *x);

/*
 * When the kernel last received bytes for this transfer.  libcurl may keep them
 * to itself, such as half a header line.  0: not known, since the connection
 * may have several streams.
 */
int64_t kernel_heard_us(const struct transfer *x, int64_t now_us);

#endif /* KERNEL_H */
