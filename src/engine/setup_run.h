/*
 * setup_run.h - sets the options of a run on a curl easy handle: protocol,
 * connection, TLS, proxy and credentials.
 */
#ifndef SETUP_RUN_H
#define SETUP_RUN_H

struct opts;

/* Set what all requests of the run share. easy is a CURL *. */
void setup_run(void *easy, const struct opts *opts);

#endif /* SETUP_RUN_H */
