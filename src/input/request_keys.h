/*
 * request_keys.h - reads the keys of a JSON record, and checks whether a
 * result line has its whole request.
 */
#ifndef REQUEST_KEYS_H
#define REQUEST_KEYS_H

#include "base/base.h"
#include "base/span.h"

struct spec;

/* Read an object's values to s->value.  For a result, those of its response
 * are left out, and those of its "request" take precedence. */
void request_keys_read(struct spec *s, struct span object);

/* Refuse repeated keys, and unknown ones.  -1: the job's error is set. */
NODISCARD int request_keys_check_twice(const struct spec *s);
NODISCARD int request_keys_check(const struct spec *s);

/*
 * Refuse a result line that lacks part of its request, since it would be sent
 * differently.  What is missing is noted in the job, so that this record's
 * result names it, too.  Returns -1 with the job's error set.
 */
NODISCARD int request_keys_check_complete(struct spec *s);

/* Note in the job which parts of the request the record itself gives. */
void request_keys_note_own(struct spec *s);

/* Keep the request's own keys in the job, unchanged; none of them if other
 * programs could not read the line because of one. */
void request_keys_keep(struct spec *s);

#endif /* REQUEST_KEYS_H */
