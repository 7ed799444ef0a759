/*
 * named_keys.h - the keys of the result line that --fields and --format name.
 */
#ifndef NAMED_KEYS_H
#define NAMED_KEYS_H

#include "base/base.h"

struct opts;

/* Has a result line all of them?  -1: no, reported, with what was probably
 * meant. */
NODISCARD int named_keys_check(const struct opts *opts);

#endif /* NAMED_KEYS_H */
