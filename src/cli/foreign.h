/*
 * foreign.h - options of other tools: curl, wget, wget2, aria2, httpx, xargs,
 * GNU parallel and aiohttp.
 *
 * An option that asks for what fanfetch does anyway is accepted without
 * effect.  One with an exact equivalent is an alias.  For every other option
 * there is an answer that names what to use here, or says that there is
 * nothing.  Our own options (table.h) take precedence.
 */
#ifndef FOREIGN_H
#define FOREIGN_H

#include "base/base.h"

/*
 * The fixed value of an alias that asks for the default: it undoes an earlier
 * alias of the same option, as --location undoes --no-location.  Compare the
 * pointer.
 */
extern const char foreign_default[];

/* A name or letter that means one of our options. */
struct alias {
    const char *name;  /* without dashes; NULL: only the letter */
    char letter;       /* 0: none */
    const char *to;    /* our option's name; NULL: no effect */
    const char *value; /* a fixed value; NULL: the alias's own value, or none */
};

/* NULL: there is no such alias. */
const struct alias *foreign_alias(const char *name);
const struct alias *foreign_alias_letter(int letter);

/*
 * Find another tool's option whose name begins with prefix, and that is neither
 * named like our option `ours` nor an alias of it.
 *
 * len      set to the length of the name
 * returns  the name, not ended by a NUL; NULL: there is none
 */
const char *foreign_longer(const char *prefix, const char *ours, size_t *len);

/*
 * The answer to another tool's long option, letter, or word of several letters
 * behind one dash ("nc", as in wget and httpx).  NULL: not an option of a
 * known tool.
 */
const char *foreign_answer(const char *name);
const char *foreign_answer_letter(int letter);
const char *foreign_answer_word(const char *word);

#endif /* FOREIGN_H */
