#include "engine/pace.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"

#define NS_PER_US INT64_C(1000)

/* The fewest bytes to allow at once: fewer are not worth a call. */
#define STEP_MIN_BYTES 1024

/* The receive buffer of a socket holds the bytes of an eighth of a second,
 * within these bounds.  A larger one would be filled before the first byte is
 * read. */
#define BUFFER_MIN_BYTES (8 * 1024)
#define BUFFER_MAX_BYTES (1024 * 1024)

/* Places of the table of hosts at first; a power of two. */
#define HOSTS_MIN 64

/* One host that was read from. */
struct host {
    uint64_t id;     /* 0: the place is free */
    int64_t free_ns; /* from when on more may be read */
};

struct pace {
    int64_t run_bps, host_bps; /* 0: no limit */
    pthread_mutex_t lock;
    int64_t free_ns; /* the same for the run */
    struct host *hosts;
    size_t nplaces, nused;
};

struct pace *
pace_new(int64_t run_bps, int64_t host_bps)
{
    struct pace *p;

    if (run_bps == 0 && host_bps == 0)
        return NULL;
    p = xcalloc(1, sizeof(*p));
    p->run_bps = run_bps;
    p->host_bps = host_bps;
    p->nplaces = HOSTS_MIN;
    p->hosts = xcalloc(p->nplaces, sizeof(*p->hosts));
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void
pace_free(struct pace *p)
{
    if (!p)
        return;
    pthread_mutex_destroy(&p->lock);
    free(p->hosts);
    free(p);
}

/* The place of a host, or the free one that it would get. */
static struct host *
find(const struct pace *p, uint64_t id)
{
    size_t mask = p->nplaces - 1;
    size_t i = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & mask;

    while (p->hosts[i].id != 0 && p->hosts[i].id != id)
        i = (i + 1) & mask;
    return &p->hosts[i];
}

/* Make a larger table, without the hosts that may be read from. */
static void
rebuild(struct pace *p, int64_t now_us)
{
    struct host *old = p->hosts;
    size_t nold = p->nplaces, nleft = 0;

    for (size_t i = 0; i < nold; i++)
        nleft += old[i].id != 0 && old[i].free_ns > now_us * NS_PER_US;
    for (p->nplaces = HOSTS_MIN; p->nplaces < 4 * nleft;)
        p->nplaces *= 2;
    p->hosts = xcalloc(p->nplaces, sizeof(*p->hosts));
    p->nused = nleft;
    for (size_t i = 0; i < nold; i++)
        if (old[i].id != 0 && old[i].free_ns > now_us * NS_PER_US)
            *find(p, old[i].id) = old[i];
    free(old);
}

static struct host *
find_or_add(struct pace *p, uint64_t id, int64_t now_us)
{
    struct host *h = find(p, id);

    if (h->id != 0)
        return h;
    if (2 * (p->nused + 1) > p->nplaces) {
        rebuild(p, now_us);
        h = find(p, id);
    }
    h->id = id;
    h->free_ns = 0;
    p->nused++;
    return h;
}

static int64_t
max64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The bytes that one limit allows; 0: none, and *wait_us is raised.  A reader
 * that comes late gets the bytes of up to PACE_SLACK_US more. */
static size_t
allow(int64_t bps, int64_t free_ns, int64_t now_us, int64_t *wait_us)
{
    int64_t late_us = now_us - (free_ns + NS_PER_US - 1) / NS_PER_US, us;
    double n;

    if (late_us < 0) {
        *wait_us = max64(*wait_us, -late_us);
        return 0;
    }
    us = PACE_STEP_US + (late_us < PACE_SLACK_US ? late_us : PACE_SLACK_US);
    n = (double)bps * (double)us / (double)US_PER_S;
    return n < STEP_MIN_BYTES ? STEP_MIN_BYTES : (size_t)n;
}

size_t
pace_allow(struct pace *p, uint64_t host, int64_t now_us, int64_t *wait_us)
{
    size_t n = SIZE_MAX, of_host;

    *wait_us = 0;
    pthread_mutex_lock(&p->lock);
    if (p->run_bps)
        n = allow(p->run_bps, p->free_ns, now_us, wait_us);
    if (p->host_bps && host) {
        of_host = allow(p->host_bps, find(p, host)->free_ns, now_us, wait_us);
        n = of_host < n ? of_host : n;
    }
    pthread_mutex_unlock(&p->lock);
    return n;
}

static void
note(int64_t bps, int64_t *free_ns, size_t n, int64_t now_us)
{
    *free_ns = max64(*free_ns, (now_us - PACE_SLACK_US) * NS_PER_US);
    *free_ns += (int64_t)((double)n / (double)bps * 1e9);
}

void
pace_note(struct pace *p, uint64_t host, size_t n, int64_t now_us)
{
    pthread_mutex_lock(&p->lock);
    if (p->run_bps)
        note(p->run_bps, &p->free_ns, n, now_us);
    if (p->host_bps && host)
        note(p->host_bps, &find_or_add(p, host, now_us)->free_ns, n, now_us);
    pthread_mutex_unlock(&p->lock);
}

bool
pace_has_sum(const struct pace *p)
{
    return p->run_bps > 0;
}

int
pace_buffer_bytes(const struct pace *p)
{
    int64_t bps = p->run_bps && (!p->host_bps || p->run_bps < p->host_bps)
                      ? p->run_bps
                      : p->host_bps;

    if (bps / 8 > BUFFER_MAX_BYTES)
        return 0;
    return (int)max64(bps / 8, BUFFER_MIN_BYTES);
}
