#include "engine/verdict.h"

#include <errno.h>
#include <string.h>

#include "body/body.h"
#include "body/decode.h"
#include "engine/easy.h"
#include "engine/failure.h"
#include "engine/receive_head.h"
#include "engine/stopped.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"

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

/* Has an answer over HTTP/1 begun?  Its connection serves one request at a
 * time, so whatever came belongs to the answer. */
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
           x->job->res.size_download != f->length;
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
verdict_fill(struct transfer *x, CURLcode code, int64_t now_us)
{
    judge(x, code, now_us);
    x->job->res.is_head_enough = is_head_enough(x);
    if (!x->first_byte_us && !x->end.is_refused_late && code != CURLE_OK)
        fill_evidence(x, code);
}
