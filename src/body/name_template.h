/*
 * name_template.h - builds safe file names from a template.
 *
 * A template is text with {index}, {host} and so on (see the table in
 * name_template.c), and "{{" for a brace.  Values come from strangers, so
 * each goes through safe_name.h.
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "base/base.h"

struct buf;

/* Number of hex digits of a full {hash}. */
#define TEMPLATE_HASH_DIGITS 64

struct template_values {
    uint64_t index;
    const char *id;   /* JSON text, NULL: null */
    const char *host; /* any bytes */
    unsigned port;
    const char *url; /* its path and query are used */
    const char *method;
    int status;
    const char *filename; /* any bytes; NULL: use the URL's */
    const char *hash;     /* TEMPLATE_HASH_DIGITS hex digits */
    const char *ext;      /* ".html", "" */
    const char *date;     /* "2026-11-29" */
};

/* Is it valid, and does it give a safe name for ordinary values? */
bool template_is_valid(const char *tmpl);

/* The placeholders of a template, "{index}", "{id}", one after the other;
 * NULL: there are no more. */
const char *template_word(size_t i);

/* How many digits of the hash it contains at least; 0: none. */
unsigned template_hash_digits(const char *tmpl);

/* Are all its values known before the request? */
bool template_is_known_first(const char *tmpl);

/* Does it contain the index in such a way that two records may still get the
 * same name, as with {host}{index}? */
bool template_index_may_clash(const char *tmpl);

/* Append the name, NUL-terminated, to out; the template must be valid. */
void template_expand(struct buf *out, const char *tmpl,
                     const struct template_values *values);

#endif /* TEMPLATE_H */
