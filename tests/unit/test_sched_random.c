/*
 * The scheduler under random use, watched by a model that knows the rules but
 * not how they are kept: no list, no ring, just a walk over all hosts before
 * each answer is judged.
 *
 * Held to: no limit is ever exceeded; nothing is held back without a reason;
 * no job is lost or given twice; a host's jobs keep their order; each host
 * that could go has its turn within a round.
 */
#include "sched_fixture.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#define NHOSTS_MAX 12
#define NJOBS_MAX  4000
#define NENGINES   5
#define STEPS      2000
#define STREAMS    100
#define LATE_US    (5 * US_PER_MS + 1) /* that rates make good */

enum queue { HOPS, RETRIES, NEW, NQUEUES };
enum knowledge { UNKNOWN, SINGLE, MULTIPLEX };

struct model_host {
    char key[32];
    bool is_tls;
    bool is_numeric;
    const char *version; /* that it speaks, NULL: changes its mind */

    /* Indexes of the jobs that wait. */
    uint64_t queue[NQUEUES][NJOBS_MAX];
    size_t head[NQUEUES], tail[NQUEUES];

    uint32_t inflight[NENGINES];
    enum knowledge knowledge;
    bool is_shared;
    unsigned home;
    uint32_t shared; /* bits: the engines where its jobs are streams */
    bool stays_home;
    bool is_connected;
    unsigned nfailed;

    struct origin *looking;
    bool has_addrs;
    int64_t resolved_us;

    int64_t paused_until_us;
    uint32_t allowed, nbefore;
    int64_t started_us; /* its last job, -1: none since it is known */

    size_t passed_over; /* hand-outs to others while it could go */
};

/* A job that waits for another attempt. */
struct retry {
    int64_t due_us;
    struct job *job;
    bool is_turned_away; /* by a pause: goes before new jobs */
};

struct model {
    struct fixture f;
    uint64_t seed;
    struct model_host hosts[NHOSTS_MAX];
    size_t nhosts;
    size_t nout;                     /* jobs that left for good */
    struct retry retries[NJOBS_MAX]; /* oldest first */
    size_t nretries;
    int64_t started_us; /* the last job of all */
    bool is_crowded;    /* few hosts, many streams of each */
};

static unsigned
next_random(struct model *m, unsigned n)
{
    m->seed = m->seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(m->seed >> 33) % n;
}

static bool
chance(struct model *m, unsigned percent)
{
    return next_random(m, 100) < percent;
}

/* ---- the rules ---------------------------------------------------------- */

static size_t
nqueued(const struct model_host *h)
{
    size_t n = 0;

    for (int q = 0; q < NQUEUES; q++)
        n += h->tail[q] - h->head[q];
    return n;
}

static uint32_t
ninflight(const struct model_host *h)
{
    uint32_t n = 0;

    for (unsigned e = 0; e < NENGINES; e++)
        n += h->inflight[e];
    return n;
}

static bool
shares(const struct model_host *h, unsigned e)
{
    return h->is_shared && (h->shared >> e & 1) != 0;
}

static uint32_t
nconns(const struct model_host *h, unsigned e, uint32_t n)
{
    return shares(h, e) ? (n + STREAMS - 1) / STREAMS : n;
}

static uint32_t
engine_nconns(const struct model *m, unsigned e)
{
    uint32_t n = 0;

    for (size_t i = 0; i < m->nhosts; i++)
        n += nconns(&m->hosts[i], e, m->hosts[i].inflight[e]);
    return n;
}

static uint32_t
host_nconns_over_engines(const struct model *m, const struct model_host *h)
{
    uint32_t n = 0;

    for (unsigned e = 0; e < m->f.config.nengines; e++)
        n += nconns(h, e, h->inflight[e]);
    return n;
}

/* From then on a job may surely start; with late timers it may start a little
 * earlier. */
static int64_t
rate_opens_us(double per_s, int64_t started_us)
{
    if (per_s <= 0 || started_us < 0)
        return 0;
    return started_us + (int64_t)(1e6 / per_s) + 1;
}

static int64_t
gate_opens_us(const struct model *m, const struct model_host *h)
{
    int64_t rate_us = rate_opens_us(m->f.config.rate_per_host, h->started_us);

    return rate_us > h->paused_until_us ? rate_us : h->paused_until_us;
}

