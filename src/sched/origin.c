#include "sched/origin.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"

/* With a shorter time to live, the first job after a look-up uses its answer
 * however long it waited: the look-up was made for it, and its addresses would
 * otherwise be too old at each of its turns. */
#define SHORT_TTL_US US_PER_S

/* Limit on protocol probes at once: 2^n after n failed (origin_room()). */
#define MAX_FAILED 16

static enum origin_protocol
first_protocol(const struct target *t, const struct sched_config *c)
{
    if (t->is_tls)
        return c->multiplex ? PROTOCOL_UNKNOWN : PROTOCOL_SINGLE;
    if (target_asks_proxy(t)) /* libcurl speaks HTTP/1.1 to it */
        return PROTOCOL_SINGLE;
    return c->multiplex_plain ? PROTOCOL_MULTIPLEX : PROTOCOL_SINGLE;
}

struct origin *
origin_new(const struct job *j, const struct sched_config *c)
{
    const struct target *t = &j->target;
    size_t key_size = strlen(t->key) + 1;
    size_t name_size = strlen(t->connect_host) + 1;
    size_t proxy_size = t->proxy_host ? strlen(t->proxy_host) + 1 : 0;
    size_t on_size = c->nengines * sizeof(struct origin_engine);
    struct origin *h =
        xcalloc(1, sizeof(*h) + on_size + key_size + name_size + proxy_size);
    char *text = (char *)h + sizeof(*h) + on_size;

    h->key = memcpy(text, t->key, key_size);
    h->key_len = key_size - 1;
    h->name = memcpy(text + key_size, t->connect_host, name_size);
    h->port = t->connect_port;
    if (t->proxy_host) {
        h->proxy_name =
            memcpy(text + key_size + name_size, t->proxy_host, proxy_size);
        h->proxy_port = t->proxy_port;
    }
    h->needs_lookup = c->lookup && (!t->connect_is_numeric || t->proxy_host);
    for (int q = 0; q < NQUEUES; q++)
        job_list_init(&h->queues[q]);
    rate_init(&h->rate, c->rate_per_host);
    list_init(&h->turned_away);
    h->asks_proxy = target_asks_proxy(t);
    h->peer = h->asks_proxy ? map_stable_hash(t->proxy, strlen(t->proxy))
                            : map_stable_hash(h->key, h->key_len);
    h->protocol = first_protocol(t, c);
    h->may_multiplex =
        t->is_tls ? c->multiplex
                  : (c->multiplex_plain || c->upgrade_plain) && !h->asks_proxy;
    h->is_shared = h->protocol == PROTOCOL_MULTIPLEX;
    h->first = (unsigned)(map_stable_hash(h->key, h->key_len) % c->nengines);
    h->home = h->first;
    h->shared = UINT64_C(1) << h->home;
    h->lookup_limit_us = INT64_MAX;
    for (unsigned e = 0; e < c->nengines; e++)
        h->on[e].origin = h;
    return h;
}

void
origin_free(struct origin *h)
{
    if (!h)
        return;
    assert(h->nqueued == 0 && h->ninflight == 0 && !h->is_looking);
    addresses_fini(&h->addrs);
    addresses_fini(&h->proxy_addrs);
    free(h);
}

void
origin_push(struct origin *h, struct job *j, enum origin_queue to)
{
    job_list_push(&h->queues[to], j);
    h->nqueued++;
}

struct job *
origin_take(struct origin *h, enum origin_queue from, struct job **at)
{
    assert(*at);
    h->nqueued--;
    return job_list_take(&h->queues[from], at);
}

enum origin_queue
origin_next_queue(const struct origin *h)
{
    int q = 0;

    assert(h->nqueued > 0);
    while (job_list_is_empty(&h->queues[q]))
        q++;
    return (enum origin_queue)q;
}

bool
origin_has_hop(const struct origin *h)
{
    return !job_list_is_empty(&h->queues[QUEUE_HOPS]);
}

