#include "engine/callbacks.h"

#include <errno.h>
#include <string.h>

#include "base/addr.h"
#include "base/clock.h"
#include "body/capture.h"
#include "engine/easy.h"
#include "engine/kernel.h"
#include "engine/prepare.h"
#include "engine/receive_body.h"
#include "engine/receive_head.h"
#include "engine/setup_run.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"
#include "url/access.h"

/* No POST is sent over a kept connection that was idle for longer. */
#define POST_IDLE_MAX_US US_PER_S

static bool
is_reused(const struct transfer *x)
{
    return easy_long(x->easy, CURLINFO_NUM_CONNECTS) == 0;
}

/* Has anything come over a kept connection, which would be taken for the
 * answer? OpenSSL may have read it from the socket already. */
static bool
has_unread(const struct transfer *x)
{
    return !callbacks_may_multiplex(x) && is_reused(x) &&
           tlsinfo_has_unread(x->easy);
}

/*
 * libcurl < 8.x: is the connection to the proxy of another transfer, which has
 * no tunnel or TLS yet?  Once a server is known to speak HTTP/2, libcurl gives
 * such a connection to other requests, and cannot send them.
 */
static bool
is_connecting(const struct transfer *x)
{
    const struct target *t = &x->job->target;

    return t->proxy && t->is_tls && is_reused(x) &&
           tlsinfo_is_connecting(x->easy, t->proxy_is_tls);
}

/*
 * May the request be sent over this connection, if it is a kept one?  A
 * request that is not idempotent cannot be repeated, so it must not use a
 * connection that the server may be closing.
 */
static bool
may_leave(const struct transfer *x, uint64_t ends)
{
    bool may_repeat = http_is_idempotent(x->job->req.method);

    return sockets_may_send(x->wire.owner, ends,
                            may_repeat ? INT64_MAX : POST_IDLE_MAX_US) &&
           !is_connecting(x) && !has_unread(x);
}

bool
callbacks_may_multiplex(const struct transfer *x)
{
    const char *version;

    if (!x->job->target.is_tls)
        return (x->env->opts->http == HTTP_2 ||
                x->env->opts->http == HTTP_2_PRIOR) &&
               !target_asks_proxy(&x->job->target);
    version = tlsinfo_http_version(x->easy);
    return !version || *version != '1';
}

static enum streams
streams_of(const struct transfer *x)
{
    if (!callbacks_may_multiplex(x))
        return STREAMS_NONE;
    return x->job->target.is_tls && x->env->opts->http != HTTP_3
               ? STREAMS_HTTP2
               : STREAMS_PERHAPS;
}

/* Archive the request that is about to be sent, and also the one before it
 * whose answer was a challenge.  libcurl reads the body of that answer without
 * passing it on. */
static void
begin_capture(struct transfer *x)
{
    struct capture *c = x->job->capture;

    if (x->was_challenged) {
        if (receive_may_have_body(x))
            c->truncated = "unspecified";
        c = x->job->capture = capture_follow(c);
    }
    capture_begin(c);
}

/* The connection, new or reused, is ready, and the request is about to be
 * sent. */
static int
on_ready(void *arg, char *ip, char *local_ip, int port, int local_port)
{
    struct transfer *x = arg;
    uint64_t ends = x->env->opts->unix_socket
                        ? sockets_unix_ends(repeat_connection_number(x))
                        : sockets_ends(ip, port, local_ip, local_port);

    if (!repeat_is_allowed(x))
        return CURL_PREREQFUNC_ABORT;
    if (!transfer_was_sent(x) && !may_leave(x, ends)) {
        sockets_shut_leaving(x->wire.owner, ends);
        x->is_stale = true;
        return CURL_PREREQFUNC_ABORT;
    }
    x->was_challenged = transfer_was_sent(x);
    x->wire.ends = ends;
    sockets_note_ready(&x->wire);
    sockets_note_sent(&x->wire, callbacks_may_multiplex(x));
    if (!transfer_was_sent(x) && *x->env->has_wrong_version &&
        !callbacks_may_multiplex(x) &&
        x->env->is_in_use(x->env->ctx, &x->wire)) {
        x->is_stale = true;
        return CURL_PREREQFUNC_ABORT;
    }
    x->was_reused = is_reused(x);
    tlsinfo_release(x->sent_note);
    x->sent_note = x->job->target.is_tls || x->job->target.proxy_is_tls
                       ? tlsinfo_expect_data(x->easy)
                       : NULL;
    x->wire.state = TRANSFER_SENT;
    x->ready_us = x->sent_us = clock_now_us();
    x->first_byte_us = 0;
    if (x->job->capture)
        begin_capture(x);
    receive_forget(x);
    x->status = 0;
    prepare_cookies(x);
    repeat_begin(x, streams_of(x));
    if (x->env->opts->tls_info)
        x->job->res.tls =
            tlsinfo_read(x->easy, &x->job->target, !x->env->opts->insecure,
                         job_hop_mem(x->job));
    x->env->on_activity(x->env->ctx, x);
    x->env->on_ready(x->env->ctx, x);
    return CURL_PREREQFUNC_OK;
}