/* The host's retry that waits for longest of those turned away, or NULL. */
static const struct retry *
first_turned_away(const struct model *m, const struct model_host *h)
{
    for (size_t i = 0; i < m->nretries; i++)
        if (m->retries[i].is_turned_away &&
            strcmp(m->retries[i].job->target.key, h->key) == 0)
            return &m->retries[i];
    return NULL;
}

/* The state of a forgotten host in the model. */
static void
forget_if_idle(const struct model *m, struct model_host *h)
{
    const struct sched_config *c = &m->f.config;

    if (nqueued(h) > 0 || ninflight(h) > 0 || h->looking ||
        gate_opens_us(m, h) > m->f.now_us || first_turned_away(m, h))
        return;
    h->knowledge = SINGLE;
    if (h->is_tls && c->multiplex)
        h->knowledge = UNKNOWN;
    if (!h->is_tls && c->multiplex_plain)
        h->knowledge = MULTIPLEX;
    h->is_shared = h->knowledge == MULTIPLEX;
    h->home = NENGINES; /* not known to the model before it is used */
    h->shared = 0;
    h->stays_home = false;
    h->is_connected = h->has_addrs = false;
    h->nfailed = h->allowed = h->nbefore = 0;
    h->started_us = -1;
    h->passed_over = 0;
}

/* Own limits, whatever the engines. */
static bool
has_room(const struct model *m, const struct model_host *h)
{
    const struct sched_config *c = &m->f.config;
    uint32_t n = ninflight(h);

    if (c->concurrency_per_host != 0 && n >= c->concurrency_per_host)
        return false;
    if (h->allowed != 0 && n >= h->allowed)
        return false;
    if (h->is_shared)
        return h->knowledge == MULTIPLEX;
    if (c->limit_per_host != 0 && n >= c->limit_per_host)
        return false;
    if (h->knowledge == UNKNOWN && !h->is_connected)
        return n < (h->nfailed > 16 ? 65536u : 1u << h->nfailed);
    return true;
}

static bool
is_resolved(const struct model *m, const struct model_host *h)
{
    const struct sched_config *c = &m->f.config;

    if (!c->lookup || h->is_numeric)
        return true;
    return h->has_addrs && m->f.now_us <= h->resolved_us + c->dns_ttl_us;
}

static bool
is_near(const struct model *m, const struct model_host *h, unsigned e)
{
    unsigned n = m->f.config.nengines;
    unsigned distance = (e + n - h->home) % n;

    return distance == 0 || distance < m->f.config.spread;
}

/* May a job find out whether its streams can be in engine e, too? */
static bool
may_spread(const struct model *m, const struct model_host *h, unsigned e)
{
    return !h->stays_home && is_near(m, h, e) && h->inflight[e] == 0 &&
           h->inflight[h->home] >= STREAMS / 2;
}

/* May the host's next job fly in engine e? */
static bool
fits_engine(const struct model *m, const struct model_host *h, unsigned e)
{
    const struct sched_config *c = &m->f.config;
    uint32_t now = nconns(h, e, h->inflight[e]);
    uint32_t then = nconns(h, e, h->inflight[e] + 1);

    if (h->is_shared && !shares(h, e) && h->home != NENGINES &&
        !may_spread(m, h, e))
        return false;
    if (h->is_shared && h->home == NENGINES) /* its first: a connection */
        then = 1;
    if (c->limit_per_host >= c->nengines &&
        then > sched_engine_limit_per_host(c, e))
        return false;
    if (c->limit_per_host != 0 && then > now &&
        host_nconns_over_engines(m, h) >= c->limit_per_host)
        return false;
    return engine_nconns(m, e) + then - now <= sched_engine_limit(c, e);
}

/* Which engines a host may use where it may not use all is the scheduler's
 * own affair: then the model doesn't say. */
