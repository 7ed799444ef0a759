/*
 * progress.h - the status line on stderr while a run goes on.
 *
 * On a terminal one line is drawn again and again; elsewhere, if asked for,
 * each is a line of its own.  Nothing here waits: a terminal that takes
 * nothing just now (^S) goes without.  Messages of base/diag erase the line
 * before they are printed; the next drawing brings it back.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "base/base.h"

struct opts;
struct progress;
struct tally;

/* Where a run stands. */
struct progress_facts {
    int64_t elapsed_us;        /* since its start */
    const struct tally *tally; /* of the results */
    uint64_t nread;       /* records read, those of other shards aside... */
    uint64_t nskipped;    /* ...of which so many had results before */
    uint32_t limit;       /* on connections, where it changes; 0: it stands */
    uint64_t ninflight;   /* requests... */
    uint64_t nbusy;       /* ...to so many hosts */
    uint64_t done_bytes;  /* of the input that was read... */
    uint64_t total_bytes; /* ...of so many, 0: nobody knows */
    bool input_ended;     /* nread is all there is */
    bool is_stopping;     /* by a signal or deadline */
};

NODISCARD struct progress *progress_new(const struct opts *opts);
void progress_free(struct progress *p); /* NULL is fine */

/* How long between two drawings; 0: there is nothing to draw. */
int64_t progress_interval_us(const struct progress *p);

/* Draw the line, or print it where there is no terminal. */
void progress_draw(struct progress *p, const struct progress_facts *f);

/* Print the line once, for good, whether or not one is drawn. */
void progress_print(struct progress *p, const struct progress_facts *f);

/* Is it one line that is drawn again and again?  And has it been seen? */
bool progress_is_live(const struct progress *p);
bool progress_was_drawn(const struct progress *p);

/* Take the line away, as text is to be printed; false: there is none. */
bool progress_hide(struct progress *p);

/* The run is over: take the line away, or print the last one. */
void progress_end(struct progress *p, const struct progress_facts *f);

#endif /* PROGRESS_H */
