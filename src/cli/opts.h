/*
 * opts.h - parses the command line into the struct of job/options.h.
 *
 * Every option is a row of the table in table.c, which also holds its default,
 * range and help text.
 */
#ifndef OPTS_H
#define OPTS_H

#include "base/base.h"
#include "job/options.h"

enum opts_status {
    OPTS_RUN,
    OPTS_DONE,    /* --help: printed, exit 0 */
    OPTS_VERSION, /* --version: the caller prints it with help_version() */
    OPTS_SCHEMA,  /* --help=schema: the caller prints it with help_put() */
    OPTS_KEYS,    /* --help=keys: the same */
    OPTS_USAGE,   /* reported, exit 2 */
    OPTS_FAILED,  /* the help could not be written; reported, exit 4 */
};

/*
 * Parse the command line and check for contradictions. *opts borrows from
 * argv, which must outlive it: passwords and tokens are not copied.
 *
 * opts  set for OPTS_RUN, else NULL; free with opts_free()
 */
NODISCARD enum opts_status opts_parse(int argc, char **argv,
                                      struct opts **opts);

/* NULL is fine. */
void opts_free(struct opts *opts);

#endif /* OPTS_H */
