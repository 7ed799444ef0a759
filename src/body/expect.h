/*
 * expect.h - what a body is expected to hold: a regular expression (PCRE2).
 *
 * Bodies are hostile, and expressions may be: no pair of them takes more CPU
 * time than EXPECT_MIB_US for each MiB that is looked at, nor more memory than
 * a few MiB.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include "base/base.h"
#include "base/clock.h"

struct expect; /* an expression; threads may share it */

/* CPU time for a body of up to 1 MiB; longer ones get it for each MiB. */
#define EXPECT_MIB_US (50 * US_PER_MS)

/* Longest expression in bytes. */
#define EXPECT_MAX_BYTES 8192

/* Room for a sentence of PCRE2, with its NUL. */
#define EXPECT_TEXT 160

/* What is wrong with an expression. */
struct expect_flaw {
    size_t at; /* offset in bytes */
    char what[EXPECT_TEXT];
};

/*
 * Compile an expression: UTF-8, as are the bodies; bytes of a body that are
 * none match nothing.  Freed by expect_free().
 *
 * returns  NULL where it is no expression, and why in flaw
 */
NODISCARD struct expect *expect_new(const char *regex, size_t len,
                                    struct expect_flaw *flaw);
void expect_free(struct expect *e); /* NULL is fine */

enum expect_verdict {
    EXPECT_MET,
    EXPECT_MISSED,
    EXPECT_GAVE_UP, /* it took too much time or memory */
};

/* Does it match somewhere in these bytes?  Where that can't be told, why[]
 * says what the matter is. */
enum expect_verdict expect_match(const struct expect *e, const char *data,
                                 size_t len, char why[EXPECT_TEXT]);

#endif /* EXPECT_H */
