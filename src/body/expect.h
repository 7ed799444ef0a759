/*
 * expect.h - what a body is expected to contain: a regular expression (PCRE2).
 *
 * Bodies are hostile and expressions may be.  Any pair of them takes at most
 * EXPECT_MIB_US of CPU time for each MiB examined, and a few MiB of memory.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include "base/base.h"
#include "base/clock.h"

struct expect; /* an expression; threads may share it */

/* CPU time for each MiB of a body, and for a smaller body */
#define EXPECT_MIB_US (50 * US_PER_MS)

/* Longest expression in bytes. */
#define EXPECT_MAX_BYTES 8192

/* Room for a message of PCRE2, with its NUL. */
#define EXPECT_TEXT 160

/* What is wrong with an expression. */
struct expect_flaw {
    size_t at; /* offset in bytes */
    char what[EXPECT_TEXT];
};

/*
 * Compile an expression in UTF-8 that ends in a NUL.  Bytes of a body that are
 * not UTF-8 match nothing.  Free with expect_free().
 *
 * returns  NULL if the expression is invalid or could not be bounded in time;
 *          flaw says why
 */
NODISCARD struct expect *expect_new(const char *regex, size_t len,
                                    struct expect_flaw *flaw);
void expect_free(struct expect *e); /* NULL is fine */

enum expect_verdict {
    EXPECT_MET,
    EXPECT_MISSED,
    EXPECT_GAVE_UP, /* it needs too much time or memory */
};

/* Does the expression match somewhere in these bytes?  If that cannot be
 * decided, why[] says why. */
enum expect_verdict expect_match(const struct expect *e, const char *data,
                                 size_t len, char why[EXPECT_TEXT]);

#endif /* EXPECT_H */
