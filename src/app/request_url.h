/*
 * request_url.h - the URL that a record is sent to: its own, completed by the
 * options.
 */
#ifndef REQUEST_URL_H
#define REQUEST_URL_H

#include "base/base.h"

struct job;
struct opts;
struct url_flaw;

/*
 * Fill j->origin from j->url_given.  As in curl, --get appends the data to the
 * query, and --upload-file appends the file's name if the URL ends in a
 * slash.  Returns -1 and sets *flaw if the URL cannot be used.
 */
NODISCARD int request_url_parse(struct job *j, const struct opts *opts,
                                struct url_flaw *flaw);

#endif /* REQUEST_URL_H */
