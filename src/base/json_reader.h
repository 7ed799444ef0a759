/*
 * json_reader.h - checks JSON and splits it into spans, without building
 * values.
 *
 * A tree of values would lose details that must come back to the user
 * unchanged: 1.0 against 1, integers over 64 bits, 1e999, a repeated key.  The
 * text is checked once, strictly by RFC 8259, and values then point into it.
 */
#ifndef JSON_READER_H
#define JSON_READER_H

#include "base/base.h"
#include "base/span.h"

/* Containers in containers, as many as jansson takes. */
#define SPAN_MAX_DEPTH 2048

/* Why a text is no JSON, and where. */
struct span_flaw {
    const char *what; /* "not a value" */
    size_t at;        /* byte, 0-based */
};

/*
 * Is s one JSON value, with nothing but white space around it?  An unpaired
 * surrogate is refused although the grammar allows it: it stands for no
 * character, and many parsers would refuse our output for it.
 */
NODISCARD bool span_is_json(struct span s, struct span_flaw *flaw);

/* A walk over the members of an object or the elements of an array. */
struct span_walk {
    const char *pos; /* next member or element, or the closing bracket */
};

/* s must be JSON and an object or array. */
void span_walk_init(struct span_walk *w, struct span s);

/* The next member: its key with quotes and escapes, and its value. */
NODISCARD bool span_walk_member(struct span_walk *w, struct span *key,
                                struct span *value);
NODISCARD bool span_walk_element(struct span_walk *w, struct span *value);

#endif /* JSON_READER_H */
