#include "engine/outcome.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "body/body.h"
#include "body/decode.h"
#include "engine/easy.h"
#include "engine/failure.h"
#include "engine/receive_head.h"
#include "engine/retry_after.h"
#include "engine/stopped.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
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

/* Did the connection end in order, with or without TLS's close_notify?  libcurl
 * 8.23 may report that as an error of sending. */
static bool
was_closed(const struct transfer *x)
{
    return x->job->res.error.class == ERR_PROTOCOL ||
           strstr(x->errbuf, "unexpected eof");
}

/* Has the connection brought anything in answer to the request?  What TLS sends
 * for itself does not count. */
static bool
has_brought_any(const struct transfer *x)
{
    const struct target *t = &x->job->target;
    bool is_first = !x->was_reused && !t->proxy;

    if (t->is_tls || t->proxy_is_tls)
        return tlsinfo_has_data(x->sent_note);
    return x->nread > (is_first ? 0 : x->wire.nread_sent);
}

/* The same of HTTP/1, whose connection is that of the request alone. */
static bool
has_answer_begun(const struct transfer *x)
{
    return x->sent.streams == STREAMS_NONE && has_brought_any(x);
}

/* The code of an error of the protocol that its stream is of. */
static const char *
protocol_code(const struct transfer *x)
{
    return x->end.is_http3 ? "h3" : "h2";
}

/*
 * Did the connection of its stream end for an error of the protocol, by the
 * server's words before an answer, or by nghttp2's?  libcurl reports that to
 * one of the streams at most, and to the others that the connection ended.
 */
static bool
is_connection_fault(const struct transfer *x, CURLcode code)
{
    bool is_told = x->end.goaway == GOAWAY_ERROR && !x->first_byte_us;

    return (x->end.is_broken || is_told) &&
           (x->stop == STOP_REPEAT || repeat_is_connection_end(code) ||
            code == CURLE_HTTP2_STREAM);
}

/* Tell that fault, unless libcurl has told it. */
static void
set_connection_fault(struct transfer *x, CURLcode code)
{
    struct result *r = &x->job->res;

    if (!is_connection_fault(x, code) ||
        (x->stop == STOP_NONE && strcmp(r->error.code, protocol_code(x)) == 0))
        return;
    result_fail(r, ERR_PROTOCOL, protocol_code(x),
                x->first_byte_us ? PHASE_RECEIVE : PHASE_WAIT, true, "%s",
                x->end.is_broken
                    ? "the server broke the rules of the protocol"
                    : "the server ended the connection by a GOAWAY "
                      "for an error");
    r->error.curl_code = x->stop == STOP_NONE ? (int)code : 0;
}

static void
fail_in_head(struct transfer *x)
{
    result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE, true,
                "connection ended within the response's head");
}

/* The connection ended before an answer, and the request is not repeated. */
static void
fail_unanswered(struct transfer *x)
{
    struct result *r = &x->job->res;

    if (!x->was_reset && has_answer_begun(x)) {
        fail_in_head(x);
        return;
    }
    result_fail(r, x->was_reset ? ERR_CONNECT : ERR_PROTOCOL,
                x->was_reset ? "reset" : "empty_reply", PHASE_WAIT, true,
                "connection was %s before the response%s",
                x->was_reset ? "reset" : "closed",
                http_is_idempotent(r->method)
                    ? ""
                    : ", and the request is not sent twice");
    if (x->was_reset)
        r->error.os_errno = ECONNRESET;
}

/* What is known about a request without an answer. */
static void
fill_evidence(struct transfer *x, CURLcode code)
{
    struct result *r = &x->job->res;

    r->evidence = repeat_evidence(x, code);
    if (r->evidence == EVIDENCE_REFUSED) {
        result_fail(r, ERR_PROTOCOL, "refused_stream", PHASE_WAIT, true,
                    "the server did not look at the request");
    } else if (r->evidence == EVIDENCE_WANTS_HTTP1) {
        result_fail(r, ERR_PROTOCOL, protocol_code(x), PHASE_WAIT, true,
                    "the server wants HTTP/1.1");
    } else if (is_connection_fault(x, code)) {
        set_connection_fault(x, code);
    } else if (x->stop == STOP_REPEAT ||
               (r->evidence == EVIDENCE_ENDED && was_closed(x))) {
        fail_unanswered(x);
    }
    if (x->stop == STOP_NONE)
        r->error.curl_code = (int)code;
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
        r->nth = (uint32_t)((stream + 1) / 2);
}

/* Was HTTP/2 asked of a server that speaks HTTP/1?  libcurl < 8.x reports that
 * nothing came. */
static bool
is_other_protocol(const struct transfer *x, CURLcode code)
{
    return code == CURLE_GOT_NOTHING && !x->first_byte_us &&
           x->sent.streams != STREAMS_NONE &&
           x->env->opts->http == HTTP_2_PRIOR && has_brought_any(x);
}

/* Did the connection end before the blank line of the final response's head?
 * libcurl treats that as the end of the head, as no answer at all, or, if TLS
 * did not say that it ends, as an error of receiving. */
