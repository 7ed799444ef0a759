/*
 * used.h - the options of a run as text, stored with its results.
 */
#ifndef USED_H
#define USED_H

#include "base/base.h"

struct arena;
struct uses;

/*
 * The options in long form, in order, quoted for the shell, on one line:
 * control bytes become spaces.  Secret values and the user in URLs are "***"
 * unless secrets are shown.  The text is in mem.
 */
NODISCARD const char *used_text(const struct uses *uses, bool shows_secrets,
                                struct arena *mem);

/* The whole command line in the same form: the program's name, the options, the
 * first few operands and how many more there are. */
NODISCARD const char *used_command(const struct uses *uses, bool shows_secrets,
                                   struct arena *mem);

#endif /* USED_H */
