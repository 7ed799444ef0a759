/*
 * request_headers.h - the key "headers" of a JSON request.
 */
#ifndef REQUEST_HEADERS_H
#define REQUEST_HEADERS_H

#include "base/base.h"

struct spec;

/* Take the headers, an object from name to string or array of strings, if
 * given.  Returns -1 if the job's error is set. */
NODISCARD int request_headers_take(struct spec *s);

#endif /* REQUEST_HEADERS_H */
