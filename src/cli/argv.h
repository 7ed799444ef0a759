/*
 * argv.h - splits the command line into options with values, and operands.
 *
 * Names may be those of other tools (foreign.h), or unambiguous
 * abbreviations.  Values are not checked here.
 */
#ifndef ARGV_H
#define ARGV_H

#include "base/base.h"

struct opt_row;

/* One use of an option. */
struct use {
    const struct opt_row *row;
    const char *value; /* NULL: no value was given */
    bool is_attached;  /* the value is part of the option's word */
    const char *place; /* "FILE:LINE: " of a configuration file, NULL: none */
};

/* All uses in order, and the operands. */
struct uses {
    struct use *v;
    size_t n;
    const char **operands;
    size_t noperands;
};

void uses_fini(struct uses *uses);

/* Remove the uses that a later one undoes: --no-location before --location, and
 * --no-decompress before --compressed. */
void uses_drop_undone(struct uses *uses);
void uses_add(struct uses *uses, const struct use *use);
void uses_add_operand(struct uses *uses, const char *operand);

/* The first use of that option, or NULL. */
const struct use *uses_find(const struct uses *uses, const char *name);

/* What a name or letter means. */
struct meaning {
    const struct opt_row *row; /* NULL: an option without effect */
    const char *value;         /* a fixed value; NULL: the value that follows */
};

/*
 * Find the meaning of a name of len bytes.  Returns -1 if there is none, which
 * was reported together with what to use instead; place as in struct use.
 */
NODISCARD int argv_find(const char *name, size_t len, const char *place,
                        struct meaning *m);
NODISCARD int argv_find_letter(int letter, const char *place,
                               struct meaning *m);

/* Can it have a value?  Must it? */
bool argv_takes_value(const struct meaning *m);
bool argv_needs_value(const struct meaning *m);

enum argv_status {
    ARGV_OK,
    ARGV_HELP, /* *topic is set; the words behind it were not read */
    ARGV_VERSION,
    ARGV_USAGE, /* reported */
};

/*
 * Append the options and operands in argv[1] to argv[argc - 1].  Values and
 * operands are borrowed from argv.
 *
 * topic  set to the topic of --help; NULL: --help has none
 */
NODISCARD enum argv_status argv_read(int argc, char **argv, struct uses *uses,
                                     const char **topic);

#endif /* ARGV_H */
