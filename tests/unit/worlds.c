/*
 * Each request is one event: when it ends, and how.  What many requests share
 * (a link, a processor, a resolver, a host's workers) serves them one after
 * the other: it is busy until a moment, which each request moves on.
 */
#include "worlds.h"

#include "base/alloc.h"
#include "base/heap.h"
#include "base/list.h"
#include "sched/autolimit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AUTO_PER_HOST 100
#define AUTO_MOST     4096

const struct world worlds[] = {
    {"one host", 1, 40000, 10 * US_PER_S, .rtt_us = 20000, .serve_us = 20000,
     .per_host = 40},
    {"one slow host", 200, 100000, 10 * US_PER_S, .rtt_us = 30000,
     .rtt_sigma = 0.4, .serve_us = 5000, .url_cost_us = 100, .nslow = 1,
     .slow_us = 500000},
    {"10,000 hosts", 10000, 100000, 5 * US_PER_S, .rtt_us = 150000,
     .rtt_sigma = 0.7},
    {"5 % dead", 10000, 100000, 5 * US_PER_S, .dead = 0.05, .rtt_us = 100000,
     .rtt_sigma = 0.5},
    {"a full link", 500, 40000, 30 * US_PER_S, .rtt_us = 50000,
     .rtt_sigma = 0.5, .url_cost_us = 4000},
    {"collapses above 200", 50, 40000, 10 * US_PER_S, .rtt_us = 20000,
     .rtt_sigma = 0.1, .serve_us = 20000, .collapses = 200},
    {"a slow resolver", 20000, 40000, 10 * US_PER_S, .rtt_us = 80000,
     .rtt_sigma = 0.5, .lookup_us = 1000},
    {"1,000 ports", 3000, 450000, 10 * US_PER_S, .rtt_us = 150000,
     .rtt_sigma = 0.6, .nports = 1000},
    {"bursts of 503", 300, 90000, 10 * US_PER_S, .rtt_us = 60000,
     .rtt_sigma = 0.5, .url_cost_us = 150, .burst_every_us = 2 * US_PER_S,
     .burst_us = 100000},
    {"collapses, and bursts", 50, 40000, 10 * US_PER_S, .rtt_us = 20000,
     .rtt_sigma = 0.1, .serve_us = 20000, .collapses = 200,
     .burst_every_us = 2 * US_PER_S, .burst_us = 50000},
    {"our own processor", 1000, 100000, 10 * US_PER_S, .rtt_us = 30000,
     .rtt_sigma = 0.5, .url_cost_us = 100, .is_cpu = true},
    {"a mix", 5000, 100000, 5 * US_PER_S, .dead = 0.03, .rtt_us = 120000,
     .rtt_sigma = 0.8, .serve_us = 10000, .url_cost_us = 300, .nslow = 20,
     .slow_us = 2000000},
    {"few workers a host", 100, 40000, 20 * US_PER_S, .rtt_us = 40000,
     .rtt_sigma = 0.3, .serve_us = 50000, .per_host = 4},
};
const size_t nworlds = ARRAY_LEN(worlds);

struct host {
    int64_t rtt_us, serve_us;
    int64_t best_us;  /* shortest time of an answer; 0: none yet */
    int64_t *workers; /* per_host moments: busy until */
    uint32_t nleft, ninflight, nidle;
    int64_t paused_until_us; /* it said 503 */
    bool is_dead, is_known;
};

struct flight {
    struct heap_node ends;
    struct host *host;
    int64_t start_us;
    enum autolimit_sign sign;
    struct flight *next; /* in the pool */
};

