/*
 * request_hash.h - a hash of what a record asks besides method and URL, for
 * its result.
 *
 * `--resume` compares it, so it is the same in every version and on every
 * machine.  Values of headers with credentials are not included: nobody can
 * test guesses with the hash, and a renewed token does not make all records
 * new.
 */
#ifndef REQUEST_HASH_H
#define REQUEST_HASH_H

#include "base/base.h"

struct arena;
struct buf;
struct request;

/*
 * The hash of a record's own headers and body, before the options add theirs:
 * 32 hex digits in mem.  NULL: it has neither.
 */
const char *request_hash(const struct request *own, struct arena *mem);

/*
 * Append what a request asks besides method and URL, in a form that differs for
 * different requests.
 *
 * has_secrets  with the values of headers with credentials
 */
void request_hash_text(struct buf *text, const struct request *req,
                       bool has_secrets);

#endif /* REQUEST_HASH_H */
