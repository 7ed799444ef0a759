/*
 * kept_request.h - a request that is no JSON written as such, for
 * --keep-request.
 */
#ifndef KEPT_REQUEST_H
#define KEPT_REQUEST_H

struct job;

/*
 * Set j->request from url_given, first.method and first.body: a line that is a
 * URL, or a table's row.  A byte of the URL that is no UTF-8 is written
 * percent-encoded, which asks for the same.
 */
void kept_request_make(struct job *j);

#endif /* KEPT_REQUEST_H */
