#include "engine/failure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/easy.h"
#include "engine/errors.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
#include "job/job.h"
#include "job/options.h"

/* Did TCP connect? libcurl 7.88 knows the peer from then on, 8.14 only after
 * TLS is done. */
static bool
has_tcp(const struct transfer *x)
{
    return x->tcp_us || x->job->res.remote_ip[0];
}

/* Is it known that TLS with the server has not begun? */
static bool
is_before_tls(const struct transfer *x)
{
    const struct target *t = &x->job->target;

    return t->is_tls && tlsinfo_is_supported() &&
           !tlsinfo_has_begun(x->note, t->proxy_is_tls);
}

/* Is the tunnel not established yet?  Where TLS does not tell, the status of
 * the answer to CONNECT does, though that may still be incomplete. */
static bool
is_tunnelling(const struct transfer *x)
{
    const struct target *t = &x->job->target;
    long status = 0;

    if (t->proxy && is_before_tls(x))
        return true;
    if (!t->proxy_is_tunnel)
        return false;
    curl_easy_getinfo(x->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return status < 200 || status > 299;
}

bool
failure_reached_tls(const struct transfer *x)
{
    return x->job->target.is_tls && has_tcp(x) && !is_tunnelling(x);
}

enum phase
failure_phase(const struct transfer *x, CURLcode code)
{
    if (code == CURLE_COULDNT_RESOLVE_HOST ||
        code == CURLE_COULDNT_RESOLVE_PROXY)
        return PHASE_DNS;
    if (x->first_byte_us)
        return PHASE_RECEIVE;
    if (transfer_was_sent(x) && transfer_body_is_unsent(x))
        return PHASE_SEND;
    if (transfer_was_sent(x))
        return PHASE_WAIT;
    if (failure_reached_tls(x))
        return PHASE_TLS;
    return PHASE_CONNECT;
}

/* Did the transfer fail because its connection was reset?  If HTTP/2 failed
 * first, the code is another one. */
static bool
is_reset(const struct transfer *x, CURLcode code)
{
    return x->was_reset &&
           (code == CURLE_PARTIAL_FILE || code == CURLE_SEND_ERROR ||
            code == CURLE_RECV_ERROR);
}

/*
 * The errno of the failure, or 0.  libcurl reports the errno of the last call
 * that failed, which may belong to another address than the one that connected.
 * libcurl 8.23 returns CURLE_COULDNT_CONNECT also if a proxy could not.
 */
static int
errno_of(const struct transfer *x, CURLcode code, long proxy_status)
{
    bool is_of_connecting =
        (code == CURLE_COULDNT_CONNECT && proxy_status == 0) ||
        code == CURLE_QUIC_CONNECT_ERROR || code == CURLE_INTERFACE_FAILED;
    long os_errno = 0;

    if (is_reset(x, code))
        return ECONNRESET;
    curl_easy_getinfo(x->easy, CURLINFO_OS_ERRNO, &os_errno);
    if (is_of_connecting || os_errno == ECONNRESET || os_errno == EPIPE)
        return (int)os_errno;
    /* "Recv failure: No route to host" */
    return strstr(x->errbuf, " failure: ") ? (int)os_errno : 0;
}

/*
 * Did we refuse the server's certificate within the TLS connection to a proxy?
 * libcurl 7.88 and 8.14 then report a handshake that failed without a reason:
 * sending our alert through the outer connection clears OpenSSL's errors.
 */
static bool
is_nested_refusal(const struct transfer *x, CURLcode code)
{
    return code == CURLE_SSL_CONNECT_ERROR && !x->env->opts->insecure &&
           x->job->target.proxy_is_tls && tlsinfo_verify_result(x->note) != 0;
}

/*
 * Does the host have addresses, but no IPv4 one, which a SOCKS 4 proxy needs?
 * libcurl then reports that it could not resolve the host's name; libcurl 8.23
 * reports an error of the proxy.
 */
static bool
has_no_ipv4_for_proxy(const struct transfer *x, CURLcode code)
{
    long proxy_error = 0;

    if (!x->job->target.proxy_is_socks || x->job->addrs.n == 0)
        return false;
    curl_easy_getinfo(x->easy, CURLINFO_PROXY_ERROR, &proxy_error);
    return code == CURLE_COULDNT_RESOLVE_HOST ||
           (code == CURLE_PROXY && proxy_error == CURLPX_RESOLVE_HOST);
}

/* Set what libcurl reports of a refused certificate without a proxy. */
static void
restore_refusal(struct transfer *x, struct failure *f)
{
    f->curl_code = CURLE_PEER_FAILED_VERIFICATION;
    f->verify_result = tlsinfo_verify_result(x->note);
    snprintf(x->errbuf, sizeof(x->errbuf), "SSL certificate problem: %s",
             tlsinfo_verify_text(f->verify_result));
}

/*
 * Correct the errno and message of a connection that could not be made, where
 * libcurl does not know why no socket was opened, or names the URL's host
 * instead of a Unix socket.
 */
static void
correct_connect(struct transfer *x, struct failure *f)
{
    const char *path = x->env->opts->unix_socket;

    if (x->socket_errno) {
        if (f->os_errno)
            return;
        f->os_errno = x->socket_errno;
        snprintf(x->errbuf, sizeof(x->errbuf), "Cannot open a socket: %s",
                 strerror(x->socket_errno));
    } else if (path) {
        /* libcurl takes a Unix socket whose queue is full for one that
         * connects, and then finds it not connected. */
        if (!f->os_errno)
            f->os_errno = EAGAIN;
        snprintf(x->errbuf, sizeof(x->errbuf),
                 "Cannot connect to the Unix socket '%s': %s", path,
                 strerror(f->os_errno));
    }
}

/* Add the verdicts on certificates, and the error of a SOCKS proxy. */
static void
add_verdicts(struct transfer *x, CURLcode code, struct failure *f)
{
    curl_easy_getinfo(x->easy, CURLINFO_SSL_VERIFYRESULT, &f->verify_result);
    if (f->is_proxied && f->verify_result == 0)
        curl_easy_getinfo(x->easy, CURLINFO_PROXY_SSL_VERIFYRESULT,
                          &f->verify_result);
    curl_easy_getinfo(x->easy, CURLINFO_PROXY_ERROR, &f->proxy_error);
    if (is_nested_refusal(x, code))
        restore_refusal(x, f);
}

/* Set the error by libcurl's code and what is known beside it. */
static void
judge(struct transfer *x, CURLcode code, int64_t now_us)
{
    const struct job *j = x->job;
    struct failure f = {
        .curl_code = (int)code,
        .phase = failure_phase(x, code),
        .after_us = now_us - x->start_us - transfer_held_us(x, now_us) +
                    (j->dns_us > 0 ? j->dns_us : 0),
        .before_us = j->attempt_us,
        .connect_timeout_us = j->first.connect_timeout_us,
        .timeout_us = j->first.timeout_us,
        .message = x->errbuf,
        .is_insecure = x->env->opts->insecure,
        .is_tls = j->target.is_tls,
        .is_proxied = j->target.proxy != NULL,
        .is_before_tls = is_before_tls(x),
        .sent_alert = tlsinfo_sent_alert(x->note),
        .lacks_certificate = tlsinfo_wants_certificate(x->note) &&
                             !x->env->opts->cert && !x->first_byte_us,
    };

    curl_easy_getinfo(x->easy, CURLINFO_HTTP_CONNECTCODE, &f.proxy_status);
    f.os_errno = errno_of(x, code, f.proxy_status);
    if (is_reset(x, code))
        snprintf(x->errbuf, sizeof(x->errbuf), "Recv failure: %s",
                 strerror(ECONNRESET)); /* as libcurl says to one stream */
    if (code == CURLE_COULDNT_CONNECT)
        correct_connect(x, &f);
    add_verdicts(x, code, &f);
    errors_set(&x->job->res, &f);
}

void
failure_fill(struct transfer *x, CURLcode code, int64_t now_us)
{
    struct result *r = &x->job->res;

    if (code == CURLE_COULDNT_CONNECT && x->refused.code) {
        result_fail(r, ERR_BLOCKED, x->refused.code, PHASE_CONNECT, false, "%s",
                    x->refused.message);
    } else if (has_no_ipv4_for_proxy(x, code)) {
        result_fail(r, ERR_PROXY, "failed", PHASE_CONNECT, false,
                    "a SOCKS 4 proxy takes IPv4 addresses only, and the host "
                    "has none");
        r->error.curl_code = (int)code;
    } else {
        judge(x, code, now_us);
    }
}