static bool
could_go(const struct model *m, const struct model_host *h)
{
    const struct sched_config *c = &m->f.config;

    if (nqueued(h) == 0 || m->f.ninflight >= c->concurrency)
        return false;
    if (!has_room(m, h) || !is_resolved(m, h))
        return false;
    if (gate_opens_us(m, h) > m->f.now_us ||
        rate_opens_us(c->rate, m->started_us) > m->f.now_us)
        return false;
    for (unsigned e = 0; e < c->nengines; e++) {
        bool knows_engine =
            c->limit_per_host == 0 || c->limit_per_host >= c->nengines;

        if (h->is_shared && h->home == NENGINES)
            knows_engine = false;
        if (fits_engine(m, h, e) && (knows_engine || c->nengines == 1))
            return true;
    }
    return false;
}

static void
check_limits(const struct model *m)
{
    const struct sched_config *c = &m->f.config;
    uint32_t total = 0, n = 0;

    for (unsigned e = 0; e < c->nengines; e++) {
        cr_assert_leq(engine_nconns(m, e), sched_engine_limit(c, e));
        total += engine_nconns(m, e);
    }
    cr_assert_leq(total, c->limit);
    for (size_t i = 0; i < m->nhosts; i++) {
        const struct model_host *h = &m->hosts[i];

        n += ninflight(h);
        if (c->concurrency_per_host != 0)
            cr_assert_leq(ninflight(h), c->concurrency_per_host);
        if (c->limit_per_host != 0) {
            cr_assert_leq(host_nconns_over_engines(m, h), c->limit_per_host);
            for (unsigned e = 0; e < c->nengines; e++)
                cr_assert_leq(nconns(h, e, h->inflight[e]),
                              sched_engine_limit_per_host(c, e));
        }
    }
    cr_assert_eq(n, m->f.ninflight);
    cr_assert_leq(n, c->concurrency);
}

/* ---- steps -------------------------------------------------------------- */

static struct model_host *
host_of(struct model *m, const char *key)
{
    size_t i = 0;

    while (strcmp(m->hosts[i].key, key) != 0)
        i++;
    return &m->hosts[i];
}

/* With a time to connect of its own, or none. */
static void
add_new(struct model *m, const struct model_host *h)
{
    struct job *j = fx_job(&m->f, h->key);

    if (chance(m, 30))
        j->first.connect_timeout_us = 1 + next_random(m, 2000 * 1000);
    if (chance(m, 10))
        j->first.timeout_us = 1 + next_random(m, 2000 * 1000);
    sched_add(m->f.s, j, m->f.now_us);
    sched_check(m->f.s);
}

static void
step_add(struct model *m)
{
    struct model_host *h = &m->hosts[next_random(m, (unsigned)m->nhosts)];
    enum queue q = chance(m, 10) ? HOPS : NEW;

    for (unsigned n = 1 + next_random(m, 6); n > 0; n--) {
        uint64_t index = m->f.njobs;

        if (index == NJOBS_MAX)
            return;
        if (q == HOPS)
            fx_add_hop(&m->f, h->key);
        else
            add_new(m, h);
        h->queue[q][h->tail[q]++] = index;
    }
}

static void
drop_retry(struct model *m, const struct retry *retry)
{
    size_t i = (size_t)(retry - m->retries);

    m->nretries--;
    memmove(&m->retries[i], &m->retries[i + 1],
            (m->nretries - i) * sizeof(*retry));
}

/* Move the retry that was due first to its host's queue. */
static bool
end_retry(struct model *m)
{
    struct retry *first = NULL;
    struct model_host *h;
    size_t i;

    for (i = 0; i < m->nretries; i++)
        if (m->retries[i].due_us <= m->f.now_us &&
            (!first || m->retries[i].due_us < first->due_us))
            first = &m->retries[i];
    if (!first)
        return false;
    h = host_of(m, first->job->target.key);
    h->queue[RETRIES][h->tail[RETRIES]++] = first->job->index;
    drop_retry(m, first);
    return true;
}

/* The first step of the scheduler when it is asked for a job. */
static void
pass_time(struct model *m)
{
    while (end_retry(m))
        ;
    for (size_t i = 0; i < m->nhosts; i++)
        forget_if_idle(m, &m->hosts[i]);
}

/* The queue whose turn it is. */
static enum queue
next_queue(const struct model_host *h)
{
    int q = 0;

    cr_assert_gt(nqueued(h), 0);
    while (h->head[q] == h->tail[q])
        q++;
    return (enum queue)q;
}