struct sim {
    const struct world *w;
    int64_t now_us;
    struct host *hosts;
    uint64_t *have_urls; /* a bit for each host that has URLs left */
    uint64_t *are_idle;  /* and for each that has idle connections */
    struct heap inflight;
    struct flight *pool;
    uint32_t ninflight, nopen, nleft, nfailed;
    uint32_t limit;     /* on open connections */
    uint32_t turn;      /* the host to ask first */
    uint32_t idle_turn; /* the host whose idle connection goes first */
    uint32_t nidle;     /* idle connections of all hosts */
    double shared_free_us, lookup_free_us;
    double cpu_us; /* of our own processor, since the last look */
    int64_t cpu_since_us;
    uint64_t random;
};

static double
uniform(struct sim *s)
{
    s->random = s->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(s->random >> 11) / 9007199254740992.0;
}

static double
lognormal(struct sim *s, double sigma)
{
    double u = uniform(s) + 1e-12, v = uniform(s);

    return exp(sigma * sqrt(-2 * log(u)) * cos(2 * M_PI * v));
}

static size_t
nwords(uint32_t nbits)
{
    return nbits / 64 + 1;
}

static void
put_bit(uint64_t *bits, uint32_t i, bool value)
{
    uint64_t bit = UINT64_C(1) << i % 64;

    bits[i / 64] = value ? bits[i / 64] | bit : bits[i / 64] & ~bit;
}

/* The first bit of n that is set, from i on; n: none. */
static uint32_t
next_bit(const uint64_t *bits, uint32_t n, uint32_t i)
{
    uint64_t word = bits[i / 64] & UINT64_MAX << i % 64;

    for (i /= 64; word == 0; word = bits[i])
        if (++i >= nwords(n))
            return n;
    return i * 64 + (uint32_t)__builtin_ctzll(word);
}

static void
make_hosts(struct sim *s)
{
    const struct world *w = s->w;

    s->hosts = xcalloc(w->nhosts, sizeof(*s->hosts));
    s->have_urls = xcalloc(nwords(w->nhosts), sizeof(*s->have_urls));
    s->are_idle = xcalloc(nwords(w->nhosts), sizeof(*s->are_idle));
    for (uint32_t i = 0; i < w->nhosts; i++) {
        struct host *h = &s->hosts[i];

        h->rtt_us = (int64_t)((double)w->rtt_us * lognormal(s, w->rtt_sigma));
        h->serve_us = w->nslow > 0 && i % (w->nhosts / w->nslow) == 7
                          ? w->slow_us
                          : w->serve_us;
        h->nleft = w->nurls / w->nhosts;
        put_bit(s->have_urls, i, true);
        h->is_dead = uniform(s) < w->dead;
        if (w->per_host > 0)
            h->workers = xcalloc(w->per_host, sizeof(*h->workers));
    }
    s->nleft = w->nurls / w->nhosts * w->nhosts;
}

/* The first of the hosts from..to with a URL and room, NULL: none. */
static struct host *
host_between(struct sim *s, uint32_t per_host, uint32_t from, uint32_t to)
{
    uint32_t n = s->w->nhosts, i = next_bit(s->have_urls, n, from);

    for (; i < to; i = next_bit(s->have_urls, n, i + 1)) {
        struct host *h = &s->hosts[i];

        if (h->ninflight < per_host && h->paused_until_us <= s->now_us)
            return h;
    }
    return NULL;
}

/* The next host in turn with a URL and room, NULL: none. */
static struct host *
next_host(struct sim *s, uint32_t per_host)
{
    struct host *h = host_between(s, per_host, s->turn, s->w->nhosts);

    if (!h)
        h = host_between(s, per_host, 0, s->turn);
    if (h)
        s->turn = ((uint32_t)(h - s->hosts) + 1) % s->w->nhosts;
    return h;
}

/* Wait for something that serves one after the other. */
static double
serve(double *free_us, double from_us, double cost_us)
{
    double at_us = *free_us > from_us ? *free_us : from_us;

    *free_us = at_us + cost_us;
    return *free_us;
}

