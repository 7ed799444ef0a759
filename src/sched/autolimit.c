/*
 * Throughput decides.  Latency and failures alone say little on the open web,
 * where every origin differs: a list that reaches its slow hosts looks like a
 * full network.  So the controller compares good results per second before and
 * after a change, like a hill climber, and steps back at once when origins
 * that have answered before fail.  If they then fail at the lower limit, too,
 * after a round without a failure, the limit was not the cause (servers
 * restart, or all refuse at the full minute), and the higher one is tried
 * again.
 *
 * Two known methods were tried in the simulator (tests/unit/test_autolimit.c)
 * and rejected: Vegas and the gradient of best to present latency stop far too
 * early when thousands of hosts are asked once each, since the best latency of
 * an origin is not known; AIMD on failures alone reaches the maximum on a full
 * link.
 */
#include "sched/autolimit.h"

/* A round takes at least and at most this long. */
#define ROUND_LEAST_US (100 * US_PER_MS)
#define ROUND_MOST_US  (2 * US_PER_S)

/* Fewer results than this are not significant. */
#define ROUND_LEAST 20

/* The limit holds the run up if at least this share of it is in use. */
#define USED_SHARE 0.85

/* A try that adds a share x of connections must bring x times this share of
 * results. */
#define GAIN_SHARE 0.3
/* A try with fewer connections is kept if it loses at most this share. */
#define LOSS_SHARE 0.03

#define STEP_FIRST      0.25
#define STEP_MOST       1.0
#define PATIENCE_FIRST  2
#define PATIENCE_FAILED 8 /* after failures rose */
#define PATIENCE_MOST   64

/* Fewer failures, or a smaller share of them, are not significant. */
#define NSTRAIN_LEAST 5
#define STRAIN_LEAST  0.04

/* Each return to a limit that had failed multiplies, by this factor, the number
 * of failures that must come without it before the next return. */
#define RETURN_FACTOR 8

/* Above this ratio of latency to the origin's best, a lower limit is tried. */
#define RATIO_HIGH 2.0

/* Above this share our own processor holds the run up. */
#define CPU_FULL 0.95

static void
begin_round(struct autolimit *a, int64_t now_us)
{
    a->round = (struct autolimit_round){.start_us = now_us};
}

void
autolimit_init(struct autolimit *a, const struct autolimit_config *config,
               int64_t now_us)
{
    *a = (struct autolimit){
        .config = *config,
        .limit = config->start,
        .base = config->start,
        .phase = AUTOLIMIT_DOUBLE,
        .step = STEP_FIRST,
        .patience = PATIENCE_FIRST,
        .nback_least = 1,
    };
    begin_round(a, now_us);
}

void
autolimit_note_done(struct autolimit *a, enum autolimit_sign sign,
                    uint32_t nused, int64_t time_us, int64_t best_us)
{
    struct autolimit_round *r = &a->round;

    r->ndone++;
    r->use_sum += nused;
    r->ngood += sign == AUTOLIMIT_GOOD;
    r->ndoubt += sign == AUTOLIMIT_DOUBT;
    r->nstrain += sign == AUTOLIMIT_STRAIN;
    if (sign == AUTOLIMIT_GOOD && best_us > 0) {
        r->ratio_sum += (double)time_us / (double)best_us;
        r->nratio++;
    }
}

void
autolimit_note_cpu(struct autolimit *a, double share)
{
    a->cpu = share;
}

/* ---- what a round says -------------------------------------------------- */

static double
share_of(uint64_t n, const struct autolimit_round *r)
{
    return r->ndone == 0 ? 0 : (double)n / (double)r->ndone;
}

/*
 * Did failures rise?  A share already seen at a lower limit is no sign, but a
 * try must not exceed what is usual at the base.
 */
static bool
is_failing(const struct autolimit *a)
{
    const struct autolimit_round *r = &a->round;
    bool is_more = a->limit > a->base;
    double strain = is_more ? a->strain : a->worst_strain;
    double doubt = is_more ? a->doubt : a->worst_doubt;

    return (r->nstrain >= NSTRAIN_LEAST &&
            share_of(r->nstrain, r) > 2 * strain + STRAIN_LEAST) ||
           (r->ndoubt >= 20 && share_of(r->ndoubt, r) > 2 * doubt + 0.3);
}

