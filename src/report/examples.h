/*
 * examples.h - a few URLs for each status and each kind of error, and the
 * slowest requests.
 *
 * Memory is bounded: as many URLs as the constants say, each cut.
 */
#ifndef EXAMPLES_H
#define EXAMPLES_H

#include "base/base.h"
#include "job/result.h"

/* URLs for each status and each kind of error, and slow ones. */
#define EXAMPLES_URLS 3
#define EXAMPLES_SLOW 10

/* Kinds of errors.  Codes are ours, and there are fewer of them. */
#define EXAMPLES_ERRORS 160

struct examples;
struct job;

/* A record. */
struct example {
    uint64_t index;
    char *url; /* as given, without secrets, maybe cut; NULL: unreadable */
};

struct example_urls {
    struct example v[EXAMPLES_URLS];
    size_t n;
};

/* Failures of one class and code.  Those of class http are told by their
 * statuses. */
struct example_error {
    enum error_class class;
    char code[32];
    char *message; /* of the first one */
    uint64_t n;
    struct example_urls urls;
};

struct example_slow {
    struct example record;
    int64_t time_us;
    int status;             /* 0: none */
    enum error_class class; /* ERR_NONE: went well */
};

/* shows_secrets: URLs keep their userinfo. */
NODISCARD struct examples *examples_new(bool shows_secrets);
void examples_free(struct examples *e); /* NULL is fine */

/* Take note of a job whose result stands; time_us as in timeline_add(). */
void examples_add(struct examples *e, const struct job *j, int64_t time_us);

/* Those of a status from 0 to 999, the first ones. */
const struct example_urls *examples_of_status(const struct examples *e,
                                              int status);

/* The kinds of errors, most frequent first, in a list with room for
 * EXAMPLES_ERRORS.  Returns their number. */
size_t examples_errors(const struct examples *e,
                       const struct example_error **list);

/* How many failures are of kinds that had no room in that list. */
uint64_t examples_other_errors(const struct examples *e);

/* The slowest requests, slowest first. */
size_t examples_slow(const struct examples *e,
                     const struct example_slow **list);

#endif /* EXAMPLES_H */
