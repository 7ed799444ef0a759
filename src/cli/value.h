/*
 * value.h - an option's text to its field in struct opts.
 */
#ifndef VALUE_H
#define VALUE_H

#include "base/arena.h"
#include "base/base.h"
#include "cli/opts.h"

struct buf;
struct opt_row;

/* The options and what they own. */
struct opts_store {
    struct opts opts;   /* first, so that it leads to the rest */
    struct arena mem;   /* lists, and what was read from files */
    bool stdin_is_free; /* "@-" may be read: no URLs come from there */
};

/* Everything blank but the defaults. */
NODISCARD struct opts_store *value_store_new(void);
void value_store_free(struct opts_store *store);

/*
 * Set row's field from text (NULL: the option came without a value).  text
 * is borrowed for as long as the store lives.  -1: not allowed, reported.
 */
NODISCARD int value_set(struct opts_store *store, const struct opt_row *row,
                        const char *text);

/*
 * Read the file that an option's value names, "-" for standard input, into a
 * blank buffer.  -1: reported.
 */
NODISCARD int value_read_file(struct opts_store *store,
                              const struct opt_row *row, const char *path,
                              struct buf *out);

#endif /* VALUE_H */
