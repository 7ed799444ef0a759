/*
 * name_template.h - names of files, made of a template and safe to be used.
 *
 * A template is text with {index} {host} {hash} {hash:N} {ext} in it, and
 * "{{" for a brace.  What becomes of it is judged as any other name is: it
 * must stay beneath the folder that it is for.
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
    const char *host; /* any bytes */
    const char *hash; /* TEMPLATE_HASH_DIGITS hex digits */
    const char *ext;  /* ".html", "" */
};

/* Is it one, and do ordinary values make a safe name of it? */
bool template_is_valid(const char *tmpl);

/* How many digits of the hash it uses at least once; 0: none. */
unsigned template_hash_digits(const char *tmpl);

/* Does it use the index, so that no two records' names are the same? */
bool template_has_index(const char *tmpl);

/* Append the name, NUL-terminated, to out; the template must be valid. */
void template_expand(struct buf *out, const char *tmpl,
                     const struct template_values *values);

/*
 * Is it a relative path of 1 to TEMPLATE_NAME_MAX bytes that leads nowhere
 * else: no component empty, "." or "..", no control character?
 */
bool template_is_safe(const char *name);

/*
 * Cut the components of the NUL-terminated name in the buffer that are longer
 * than a file's name may be.  What looks like an extension stays.
 */
void template_cut(struct buf *name);

#endif /* TEMPLATE_H */
