/*
 * request_keys.h - which keys a JSON record has, and what a result line lacks
 * of its request.
 */
#ifndef REQUEST_KEYS_H
#define REQUEST_KEYS_H

#include "base/base.h"
#include "base/json_reader.h"

struct spec;

/* Read an object's values to s->value.  Those of a result's response are left
 * out, those of its "request" go first. */
void request_keys_read(struct spec *s, struct span object);

/* Refuse unknown and repeated keys.  -1: the job's error is set. */
NODISCARD int request_keys_check(const struct spec *s);

/*
 * Refuse a result line that does not hold all of its request, as it would be
 * sent differently.  What is missing is noted in the job, so that this record's
 * result tells it, too.  -1: the job's error is set.
 */
NODISCARD int request_keys_check_complete(struct spec *s);

/* Note in the job which parts of the request the record brings itself. */
void request_keys_note_own(struct spec *s);

/* Keep the request's own keys in the job, each as it stands in the record;
 * none where other programs could not read the line for one of them. */
void request_keys_keep(struct spec *s);

#endif /* REQUEST_KEYS_H */