static void
expect_first(struct model *m, struct model_host *h, const struct job *j)
{
    enum queue q = next_queue(h);
    const struct retry *waiting = first_turned_away(m, h);

    if (q == NEW && waiting) {
        cr_assert_eq(waiting->job, j);
        drop_retry(m, waiting);
    } else {
        cr_assert_eq(h->queue[q][h->head[q]++], j->index);
    }
}

static void
count_passed_over(struct model *m, const bool *could, bool was_hop)
{
    for (size_t i = 0; i < m->nhosts; i++) {
        struct model_host *h = &m->hosts[i];

        if (!could[i])
            h->passed_over = 0;
        else if (!was_hop)
            h->passed_over++;
        /* A round of whole turns, and what came first for having lost one. */
        cr_assert_leq(h->passed_over, 2 * m->nhosts * SCHED_TURN_MOST, "%s",
                      h->key);
    }
}

static void
step_next(struct model *m)
{
    bool could[NHOSTS_MAX], was_hop;
    struct model_host *h;
    struct job *j;

    pass_time(m);
    for (size_t i = 0; i < m->nhosts; i++)
        could[i] = could_go(m, &m->hosts[i]);
    j = fx_next(&m->f);
    if (!j) {
        for (size_t i = 0; i < m->nhosts; i++)
            cr_assert_not(could[i], "%s is held up", m->hosts[i].key);
        return;
    }
    h = host_of(m, j->target.key);
    was_hop = next_queue(h) == HOPS;
    cr_assert_leq(h->paused_until_us, m->f.now_us);
    cr_assert_leq(rate_opens_us(m->f.config.rate_per_host, h->started_us),
                  m->f.now_us + LATE_US);
    cr_assert_leq(rate_opens_us(m->f.config.rate, m->started_us),
                  m->f.now_us + LATE_US);
    cr_assert(has_room(m, h));
    cr_assert(is_resolved(m, h));
    cr_assert(fits_engine(m, h, j->engine));
    cr_assert_eq(
        j->is_protocol_probe,
        (h->knowledge == UNKNOWN && !h->is_connected) ||
            (h->is_shared && h->home != NENGINES && !shares(h, j->engine)));
    cr_assert_eq(j->multiplex, h->is_shared);
    cr_assert_eq(j->addrs.n == 0, !m->f.config.lookup || h->is_numeric);
    expect_first(m, h, j);
    if (h->is_shared && h->home == NENGINES) {
        h->home = j->engine;
        h->shared = 1u << h->home;
    }
    h->inflight[j->engine]++;
    h->started_us = m->started_us = m->f.now_us;
    could[h - m->hosts] = false;
    count_passed_over(m, could, was_hop);
    check_limits(m);
}

/* The streams of a host that went back to HTTP/1 fit as connections. */
static void
unshare_if_it_fits(const struct model *m, struct model_host *h)
{
    const struct sched_config *c = &m->f.config;

    if (!h->is_shared || h->knowledge != SINGLE)
        return;
    for (unsigned e = 0; e < c->nengines; e++) {
        uint32_t n = h->inflight[e];
        uint32_t more = n - nconns(h, e, n);

        if (!shares(h, e))
            continue;
        if (c->limit_per_host != 0 && n > sched_engine_limit_per_host(c, e))
            return;
        if (engine_nconns(m, e) + more > sched_engine_limit(c, e))
            return;
    }
    if (c->limit_per_host != 0 && ninflight(h) > c->limit_per_host)
        return;
    h->is_shared = false;
}

static void
learn(struct model *m, struct model_host *h, const char *version, unsigned e)
{
    if (version[0] == '1') {
        h->knowledge = SINGLE;
    } else {
        h->knowledge = MULTIPLEX;
        if (!h->is_shared) {
            h->home = e;
            h->shared = 0;
        }
        h->is_shared = true;
        if (e == h->home || (h->inflight[e] <= 1 && is_near(m, h, e)))
            h->shared |= 1u << e;
    }
    unshare_if_it_fits(m, h);
}