static bool
is_head_truncated(const struct transfer *x, CURLcode code)
{
    if (code == CURLE_GOT_NOTHING)
        return x->first_byte_us != 0 || has_answer_begun(x);
    if (code == CURLE_RECV_ERROR)
        return !x->first_byte_us && strstr(x->errbuf, "unexpected eof") &&
               has_answer_begun(x);
    return code == CURLE_OK &&
           (x->wire.state == TRANSFER_HEAD || x->job->res.status < 200);
}

/* Did the stream of a body of unknown length end without END_STREAM?  libcurl
 * may take that for the end of the body: see stream_end.h. */
static bool
is_body_truncated(const struct transfer *x)
{
    return stream_end_is_truncated(&x->end) && !x->is_redirect &&
           !receive_has_no_body(x) &&
           easy_number(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) < 0;
}

/* Did the server refuse the stream although its answer had begun?  libcurl
 * would send the request again, or reports an error of receiving. */
static bool
was_refused_late(const struct transfer *x, CURLcode code)
{
    bool has_begun = x->first_byte_us || x->end.is_refused_late;
    bool is_refused = x->end.is_refused || x->end.is_refused_late;

    if (!has_begun || !stream_end_is_truncated(&x->end))
        return false;
    return x->stop == STOP_REPEAT ||
           (x->stop == STOP_NONE && code != CURLE_OK && is_refused);
}

/* Does the length of the body differ from a Content-Length that libcurl has
 * overlooked, because of a blank before its colon? */
static bool
has_other_length(const struct transfer *x)
{
    const struct framing *f = &x->framing;

    return x->is_http1 && f->length >= 0 && !f->is_coded && !x->is_redirect &&
           !receive_has_no_body(x) && x->job->res.content_length < 0 &&
           bytes_received(x) != f->length;
}

/* With --continue: does the part that came complete the file? */
static void
judge_length(struct transfer *x)
{
    int longer = body_compare_length(x->job);

    if (longer < 0)
        result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE,
                    true, "the received part of the body is incomplete");
    else if (longer > 0)
        result_fail(&x->job->res, ERR_PROTOCOL, "bad_response", PHASE_RECEIVE,
                    true, "body is longer than its Content-Range says");
}

static void
fail(struct transfer *x, CURLcode code, int64_t now_us)
{
    failure_fill(x, code, now_us);
    set_connection_fault(x, code);
}

/* Decide the result from libcurl's code or our own stop. */
static void
judge(struct transfer *x, CURLcode code, int64_t now_us)
{
    if (was_refused_late(x, code))
        result_fail(&x->job->res, ERR_PROTOCOL, protocol_code(x), PHASE_RECEIVE,
                    true,
                    "the server refused the stream in the midst of its answer");
    else if (x->stop != STOP_NONE)
        stopped_fill(x, code, failure_phase(x, code));
    else if (is_head_truncated(x, code))
        fail_in_head(x);
    else if (is_other_protocol(x, code))
        result_fail(&x->job->res, ERR_PROTOCOL, "h2", PHASE_WAIT, true,
                    "the server does not speak HTTP/2");
    else if (code != CURLE_OK)
        fail(x, code, now_us);
    else if (is_body_truncated(x))
        result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE,
                    true, "the stream ended before the body was complete");
    else if (has_other_length(x))
        result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE,
                    true, "the body is not as long as Content-Length says");
    else if (tlsinfo_was_cut(x->end_note))
        /* libcurl < 8.x takes the end of TCP, which anybody on the way can
         * bring about, for that of the body. */
        result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE,
                    true,
                    "TLS ended without a close_notify, and the body with it");
    else if (x->decoder && !decode_is_complete(x->decoder))
        result_fail(&x->job->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE,
                    true, "encoded body is incomplete");
    else
        judge_length(x);
}

/* Is it an error of the body alone? */
static bool
is_of_body(const struct transfer *x)
{
    const struct fetch_error *error = &x->job->res.error;

    return error->phase == PHASE_RECEIVE && x->wire.state != TRANSFER_HEAD &&
           (error->class == ERR_TIMEOUT || error->class == ERR_PROTOCOL ||
            error->class == ERR_CONNECT || error->class == ERR_TOO_LARGE);
}

/* Is the response acceptable by its status alone, whatever follows? */
static bool
is_head_enough(const struct transfer *x)
{
    return is_of_body(x) && !x->env->captures &&
           !body_is_wanted(x->env->bodies, x->job);
}

void
outcome_fill(struct transfer *x, CURLcode code, int64_t now_us)
{
    fill_peer(x);
    fill_response(x);
    fill_timing(x, now_us);
    judge(x, code, now_us);
    x->job->res.nchallenges += x->was_challenged;
    x->job->res.is_head_enough = is_head_enough(x);
    if (!x->first_byte_us && !x->end.is_refused_late && code != CURLE_OK)
        fill_evidence(x, code);
    fill_connection(x);
}

/* The same of a transfer of which no more was wanted. */
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