/* The worker of the host that is free first. */
static double
serve_at_host(const struct sim *s, struct host *h, double from_us,
              double cost_us)
{
    int64_t *first = h->workers;
    double free_us;

    for (uint32_t i = 1; i < s->w->per_host; i++)
        if (h->workers[i] < *first)
            first = &h->workers[i];
    free_us = (double)*first;
    from_us = serve(&free_us, from_us, cost_us);
    *first = (int64_t)free_us;
    return from_us;
}

/*
 * When a request that starts now has been served.  What is shared is taken as
 * of now, without the time on the way: moments must not go back and forth.
 */
static double
serve_all(struct sim *s, struct host *h, double cost_us)
{
    double at_us = (double)s->now_us;

    if (s->w->url_cost_us > 0) {
        at_us = serve(&s->shared_free_us, at_us, s->w->url_cost_us);
        s->cpu_us += s->w->is_cpu ? s->w->url_cost_us : 0;
    }
    return h->workers ? serve_at_host(s, h, at_us, cost_us) : at_us + cost_us;
}

/* How a request on h ends, and when. */
static int64_t
fate(struct sim *s, struct host *h, enum autolimit_sign *sign)
{
    const struct world *w = s->w;
    double now_us = (double)s->now_us, at_us = now_us;
    double cost_us = (double)h->serve_us;
    bool is_new = h->nidle == 0;

    *sign = AUTOLIMIT_GOOD;
    if (h->is_dead) {
        *sign = AUTOLIMIT_DOUBT;
        return s->now_us + w->timeout_us;
    }
    if (is_new) {
        if (w->lookup_us > 0 && !h->is_known)
            at_us = serve(&s->lookup_free_us, at_us, w->lookup_us);
        at_us += (double)h->rtt_us;
        if (w->nports > 0 && s->nopen > w->nports) {
            *sign = h->is_known ? AUTOLIMIT_STRAIN : AUTOLIMIT_DOUBT;
            return (int64_t)at_us;
        }
    }
    at_us += (double)h->rtt_us;
    if (w->collapses > 0 && s->ninflight > w->collapses) {
        double over = (double)s->ninflight / w->collapses;

        cost_us *= over * over * 3;
        if (uniform(s) < 0.2 * (over - 1)) {
            *sign = AUTOLIMIT_STRAIN;
            return (int64_t)at_us;
        }
    }
    if (w->burst_every_us > 0 &&
        (int64_t)at_us % w->burst_every_us < w->burst_us) {
        *sign = AUTOLIMIT_STRAIN;
        h->paused_until_us = (int64_t)at_us + 500 * US_PER_MS;
        return (int64_t)at_us;
    }
    at_us += serve_all(s, h, cost_us) - now_us;
    if ((int64_t)at_us - s->now_us > w->timeout_us) {
        *sign = h->is_known ? AUTOLIMIT_STRAIN : AUTOLIMIT_DOUBT;
        return s->now_us + w->timeout_us;
    }
    return (int64_t)at_us;
}

static void
put_idle(struct sim *s, struct host *h)
{
    h->nidle++;
    s->nidle++;
    put_bit(s->are_idle, (uint32_t)(h - s->hosts), true);
}

static void
take_idle(struct sim *s, struct host *h)
{
    h->nidle--;
    s->nidle--;
    put_bit(s->are_idle, (uint32_t)(h - s->hosts), h->nidle > 0);
}

/* Close an idle connection where there is no room for one more. */
static void
make_room(struct sim *s)
{
    while (s->nopen >= s->limit && s->nidle > 0) {
        uint32_t n = s->w->nhosts;

        s->idle_turn = next_bit(s->are_idle, n, s->idle_turn);
        if (s->idle_turn == n)
            s->idle_turn = next_bit(s->are_idle, n, 0);
        take_idle(s, &s->hosts[s->idle_turn]);
        s->nopen--;
    }
}

