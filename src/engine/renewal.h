/*
 * renewal.h - reads the files of headers and of a token again when they change,
 * so that the next request has what they hold then.
 *
 * A token may be valid for an hour only, while a run takes longer.  Each engine
 * has a renewal of its own.  A file that can't be read any more, or whose lines
 * are not valid, is reported once and changes nothing.  An empty file changes
 * nothing either: it may be in the middle of being written.
 */
#ifndef RENEWAL_H
#define RENEWAL_H

#include "base/base.h"

struct curl_slist;
struct opts;
struct renewal;

/* NULL: the options name no such file.  opts must outlive it. */
NODISCARD struct renewal *renewal_new(const struct opts *opts);
void renewal_free(struct renewal *r);

/* Read the files that have changed.  Costs a system call for each file. */
void renewal_look(struct renewal *r);

/* The run's headers (setup_run_headers()) and the token (NULL: it comes from no
 * file).  Valid until the next renewal_look(). */
const struct curl_slist *renewal_headers(const struct renewal *r);
const char *renewal_token(const struct renewal *r);

#endif /* RENEWAL_H */
