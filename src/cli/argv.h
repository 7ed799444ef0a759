/*
 * argv.h - the command line taken apart: which options it uses, with which
 * values, and its operands.
 *
 * Names may be those of other tools (foreign.h), or cut where they stay
 * unambiguous.  No value is looked at here.
 */
#ifndef ARGV_H
#define ARGV_H

#include "base/base.h"

struct opt_row;

/* One use of an option. */
struct use {
    const struct opt_row *row;
    const char *value; /* NULL: none was given */
    bool is_attached;  /* the value stands in the option's own word */
    const char *place; /* "FILE:LINE: " of a configuration file, NULL: none */
};

/* All of them in their order, and what is no option. */
struct uses {
    struct use *v;
    size_t n;
    const char **operands;
    size_t noperands;
};

void uses_fini(struct uses *uses);
void uses_add(struct uses *uses, const struct use *use);
void uses_add_operand(struct uses *uses, const char *operand);

/* The first use of that option; NULL: there is none. */
const struct use *uses_find(const struct uses *uses, const char *name);

/* What a name or letter stands for. */
struct meaning {
    const struct opt_row *row; /* NULL: an option without effect */
    const char *value;         /* what it is given; NULL: its own value */
};

/*
 * Find what a name of len bytes means.  -1: nothing, which was reported with
 * what to use instead; place as in struct use.
 */
NODISCARD int argv_find(const char *name, size_t len, const char *place,
                        struct meaning *m);
NODISCARD int argv_find_letter(int letter, const char *place,
                               struct meaning *m);

/* Does it take a value?  Must it? */
bool argv_takes_value(const struct meaning *m);
bool argv_needs_value(const struct meaning *m);

enum argv_status {
    ARGV_OK,
    ARGV_HELP, /* *topic is set; what follows was not looked at */
    ARGV_VERSION,
    ARGV_USAGE, /* reported */
};

/*
 * Append what argv[1] to argv[argc - 1] say.  Values and operands are borrowed
 * from argv.
 *
 * topic  of --help, NULL: it has none
 */
NODISCARD enum argv_status argv_read(int argc, char **argv, struct uses *uses,
                                     const char **topic);

#endif /* ARGV_H */