/* TLS begins, so TCP connected.  libcurl >= 8.x tells neither the time nor the
 * peer if the handshake fails. */
static int
on_tls(CURL *easy, void *ctx, void *arg)
{
    struct transfer *x = arg;
    struct result *r = &x->job->res;
    const struct target *t = &x->job->target;

    (void)easy;
    x->tls_us = clock_now_us();
    if (x->tcp_us == 0) {
        x->tcp_us = x->tls_us;
        r->remote_port = sockets_dialled(&x->wire, r->remote_ip);
    }
    tlsinfo_on_context(ctx, &x->note, t->proxy_is_tls && t->proxy_is_tunnel);
    return CURLE_OK;
}

/* Upload progress, used for requests with a body: neither the time to the first
 * byte nor a read time-out counts it. */
static int
on_progress(void *arg, curl_off_t dl_total, curl_off_t dl_now,
            curl_off_t ul_total, curl_off_t ul_now)
{
    struct transfer *x = arg;
    int64_t total = x->upload ? ul_total : (int64_t)x->job->req.body_len;
    int64_t left = total - ul_now; /* negative if a form's size is unknown */

    (void)dl_total, (void)dl_now;
    if (left == x->upload_left)
        return 0;
    x->upload_left = left;
    if (!x->first_byte_us)
        x->sent_us = clock_now_us();
    if (x->env->opts->read_timeout_us) {
        x->unacked = kernel_unacked(x);
        x->env->on_activity(x->env->ctx, x);
    }
    return 0;
}

/*
 * An address is about to be connected to.  This last check ensures that a
 * blocked address gets no packet, however it was found.
 */
static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct transfer *x = arg;
    const struct opts *opts = x->env->opts;
    const struct target *t = &x->job->target;
    struct addr addr;
    curl_socket_t fd;

    if (!repeat_is_allowed(x))
        return CURL_SOCKET_BAD;
    if (access_is_on(opts) && !t->proxy &&
        addr_from_sockaddr(&to->addr, &addr) == 0 &&
        access_check_addr(opts, t, &addr, &x->refused))
        return CURL_SOCKET_BAD;
    fd = x->env->opensocket(&x->wire, purpose, to);
    if (fd == CURL_SOCKET_BAD)
        x->socket_errno = errno;
    return fd;
}

void
callbacks_setup(struct transfer *x)
{
    const struct transfer_env *env = x->env;

    setup_run(x->easy, env->opts);
    EASY_SET(x->easy, CURLOPT_CONNECT_TO, env->connect_to);
    EASY_SET(x->easy, CURLOPT_PRIVATE, x);
    EASY_SET(x->easy, CURLOPT_SHARE, x->dns);
    EASY_SET(x->easy, CURLOPT_ERRORBUFFER, x->errbuf);
    EASY_SET(x->easy, CURLOPT_HEADERFUNCTION, receive_header);
    EASY_SET(x->easy, CURLOPT_HEADERDATA, x);
    EASY_SET(x->easy, CURLOPT_WRITEFUNCTION, receive_body);
    EASY_SET(x->easy, CURLOPT_WRITEDATA, x);
    EASY_SET(x->easy, CURLOPT_PREREQFUNCTION, on_ready);
    EASY_SET(x->easy, CURLOPT_PREREQDATA, x);
    repeat_setup(x);
    EASY_SET(x->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    EASY_SET(x->easy, CURLOPT_XFERINFODATA, x);
    EASY_SET(x->easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    EASY_SET(x->easy, CURLOPT_OPENSOCKETDATA, x);
    EASY_SET(x->easy, CURLOPT_CLOSESOCKETFUNCTION, env->closesocket);
    EASY_SET(x->easy, CURLOPT_CLOSESOCKETDATA, env->socket_ctx);
    if (tlsinfo_is_supported()) {
        EASY_SET(x->easy, CURLOPT_SSL_CTX_FUNCTION, on_tls);
        EASY_SET(x->easy, CURLOPT_SSL_CTX_DATA, x);
    }
    x->is_plain = true;
    x->sent.is_listening = false;
    x->proxy = NULL;
    x->has_target = false;
    buf_clear(&x->base); /* CURLOPT_CURLU is unset */
}
