/*
 * request_body.h - the keys of a JSON request that give it a body.
 */
#ifndef REQUEST_BODY_H
#define REQUEST_BODY_H

#include "base/base.h"

struct spec;

/* Take "body", "body_base64", "json", "body_file" or "form".  -1: the job's
 * error is set. */
NODISCARD int request_body_take(struct spec *s);

#endif /* REQUEST_BODY_H */