static void
start(struct sim *s, struct host *h)
{
    struct flight *f = s->pool;

    if (f)
        s->pool = f->next;
    else
        f = xcalloc(1, sizeof(*f));
    f->host = h;
    f->start_us = s->now_us;
    s->ninflight++;
    h->ninflight++;
    h->nleft--;
    put_bit(s->have_urls, (uint32_t)(h - s->hosts), h->nleft > 0);
    if (h->nidle == 0) {
        make_room(s);
        s->nopen++;
    }
    heap_put(&s->inflight, &f->ends, fate(s, h, &f->sign));
    if (h->nidle > 0)
        take_idle(s, h);
}

static void
leave_connection(struct sim *s, struct host *h, bool keep)
{
    if (keep && h->nleft > 0 && s->nopen <= s->limit) {
        put_idle(s, h);
    } else {
        s->nopen--;
    }
}

static void
end(struct sim *s, struct autolimit *a)
{
    struct heap_node *node = heap_first(&s->inflight);
    struct flight *f = LIST_OWNER(node, struct flight, ends);
    struct host *h = f->host;
    int64_t took_us = node->at_us - f->start_us;
    bool is_good = f->sign == AUTOLIMIT_GOOD;

    s->now_us = node->at_us;
    heap_remove(&s->inflight, node);
    autolimit_note_done(a, f->sign, s->ninflight, took_us, h->best_us);
    if (is_good) {
        h->is_known = true;
        if (h->best_us == 0 || took_us < h->best_us)
            h->best_us = took_us;
    } else {
        s->nfailed++;
    }
    leave_connection(s, h, is_good);
    s->ninflight--;
    h->ninflight--;
    s->nleft--;
    f->next = s->pool;
    s->pool = f;
}

static void
look_at_cpu(struct sim *s, struct autolimit *a)
{
    int64_t took_us = s->now_us - s->cpu_since_us;

    if (took_us < 100 * US_PER_MS)
        return;
    autolimit_note_cpu(a, s->cpu_us / (double)took_us);
    s->cpu_us = 0;
    s->cpu_since_us = s->now_us;
}

static void
fini(struct sim *s)
{
    while (s->pool) {
        struct flight *f = s->pool;

        s->pool = f->next;
        free(f);
    }
    for (uint32_t i = 0; i < s->w->nhosts; i++)
        free(s->hosts[i].workers);
    free(s->hosts);
    free(s->have_urls);
    free(s->are_idle);
    heap_fini(&s->inflight);
}

struct verdict
world_run(const struct world *w, uint32_t limit)
{
    struct autolimit_config c = {100, 1, AUTO_MOST};
    struct sim s = {.w = w, .now_us = US_PER_S, .random = 42};
    struct verdict v = {0};
    uint32_t per_host = limit > 0 ? UINT32_MAX : AUTO_PER_HOST;
    struct autolimit a;
    struct host *h;

    make_hosts(&s);
    autolimit_init(&a, &c, s.now_us);
    for (;;) {
        s.limit = limit > 0 ? limit : a.limit;
        while (s.ninflight < s.limit && (h = next_host(&s, per_host)))
            start(&s, h);
        if (s.ninflight == 0 && s.nleft > 0) {
            s.now_us += 10 * US_PER_MS; /* all are paused */
            continue;
        }
        if (s.ninflight == 0)
            break;
        end(&s, &a);
        if (limit > 0)
            continue;
        look_at_cpu(&s, &a);
        if (autolimit_turn(&a, s.now_us) && getenv("WORLDS_TRACE"))
            fprintf(stderr, "%8.3f %5u %d %d\n", (double)s.now_us / 1e6 - 1,
                    a.limit, a.phase, a.reason);
        if (a.limit > v.greatest)
            v.greatest = a.limit;
    }
    v.seconds = (double)(s.now_us - US_PER_S) / 1e6;
    v.failed = (double)s.nfailed / w->nurls;
    v.last = a.limit;
    fini(&s);
    return v;
}
