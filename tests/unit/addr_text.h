/*
 * addr_text.h - addresses from text and back, for tests.
 */
#ifndef ADDR_TEXT_H
#define ADDR_TEXT_H

#include "base/addr.h"

/* The address in a text, which must be one. */
struct addr addr_of(const char *text);

/* The addresses in a comma list, in v, which has room for max; NULL: none. */
struct addr_list addr_list_of(const char *text, struct addr *v, size_t max);

/* The list with commas; valid until the next call. */
const char *addr_list_text(struct addr_list list);

#endif /* ADDR_TEXT_H */
