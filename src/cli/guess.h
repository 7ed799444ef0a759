/*
 * guess.h - detects values that were probably meant for something else.
 *
 * The same letters mean different things in other tools: "-d DIR" is a folder
 * in aria2 and a body here.  Values caught here are not sent anywhere.
 */
#ifndef GUESS_H
#define GUESS_H

#include "base/base.h"

struct opt_row;
struct use;

/* Is the value of this option the name of a file or folder? */
bool guess_is_path(const struct opt_row *row);

/*
 * The option's value may be left out ("--summary run.json", "--body json"): is
 * the next word that value?  It is not if it looks like an operand: a URL,
 * "-", an existing file that is not a summary, or a path where no file is asked
 * for.
 */
bool guess_is_value(const struct opt_row *row, const char *word);

/* Does a word behind an option that has no value look like one ("-s 5",
 * "--ordered yes"), and name no file? */
bool guess_is_stray(const char *word);

/* Returns -1 if the value is unlikely to be meant for the option, which was
 * reported. */
NODISCARD int guess_check(const struct use *use);

#endif /* GUESS_H */
