/*
 * kept_request.h - writes a request that was not given as JSON as JSON, for
 * --keep-request.
 */
#ifndef KEPT_REQUEST_H
#define KEPT_REQUEST_H

struct job;

/*
 * Set j->request from url_given, first.method and first.body: for a line with
 * a URL, or a row of a table.  Bytes of the URL that are not UTF-8 are
 * percent-encoded, which asks for the same.
 */
void kept_request_make(struct job *j);

#endif /* KEPT_REQUEST_H */
