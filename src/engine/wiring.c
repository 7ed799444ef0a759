/*
 * The callbacks below run within libcurl, so they only note what happened;
 * on_turn() in engine.c acts on it.
 */
#include "engine/state.h"

#include <strings.h>

#include "base/clock.h"
#include "engine/libcurl.h"
#include "engine/renewal.h"
#include "engine/setup.h"
#include "engine/sockets.h"
#include "engine/tlsinfo.h"
#include "job/options.h"

/* ------------------------------------------- what transfers and sockets tell
 */

static void
on_activity(void *ctx, struct transfer *x)
{
    struct engine *e = ctx;

    e->nactivities++;
    if (e->config.opts->read_timeout_us)
        flight_note_active(e, x, clock_now_us());
}

static void
on_paused(void *ctx, struct transfer *x)
{
    struct engine *e = ctx;

    (void)x;
    e->npaused++;
}

static void
on_held(void *ctx, struct transfer *x)
{
    struct engine *e = ctx;

    (void)x;
    if (!ev_is_active(&e->held_timer))
        ev_timer_again(e->loop, &e->held_timer);
}

/* The transfer opened this socket itself. */
static void
on_connected(struct wire *w, curl_socket_t fd)
{
    struct transfer *x = (struct transfer *)w;

    if (x->tcp_us != 0)
        return;
    x->tcp_us = clock_now_us();
    /* libcurl >= 8.x tells the peer only once TLS and the tunnel are ready. */
    if (x->job->target.is_tls || x->job->target.proxy)
        x->job->res.remote_port = sockets_peer(fd, x->job->res.remote_ip);
}

static void
on_slowed(void *ctx, int fd, uint64_t ends, bool is_slowed)
{
    struct engine *e = ctx;
    struct transfer *next;

    for (struct transfer *x = e->inflight_head; x; x = next) {
        next = x->next;
        /* libcurl 8.14 does not tell the socket of a stream that shares a
         * connection. */
        if (x->wire.fd >= 0 ? x->wire.fd != fd : x->wire.ends != ends)
            continue;
        if (!transfer_was_sent(x) || x->is_slowed == is_slowed)
            continue;
        transfer_slow(x, is_slowed);
        if (!is_slowed)
            on_activity(e, x);
    }
}

static void
on_flood(void *ctx, uint64_t ends)
{
    flight_note_flood(ctx, ends);
}

static void
on_reset(void *ctx, uint64_t ends)
{
    const struct engine *e = ctx;

    for (struct transfer *x = e->inflight_head; x; x = x->next)
        if (transfer_was_sent(x) && x->wire.ends == ends)
            x->was_reset = true;
}

static bool
is_in_use(void *ctx, const struct wire *w)
{
    const struct engine *e = ctx;

    for (const struct transfer *y = e->inflight_head; y; y = y->next)
        if (&y->wire != w && transfer_was_sent(y) && y->wire.ends == w->ends)
            return true;
    return false;
}

static void
on_redirect(void *ctx, struct transfer *x)
{
    struct engine *e = ctx;

    (void)x;
    if (!ev_is_active(&e->redirect_timer))
        ev_timer_again(e->loop, &e->redirect_timer);
}

/* A request is about to leave.  Tell the scheduler before the response arrives
 * if it waits for that: rare (once per TLS origin, and with a rate per host),
 * so it takes the lock each time. */
static void
on_ready(void *ctx, struct transfer *x)
{
    struct engine *e = ctx;
    const struct job *j = x->job;
    struct connected connected = {.job = x->job, .was_reused = x->was_reused};

    if (e->config.pace)
        sockets_set_paced(&x->wire);
    if (!j->is_protocol_probe && !j->tells_when_sent)
        return;
    if (j->is_protocol_probe && e->config.opts->http != HTTP_2_PRIOR)
        connected.http_version = tlsinfo_http_version(x->easy);
    if (mailbox_put_connected(&e->outbox, &connected))
        e->config.wake(e->config.wake_ctx);
}

/* ---------------------------------------------------------------- settings */

static bool
is_http_proxy(const char *proxy)
{
    return proxy && *proxy && strncasecmp(proxy, "socks", 5) != 0;
}

bool
wiring_counts_hosts(const struct engine_config *c)
{
    const struct opts *opts = c->opts;

    return c->limit_per_host > 0 &&
           (opts->connect_to.n > 0 || is_http_proxy(opts->proxy_http) ||
            is_http_proxy(opts->proxy_https));
}

static void
setup_sockets(struct engine *e)
{
    e->sockets = sockets_new(&(struct sockets_config){
        .loop = e->loop,
        .multi = e->multi,
        .limit = e->config.limit,
        .limit_per_host = e->config.limit_per_host,
        .counts_hosts = wiring_counts_hosts(&e->config),
        .keepalive_us = e->config.opts->keepalive_us,
        .lifetime_us = e->config.opts->max_conn_lifetime_us,
        .times_uploads = e->config.opts->read_timeout_us > 0,
        .reuses_unread = libcurl_reuses_unread(),
        .forgets_streams = libcurl_forgets_streams(),
        .nactivities = &e->nactivities,
        .on_connected = on_connected,
        .on_flood = on_flood,
        .on_reset = on_reset,
        .on_slowed = on_slowed,
        .is_in_use = is_in_use,
        .pace = e->config.pace,
        .ctx = e,
    });
}

static void
setup_env(struct engine *e)
{
    e->env = (struct transfer_env){
        .opts = e->config.opts,
        .bodies = e->config.bodies,
        .captures = e->config.captures,
        .headers = setup_run_headers(e->config.opts, &e->config.opts->headers),
        .renewal = renewal_new(e->config.opts),
        .cookies = e->config.cookies,
        .h2c_is_broken = libcurl_breaks_h2c(e->config.opts),
        .digest_is_broken = libcurl_breaks_digest(e->config.opts),
        .lacks_number = libcurl_lacks_number(e->config.opts),
        .keeps_header = libcurl_keeps_header(),
        .connect_to = setup_list(&e->config.opts->connect_to),
        .opensocket = sockets_open,
        .closesocket = sockets_close,
        .socket_ctx = e->sockets,
        .counts_hosts = wiring_counts_hosts(&e->config),
        .on_activity = on_activity,
        .on_ready = on_ready,
        .must_check = &e->must_check,
        .has_wrong_version = &e->has_wrong_version,
        .is_in_use = is_in_use,
        .on_redirect = on_redirect,
        .turn_work = &e->turn_work,
        .on_paused = on_paused,
        .on_held = on_held,
        .ctx = e,
    };
}

void
wiring_connect(struct engine *e)
{
    setup_sockets(e);
    setup_env(e);
}

void
wiring_free(struct engine *e)
{
    curl_slist_free_all(e->env.headers);
    renewal_free(e->env.renewal);
    curl_slist_free_all(e->env.connect_to);
    if (e->sockets)
        sockets_free(e->sockets);
}
