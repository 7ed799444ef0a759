/*
 * setup.h - options and a job as settings of a curl easy handle.
 */
#ifndef SETUP_H
#define SETUP_H

#include "base/base.h"

struct curl_slist;
struct job;
struct opts;

/* What is the same for every request of the run.  easy is a CURL *. */
void setup_run(void *easy, const struct opts *opts);

struct strings;

/* Strings as libcurl's list; the caller's to free. */
struct curl_slist *setup_list(const struct strings *strings);

/* The headers that every request gets: these, which are the options' or what
 * their files hold now, and those by default.  The caller's to free. */
struct curl_slist *setup_run_headers(const struct opts *opts,
                                     const struct strings *headers);

/*
 * Method, body and headers of a job's current hop.
 *
 * run_headers  setup_run_headers(), used as it is where the job adds nothing
 * returns      a list of the job's own, or NULL; to be freed after the
 *              transfer
 */
struct curl_slist *setup_request(void *easy, const struct opts *opts,
                                 const struct job *j,
                                 const struct curl_slist *run_headers);

/* The value of the header of that name, NULL where there is none. */
const char *setup_header(const struct curl_slist *list, const char *name);

/* Is this hop's origin another one than the first, and not trusted? */
bool setup_withholds(const struct opts *opts, const struct job *j);

/* Does it need only what setup_run() has set, and a URL?  What may change while
 * requests are under way can't be shared. */
bool setup_is_plain(const struct opts *opts, const struct job *j);

#endif /* SETUP_H */
