/*
 * progress.h - shows the status line on stderr during a run.
 *
 * On a terminal one line is redrawn; elsewhere, if requested, lines are
 * printed.  Nothing here waits: if the terminal does not accept output (^S),
 * the line is skipped.  Messages of base/diag erase the line before they are
 * printed; the next drawing restores it.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "base/base.h"

struct opts;
struct progress;
struct tally;

/* The current state of a run. */
struct progress_facts {
    int64_t elapsed_us;        /* since its start */
    const struct tally *tally; /* of the results */
    uint64_t nread;            /* records read, without those of other shards */
    uint64_t nskipped;         /* those of nread that already had results */
    uint32_t limit;       /* on connections, if it varies; 0: it is fixed */
    uint64_t ninflight;   /* requests in flight */
    uint64_t nbusy;       /* hosts that these requests go to */
    uint64_t done_bytes;  /* bytes of the input that were read */
    uint64_t total_bytes; /* bytes of the whole input; 0: unknown */
    bool input_ended;     /* nread is the final number */
    bool is_stopping;     /* after a signal or deadline */
};

NODISCARD struct progress *progress_new(const struct opts *opts);
void progress_free(struct progress *p); /* NULL is fine */

/* Time between two drawings; 0: nothing is drawn. */
int64_t progress_interval_us(const struct progress *p);

/* Draw the line, or print it if there is no terminal. */
void progress_draw(struct progress *p, const struct progress_facts *f);

/* Print the line once and permanently, whether or not one is drawn. */
void progress_print(struct progress *p, const struct progress_facts *f);

/* Is the line redrawn on a terminal?  And has it been drawn? */
bool progress_is_live(const struct progress *p);
bool progress_was_drawn(const struct progress *p);

/* Erase the line before text is printed.  Returns false if there is none. */
bool progress_hide(struct progress *p);

/* The run is over: erase the line, or print the last one. */
void progress_end(struct progress *p, const struct progress_facts *f);

#endif /* PROGRESS_H */
