/*
 * value.h - converts an option's text and stores it in struct opts.
 */
#ifndef VALUE_H
#define VALUE_H

#include "base/arena.h"
#include "base/base.h"
#include "cli/opts.h"

struct buf;
struct opt_row;

/* The options and the memory they own. */
struct opts_store {
    /* First member, so that a pointer to it leads to the rest. */
    struct opts opts;
    struct arena mem;   /* for lists, and for text read from files */
    bool stdin_is_free; /* "@-" may be read: URLs do not come from standard
                           input */
};

/* Creates a store with all defaults set. */
NODISCARD struct opts_store *value_store_new(void);
void value_store_free(struct opts_store *store);

/*
 * Set row's field from text (NULL: the option has no value). text is borrowed
 * as long as the store lives.  Returns -1 if it is not allowed, which was
 * reported.
 */
NODISCARD int value_set(struct opts_store *store, const struct opt_row *row,
                        const char *text);

/*
 * Read the file that an option's value names, "-" for standard input, into an
 * empty buffer.  Returns -1 if that fails, which was reported.
 */
NODISCARD int value_read_file(struct opts_store *store,
                              const struct opt_row *row, const char *path,
                              struct buf *out);

#endif /* VALUE_H */