static void
step_connected(struct model *m)
{
    static const char *const versions[] = {"1.1", "2"};
    const char *version = NULL;
    struct model_host *h;
    struct job *j;

    if (m->f.ninflight == 0)
        return;
    j = m->f.inflight[next_random(m, (unsigned)m->f.ninflight)];
    if (!j->is_protocol_probe)
        return;
    h = host_of(m, j->target.key);
    if (chance(m, 50))
        version = h->version ? h->version : versions[next_random(m, 2)];
    sched_connected(m->f.s, j, version, m->f.now_us);
    sched_check(m->f.s);
    h->is_connected = true;
    if (version)
        learn(m, h, version, j->engine);
    check_limits(m);
}

/* The host answers 429 and wants to be left alone. */
static void
pause_host(struct model *m, struct model_host *h, struct job *j)
{
    int64_t until_us = m->f.now_us + next_random(m, 3 * 1000 * 1000);
    uint32_t n = ninflight(h);

    j->res.status = 429;
    sched_pause_host(m->f.s, j, until_us, m->f.now_us);
    sched_check(m->f.s);
    if (until_us > h->paused_until_us)
        h->paused_until_us = until_us;
    if (h->nbefore == 0) {
        h->allowed = n > 1 ? n / 2 : 1;
        h->nbefore = n;
    }
}

static void
return_gradually(struct model_host *h, int status)
{
    if (h->nbefore > 0)
        h->nbefore--;
    else if (status == 200 && h->allowed != 0)
        h->allowed++;
}

static void
leave_or_retry(struct model *m, struct job *j, const char *version)
{
    bool is_turned_away = j->is_turned_away;

    if (chance(m, 80)) {
        m->nout++;
        fx_done(&m->f, j, version);
        return;
    }
    fx_remove(&m->f, j);
    j->res.http_version = version;
    sched_done(m->f.s, j, m->f.now_us);
    sched_add_retry(m->f.s, j, m->f.now_us + next_random(m, 2000 * 1000),
                    m->f.now_us);
    sched_check(m->f.s);
    m->retries[m->nretries++] = (struct retry){j->due_us, j, is_turned_away};
}

static void
step_done(struct model *m)
{
    static const char *const versions[] = {"1.1", "2"};
    const char *version;
    struct model_host *h;
    struct job *j;
    unsigned e;

    if (m->f.ninflight == 0)
        return;
    j = m->f.inflight[next_random(m, (unsigned)m->f.ninflight)];
    h = host_of(m, j->target.key);
    version = h->version ? h->version : versions[next_random(m, 2)];
    if (chance(m, 10))
        version = NULL;
    e = j->engine;
    if (!version && j->is_protocol_probe && h->is_shared && !shares(h, e))
        h->stays_home = true;
    else if (!version && j->is_protocol_probe && !h->is_connected)
        h->nfailed++;
    j->res.status = version ? 200 : 0;
    if (version && m->f.config.rate_per_host <= 0 && chance(m, 5))
        pause_host(m, h, j);
    return_gradually(h, j->res.status);
    leave_or_retry(m, j, version);
    h->inflight[e]--;
    if (h->is_shared)
        unshare_if_it_fits(m, h);
    if (version)
        learn(m, h, version, e);
    forget_if_idle(m, h);
    check_limits(m);
}

static void
step_lookup(struct model *m)
{
    struct origin *host = fx_lookup(&m->f);
    struct model_host *h = NULL;

    if (!host)
        return;
    for (size_t i = 0; i < m->nhosts; i++)
        if (strncmp(strstr(m->hosts[i].key, "://") + 3, sched_origin_name(host),
                    strlen(sched_origin_name(host))) == 0)
            h = &m->hosts[i];
    cr_assert_null(h->looking);
    cr_assert_not(h->is_numeric);
    cr_assert_gt(nqueued(h), 0);
    h->looking = host;
}

static void
lose_all(struct model *m, struct model_host *h)
{
    m->nout += nqueued(h);
    for (int q = 0; q < NQUEUES; q++)
        h->head[q] = h->tail[q];
}

