#include "engine/outcome.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "body/body.h"
#include "engine/easy.h"
#include "engine/failure.h"
#include "engine/receive_head.h"
#include "engine/retry_after.h"
#include "engine/transfer.h"
#include "engine/verdict.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"

/* Divide us, from when the request began to leave to the first byte of its
 * response or to the end, into sending and waiting. */
static void
fill_sending(struct transfer *x, int64_t us)
{
    struct timing *t = &x->job->res.timing;
    int64_t body_us = x->sent_us - x->ready_us;

    if (!x->first_byte_us && transfer_body_is_unsent(x)) {
        t->send += us;
        return;
    }
    if (body_us > us)
        body_us = us;
    t->send += body_us;
    t->wait = us - body_us;
}

/*
 * Fill in the phases of the hop.  Their borders are our own times, so that
 * they add up to the total; within the connect phase libcurl's times are used
 * if there are any.  The time in which it was held counts as queue time.
 */
static void
fill_timing(struct transfer *x, int64_t now_us)
{
    struct job *j = x->job;
    struct result *r = &j->res;
    struct timing *t = &r->timing;
    int64_t connected = easy_number(x->easy, CURLINFO_CONNECT_TIME_T);
    int64_t until_ready = (x->ready_us ? x->ready_us : now_us) - x->start_us;
    int64_t held_us;

    *t = (struct timing){j->dns_us, -1, -1, -1, -1, -1};
    r->has_timing = true;
    if (connected == 0 && x->tcp_us)
        connected = x->tcp_us - x->start_us;
    /* A proxy's answer to CONNECT, and TLS with the proxy, come before. */
    if (j->target.proxy && x->tls_us)
        connected = x->tls_us - x->start_us;
    if (r->reused == 1) {
        until_ready = 0;
    } else if (failure_reached_tls(x)) {
        t->connect = connected < until_ready ? connected : until_ready;
        t->tls = until_ready - t->connect;
    } else {
        t->connect = until_ready;
    }
    if (!x->ready_us)
        return;
    t->send = x->ready_us - x->start_us - until_ready;
    held_us = transfer_held_us(x, now_us);
    if (!x->first_byte_us) {
        fill_sending(x, now_us - x->ready_us - held_us);
        return;
    }
    fill_sending(x, x->first_byte_us - x->ready_us - x->first_byte_held_us);
    t->receive = now_us - x->first_byte_us - (held_us - x->first_byte_held_us);
}

static const char *
http_version_name(long version)
{
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return "1.0";
    case CURL_HTTP_VERSION_1_1:
        return "1.1";
    case CURL_HTTP_VERSION_2_0:
        return "2";
    case CURL_HTTP_VERSION_3:
        return "3";
    default:
        return NULL;
    }
}

