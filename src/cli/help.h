/*
 * help.h - --help and --version, written from the option table.
 */
#ifndef HELP_H
#define HELP_H

#include "base/base.h"

#ifndef FANFETCH_VERSION
#define FANFETCH_VERSION "0.1.0"
#endif

struct buf;

/*
 * Append the help on a topic to out.
 *
 * topic    NULL: the common options on one screen; "all"; a section's name;
 *          an option, with or without its dashes; "table": a tab-separated
 *          row per option, for completion scripts
 * returns  -1 where there is no such topic
 */
NODISCARD int help_write(struct buf *out, const char *topic);

/* The topic that was probably meant, or NULL if none is similar. */
const char *help_suggest(const char *topic);

enum help_status {
    HELP_OK,
    HELP_NO_TOPIC,    /* unknown topic; not reported */
    HELP_NOT_WRITTEN, /* standard output failed; reported */
};

/* Like help_write(), to standard output. */
NODISCARD enum help_status help_print(const char *topic);

/* Print a text to standard output and free it. */
NODISCARD enum help_status help_put(struct buf *text);

/*
 * Print fanfetch's version and, if not NULL, the text about the libraries.
 */
NODISCARD enum help_status help_version(const char *libraries);

#endif /* HELP_H */
