/*
 * request_url.h - the URL that a record is sent to: its own, and what the
 * options add to it.
 */
#ifndef REQUEST_URL_H
#define REQUEST_URL_H

#include "base/base.h"

struct job;
struct opts;
struct url_flaw;

/*
 * Fill j->origin from j->url_given.  With --get the data of the options goes
 * behind its query, and with --upload-file the
 * file's name behind a last slash, as curl puts them there.  -1 and *flaw where
 * the URL can't be used.
 */
NODISCARD int request_url_parse(struct job *j, const struct opts *opts,
                                struct url_flaw *flaw);

#endif /* REQUEST_URL_H */
