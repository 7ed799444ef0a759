/*
 * receive_head.h - receives the head of a response within its limits, and
 * decides by it whether the body is wanted and the connection is kept.
 */
#ifndef RECEIVE_HEAD_H
#define RECEIVE_HEAD_H

#include "base/base.h"

struct transfer;

/* CURLOPT_HEADERFUNCTION: take a line of a head or of a trailer. arg is the
 * struct transfer.  To end the transfer it sets x->stop. */
size_t receive_header(char *line, size_t size, size_t n, void *arg);

/* Reset: nothing of a response has arrived, or it is discarded. */
void receive_forget(struct transfer *x);

/* Can the response have no body, whatever its head says? */
bool receive_has_no_body(const struct transfer *x);

/* Is there more of the response than its head, as far as that tells? */
bool receive_may_have_body(const struct transfer *x);

#endif /* RECEIVE_HEAD_H */
