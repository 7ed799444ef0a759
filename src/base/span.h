/*
 * span.h - a piece of a text that belongs to others.
 */
#ifndef SPAN_H
#define SPAN_H

#include "base/base.h"

struct span {
    const char *p; /* not NUL-terminated */
    size_t len;
};

/* The text from p up to end. */
struct span span_between(const char *p, const char *end);

/* The text behind its first n <= len bytes. */
static inline struct span
span_skip(struct span s, size_t n)
{
    return (struct span){s.p + n, s.len - n};
}

/* The span without white space (C locale) at either end. */
struct span span_trim(struct span s);

/* The same, also without a byte order mark before the text. */
struct span span_trim_mark(struct span s);

/* Is it that text? */
bool span_is(struct span s, const char *text);

/*
 * The first max bytes, or up to three fewer so that no UTF-8 character is cut.
 */
struct span span_cut(struct span s, size_t max);

#endif /* SPAN_H */