/* Did the limit hold the run up? */
static bool
is_held_up(const struct autolimit *a)
{
    const struct autolimit_round *r = &a->round;

    return r->use_sum >= USED_SHARE * (double)a->limit * (double)r->ndone;
}

static double
rate_of(const struct autolimit_round *r, int64_t now_us)
{
    int64_t took_us = now_us - r->start_us;

    return took_us <= 0 ? 0 : (double)r->ngood * 1e6 / (double)took_us;
}

static double
ratio_of(const struct autolimit_round *r)
{
    return r->nratio == 0 ? 1 : r->ratio_sum / (double)r->nratio;
}

/*
 * The limit was lowered because failures rose.  If there were none then, and
 * they are back without a higher limit, count that.  Returns true once it was
 * often enough: they do not come from the limit.
 */
static bool
count_return_of_strain(struct autolimit *a)
{
    const struct autolimit_round *r = &a->round;

    if (a->failed_at <= a->base || a->limit > a->base)
        return false;
    if (r->nstrain == 0)
        a->is_clean = true;
    if (!a->is_clean || r->nstrain < NSTRAIN_LEAST ||
        share_of(r->nstrain, r) < STRAIN_LEAST)
        return false;
    a->is_clean = false;
    return ++a->nback >= a->nback_least;
}

/* The usual share changes slowly, so that a rise is noticed. */
static void
learn_usual(struct autolimit *a)
{
    const struct autolimit_round *r = &a->round;

    double strain = share_of(r->nstrain, r), doubt = share_of(r->ndoubt, r);

    a->strain += (strain - a->strain) / 4;
    a->doubt += (doubt - a->doubt) / 4;
    a->worst_strain =
        strain > a->worst_strain ? strain : a->worst_strain * 0.99;
    a->worst_doubt = doubt > a->worst_doubt ? doubt : a->worst_doubt * 0.99;
}

static bool
is_over(const struct autolimit *a, int64_t now_us)
{
    const struct autolimit_round *r = &a->round;
    int64_t took_us = now_us - r->start_us;
    uint64_t enough = a->phase == AUTOLIMIT_DOUBLE ? a->limit / 2 : a->limit;

    if (enough < ROUND_LEAST)
        enough = ROUND_LEAST;
    if (took_us >= ROUND_MOST_US)
        return r->ndone >= ROUND_LEAST;
    return took_us >= ROUND_LEAST_US && r->ndone >= enough;
}

/* ---- what follows ------------------------------------------------------- */

static uint32_t
clamp(const struct autolimit *a, double limit)
{
    if (limit >= a->config.most)
        return a->config.most;
    return limit <= a->config.least ? a->config.least : (uint32_t)limit;
}

static void
rest_at(struct autolimit *a, double limit, enum autolimit_reason reason)
{
    a->limit = a->base = clamp(a, limit);
    a->base_rate = 0;
    a->phase = AUTOLIMIT_REST;
    a->nrested = 0;
    a->reason = reason;
}

/* Failures rose: return to the last good limit, or to two thirds. */
static void
step_back(struct autolimit *a)
{
    double to = a->limit * 0.7;

    a->failed_at = a->limit;
    a->is_clean = a->returns = false;
    a->nback = 0;
    if (a->phase == AUTOLIMIT_DOUBLE)
        to = a->limit / 2.0;
    else if (a->limit > a->base)
        to = a->base;
    a->patience = a->patience < PATIENCE_FAILED ? PATIENCE_FAILED
                  : a->patience < PATIENCE_MOST ? a->patience * 2
                                                : PATIENCE_MOST;
    a->step = STEP_FIRST;
    rest_at(a, to, AUTOLIMIT_FAILING);
}

/* Try the limit again that was taken for the cause of failures. */
static void
begin_return(struct autolimit *a)
{
    a->nback = 0;
    a->nback_least *= RETURN_FACTOR;
    a->nrested = 0;
    a->limit = a->failed_at;
    a->returns = true;
    a->phase = AUTOLIMIT_SETTLE;
}

/* Has the rate grown enough for the connections that were added? */
static bool
is_worth(double rate, double before, double added)
{
    return rate >= before * (1 + added * (added > 0 ? GAIN_SHARE : 0)) -
                       (added > 0 ? 0 : before * LOSS_SHARE);
}

