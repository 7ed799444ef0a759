/*
 * renewal.h - headers and a token whose file may change while we run, as a
 * token does that is good for an hour: the next request has what the file holds
 * then.  One for each engine; nothing here is shared.
 *
 * A file that can't be read any more, or whose lines are not valid, is reported
 * once and changes nothing; nor does one that is empty, as it is while it is
 * being written anew.
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

/* Look at the files: a system call for each that has not changed. */
void renewal_look(struct renewal *r);

/* The run's headers (setup_run_headers()) and the token (NULL: none is of a
 * file), good until the next look. */
const struct curl_slist *renewal_headers(const struct renewal *r);
const char *renewal_token(const struct renewal *r);

#endif /* RENEWAL_H */
