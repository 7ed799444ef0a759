/*
 * search.h - the domains in which a short name is looked for, as
 * resolv.conf(5) tells.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include "base/base.h"

struct search;

/* From /etc/resolv.conf, LOCALDOMAIN and RES_OPTIONS. */
NODISCARD struct search *search_new(void);
void search_free(struct search *s); /* NULL is fine */

/*
 * The i-th full name to ask for, from 0 on: the name itself and, unless it ends
 * in a dot, the name in each domain; itself first if it has "ndots" dots, else
 * last.  Returns false if there is no i-th name.  One that does not fit into
 * out becomes "..", which is no name.
 */
bool search_name(const struct search *s, const char *name, size_t i, char *out,
                 size_t size);

#endif /* SEARCH_H */