static void
after_doubling(struct autolimit *a, double rate)
{
    double before = a->rates[1];
    double added = a->limits[1] > 0 ? (double)a->limit / a->limits[1] - 1 : 0;

    if (!is_held_up(a)) {
        a->reason = AUTOLIMIT_IDLE;
        a->rates[0] = a->rates[1] = 0;
        return;
    }
    a->rates[1] = a->rates[0];
    a->limits[1] = a->limits[0];
    a->rates[0] = rate;
    a->limits[0] = a->limit;
    if (before > 0 && !is_worth(rate, before, added / 3)) {
        rest_at(a, a->limit / 2.0,
                a->cpu > CPU_FULL ? AUTOLIMIT_CPU : AUTOLIMIT_FLAT);
    } else if (a->limit >= a->config.most) {
        rest_at(a, a->limit, AUTOLIMIT_MOST);
    } else {
        a->limit = a->base = clamp(a, a->limit * 2.0);
        a->reason = AUTOLIMIT_GROWING;
    }
}

/* How far to go up: halfway to the limit at which failures rose, if any. */
static double
try_more(struct autolimit *a)
{
    double to = a->base * (1 + a->step);
    double middle = (a->base + (double)a->failed_at) / 2;

    if (a->failed_at <= a->base || to <= middle)
        return to;
    return middle < a->base * 1.1 ? a->base : middle;
}

static void
begin_try(struct autolimit *a)
{
    bool goes_down = a->tries_less && ratio_of(&a->round) > RATIO_HIGH;
    double to = goes_down ? a->base / (1 + STEP_FIRST) : try_more(a);

    a->nrested = 0;
    a->tries_less = !a->tries_less;
    if (clamp(a, to) == a->base || (!goes_down && a->cpu > CPU_FULL))
        return;
    a->limit = clamp(a, to);
    a->phase = AUTOLIMIT_SETTLE;
}

static void
after_rest(struct autolimit *a, double rate)
{
    if (a->nrested > 0 && count_return_of_strain(a)) {
        begin_return(a);
        return;
    }
    if (!is_held_up(a)) {
        a->reason = AUTOLIMIT_IDLE;
        return;
    }
    /* The first round still contains requests from before the change. */
    if (a->nrested > 0)
        a->base_rate = a->base_rate == 0 ? rate : (a->base_rate + rate) / 2;
    if (++a->nrested > a->patience && a->base_rate > 0)
        begin_try(a);
}

static void
after_try(struct autolimit *a, double rate)
{
    double added = (double)a->limit / a->base - 1;

    /* A return needs no gain: an equal rate is enough. */
    if (is_worth(rate, a->base_rate, a->returns ? 0 : added)) {
        if (a->returns)
            a->failed_at = 0;
        a->base = a->limit;
        a->base_rate = rate;
        a->patience = PATIENCE_FIRST / 2;
        a->step = added > 0 && a->step < STEP_MOST ? a->step * 2 : a->step;
        a->tries_less = added < 0;
        a->reason = AUTOLIMIT_GROWING;
    } else {
        a->limit = a->base;
        a->step = STEP_FIRST;
        if (added > 0)
            a->reason = a->cpu > CPU_FULL ? AUTOLIMIT_CPU : AUTOLIMIT_FLAT;
        if (a->patience < PATIENCE_MOST)
            a->patience = (a->patience + 1) * 2;
    }
    a->phase = AUTOLIMIT_REST;
    a->nrested = 0;
    a->returns = false;
}

bool
autolimit_turn(struct autolimit *a, int64_t now_us)
{
    uint32_t before = a->limit;
    double rate = rate_of(&a->round, now_us);

    /* Requests that end just after a step back were started before it. */
    bool is_settling = a->phase == AUTOLIMIT_REST && a->nrested == 0;

    if (!is_settling && is_failing(a) && is_held_up(a)) {
        step_back(a);
    } else if (!is_over(a, now_us)) {
        return false;
    } else {
        switch (a->phase) {
        case AUTOLIMIT_DOUBLE:
            after_doubling(a, rate);
            break;
        case AUTOLIMIT_REST:
            after_rest(a, rate);
            break;
        case AUTOLIMIT_SETTLE:
            a->phase = AUTOLIMIT_TRY;
            break;
        case AUTOLIMIT_TRY:
            after_try(a, rate);
            break;
        }
    }
    learn_usual(a);
    begin_round(a, now_us);
    return a->limit != before;
}
