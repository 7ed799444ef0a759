/*
 * autolimit.h - the controller behind --limit auto: how many connections may
 * be open at once.
 *
 * Doubles the limit each round until more connections stop helping.  From then
 * on it sometimes tries a few more or fewer, and keeps what completes more
 * requests per second.  A round is over when as many requests have ended as
 * may be in flight.
 *
 * Pure: knows no clock, no socket and no origin.  All times are monotonic
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

/* What the end of a request says about load. */
enum autolimit_sign {
    AUTOLIMIT_GOOD,    /* an answer */
    AUTOLIMIT_NEUTRAL, /* a failure unrelated to load */
    AUTOLIMIT_DOUBT,   /* no connection or no answer, from an origin that has
                          never answered: it may not exist */
    AUTOLIMIT_STRAIN,  /* the same, or 429 or 503, from an origin that has
                          answered */
};

/* What last kept the limit from growing, for people. */
enum autolimit_reason {
    AUTOLIMIT_GROWING, /* nothing yet */
    AUTOLIMIT_IDLE,    /* there is no more work to do at once */
    AUTOLIMIT_FLAT,    /* more connections bring no more results */
    AUTOLIMIT_FAILING, /* failures rose */
    AUTOLIMIT_CPU,     /* our own processor time */
    AUTOLIMIT_MOST,    /* descriptors, or the greatest limit */
};

/* One round's sums. */
struct autolimit_round {
    int64_t start_us;
    uint64_t ndone, ngood, ndoubt, nstrain;
    double use_sum;   /* sum over ended requests of the connections in use */
    double ratio_sum; /* sum of time divided by the origin's best time */
    uint64_t nratio;  /* number of its terms */
};

enum autolimit_phase {
    AUTOLIMIT_DOUBLE, /* doubling each round */
    AUTOLIMIT_REST,   /* at `base`; patience is running */
    AUTOLIMIT_SETTLE, /* a changed limit takes effect */
    AUTOLIMIT_TRY,    /* what it brings is measured */
};

/* Private to autolimit.c except for limit and reason. */
struct autolimit {
    struct autolimit_config config;
    uint32_t limit;
    enum autolimit_reason reason;
    enum autolimit_phase phase;
    struct autolimit_round round;
    uint32_t base;        /* the limit known to be good */
    double base_rate;     /* good results per second at base; 0: not measured */
    double rates[2];      /* of the last rounds of doubling, newest first */
    uint32_t limits[2];   /* the limits in these rounds */
    double doubt, strain; /* their usual shares, 0 to 1 */
    double worst_doubt, worst_strain; /* the highest shares, slowly forgotten */
    uint32_t failed_at; /* the limit at which failures rose; 0: never */
    bool is_clean;      /* a round had no failures since then */
    /* Rounds in which failures were back without a higher limit.  From
     * nback_least such rounds on, the limit is not their cause. */
    unsigned nback, nback_least;
    double step;       /* the next try's factor is 1 + step */
    unsigned patience; /* rounds to rest before the next try */
    unsigned nrested;
    bool returns;    /* the try is the limit at which failures rose */
    bool tries_less; /* the next try goes down */
    double cpu;      /* of what our threads can use, 0 to 1 */
};

void autolimit_init(struct autolimit *a, const struct autolimit_config *config,
                    int64_t now_us);

/*
 * A request has ended.
 *
 * nused    connections in use, including this one
 * time_us  from the request's start to its answer; best_us is the shortest that
 *          its origin has shown, 0: this is the first
 */
void autolimit_note_done(struct autolimit *a, enum autolimit_sign sign,
                         uint32_t nused, int64_t time_us, int64_t best_us);

/* How busy our own threads were recently: 0 to 1. */
void autolimit_note_cpu(struct autolimit *a, double share);

/*
 * Check whether the round is over.  Returns true if a->limit has changed.
 * Call after each autolimit_note_done(), or at least every 100 ms.
 */
bool autolimit_turn(struct autolimit *a, int64_t now_us);

#endif /* AUTOLIMIT_H */