int64_t
origin_waiting_since_us(const struct job *j)
{
    return j->queued_at_us + (j->dns_us > 0 ? j->dns_us : 0);
}

enum origin_queue
origin_oldest_queue(const struct origin *h)
{
    enum origin_queue oldest = origin_next_queue(h);

    for (int q = 0; q < NQUEUES; q++)
        if (!job_list_is_empty(&h->queues[q]) &&
            origin_waiting_since_us(h->queues[q].head) <
                origin_waiting_since_us(h->queues[oldest].head))
            oldest = (enum origin_queue)q;
    return oldest;
}

uint32_t
sched_engine_limit(const struct sched_config *c, unsigned e)
{
    return c->limit / c->nengines + (e < c->limit % c->nengines);
}

uint32_t
sched_engine_limit_per_host(const struct sched_config *c, unsigned e)
{
    if (c->limit_per_host == 0)
        return 0;
    if (c->limit_per_host < c->nengines)
        return 1;
    return c->limit_per_host / c->nengines +
           (e < c->limit_per_host % c->nengines);
}

uint32_t
origin_share(const struct origin *h, const struct sched_config *c, unsigned e)
{
    unsigned distance = (e + c->nengines - h->first) % c->nengines;

    if (c->limit_per_host == 0)
        return UINT32_MAX;
    if (c->limit_per_host < c->nengines)
        return distance < c->limit_per_host ? 1 : 0;
    return sched_engine_limit_per_host(c, e);
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* 0 stands for no limit. */
static uint32_t
or_unlimited(uint32_t limit)
{
    return limit == 0 ? UINT32_MAX : limit;
}

static uint32_t
left(uint32_t limit, uint32_t used)
{
    return used < limit ? limit - used : 0;
}

bool
origin_is_near(const struct origin *h, const struct sched_config *c, unsigned e)
{
    unsigned distance = (e + c->nengines - h->home) % c->nengines;

    return distance == 0 || distance < c->spread;
}

bool
origin_may_spread(const struct origin *h, const struct sched_config *c,
                  unsigned e)
{
    return h->is_shared && !origin_shares(h, e) && !h->stays_home &&
           origin_is_near(h, c, e) && h->on[e].ninflight == 0 &&
           h->on[h->home].ninflight >= ORIGIN_STREAMS_PER_ENGINE &&
           origin_share(h, c, e) > 0;
}

/* How many more streams may be in flight in engine e. */
static uint32_t
stream_room_in(const struct origin *h, const struct sched_config *c, unsigned e)
{
    uint32_t share = origin_share(h, c, e);
    uint32_t streams = share > UINT32_MAX / ORIGIN_STREAMS_PER_CONN
                           ? UINT32_MAX
                           : share * ORIGIN_STREAMS_PER_CONN;

    if (!origin_shares(h, e))
        return origin_may_spread(h, c, e) ? 1 : 0;
    return left(streams, h->on[e].ninflight);
}

/*
 * If a connection takes few requests, no more are in flight: the rest would be
 * refused.  Very few would wait too long for each other's connections.
 */
#define FEWEST_IN_FLIGHT 10

static uint32_t
conn_room(const struct origin *h)
{
    uint32_t most = h->conn_max_requests;

    if (most > 0 && most < FEWEST_IN_FLIGHT)
        most = FEWEST_IN_FLIGHT;
    return left(or_unlimited(most), h->ninflight);
}

static uint32_t
stream_room(const struct origin *h, const struct sched_config *c)
{
    uint32_t room = stream_room_in(h, c, h->home);

    /* It no longer multiplexes: see slots_learn(). */
    if (h->protocol != PROTOCOL_MULTIPLEX)
        return 0;
    for (unsigned i = 1; i < c->spread && i < c->nengines; i++) {
        uint32_t more = stream_room_in(h, c, (h->home + i) % c->nengines);

        room = more > UINT32_MAX - room ? UINT32_MAX : room + more;
    }
    room = smaller(room, conn_room(h));
    return smaller(left(or_unlimited(c->concurrency_per_host), h->ninflight),
                   room);
}

/* The limit by pacing, checked before anything else. */
static uint32_t
pace_room(const struct origin *h)
{
    if (h->down_until_us != 0)
        return h->probe ? 0 : 1;
    return left(or_unlimited(h->allowed), h->ninflight);
}

/*
 * While the origin's protocol is unknown, one job goes first: others would
 * each open a connection where one may be enough.  If it fails, two go, then
 * four and so on: one at a time, the jobs of an origin that never answers
 * would wait for each other's time-outs.
 */
uint32_t
origin_room(const struct origin *h, const struct sched_config *c)
{
    uint32_t limit = smaller(or_unlimited(c->limit_per_host),
                             or_unlimited(c->concurrency_per_host));
    uint32_t room;

    if (h->is_shared) {
        room = stream_room(h, c);
    } else {
        if (h->protocol == PROTOCOL_UNKNOWN && !h->is_connected)
            limit =
                smaller(limit, UINT32_C(1) << smaller(h->nfailed, MAX_FAILED));
        room = left(limit, h->ninflight);
    }
    return smaller(room, pace_room(h));
}

uint32_t
origin_nconns(const struct origin *h, unsigned e, uint32_t n)
{
    if (!origin_shares(h, e))
        return n;
    return n / ORIGIN_STREAMS_PER_CONN + (n % ORIGIN_STREAMS_PER_CONN != 0);
}

bool
origin_is_resolved(const struct origin *h, const struct sched_config *c,
                   int64_t now_us)
{
    if (!h->needs_lookup)
        return true;
    if (!h->addrs.v)
        return false;
    return now_us <= h->resolved_until_us ||
           (h->is_unused && c->dns_ttl_us < SHORT_TTL_US);
}

void
origin_give_addrs(struct origin *h, struct job *j, int64_t now_us)
{
    struct arena *mem = job_hop_mem(j);

    j->addrs = addresses_list(&h->addrs, h->addr_turn, now_us, mem);
    j->proxy_addrs = addresses_list(&h->proxy_addrs, h->addr_turn, now_us, mem);
    if (h->addrs.v)
        h->addr_turn++;
}

void
origin_note_peer(struct origin *h, const struct job *j, int64_t now_us)
{
    const struct result *r = &j->res;
    struct addr peer;

    if (r->reused != 0 || addr_parse(r->remote_ip, strlen(r->remote_ip), &peer))
        return;
    addresses_note_peer(&h->addrs, j->addrs, &peer, now_us);
    addresses_note_peer(&h->proxy_addrs, j->proxy_addrs, &peer, now_us);
}

int64_t
origin_looking_since_us(const struct origin *h)
{
    /* Until then the old addresses could be used. */
    if (h->addrs.v && h->resolved_until_us > h->looking_since_us)
        return h->resolved_until_us;
    return h->looking_since_us;
}

int64_t
origin_lookup_wait_us(const struct origin *h, const struct job *j,
                      int64_t now_us)
{
    int64_t since = origin_looking_since_us(h);

    if (j->queued_at_us > since)
        since = j->queued_at_us;
    return now_us > since ? now_us - since : 0;
}

static size_t
charge(struct origin *h, struct job *j, size_t njobs, int64_t now_us)
{
    for (; j && njobs > 0; j = j->link, njobs--) {
        if (j->dns_us < 0)
            j->dns_us = 0;
        j->dns_us += origin_lookup_wait_us(h, j, now_us);
    }
    return njobs;
}

void
origin_charge_lookup(struct origin *h, size_t njobs, int64_t now_us)
{
    for (int q = 0; q < NQUEUES; q++)
        njobs = charge(h, h->queues[q].head, njobs, now_us);
}
