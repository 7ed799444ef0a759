/*
 * guess.h - values that were probably meant for something else.
 *
 * The same letters mean other things to other tools: "-d DIR" is a folder to
 * aria2, and a body to us.  What is caught here is sent nowhere.
 */
#ifndef GUESS_H
#define GUESS_H

#include "base/base.h"

struct opt_row;
struct use;

/* Is the value of such an option the name of a file or folder? */
bool guess_is_path(const struct opt_row *row);

/*
 * Is the word behind an option whose value may be left out ("--summary
 * run.json", "--body json") that value?  Not so where it is an operand rather:
 * a URL, "-", or a file that exists and is no summary.
 */
bool guess_is_value(const struct opt_row *row, const char *word);

/* Does a file look like a list of URLs? */
bool guess_is_list(const char *path);

/* -1: the value is hardly meant for that option, which was reported. */
NODISCARD int guess_check(const struct use *use);

#endif /* GUESS_H */
