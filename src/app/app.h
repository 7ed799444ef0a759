/*
 * app.h - the run: creates its parts and connects them to the control loop.
 */
#ifndef APP_H
#define APP_H

#include "base/base.h"

struct opts;

/* Exit status (see the manual page). */
enum app_exit {
    EXIT_ALL_OK = 0,
    EXIT_NOT_OK = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_OUTPUT = 4, /* output that cannot be written, or no memory, descriptors
                        or threads */
    EXIT_SIGNAL = 128, /* plus the signal's number */
};

/* Print the versions of fanfetch and of the libraries in use.  Returns the
 * exit status. */
NODISCARD int app_version(void);

/* Print the JSON Schema of the result line and of the summary.  Returns the
 * exit status. */
NODISCARD int app_schema(void);

/* Print the keys of the result line, and those of the objects in it, one a
 * line.  Returns the exit status. */
NODISCARD int app_keys(void);

/* Fetch everything.  Returns the exit status. */
NODISCARD int app_run(const struct opts *opts);

#endif /* APP_H */
