/*
 * setup.h - sets a job's request on a curl easy handle: method, body, headers.
 */
#ifndef SETUP_H
#define SETUP_H

#include "base/base.h"

struct curl_slist;
struct job;
struct opts;
struct strings;

/* Convert strings to a libcurl list, which the caller frees. */
struct curl_slist *setup_list(const struct strings *strings);

/* The headers of every request: these (the options' own, or the current
 * content of their files) and the default ones.  The caller frees the list. */
struct curl_slist *setup_run_headers(const struct opts *opts,
                                     const struct strings *headers);

/*
 * Set method, body and headers of a job's current hop.
 *
 * easy         a CURL * on which setup_run() was called
 * run_headers  setup_run_headers(), used unchanged if the job adds nothing
 * returns      the job's own list, which the caller frees after the transfer,
 *              or NULL if run_headers are used
 */
struct curl_slist *setup_request(void *easy, const struct opts *opts,
                                 const struct job *j,
                                 const struct curl_slist *run_headers);

/* The value of the header of that name, or NULL if there is none. */
const char *setup_header(const struct curl_slist *list, const char *name);

/* Must the hop go without credentials and most headers, since its origin is not
 * that of the record (and --location-trusted is not given)? */
bool setup_withholds(const struct opts *opts, const struct job *j);

/* May the hop have a name and password? */
bool setup_may_log_in(const struct opts *opts, const struct job *j);

/* Does the job need only setup_run() and a URL?  Settings that may change
 * during requests cannot be shared. */
bool setup_is_plain(const struct opts *opts, const struct job *j);

#endif /* SETUP_H */
