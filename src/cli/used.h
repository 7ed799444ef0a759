/*
 * used.h - the options of a run as a text, for what is kept with its results.
 */
#ifndef USED_H
#define USED_H

#include "base/base.h"

struct arena;
struct uses;

/*
 * The options in long form and in their order, quoted as a shell wants it, in
 * one line: control bytes are spaces there.  Values that are secret are "***"
 * unless they are to be shown; so is the user in a URL.  It lives in mem.
 */
NODISCARD const char *used_text(const struct uses *uses, bool shows_secrets,
                                struct arena *mem);

/* The whole command line likewise: the program's name, the options, and the
 * operands, of which it tells a few and how many more there are. */
NODISCARD const char *used_command(const struct uses *uses, bool shows_secrets,
                                   struct arena *mem);

#endif /* USED_H */
