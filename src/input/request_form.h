/*
 * request_form.h - the key "form" of a JSON request.
 */
#ifndef REQUEST_FORM_H
#define REQUEST_FORM_H

#include "base/base.h"
#include "base/span.h"

struct form_part;
struct spec;

/*
 * Take the parts of a form: an object from field to string, to {"file": path,
 * "type": ..., "filename": ...}, or to an array of these.  The parts go to
 * the job's arena.  -1: the job's error is set.
 */
NODISCARD int request_form_take(struct spec *s, struct span form,
                                struct form_part **parts);

#endif /* REQUEST_FORM_H */
