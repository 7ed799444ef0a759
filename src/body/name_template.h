/*
 * name_template.h - names of files, made of a template and safe to be used.
 *
 * A template is text with {index}, {host} and the like in it (see the table in
 * name_template.c), and "{{" for a brace.  Values come from strangers: what
 * could lead elsewhere, or be no name on some file system, becomes "_".
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "base/base.h"

struct buf;

/* Hex digits of a whole {hash}. */
#define TEMPLATE_HASH_DIGITS 64

/* The longest component of a name, and the longest name, in bytes. */
#define TEMPLATE_PART_MAX 255
#define TEMPLATE_NAME_MAX 4000

struct template_values {
    uint64_t index;
    const char *id;   /* JSON text, NULL: null */
    const char *host; /* any bytes */
    unsigned port;
    const char *url; /* whose path and query are meant */
    const char *method;
    int status;
    const char *filename; /* any bytes; NULL: that of the URL */
    const char *hash;     /* TEMPLATE_HASH_DIGITS hex digits */
    const char *ext;      /* ".html", "" */
    const char *date;     /* "2026-11-29" */
};

/* Is it one, and do ordinary values make a safe name of it? */
bool template_is_valid(const char *tmpl);

/* What may stand for a value in it: "{index}", "{id}", one after the other;
 * NULL: there are no more. */
const char *template_word(size_t i);

/* How many digits of the hash it uses at least once; 0: none. */
unsigned template_hash_digits(const char *tmpl);

/* Are all its values known before the request is sent? */
bool template_is_known_first(const char *tmpl);

/* Is the index in it, but so that two records may get one name all the same,
 * as with {host}{index}? */
bool template_index_may_clash(const char *tmpl);

/* Append the name, NUL-terminated, to out; the template must be valid. */
void template_expand(struct buf *out, const char *tmpl,
                     const struct template_values *values);

/*
 * Is it a relative path of 1 to TEMPLATE_NAME_MAX bytes that leads nowhere
 * else: no component empty, "." or "..", no control character, none that
 * begins as our own files do?
 */
bool template_is_safe(const char *name);

/*
 * Make the components of the NUL-terminated name in the buffer fit for any
 * file system: no dot or space at the end, none of Windows' device names, at
 * most TEMPLATE_PART_MAX bytes.  Of one that is cut a hash and what looks like
 * an extension stay, so that names which were different are.
 */
void template_fix(struct buf *name);

#endif /* TEMPLATE_H */
