#include "app/capacity.h"

#include "base/diag.h"
#include "base/fs.h"
#include "engine/libcurl.h"
#include "job/options.h"

/* Descriptors needed besides connections: for the process (standard streams,
 * files, loops, name servers over UDP and TCP), for each thread (loop, wake-up)
 * and for libcurl in each engine. */
#define FDS_CONTROL 52
#define FDS_THREAD  4
#define FDS_ENGINE  2

/* Descriptors that a thread uses while it stores a body: a folder, the next
 * folder in it, and a file. */
#define FDS_STORE 3

/* Descriptors that a thread uses while it reads a file to upload. */
#define FDS_UPLOAD 2

/*
 * Connections per engine, if there are enough engines.  Measured: with 2,000
 * connections to one host a request takes 105,000 instructions in one engine,
 * 80,600 in 16 engines, and 77,000 with only 100 connections.  Fewer than 128
 * save little more, and where hosts are bound to engines (--limit-per-host)
 * small engines are filled less evenly.
 */
#define ENGINE_CONNECTIONS 128

/* --limit auto: the initial limit, the largest one, and the default limit for
 * a host. */
#define AUTO_START    100
#define AUTO_MOST     4096
#define AUTO_PER_HOST 100

/* How many engines are needed for this many connections; a multiple of the
 * threads. */
static unsigned
engines_for(const struct opts *opts, size_t limit)
{
    size_t threads = opts->threads;
    size_t n = (limit + ENGINE_CONNECTIONS - 1) / ENGINE_CONNECTIONS;

    n = (n + threads - 1) / threads * threads;
    if (n > SCHED_MAX_ENGINES)
        n = SCHED_MAX_ENGINES / threads * threads;
    if (n < threads)
        n = threads;
    return (unsigned)(n < limit ? n : limit);
}

/* Reduce the limits to the connections that the descriptors allow. */
static uint32_t
fit_limit(const struct opts *opts)
{
    size_t nfds = fs_raise_nofile();
    size_t store = opts->output_dir || opts->warc ? FDS_STORE : 0;
    size_t per_thread = FDS_THREAD + store;
    if (opts->files || opts->upload_file || opts->form)
        per_thread += FDS_UPLOAD;
    size_t reserved = FDS_CONTROL + store + per_thread * (size_t)opts->threads;
    size_t fit = nfds > reserved ? nfds - reserved : 1;

    reserved += FDS_ENGINE * (size_t)engines_for(opts, fit);
    fit = nfds > reserved ? nfds - reserved : 1;
    if (opts->limit == LIMIT_AUTO)
        return (uint32_t)(fit < AUTO_MOST ? fit : AUTO_MOST);
    if (opts->limit == 0)
        return fit > UINT32_MAX ? UINT32_MAX : (uint32_t)fit;
    if (opts->limit <= fit)
        return opts->limit;
    if (!opts->quiet)
        diag_warn("only %zu of %u connections fit into the limit of %zu open "
                  "files; raise it with ulimit -n",
                  fit, (unsigned)opts->limit, nfds);
    return (uint32_t)fit;
}

/* Start at aiohttp's limit and allow growth up to what descriptors permit.  A
 * host without a limit of its own may have as many connections as with the
 * default. */
static void
set_auto_limit(struct sched_config *c)
{
    c->auto_limit = c->limit;
    c->limit = c->limit < AUTO_START ? c->limit : AUTO_START;
    if (c->nengines > c->limit)
        c->nengines = c->limit;
    if (c->limit_per_host == 0)
        c->limit_per_host = AUTO_PER_HOST;
}

/* How many requests libcurl may send for one of ours: with --digest a second
 * one answers the challenge at once. */
static unsigned
most_requests(const struct opts *opts)
{
    return opts->auth == AUTH_DIGEST ? 2 : 1;
}

struct sched_config
capacity_config(const struct opts *opts)
{
    struct sched_config c = {0};

    c.limit = fit_limit(opts);
    c.nengines = engines_for(opts, c.limit);
    c.limit_per_host = opts->limit_per_host;
    if (opts->limit == LIMIT_AUTO)
        set_auto_limit(&c);
    c.concurrency = opts->concurrency ? opts->concurrency : c.limit;
    c.concurrency_per_host = opts->concurrency_per_host
                                 ? opts->concurrency_per_host
                                 : opts->limit_per_host;
    c.multiplex = libcurl_multiplexes(opts, true);
    c.multiplex_plain = libcurl_multiplexes(opts, false);
    c.upgrade_plain = opts->http == HTTP_2 && !opts->force_close;
    c.spread = opts->threads;
    c.dns_ttl_us = opts->dns_cache_ttl_us;
    c.lookup = !opts->unix_socket;
    c.queue_timeout_us = opts->queue_timeout_us;
    c.retry_max_time_us = opts->retry_max_time_us;
    c.rate = opts->rate / most_requests(opts);
    c.rate_per_host = opts->rate_per_host / most_requests(opts);
    c.max_host_failures = opts->max_host_failures;
    c.reserve_conns = true;
    return c;
}
