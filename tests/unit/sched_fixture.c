#include "sched_fixture.h"

#include "addr_text.h"
#include "base/alloc.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

const struct sched_config FX_CONFIG = {
    .nengines = 1,
    .limit = 10,
    .concurrency = 10,
    .dns_ttl_us = 10 * US_PER_S,
};

void
fx_start(struct fixture *f, const struct sched_config *config)
{
    *f = (struct fixture){.config = *config, .now_us = 1000 * US_PER_S};
    f->pool = job_pool_new();
    f->s = sched_new(config);
}

void
fx_drop(struct fixture *f, struct job *j)
{
    cr_assert_null(j->host);
    job_free(f->pool, j);
}

void
fx_stop(struct fixture *f)
{
    struct job *j;

    while ((j = sched_take(f->s, TAKE_ANY, f->now_us)))
        fx_drop(f, j);
    fx_done_all(f, NULL);
    sched_check(f->s);
    cr_assert_eq(sched_nqueued(f->s), 0);
    cr_assert_eq(sched_ninflight(f->s), 0);
    sched_free(f->s);
    job_pool_free(f->pool);
    free(f->inflight);
}

struct job *
fx_job(struct fixture *f, const char *key)
{
    struct job *j = job_new(f->pool);
    const char *host = strstr(key, "://") + 3;
    size_t len = strcspn(host, ":");

    j->index = f->njobs++;
    j->req.method = "GET";
    j->target.key = arena_strdup(&j->mem, key);
    j->target.host = arena_strndup(&j->mem, host, len);
    j->req.method = "GET";
    j->target.is_tls = strncmp(key, "https", 5) == 0;
    j->target.is_numeric = strspn(host, "0123456789.") == len;
    j->target.connect_host = j->target.host;
    j->target.connect_is_numeric = j->target.is_numeric;
    return j;
}

struct job *
fx_add(struct fixture *f, const char *key)
{
    struct job *j = fx_job(f, key);

    sched_add(f->s, j, f->now_us);
    sched_check(f->s);
    return j;
}

void
fx_add_n(struct fixture *f, const char *key, size_t n)
{
    while (n-- > 0)
        fx_add(f, key);
}

struct job *
fx_add_hop(struct fixture *f, const char *key)
{
    struct job *j = fx_job(f, key);

    sched_add_hop(f->s, j, f->now_us);
    sched_check(f->s);
    return j;
}

struct job *
fx_next(struct fixture *f)
{
    struct job *j;

    f->wait_us = -2;
    j = sched_next(f->s, f->now_us, &f->wait_us);
    sched_check(f->s);
    if (!j) {
        cr_assert_neq(f->wait_us, -2, "wait_us is set");
        return NULL;
    }
    cr_assert_not_null(j->host);
    cr_assert_lt(j->engine, f->config.nengines);
    if (f->ninflight == f->cap_inflight) {
        f->cap_inflight = f->cap_inflight == 0 ? 64 : 2 * f->cap_inflight;
        f->inflight =
            xrealloc(f->inflight, f->cap_inflight * sizeof(*f->inflight));
    }
    f->inflight[f->ninflight++] = j;
    return j;
}

size_t
fx_next_all(struct fixture *f)
{
    size_t n = 0;

    while (fx_next(f))
        n++;
    return n;
}

const char *
fx_next_key(struct fixture *f)
{
    const struct job *j = fx_next(f);

    return j ? j->target.key : "";
}

void
fx_remove(struct fixture *f, const struct job *j)
{
    size_t i = 0;

    while (f->inflight[i] != j)
        i++;
    memmove(&f->inflight[i], &f->inflight[i + 1],
            (f->ninflight - i - 1) * sizeof(*f->inflight));
    f->ninflight--;
}

void
fx_done(struct fixture *f, struct job *j, const char *http_version)
{
    fx_remove(f, j);
    j->res.http_version = http_version;
    sched_done(f->s, j, f->now_us);
    sched_check(f->s);
    fx_drop(f, j);
}

bool
fx_done_one(struct fixture *f, const char *key, const char *http_version)
{
    for (size_t i = 0; i < f->ninflight; i++) {
        if (strcmp(f->inflight[i]->target.key, key) == 0) {
            fx_done(f, f->inflight[i], http_version);
            return true;
        }
    }
    return false;
}

void
fx_done_all(struct fixture *f, const char *http_version)
{
    while (f->ninflight > 0)
        fx_done(f, f->inflight[0], http_version);
}

size_t
fx_ninflight(const struct fixture *f, const char *key, int engine)
{
    size_t n = 0;

    for (size_t i = 0; i < f->ninflight; i++)
        n += (!key || strcmp(f->inflight[i]->target.key, key) == 0) &&
             (engine < 0 || f->inflight[i]->engine == (unsigned)engine);
    return n;
}

struct origin *
fx_lookup(struct fixture *f)
{
    struct origin *h = sched_next_lookup(f->s, f->now_us);

    sched_check(f->s);
    return h;
}

const char *
fx_lookup_name(struct fixture *f, struct origin **h)
{
    *h = fx_lookup(f);
    return *h ? sched_origin_name(*h) : "";
}

void
fx_resolve(struct fixture *f, struct origin *h, const char *addrs)
{
    struct addr v[64];
    struct addr_list list = addr_list_of(addrs, v, ARRAY_LEN(v));

    sched_resolved(f->s, h, list, 0, f->now_us);
    memset(v, '#', sizeof(v)); /* the scheduler has a copy */
    sched_check(f->s);
}

size_t
fx_resolve_all(struct fixture *f, const char *addrs)
{
    struct origin *h;
    size_t n;

    for (n = 0; (h = fx_lookup(f)); n++)
        fx_resolve(f, h, addrs);
    return n;
}

size_t
fx_fail(struct fixture *f, struct origin *h)
{
    struct job *j;
    size_t n;

    for (n = 0; (j = sched_take_failed(f->s, h, f->now_us)); n++) {
        sched_check(f->s);
        fx_drop(f, j);
    }
    sched_check(f->s);
    return n;
}
