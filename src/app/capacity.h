/*
 * capacity.h - how many connections, requests and engines a run may have, by
 * its options, its descriptors and the libcurl in use.
 */
#ifndef CAPACITY_H
#define CAPACITY_H

#include "sched/sched.h"

struct opts;

/*
 * The scheduler's configuration.  Raises the process's soft limit on
 * descriptors first; if --limit does not fit, it is reduced, with a warning.
 */
struct sched_config capacity_config(const struct opts *opts);

#endif /* CAPACITY_H */