static void
step_answer(struct model *m)
{
    struct model_host *h = &m->hosts[next_random(m, (unsigned)m->nhosts)];
    struct origin *host = h->looking;

    if (!host)
        return;
    h->looking = NULL;
    if (chance(m, 80)) {
        h->has_addrs = true;
        h->resolved_us = m->f.now_us;
        fx_resolve(&m->f, host, "192.0.2.1,192.0.2.2");
    } else if (is_resolved(m, h)) {
        cr_assert_eq(fx_fail(&m->f, host), 0);
    } else {
        cr_assert_eq(fx_fail(&m->f, host), nqueued(h));
        lose_all(m, h);
    }
    forget_if_idle(m, h);
}

static bool
step_expire(struct model *m)
{
    struct job *j = sched_take(m->f.s, TAKE_EXPIRED, m->f.now_us);
    struct model_host *h;
    int q = 0;

    sched_check(m->f.s);
    if (!j)
        return false;
    cr_assert_geq(j->queue_us, m->f.config.queue_timeout_us);
    h = host_of(m, j->target.key);
    while (h->head[q] == h->tail[q] || h->queue[q][h->head[q]] != j->index)
        cr_assert_lt(++q, NQUEUES, "it was the first of no queue");
    h->head[q]++;
    m->nout++;
    fx_drop(&m->f, j);
    forget_if_idle(m, h);
    return true;
}

static void
lose_one(struct model_host *h, uint64_t index)
{
    for (int q = 0; q < NQUEUES; q++) {
        for (size_t i = h->head[q]; i < h->tail[q]; i++) {
            if (h->queue[q][i] != index)
                continue;
            memmove(&h->queue[q][i], &h->queue[q][i + 1],
                    (h->tail[q] - i - 1) * sizeof(h->queue[q][0]));
            h->tail[q]--;
            return;
        }
    }
    cr_assert_fail("it was in no queue");
}

static void
step_overdue(struct model *m)
{
    struct job *j = sched_take(m->f.s, TAKE_OVERDUE, m->f.now_us);
    struct model_host *h;

    sched_check(m->f.s);
    if (!j)
        return;
    h = host_of(m, j->target.key);
    cr_assert_not_null(h->looking);
    cr_assert_not(is_resolved(m, h));
    cr_assert((j->first.connect_timeout_us > 0 &&
               j->dns_us >= j->first.connect_timeout_us) ||
              (j->first.timeout_us > 0 &&
               j->dns_us >= j->first.timeout_us - j->attempt_us));
    lose_one(h, j->index);
    m->nout++;
    fx_drop(&m->f, j);
    forget_if_idle(m, h);
}

static void
step(struct model *m)
{
    unsigned what = next_random(m, 100);

    /* In a crowd few answers come. */
    if (m->is_crowded && what >= 50 && what < 75 && chance(m, 65))
        what = 15;
    if (what < 15)
        step_add(m);
    else if (what < 50)
        step_next(m);
    else if (what < 75)
        step_done(m);
    else if (what < 80)
        step_connected(m);
    else if (what < 87)
        step_lookup(m);
    else if (what < 94)
        step_answer(m);
    else if (what < 96)
        step_expire(m);
    else if (what < 97)
        step_overdue(m);
    else
        m->f.now_us += next_random(m, 4) ? next_random(m, 2000)
                                         : next_random(m, 4 * 1000 * 1000);
}

/* ---- whole runs --------------------------------------------------------- */

static uint32_t
one_of(struct model *m, const uint32_t *values, unsigned n)
{
    return values[next_random(m, n)];
}

