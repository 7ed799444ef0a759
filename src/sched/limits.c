/*
 * The current limit on connections: tells autolimit.h of ended requests and
 * applies its decisions.
 */
#include "sched/state.h"

/* Shorter waits are ignored: their ratios are noise. */
#define WAIT_LEAST_US US_PER_MS

uint32_t
sched_limit(const struct sched *s)
{
    return s->config.limit;
}

uint32_t
sched_limit_of(const struct sched *s, unsigned e)
{
    return sched_engine_limit(&s->config, e);
}

const char *
sched_limit_reason(const struct sched *s)
{
    static const char *const reasons[] = {
        [AUTOLIMIT_GROWING] = "growing",
        [AUTOLIMIT_IDLE] = "no more to do at once",
        [AUTOLIMIT_FLAT] = "more brings no more",
        [AUTOLIMIT_FAILING] = "failures rose",
        [AUTOLIMIT_CPU] = "processor busy",
        [AUTOLIMIT_MOST] = "at its greatest",
    };

    return s->config.auto_limit > 0 ? reasons[s->autolimit.reason] : NULL;
}

void
sched_note_cpu(struct sched *s, double share)
{
    autolimit_note_cpu(&s->autolimit, share);
}

double
sched_held_up(const struct sched *s)
{
    return s->ndone == 0 ? 0 : (double)s->nheld_up / (double)s->ndone;
}

static enum autolimit_sign
sign_of(const struct origin *h, const struct result *r)
{
    switch (r->error.class) {
    case ERR_CONNECT:
    case ERR_TIMEOUT:
    case ERR_PROTOCOL:
        return h->best_wait_us > 0 ? AUTOLIMIT_STRAIN : AUTOLIMIT_DOUBT;
    default:
        break;
    }
    if (r->status == 429 || r->status == 503)
        return AUTOLIMIT_STRAIN;
    return r->status > 0 ? AUTOLIMIT_GOOD : AUTOLIMIT_NEUTRAL;
}

/* Do origins lack nothing but a connection? */
static bool
is_short_of_connections(const struct sched *s)
{
    return s->slots.roomy == 0 && (s->slots.wanted != 0 || s->nring > 0);
}

/* Set the limit, and the limit on requests unless the user gave one. */
static void
set_limit(struct sched *s, uint32_t limit)
{
    if (s->config.concurrency == s->config.limit)
        s->config.concurrency = limit;
    s->config.limit = limit;
    slots_set_limit(&s->slots);
}

void
limits_init(struct sched *s)
{
    struct autolimit_config c = {
        .start = s->config.limit,
        .least = s->config.nengines,
        .most = s->config.auto_limit,
    };

    /* The first round begins when the first request ends. */
    if (c.most > 0)
        autolimit_init(&s->autolimit, &c, 0);
}

void
limits_note_done(struct sched *s, struct origin *h, const struct job *j,
                 int64_t now_us)
{
    const struct result *r = &j->res;
    int64_t wait_us = r->has_timing ? r->timing.wait : -1;

    s->ndone++;
    s->nheld_up += is_short_of_connections(s);
    if (s->config.auto_limit == 0)
        return;
    if (s->ndone == 1)
        s->autolimit.round.start_us = now_us;
    autolimit_note_done(&s->autolimit, sign_of(h, r), s->ninflight, wait_us,
                        h->best_wait_us);
    if (r->status > 0 && wait_us >= 0) {
        if (wait_us < WAIT_LEAST_US)
            wait_us = WAIT_LEAST_US;
        if (h->best_wait_us == 0 || wait_us < h->best_wait_us)
            h->best_wait_us = wait_us;
    }
    if (autolimit_turn(&s->autolimit, now_us))
        set_limit(s, s->autolimit.limit);
}
