/*
 * request_hash.h - what a record asks beside method and URL, as one number
 * that can stand in its result.
 *
 * `--resume` compares it, so it is the same in every version and on every
 * machine.  Values of headers that carry credentials are not part of it: the
 * hash lets nobody test guesses of them, and a renewed token does not make
 * all records new ones.
 */
#ifndef REQUEST_HASH_H
#define REQUEST_HASH_H

#include "base/base.h"

struct arena;
struct request;

/*
 * The hash of a record's own headers and body, before the options have added
 * theirs: 32 hex digits in mem.  NULL: it has neither.
 */
const char *request_hash(const struct request *own, struct arena *mem);

#endif /* REQUEST_HASH_H */
