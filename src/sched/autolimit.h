/*
 * autolimit.h - the controller behind "--limit auto": how many connections
 * may be open at once.
 *
 * It doubles the limit each round until the first sign that more does not
 * help.  Then it tries a little more and a little less now and then, and
 * keeps what finishes more requests a second.  A round is over when as many
 * requests have ended as may be in flight.
 *
 * Pure: it knows no clock, no socket and no origin.  All times are monotonic
 * microseconds.
 */
#ifndef AUTOLIMIT_H
#define AUTOLIMIT_H

#include "base/base.h"

struct autolimit_config {
    uint32_t start; /* the first limit */
    uint32_t least; /* 1 to start */
    uint32_t most;  /* from start on */
};

/* What the end of a request says of the load. */
enum autolimit_sign {
    AUTOLIMIT_GOOD,    /* an answer */
    AUTOLIMIT_NEUTRAL, /* a failure that has nothing to do with load */
    AUTOLIMIT_DOUBT,   /* no connection or no answer, from an origin that has
                          never answered: it may just not exist */
    AUTOLIMIT_STRAIN,  /* the same, or 429 or 503, from one that has */
};

/* What held the limit back last, for people. */
enum autolimit_reason {
    AUTOLIMIT_GROWING, /* nothing yet */
    AUTOLIMIT_IDLE,    /* there is not more to do at once */
    AUTOLIMIT_FLAT,    /* more connections bring no more results */
    AUTOLIMIT_FAILING, /* failures rose */
    AUTOLIMIT_CPU,     /* our own processor time */
    AUTOLIMIT_MOST,    /* descriptors, or the greatest limit */
};

/* One round's sums. */
struct autolimit_round {
    int64_t start_us;
    uint64_t ndone, ngood, ndoubt, nstrain;
    double use_sum;   /* connections in use, at each end of a request */
    double ratio_sum; /* times against the origin's best, of... */
    uint64_t nratio;  /* ...so many */
};

enum autolimit_phase {
    AUTOLIMIT_DOUBLE, /* doubling each round */
    AUTOLIMIT_REST,   /* at `base`; patience is running */
    AUTOLIMIT_SETTLE, /* a changed limit takes effect */
    AUTOLIMIT_TRY,    /* what it brings is measured */
};

/* All of it is private to autolimit.c but limit and reason. */
struct autolimit {
    struct autolimit_config config;
    uint32_t limit;
    enum autolimit_reason reason;
    enum autolimit_phase phase;
    struct autolimit_round round;
    uint32_t base;        /* the limit that is known to be good */
    double base_rate;     /* good results a second there, 0: not measured */
    double rates[2];      /* of the last rounds of doubling, newest first... */
    uint32_t limits[2];   /* ...and what the limit was in them */
    double doubt, strain; /* usual share of them, 0 to 1 */
    double worst_doubt, worst_strain; /* the greatest, slowly forgotten */
    uint32_t failed_at; /* failures rose at this limit, 0: at none */
    double step;        /* the next try's factor is 1 + step */
    unsigned patience;  /* rounds to rest before the next try */
    unsigned nrested;
    bool tries_less; /* the next try goes down */
    double cpu;      /* of what our threads can use, 0 to 1 */
};

void autolimit_init(struct autolimit *a, const struct autolimit_config *config,
                    int64_t now_us);

/*
 * A request has ended.
 *
 * nused    connections that were in use, this one too
 * time_us  from the request's start to its answer; best_us is the least that
 *          its origin has shown, 0: this is the first one
 */
void autolimit_note_done(struct autolimit *a, enum autolimit_sign sign,
                         uint32_t nused, int64_t time_us, int64_t best_us);

/* How busy our own threads were lately: 0 to 1. */
void autolimit_note_cpu(struct autolimit *a, double share);

/*
 * Look whether the round is over.  True: a->limit has changed.  To be called
 * after each autolimit_note_done(), or at least every 100 ms.
 */
bool autolimit_turn(struct autolimit *a, int64_t now_us);

#endif /* AUTOLIMIT_H */