/* Fill in the peer's address and the protocol. */
static void
fill_peer(struct transfer *x)
{
    struct result *r = &x->job->res;
    const char *ip = NULL;
    long port = 0;

    curl_easy_getinfo(x->easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(x->easy, CURLINFO_PRIMARY_PORT, &port);
    /* A Unix socket has no address and port; libcurl gives its path. */
    if (ip && *ip && strlen(ip) < sizeof(r->remote_ip) &&
        !x->env->opts->unix_socket) {
        memcpy(r->remote_ip, ip, strlen(ip) + 1);
        r->remote_port = (int)port;
    }
    /* libcurl 8.14 tells the peer only after TLS and tunnel are done. */
    if (!r->remote_ip[0] && x->wire.ip[0]) {
        memcpy(r->remote_ip, x->wire.ip, sizeof(x->wire.ip));
        r->remote_port = x->wire.port;
    }
    if (transfer_was_sent(x))
        r->reused = x->was_reused;
}

/*
 * The Content-Length, or -1. libcurl reports 0 if the status allows no body (a
 * 304's header gives the length of the 200) and if there is no header.
 */
static int64_t
declared_length(const struct transfer *x)
{
    curl_off_t length = -1;
    const char *text;
    char *end;

    if (x->job->res.status != 204 && x->job->res.status != 304) {
        curl_easy_getinfo(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
        return length;
    }
    text = easy_header(x->easy, "content-length", 0);
    if (!text)
        return -1;
    errno = 0;
    length = strtoll(text, &end, 10);
    return end > text && *end == '\0' && errno == 0 && length >= 0 ? length
                                                                   : -1;
}

/* Bytes of the body on the wire.  If we end a transfer, libcurl has not
 * counted the last piece. */
static int64_t
bytes_received(const struct transfer *x)
{
    int64_t counted = easy_number(x->easy, CURLINFO_SIZE_DOWNLOAD_T);

    return counted > x->body_bytes ? counted : x->body_bytes;
}

/* A validator unchanged; NULL if there is none that JSON can represent. */
static const char *
validator(const struct transfer *x, const char *name)
{
    const char *text = easy_header(x->easy, name, 0);

    if (!text || !*text || !utf8_valid(text, strlen(text)))
        return NULL;
    return arena_strdup(job_hop_mem(x->job), text);
}

static void
fill_validators(const struct transfer *x)
{
    x->job->res.etag = validator(x, "etag");
    x->job->res.last_modified = validator(x, "last-modified");
}

/* What the response's head says. */
static void
fill_response(struct transfer *x)
{
    struct job *j = x->job;
    struct result *r = &j->res;
    const char *type = NULL, *location, *retry_after, *disposition;
    long status = 0, version = 0;

    if (x->stop == STOP_STATUS_LINE)
        return;
    curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
    r->status = (int)status;
    if (!status)
        return;
    curl_easy_getinfo(x->easy, CURLINFO_HTTP_VERSION, &version);
    r->http_version = http_version_name(version);
    curl_easy_getinfo(x->easy, CURLINFO_CONTENT_TYPE, &type);
    /* libcurl also takes it from an interim response, such as 103. */
    if (type && easy_header(x->easy, "content-type", 0))
        r->content_type = arena_strdup(job_hop_mem(j), type);
    if (x->stop != STOP_FRAMING) /* else it may be no number */
        r->content_length = declared_length(x);
    r->size_download = bytes_received(x);
    if (x->env->opts->output_dir) {
        disposition = easy_header(x->easy, "content-disposition", 0);
        if (disposition)
            r->disposition = arena_strdup(job_hop_mem(j), disposition);
    }
    body_recall_head(j);
    if (opts_want_digest(x->env->opts))
        fill_validators(x);
    if (r->status == 200)
        return;
    retry_after = easy_header(x->easy, "retry-after", 0);
    if (retry_after)
        r->retry_after_us = retry_after_us(retry_after, clock_wall_us());
    location = http_is_redirect(r->status) ? easy_header(x->easy, "location", 0)
                                           : NULL;
    if (location && *location) /* an empty one says nothing, as in curl */
        r->location = arena_strdup(job_hop_mem(j), location);
}

/* Which request of its connection it was (HTTP/2), or how many of them the
 * server takes. */
static void
fill_connection(const struct transfer *x)
{
    struct result *r = &x->job->res;
    bool is_refused = r->evidence == EVIDENCE_REFUSED;
    int64_t stream = is_refused ? x->end.last : x->end.stream;

    r->connection = x->wire.ends;
    /* Clients have the odd numbers. */
    if (x->end.session && !x->end.is_http3 && (is_refused || x->first_byte_us))
        r->conn_nrequests = (uint32_t)((stream + 1) / 2);
}

void
outcome_fill(struct transfer *x, CURLcode code, int64_t now_us)
{
    fill_peer(x);
    fill_response(x);
    fill_timing(x, now_us);
    x->job->res.nchallenges += x->was_challenged;
    verdict_fill(x, code, now_us);
    fill_connection(x);
}

/* What outcome_truncated() returns for STOP_ENOUGH. */
static const char *
truncated_on_purpose(const struct transfer *x)
{
    if (x->job->res.body_truncated)
        return "length";
    if (!receive_may_have_body(x))
        return NULL;
    /* libcurl reads the body of a further challenge without passing it on. */
    if (x->was_challenged && x->status == 401)
        return "unspecified";
    return x->is_redirect ? "length" : NULL;
}

const char *
outcome_truncated(const struct transfer *x, CURLcode code)
{
    switch (x->stop) {
    case STOP_ENOUGH:
        return truncated_on_purpose(x);
    case STOP_BOMB:
        return "length";
    case STOP_BODY:
        return x->job->res.error.class == ERR_TOO_LARGE ? "length"
                                                        : "unspecified";
    case STOP_READ_TIMEOUT:
        return "time";
    case STOP_NONE:
        break;
    default:
        return "unspecified";
    }
    if (code == CURLE_OK)
        return NULL;
    return code == CURLE_OPERATION_TIMEDOUT ? "time" : "disconnect";
}