#define ONE_OF(m, ...)                                                         \
    one_of((m), (const uint32_t[]){__VA_ARGS__},                               \
           sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static struct sched_config
random_config(struct model *m)
{
    struct sched_config c = {.nengines = 1 + next_random(m, NENGINES)};

    c.limit = c.nengines + ONE_OF(m, 0, 1, 3, 10, 100);
    c.limit_per_host = ONE_OF(m, 0, 0, 1, 2, 3, 7);
    c.concurrency = ONE_OF(m, 1, 5, 20, 100, 500, 1000);
    c.concurrency_per_host = ONE_OF(m, 0, 0, 1, 4, 150);
    c.multiplex = chance(m, 70);
    c.multiplex_plain = chance(m, 20);
    c.spread = next_random(m, c.nengines + 1);
    c.lookup = chance(m, 60);
    /* At least a second: with less, the first job after an answer may be late,
     * which the model does not know. */
    c.dns_ttl_us = ONE_OF(m, 1, 3, 10, 3600) * US_PER_S;
    c.queue_timeout_us = chance(m, 30) ? 5 * US_PER_S : 0;
    c.rate = chance(m, 20) ? 1 + next_random(m, 2000) : 0;
    /* When such a host's moment has come, and so when it is forgotten, the
     * model knows to 5 ms only: so there is nothing to forget. */
    if (chance(m, 20)) {
        c.rate_per_host = 0.5 + next_random(m, 200);
        c.multiplex = c.multiplex_plain = c.lookup = false;
    }
    return c;
}

static void
random_host(struct model *m, struct model_host *h, size_t i)
{
    static const char *const versions[] = {"1.1", "1.0", "2", "2", "3", NULL};

    h->is_tls = chance(m, 60);
    h->is_numeric = chance(m, 20);
    h->version = versions[next_random(m, ARRAY_LEN(versions))];
    if (m->is_crowded && chance(m, 80)) {
        h->is_tls = true;
        h->version = "2";
    }
    if (h->is_tls && !m->f.config.multiplex)
        h->version = "1.1";
    if (!h->is_tls)
        h->version = m->f.config.multiplex_plain ? "2" : "1.1";
    snprintf(h->key, sizeof(h->key), "%s://%s%zu:1",
             h->is_tls ? "https" : "http", h->is_numeric ? "10.0.0." : "h",
             10 + i);
    forget_if_idle(m, h);
}

/* Hosts that multiplex, as a rule, and have enough to do for several engines.
 */
static void
crowd(struct model *m, struct sched_config *c)
{
    m->is_crowded = true;
    c->nengines = 2 + next_random(m, NENGINES - 1);
    c->limit = c->nengines + ONE_OF(m, 0, 2, 5, 100);
    c->limit_per_host = ONE_OF(m, 0, 0, 2, 7);
    c->concurrency = ONE_OF(m, 200, 1000);
    c->concurrency_per_host = 0;
    c->multiplex = true;
    c->spread = 2 + next_random(m, c->nengines - 1);
    c->rate = c->rate_per_host = 0;
    c->queue_timeout_us = 0;
}

/* All that is left goes out in the end, and nobody is left over. */
static void
finish(struct model *m)
{
    struct job *j;

    for (size_t i = 0; i < m->nhosts; i++) {
        struct model_host *h = &m->hosts[i];

        if (h->looking)
            fx_resolve(&m->f, h->looking, "192.0.2.1");
        h->looking = NULL;
    }
    while (sched_nqueued(m->f.s) > 0) {
        size_t n = m->f.ninflight;

        pass_time(m);
        while (step_expire(m))
            n++;
        while ((j = fx_next(&m->f))) {
            expect_first(m, host_of(m, j->target.key), j);
            n++;
        }
        n += fx_resolve_all(&m->f, "192.0.2.1");
        if (n == 0) {
            cr_assert_gt(m->f.wait_us, 0, "stuck");
            m->f.now_us += m->f.wait_us;
        }
        m->nout += m->f.ninflight;
        fx_done_all(&m->f, NULL);
    }
    m->nout += m->f.ninflight;
    fx_done_all(&m->f, NULL);
    cr_assert_eq(m->nout, m->f.njobs);
    m->f.now_us += 3600 * US_PER_S;
    cr_assert_null(fx_next(&m->f));
    cr_assert_eq(sched_check(m->f.s), 0);
    fx_stop(&m->f);
}

static void
run(uint64_t seed)
{
    static struct model m;
    struct sched_config c;

    memset(&m, 0, sizeof(m));
    m.seed = seed * 7919 + 1;
    m.started_us = -1;
    c = random_config(&m);
    if (seed % 4 == 3)
        crowd(&m, &c);
    fx_start(&m.f, &c);
    m.nhosts = 1 + next_random(&m, m.is_crowded ? 3 : NHOSTS_MAX);
    for (size_t i = 0; i < m.nhosts; i++)
        random_host(&m, &m.hosts[i], i);
    for (int i = 0; i < STEPS; i++)
        step(&m);
    finish(&m);
}

Test(sched_random, the_invariants_hold_under_random_use)
{
    for (uint64_t seed = 0; seed < 80; seed++)
        run(seed);
}
