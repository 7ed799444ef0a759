/*
 * foreign.h - what users of other tools type: curl, wget, wget2, aria2, httpx,
 * xargs and GNU parallel.
 *
 * An option of theirs that asks for what is so anyway is taken without a word,
 * one with an exact equivalent is taken for that, and for each other one there
 * is an answer that names what to use here, or says that there is nothing.
 * The table of our own options (table.h) goes before all of these.
 */
#ifndef FOREIGN_H
#define FOREIGN_H

#include "base/base.h"

/* A name or letter that stands for one of our options. */
struct alias {
    const char *name;  /* without its dashes, NULL: a letter alone */
    char letter;       /* 0: none */
    const char *to;    /* our option's name; NULL: the alias has no effect */
    const char *value; /* what it is given; NULL: what the alias is given, or
                          nothing where it takes no value */
};

/* NULL: there is no such alias. */
const struct alias *foreign_alias(const char *name);
const struct alias *foreign_alias_letter(int letter);

/*
 * What to say to another tool's long option, letter, or word of several
 * letters behind one dash ("nc", as wget and httpx have them).  NULL: no tool
 * that we know has it.
 */
const char *foreign_answer(const char *name);
const char *foreign_answer_letter(int letter);
const char *foreign_answer_word(const char *word);

#endif /* FOREIGN_H */
