/*
 * json_reader.h - spans of text owned by others, and JSON split into such
 * spans without building values.
 *
 * A tree of values would lose details that must come back to the user
 * unchanged: 1.0 against 1, integers over 64 bits, 1e999, a repeated key.  The
 * text is checked once, strictly by RFC 8259, and values then point into it.
 */
#ifndef SPAN_H
#define SPAN_H

#include "base/base.h"

/* Containers in containers, as many as jansson takes. */
#define SPAN_MAX_DEPTH 2048

struct span {
    const char *p; /* not NUL-terminated */
    size_t len;
};

/* Why a text is no JSON, and where. */
struct span_flaw {
    const char *what; /* "not a value" */
    size_t at;        /* byte, 0-based */
};

/* The span without white space (C locale) at either end. */
struct span span_trim(struct span s);

/* Is it that text? */
bool span_is(struct span s, const char *text);

/*
 * The first max bytes, or up to three fewer so that no UTF-8 character is cut.
 */
struct span span_cut(struct span s, size_t max);

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

#endif /* SPAN_H */
