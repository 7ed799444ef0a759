/*
 * contradictions.h - options that contradict each other, or that need another
 * one.
 */
#ifndef CONTRADICTIONS_H
#define CONTRADICTIONS_H

#include "base/base.h"

struct opts;
struct use;
struct uses;

/*
 * Check the options of a command line and of the files of --config together.
 * Returns -1 if they contradict each other, which was reported.
 */
NODISCARD int contradictions_check(const struct uses *uses,
                                   const struct opts *o);

/* Do the two options exclude each other?  Then the command line's counts, not
 * that of a file. */
bool contradictions_exclude(const struct use *use, const struct use *other);

/* The name of the option without which this one is an error, or NULL. */
const char *contradictions_needed(const struct use *use);

#endif /* CONTRADICTIONS_H */
